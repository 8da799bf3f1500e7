"""A letter that came through eCMS: opened with patience for how it is written, none for what.

Codes that nobody knows, files that are damaged and secrecy above what may be kept here are
refused, each with its sentence.
"""

import base64
import binascii
from collections.abc import Iterator
from hashlib import sha256
from uuid import UUID
from xml.etree.ElementTree import Element

from core.api import Text
from kit.thai import ascii_digits
from plugins.eoffice.rules.ecms_codes import kind_of, secrecy_of, speed_of
from plugins.eoffice.rules.ecms_letters import is_department
from plugins.eoffice.rules.ecms_tree import child, children, day, local, said
from plugins.eoffice.rules.parcels import Agency, Enclosed, Parcel, Reference, Secrecy, Speed

LONGEST_TEXT = 4_000  # signs of any one text

_INCOMPLETE = Text(
    "หนังสือที่เข้ามาไม่มี{what} ให้ติดต่อหน่วยงานผู้ส่ง",
    "The letter that came is without its {what}; ask the agency that sent it",
)
_NUMBER, _DATE, _SUBJECT = (
    Text("เลขที่หนังสือ", "number"),
    Text("วันที่ของหนังสือ", "date"),
    Text("เรื่อง", "subject"),
)
_MAIN = Text("ไฟล์หนังสือ", "main file")
_UNKNOWN_CODE = Text(
    "หนังสือที่เข้ามาใช้รหัส{what} “{code}” ที่ไม่รู้จัก ให้ติดต่อหน่วยงานผู้ส่ง",
    "The letter that came has the unknown code “{code}” of {what}; ask the agency that sent it",
)
_SPEED, _SECRECY, _KIND = (
    Text("ชั้นความเร็ว", "speed"),
    Text("ชั้นความลับ", "secrecy"),
    Text("ชนิดไฟล์", "kind of file"),
)
_TOO_SECRET = Text(
    "หนังสือชั้นความลับ “{level}” รับทางระบบสารบรรณอิเล็กทรอนิกส์นี้ไม่ได้ "
    "บันทึกไว้เพียงว่ามีหนังสือ ให้ติดต่อหน่วยงานผู้ส่งเพื่อรับเป็นเอกสาร",
    "A letter of the level “{level}” is not taken by this system; only that it came is kept. "
    "Ask the agency that sent it for the paper",
)
UNKNOWN_AGENCY = Text(
    "หนังสือที่เข้ามาระบุรหัสหน่วยงานผู้ส่งหรือผู้รับ “{code}” ที่ไม่รู้จัก",
    "The letter that came names an unknown sender or receiver, “{code}”",
)
_NOT_BASE64 = Text(
    "ไฟล์ในหนังสือที่เข้ามาเสียหาย (ข้อมูล base64 ไม่ถูกต้อง) ให้ขอให้ส่งใหม่",
    "A file of the letter that came is damaged (no base64); ask for it again",
)
_LONG = Text(
    "หนังสือที่เข้ามามีข้อความยาวเกินกำหนด ให้ติดต่อหน่วยงานผู้ส่ง",
    "The letter that came has a text longer than can be taken; ask the agency that sent it",
)


class Untaken(Exception):
    """What came cannot be taken as it is."""

    def __init__(self, why: Text) -> None:
        super().__init__(why.en)
        self.why = why


def read_letter(document: Element, *, id: UUID) -> tuple[Parcel, dict[str, bytes]]:
    """Return a letter with its files by digest.

    :param id: by which it is known here; the wire has none.
    :raises Untaken: it is not whole, or may not be taken.
    """
    letter = child(document, "CorrespondenceLetter")
    secrecy = _secrecy(said(letter, "SecretCode"))
    dated_on = day(said(letter, "CorrespondenceDate"))
    if dated_on is None:
        raise Untaken(_INCOMPLETE.format(what=_DATE))
    main, attachments, files = _read_files(letter)
    parcel = Parcel(
        id=id,
        number=_given(short_said(letter, "ID"), _NUMBER),
        dated_on=dated_on,
        subject=_given(short_said(letter, "Subject"), _SUBJECT),
        secrecy=secrecy,
        speed=_speed(said(letter, "SpeedCode")),
        sender=_party(child(letter, "SenderParty")),
        receiver=_party(child(letter, "ReceiverParty")),
        references=tuple(_references(letter)),
        enclosures=short_said(letter, "Attachment"),
        main=main,
        attachments=attachments,
        sent_on=day(said(letter, "SendDate")) or dated_on,
    )
    return parcel, files


