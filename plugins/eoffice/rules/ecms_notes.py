"""Notes about letters as TH e-GIF has them (notifiers), and what asks for a letter once more.

The wire has no reason of a refusal and no id of a note: they do not arrive at the other side.
"""

from datetime import date
from typing import Literal
from uuid import UUID
from xml.etree.ElementTree import Element

from core.api import Text
from kit.thai import ascii_digits
from plugins.eoffice.rules.ecms_envelope import request
from plugins.eoffice.rules.ecms_letters import OUTBOUND, department_code, is_department
from plugins.eoffice.rules.ecms_opening import UNKNOWN_AGENCY, Untaken, short_said
from plugins.eoffice.rules.ecms_tree import add, day, local, said
from plugins.eoffice.rules.parcels import Agency, Note, NoteKind, Unsent

DOCUMENT = "GovernmentDocument"
NOTIFIERS: dict[NoteKind, str] = {
    "received": "ReceiveLetterNotifier",
    "accepted": "AcceptLetterNotifier",
    "rejected": "RejectLetterNotifier",
    "misdirected": "InvalidLetterNotifier",
    "wrong_number": "InvalidAcceptIDNotifier",
}
WITHDRAW = "CorrespondenceDeleteGovernmentDocumentRequest"
_AGAIN = "CorrespondenceLetterInboundSpecialRequest"
_KINDS = {name.lower(): kind for kind, name in NOTIFIERS.items()}
_NUMBERED = {"accepted", "wrong_number"}

_NO_ACCEPT_NUMBER = Text(
    "ต้องระบุเลขรับก่อนแจ้งหน่วยงานผู้ส่งผ่านระบบ eCMS",
    "The number in the register of letters received is needed before eCMS can tell it",
)
_INCOMPLETE = Text(
    "การแจ้งที่เข้ามาไม่ครบ ({name}) จึงไม่ทราบว่าเกี่ยวกับหนังสือใด",
    "The note that came ({name}) is not complete, so that its letter cannot be known",
)


def write_note(note: Note) -> Element:
    """Return what tells a node a note.

    :raises Unsent: eCMS cannot carry it.
    """
    if note.kind == "withdrawn":
        asked = request(WITHDRAW)
        _add_letter(asked, note.number, note.dated_on, note.sender, note.receiver)
        return asked
    if note.kind in _NUMBERED and not note.accept_number:
        raise Unsent(_NO_ACCEPT_NUMBER, again=False)
    asked = request(OUTBOUND)
    notifier = add(asked, NOTIFIERS[note.kind])
    add(notifier, "LetterID", note.number)
    if note.kind in _NUMBERED:
        add(notifier, "AcceptID", note.accept_number)
    add(notifier, "CorrespondenceDate", note.dated_on.isoformat())
    add(notifier, "Subject", note.subject)
    return asked


def write_again(
    what: NoteKind | Literal["letter"], *, number: str, dated_on: date, sender: Agency,
    receiver: Agency,
) -> Element:  # fmt: skip
    """Return what asks the own node to give a letter, or a note about one, once more.

    :param sender: of the letter; ``receiver`` is who was to accept it.
    :raises Unsent: one of them has no code, or what is wanted never comes through a node.
    """
    asked = request(_AGAIN)
    name = DOCUMENT if what == "letter" else NOTIFIERS[what]
    _add_letter(add(asked, name), number, dated_on, sender, receiver)
    return asked


def _add_letter(
    parent: Element, number: str, dated_on: date, sender: Agency, receiver: Agency
) -> None:
    add(parent, "LetterID", number)
    add(parent, "CorrespondenceDate", dated_on.isoformat())
    add(add(parent, "SenderDepartment"), "Code", department_code(sender))
    add(add(parent, "AcceptDepartment"), "Code", department_code(receiver))


def note_kind(item: Element) -> NoteKind | None:
    """Return what kind of note came; None where it is none."""
    return _KINDS.get(local(item.tag))


def read_note(item: Element, kind: NoteKind, *, id: UUID, department: str) -> Note:
    """Return a note that came.

    :param id: by which it is known here; the wire has none.
    :param department: our own code.
    :raises Untaken: it does not say which letter it is about, or not under which number.
    """
    number, dated_on = short_said(item, "LetterID"), day(said(item, "CorrespondenceDate"))
    accept_number = short_said(item, "AcceptID")
    if not number or dated_on is None or (kind in _NUMBERED and not accept_number):
        raise Untaken(_INCOMPLETE.format(name=NOTIFIERS[kind]))
    return Note(
        id=id,
        kind=kind,
        number=number,
        dated_on=dated_on,
        subject=short_said(item, "Subject"),
        sender=Agency(name="", department=_teller(item, kind)),
        receiver=Agency(name="", department=department),
        accept_number=accept_number,
        accept_on=day(said(item, "AcceptDate")),
    )


def _teller(item: Element, kind: NoteKind) -> str:
    """Return the code of who said it, empty where the note names only us."""
    code = teller_said(item, kind)
    if code and not is_department(code):
        raise Untaken(UNKNOWN_AGENCY.format(code=code[:20]))
    return code


def teller_said(item: Element, kind: NoteKind) -> str:
    """Return what stands where a note has the code of who said it."""
    side = "SenderDepartment" if kind == "wrong_number" else "AcceptDepartment"
    return ascii_digits(said(item, side, "Code"))
