"""Reading what was sent: from an HTML form, or as JSON."""

from collections.abc import Mapping, Sequence

import msgspec

from core.api import InvalidInput, Text
from kit.forms import cleaning, sentences
from kit.forms.field import JSON, Field, Texts
from kit.forms.place import Place

# A name that is not of this form is shown back: not more of it than this, nor of more names.
NAME_SHOWN, NAMES_SHOWN = 40, 5


class Reading(msgspec.Struct, frozen=True):
    """What came of a form that was sent.

    :param values: by name of the field, ready to be stored as JSON. A field that was left
        empty, or is not asked because its ``when`` does not hold, is absent.
    :param problems: by id of the control, in the order of the form.
    :param typed: by name of the control, to fill the form again; also of fields that are
        not asked, so that a choice can be taken back without loss.
    """

    values: dict[str, JSON]
    problems: dict[str, Text]
    typed: dict[str, list[str]]


def read(
    fields: Sequence[Field],
    posted: Texts,
    place: Place,
    known: Mapping[str, JSON] | None = None,
) -> Reading:
    """Read what an HTML form posted. Nothing that is posted makes it raise.

    :param posted: every control's texts by its name; names of no field are left alone.
    :param known: values of earlier pages, for conditions on them.
    """
    reading = Reading({}, {}, {})
    before = _of_other_pages(known, fields)
    for field in fields:
        reading.typed.update(field.typed(posted))
        answers = before | reading.values
        if not field.is_asked(answers):
            continue
        try:
            _keep(reading, field, field.read(posted, place), answers)
        except InvalidInput as refusal:
            reading.problems.update(refusal.problems)
    return reading


def read_json(
    fields: Sequence[Field],
    document: object,
    place: Place,
    known: Mapping[str, JSON] | None = None,
) -> Reading:
    """Read what the JSON interface was sent, by the same rules as a posted form.

    Values are taken as ``json_schema`` describes them: what is cleaned up for a person, a
    program is told to send clean. Absent means empty, null is no value, and a name that is
    no field's is a problem, so that a misspelt one is not lost in silence.

    :param document: what the JSON was decoded to, of any type.
    """
    reading = Reading({}, {}, {})
    if not isinstance(document, Mapping):
        reading.problems[""] = sentences.NOT_AN_OBJECT
        return reading
    before = _of_other_pages(known, fields)
    for field in fields:
        answers = before | reading.values
        if not field.is_asked(answers):
            continue
        try:
            if field.name in document:
                value = field.accept(document[field.name], place)
                reading.typed.update(field.fill(value))
            else:
                value = field.empty()
            _keep(reading, field, value, answers)
        except InvalidInput as refusal:
            reading.problems.update(refusal.problems)
    names = {field.name for field in fields}
    for name in [str(name) for name in document if name not in names][:NAMES_SHOWN]:
        shown = cleaning.line(cleaning.clean(name[:NAME_SHOWN]))
        reading.problems[shown] = sentences.NOT_A_FIELD.format(name=shown)
    return reading


def fill(fields: Sequence[Field], values: Mapping[str, JSON]) -> dict[str, list[str]]:
    """Return what stands in the controls of a form for stored ``values``."""
    typed: dict[str, list[str]] = {}
    for field in fields:
        if field.name in values:
            typed.update(field.fill(values[field.name]))
    return typed


def _of_other_pages(known: Mapping[str, JSON] | None, fields: Sequence[Field]) -> dict[str, JSON]:
    """Leave out what is known of the fields that are read now: it may just have changed."""
    own = {field.name for field in fields}
    return {name: value for name, value in (known or {}).items() if name not in own}


def _keep(reading: Reading, field: Field, value: JSON, answers: Mapping[str, JSON]) -> None:
    if value is not None:
        field.hold_against(value, answers)
        reading.values[field.name] = value
