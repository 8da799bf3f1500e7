"""What waits in the queue of a node: one letter or one note an answer.

A thing that cannot be taken must not stop the queue for what waits behind it. It is given on as
refused, with what could be read of it, and leaves the queue; it can be asked for once more.
"""

from collections.abc import Mapping
from datetime import date
from hashlib import sha256
from uuid import NAMESPACE_URL, uuid5
from xml.etree.ElementTree import Element, tostring

from msgspec import Struct
from msgspec.structs import replace

from core.api import Text
from plugins.eoffice.rules.ecms_codes import secrecy_of
from plugins.eoffice.rules.ecms_envelope import open_answer, request
from plugins.eoffice.rules.ecms_letters import is_department
from plugins.eoffice.rules.ecms_lists import Organization
from plugins.eoffice.rules.ecms_notes import DOCUMENT, note_kind, read_note, teller_said
from plugins.eoffice.rules.ecms_opening import (
    LONGEST_TEXT,
    UNKNOWN_AGENCY,
    Untaken,
    department_said,
    read_letter,
)
from plugins.eoffice.rules.ecms_tree import (
    TOO_LARGE,
    Unreadable,
    add,
    child,
    day,
    local,
    read_beginning,
    said,
)
from plugins.eoffice.rules.parcels import Agency, Arrived, Note, Parcel, Refused

POLL = "CorrespondenceLetterInboundRequest"
_INBOUND = "CorrespondenceLetterInbound"
_DELETE = "CorrespondenceLetterDeleteRequest"
_OURS = uuid5(NAMESPACE_URL, "urn:th:gov:egif:data:standard:GovernmentDocument:1.0")
_UNKNOWN_ITEM = Text(
    "มีรายการในระบบ eCMS ที่ไม่รู้จัก ({name})",
    "Something unknown came through eCMS ({name})",
)


class Queued(Struct, frozen=True):
    """What a node gave.

    :param process: by which it is removed from the queue.
    :param answer: what its sender is told before that, of a letter that is too secret: what
        it takes to tell it later is not kept.
    """

    process: str
    arrived: Arrived
    answer: Note | None = None


class _Facts(Struct, frozen=True):
    """What says which letter it is about, as far as it can be read."""

    name: str
    number: str
    dated_on: date | None
    subject: str
    sender: str
    receiver: str
    secret: bool


def write_delete(process: str) -> Element:
    """Return what removes a thing from the queue."""
    asked = request(_DELETE)
    add(asked, "ProcessID", process)
    return asked


def read_queued(data: bytes, *, department: str, cut: bool = False) -> Queued | None:
    """Return what a node gave; None where nothing waits.

    :param department: our own code.
    :param cut: more followed than may be taken.
    :raises Declined: the node said no.
    :raises Unreadable: not even by which id it could be removed.
    """
    if cut:
        return _broken(data, Unreadable(TOO_LARGE), department)
    try:
        answer = open_answer(data, _INBOUND)
    except Unreadable as problem:
        # A message that broke off on its way is whole the next time.
        if not data.rstrip().endswith(b"Envelope>"):
            raise
        return _broken(data, problem, department)
    item = _item(answer)
    if item is None:
        return None
    process = said(answer, "ProcessID")
    if not process:
        raise Unreadable(_UNKNOWN_ITEM.format(name=local(item.tag)[:40]))
    return _queued(process, item, answer, department)


def _item(answer: Element) -> Element | None:
    found = (one for one in answer if local(one.tag) not in {"processid", "processtime"})
    item = next(found, None)
    return item if item is not None and len(item) else None


def _queued(process: str, item: Element, answer: Element, department: str) -> Queued:
    facts = _facts(item, department)
    key = _key(process, facts, department)
    id = uuid5(_OURS, key)
    files: dict[str, bytes] = {}
    content: Parcel | Note
    try:
        kind = note_kind(item)
        if kind is not None:
            content = read_note(item, kind, id=id, department=department)
        elif local(item.tag) == DOCUMENT.lower():
            content, files = read_letter(item, id=id)
        else:
            raise Untaken(_UNKNOWN_ITEM.format(name=local(item.tag)[:40]))
    except Untaken as problem:
        return _refused(process, key, problem.why, facts)
    proof = _without_files(answer)
    return Queued(process, Arrived(key=key, content=content, files=files, proof=proof))