def department_said(party: Element | None) -> str:
    """Return the code of the agency on one side of a letter, as far as it is one."""
    return ascii_digits(said(party, "DepartmentOrganization", "ID"))


def short_said(parent: Element | None, *path: str) -> str:
    """Return a text as :func:`said` does.

    :raises Untaken: it is too long.
    """
    text = said(parent, *path)
    if len(text) > LONGEST_TEXT:
        raise Untaken(_LONG)
    return text


def _secrecy(code: str) -> Secrecy:
    level = secrecy_of(code)
    if level is None:
        raise Untaken(_UNKNOWN_CODE.format(what=_SECRECY, code=code[:20]))
    if level.secrecy is None:
        raise Untaken(_TOO_SECRET.format(level=level.label))
    return level.secrecy


def _speed(code: str) -> Speed:
    speed = speed_of(code)
    if speed is None:
        raise Untaken(_UNKNOWN_CODE.format(what=_SPEED, code=code[:20]))
    return speed


def _given(text: str, what: Text) -> str:
    if not text:
        raise Untaken(_INCOMPLETE.format(what=what))
    return text


def _party(party: Element | None) -> Agency:
    code = department_said(party)
    if not is_department(code):
        raise Untaken(UNKNOWN_AGENCY.format(code=code[:20]))
    person = f"{short_said(party, 'GivenName')} {short_said(party, 'FamilyName')}"
    return Agency(
        name="",
        post=short_said(party, "JobTitle"),
        person=person.strip(),
        department=code,
    )


def _references(letter: Element | None) -> Iterator[Reference]:
    for element in children(letter, "ReferenceCorrespondence"):
        number, subject = short_said(element, "ID"), short_said(element, "Subject")
        if number or subject:
            dated_on = day(said(element, "CorrespondenceDate"))
            yield Reference(number=number, dated_on=dated_on, subject=subject)


def _read_files(
    letter: Element | None,
) -> tuple[Enclosed, tuple[Enclosed, ...], dict[str, bytes]]:
    main = child(letter, "MainLetterBinaryObject")
    if main is None:
        raise Untaken(_INCOMPLETE.format(what=_MAIN))
    # Some clients write an empty element where nothing is attached.
    attached = [
        one for one in children(letter, "AttachmentBinaryObject") if (one.text or "").strip()
    ]
    read = [_read_file(main, "letter")]
    read += [_read_file(one, f"attachment-{at}") for at, one in enumerate(attached, start=1)]
    enclosed = tuple(file for file, _ in read)
    return enclosed[0], enclosed[1:], {file.digest: content for file, content in read}


def _read_file(element: Element, stem: str) -> tuple[Enclosed, bytes]:
    code = next((text for name, text in element.items() if local(name) == "mimecode"), "")
    kind = kind_of(code)
    if kind is None:
        raise Untaken(_UNKNOWN_CODE.format(what=_KIND, code=code[:80]))
    try:
        content = base64.b64decode("".join((element.text or "").split()), validate=True)
    except (binascii.Error, ValueError) as problem:
        raise Untaken(_NOT_BASE64) from problem
    if not content:
        raise Untaken(_INCOMPLETE.format(what=_MAIN))
    file = Enclosed(
        name=f"{stem}.{kind.extension}",
        mime=kind.mime,
        digest=sha256(content).hexdigest(),
        size=len(content),
    )
    return file, content
