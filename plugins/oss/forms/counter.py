"""What a clerk types at the counter: one errand of one person, for any service.

One box is enough to say what the person wants: its text is the subject of the case, and also
the long text that the service asks for right after it, unless more is written there.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from core.api import InvalidInput, Language, Text
from kit.casework import Applying, Document, Known, Service, questions
from kit.forms import (
    AddressField,
    AnyField,
    File,
    Line,
    Lines,
    Place,
    Posted,
    ThaiID,
    fill,
    first,
    read,
)
from kit.geo import Address
from kit.thai import show_phone

# Names of controls that no field of a service can have: theirs have no hyphen.
SERVICE, SUBJECT, SEEN, SCAN = "counter-service", "counter-subject", "counter-seen", "counter-scan"
MOST_FILES = 20

ID_CARD = Document("id-card", Text("บัตรประจำตัวประชาชน", "National ID card"), way="shown")

_ASKED = ("national_id", "name", "phone")
_MATTER = Text("เรื่องที่มาติดต่อ", "What it is about")
_SAY = Text("เขียนว่ามาติดต่อเรื่องอะไร 1 บรรทัดก็พอ", "Write what it is about; one line will do.")


class Errand(msgspec.Struct, frozen=True, kw_only=True):
    """What was typed, read.

    :param person: national_id, name, phone; those that were given.
    :param answers: values of the service's form.
    :param seen: documents whose originals the clerk saw.
    """

    person: Mapping[str, Any]
    answers: Mapping[str, Any]
    seen: Sequence[Text]


def person_fields(service: Service | None) -> tuple[AnyField, ...]:
    """Return the questions about the person, as strict as the service needs them."""
    asked = {one.name: one for one in questions(service.applying if service else Applying.CONTACT)}
    any_id = ThaiID("national_id", Text("เลขประจำตัวประชาชน", "National ID"), required=False)
    return tuple(({"national_id": any_id} | asked)[name] for name in _ASKED)


def subject_field(service: Service | None) -> Line | Lines | None:
    """Return the question that the one box answers; None where the service has none such."""
    if service is None or service.subject is None:
        return None
    [field] = [one for one in service.form if one.name == service.subject]
    return field if isinstance(field, Line | Lines) else None


def _box_label(service: Service | None) -> Text | None:
    """Return what is asked at the one box; None where the service has none."""
    box = subject_field(service)
    if service is None or (box is not None and _also_said(service)):
        return _MATTER
    return box.label if box else None


def further_fields(service: Service | None) -> tuple[AnyField, ...]:
    """Return the service's other questions; what the box says need not be said again.

    Files are not among them: all that is handed in is scanned together.
    """
    if service is None:
        return ()
    box, said = subject_field(service), _also_said(service)
    return tuple(
        msgspec.structs.replace(one, required=False) if one is said else one
        for one in service.form
        if one is not box and not isinstance(one, File)
    )


def _also_said(service: Service) -> Lines | None:
    """Return the long text that the box answers together with the subject: the next question."""
    box = subject_field(service)
    if box is None:
        return None
    place = service.form.index(box) + 1
    following = service.form[place] if place < len(service.form) else None
    if isinstance(following, Lines) and following.required and following.when is None:
        return following
    return None


def home_field(service: Service | None) -> AddressField | None:
    """Return the question for the person's own address; None where it is not asked."""
    asked = (one for one in further_fields(service) if isinstance(one, AddressField))
    return next((one for one in asked if one.autofill), None)


def shown_documents(service: Service | None) -> tuple[Document, ...]:
    """Return the documents of which a clerk ticks that the original was seen."""
    own = service.documents if service else ()
    handed_in = (one for one in own if one.way != "looked_up" and one.code != ID_CARD.code)
    return (ID_CARD, *handed_in)


def document_of(service: Service) -> str:
    """Return with which document scans are kept: the only one that is sent, else ``other``."""
    sent = [one.code for one in service.documents if one.way == "upload"]
    return sent[0] if len(sent) == 1 else "other"


def read_errand(service: Service, posted: Posted, place: Place) -> Errand:
    """Return what was typed for a service.

    :raises InvalidInput: a sentence for everything that is wrong, in the order of the page.
    """
    person = read(person_fields(service), posted, place)
    spread = posted | _spread(service, posted)
    box = subject_field(service)
    asked = msgspec.structs.replace(box, missing=_SAY) if box and _also_said(service) else box
    said = read((asked,) if asked else (), spread, place)
    further = read(further_fields(service), spread, place, known=said.values)
    unsaid = dict.fromkeys([SUBJECT], *said.problems.values()) if said.problems else {}
    problems = person.problems | unsaid | further.problems
    if problems:
        raise InvalidInput(problems)
    ticked = posted.get(SEEN, [])
    seen = [one.name for one in shown_documents(service) if one.code in ticked]
    return Errand(person=person.values, answers=said.values | further.values, seen=seen)


def _spread(service: Service, posted: Posted) -> Posted:
    """Return the texts of the subject and of the long text that the box stands for."""
    box, long = subject_field(service), _also_said(service)
    text = first(posted, SUBJECT)
    if box is None:
        return {}
    one_line = " ".join(text.split())
    if long is None or first(posted, long.name).strip():
        return {box.name: [one_line if isinstance(box, Line) else text]}
    if len(one_line) > box.longest:
        one_line = f"{one_line[: box.longest - 1].rstrip()}…"
    return {box.name: [one_line], long.name: [text]}


def typed_person(service: Service | None, known: Known) -> Posted:
    """Return what is known of a person as it stands in the controls."""
    texts = {"name": [known.name]}
    if known.phone:
        texts["phone"] = [show_phone(known.phone)]
    field = home_field(service)
    return texts | (fill((field,), {field.name: known.home}) if field and known.home else {})


def tell_person(known: Known, language: Language) -> str:
    """Return what is known of a person in one line."""
    phone = show_phone(known.phone) if known.phone else ""
    home = Address(**known.home).one_line(language) if known.home else ""
    return " · ".join(filter(None, (known.name, phone, home)))


def describe(service: Service | None) -> dict[str, Any]:
    """Return what the page shows for a service; None: before one is chosen."""
    further = further_fields(service)
    needed = _needed(further)
    person = {one.name: one for one in person_fields(service)}
    home = home_field(service)
    return {
        "service": service,
        "box": _box_label(service),
        "long_box": service is None or _also_said(service) is not None,
        "needed": [one for one in further if one.name in needed],
        "optional_fields": [one for one in further if one.name not in needed],
        "documents": shown_documents(service),
        "home": home.name if home else "",
        "may_be_left": {name: not one.required for name, one in person.items()},
    }


def _needed(further: Sequence[AnyField]) -> set[str]:
    """Return what must be asked: required questions, and those on which they depend."""
    needed = {one.name for one in further if one.required}
    for one in reversed(further):
        if one.name in needed and one.when is not None:
            needed.add(one.when.field)
    return needed