def _broken(data: bytes, problem: Unreadable, department: str) -> Queued:
    """Return what stands at the beginning of something that cannot be read to its end."""
    body = child(read_beginning(data), "Body")
    answer = None if body is None else next(iter(body), None)
    process = said(answer, "ProcessID")
    if answer is None or not local(answer.tag).startswith(_INBOUND.lower()) or not process:
        raise problem
    item = _item(answer)
    facts = _facts(answer if item is None else item, department)
    return _refused(process, _key(process, facts, department), problem.why, facts)


def _facts(item: Element, department: str) -> _Facts:
    kind = note_kind(item)
    if kind is not None:
        return _Facts(
            name=kind,
            number=said(item, "LetterID"),
            dated_on=day(said(item, "CorrespondenceDate")),
            subject=said(item, "Subject"),
            sender=teller_said(item, kind),
            receiver=department,
            secret=False,
        )
    letter = child(item, "CorrespondenceLetter")
    level = secrecy_of(said(letter, "SecretCode"))
    return _Facts(
        name=local(item.tag),
        number=said(letter, "ID"),
        dated_on=day(said(letter, "CorrespondenceDate")),
        subject=said(letter, "Subject"),
        sender=department_said(child(letter, "SenderParty")),
        receiver=department_said(child(letter, "ReceiverParty")),
        secret=level is None or level.secrecy is None,
    )


def _key(process: str, facts: _Facts, department: str) -> str:
    """Return the same for the same place in the queue.

    With what the thing is about: a node that begins to count anew gives an old id to a new thing.
    """
    parts = (
        department, process, facts.name, facts.number, str(facts.dated_on), facts.subject,
        facts.sender, facts.receiver,
    )  # fmt: skip
    return "ecms:" + sha256("\n".join(parts).encode()).hexdigest()


def _refused(process: str, key: str, why: Text, facts: _Facts) -> Queued:
    sender, receiver = (
        Agency(name="", department=code if is_department(code) else "")
        for code in (facts.sender, facts.receiver)
    )
    refused = Refused(
        why=why,
        secret=facts.secret,
        number=facts.number[:LONGEST_TEXT],
        dated_on=facts.dated_on,
        subject="" if facts.secret else facts.subject[:LONGEST_TEXT],
        sender=sender,
        receiver=receiver,
    )
    answer = None
    if facts.secret and facts.number and facts.dated_on is not None:
        answer = Note(
            id=uuid5(_OURS, f"{key} rejected"),
            kind="rejected",
            number=facts.number,
            dated_on=facts.dated_on,
            subject=facts.subject,
            sender=receiver,
            receiver=sender,
        )
    return Queued(process, Arrived(key=key, content=refused), answer)


def _without_files(answer: Element) -> bytes:
    """Return what came, with the files taken out: they are kept by their digests."""
    for one in answer.iter():
        if local(one.tag).endswith("binaryobject"):
            one.text = ""
    written: bytes = tostring(answer, encoding="utf-8")
    return written


def introduce(arrived: Arrived, known: Mapping[str, Organization]) -> Arrived:
    """Return what came with the names and nodes of its agencies.

    A letter of an agency that nobody knows is refused: it could not be told anything.
    """
    content = arrived.content
    sender, receiver = (_named(agency, known) for agency in (content.sender, content.receiver))
    if isinstance(content, Parcel) and sender.department not in known:
        refused = Refused(
            why=UNKNOWN_AGENCY.format(code=sender.department),
            number=content.number,
            dated_on=content.dated_on,
            subject=content.subject,
            sender=sender,
            receiver=receiver,
        )
        return Arrived(key=arrived.key, content=refused)
    return replace(arrived, content=replace(content, sender=sender, receiver=receiver))


def _named(agency: Agency, known: Mapping[str, Organization]) -> Agency:
    found = known.get(agency.department)
    return agency if found is None else replace(agency, name=found.name, node=found.node)
