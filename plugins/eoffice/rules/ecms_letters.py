"""A letter as TH e-GIF has it (GovernmentDocument), written in the order of its elements.

Names of files and of agencies do not travel: files have their kind, agencies their codes.
"""

import base64
from collections.abc import Mapping
from xml.etree.ElementTree import Element

from core.api import Text
from plugins.eoffice.rules.ecms_codes import SECRET_CODES, SPEED_CODES, kind_of
from plugins.eoffice.rules.ecms_envelope import RAM, RSM, check_size, request
from plugins.eoffice.rules.ecms_tree import add
from plugins.eoffice.rules.parcels import Agency, Enclosed, Parcel, Reference, Unsent

OUTBOUND = "CorrespondenceLetterOutboundRequest"
DEPARTMENT_DIGITS = 5
MINISTRY_DIGITS = 2

_ENVELOPE_ROOM = 64 * 1024  # bytes of names and texts around the files, about

_NO_DEPARTMENT = Text(
    "รหัสหน่วยงาน “{code}” ไม่ใช่รหัสห้าหลักของระบบ eCMS ให้แก้ในทะเบียนหน่วยงาน",
    "“{code}” is not a department of five digits as eCMS has it; correct it in the address book",
)
_NO_KIND = Text(
    "ระบบ eCMS ไม่รับไฟล์ชนิด {mime} ({name}) ให้แปลงเป็น PDF ก่อนส่ง",
    "eCMS does not carry files of the kind {mime} ({name}); turn it into a PDF first",
)
_EMPTY = Text("ไฟล์ {name} ว่างเปล่า ให้แนบใหม่", "The file {name} is empty; attach it anew")


def write_letter(parcel: Parcel, files: Mapping[str, bytes], *, ministry: str) -> Element:
    """Return what asks a node to send a letter.

    :param files: bytes by digest.
    :param ministry: two digits, of the sender.
    :raises Unsent: eCMS cannot carry it.
    """
    enclosed = (parcel.main, *parcel.attachments)
    check_size(_ENVELOPE_ROOM + sum(len(files[one.digest]) for one in enclosed) * 4 // 3)
    asked = request(OUTBOUND)
    letter = add(add(asked, f"{{{RSM}}}GovernmentDocument"), _ram("CorrespondenceLetter"))
    letter.set("ID", "Letter")
    add(letter, _ram("ID"), parcel.number)
    add(letter, _ram("CorrespondenceDate"), parcel.dated_on.isoformat())
    add(letter, _ram("Subject"), parcel.subject)
    add(letter, _ram("SecretCode"), SECRET_CODES[parcel.secrecy])
    add(letter, _ram("SpeedCode"), SPEED_CODES[parcel.speed])
    _add_party(letter, "SenderParty", parcel.sender, ministry)
    _add_party(
        letter, "ReceiverParty", parcel.receiver, parcel.receiver.department[:MINISTRY_DIGITS]
    )
    for reference in parcel.references:
        _add_reference(letter, reference)
    add(letter, _ram("Attachment"), parcel.enclosures)
    add(letter, _ram("SendDate"), parcel.sent_on.isoformat())
    add(letter, _ram("Description"))
    _add_file(letter, "MainLetterBinaryObject", parcel.main, files)
    for attachment in parcel.attachments:
        _add_file(letter, "AttachmentBinaryObject", attachment, files)
    return asked


def department_code(agency: Agency) -> str:
    """Return the five digits of an agency.

    :raises Unsent: it has none.
    """
    code = agency.department
    if not is_department(code):
        raise Unsent(_NO_DEPARTMENT.format(code=code), again=False)
    return code


def is_department(code: str) -> bool:
    """Return whether it is a code of a department as eCMS has them."""
    return len(code) == DEPARTMENT_DIGITS and code.isascii() and code.isdigit()


def _ram(name: str) -> str:
    return f"{{{RAM}}}{name}"


def _add_party(letter: Element, name: str, agency: Agency, ministry: str) -> None:
    party = add(letter, _ram(name))
    given, _, family = agency.person.partition(" ")
    add(party, _ram("GivenName"), given)
    add(party, _ram("FamilyName"), family)
    add(party, _ram("JobTitle"), agency.post)
    add(add(party, _ram("MinistryOrganization")), _ram("ID"), ministry)
    add(add(party, _ram("DepartmentOrganization")), _ram("ID"), department_code(agency))


def _add_reference(letter: Element, reference: Reference) -> None:
    element = add(letter, _ram("ReferenceCorrespondence"))
    add(element, _ram("ID"), reference.number)
    dated_on = reference.dated_on
    add(element, _ram("CorrespondenceDate"), dated_on.isoformat() if dated_on else "")
    add(element, _ram("Subject"), reference.subject)


def _add_file(letter: Element, name: str, file: Enclosed, files: Mapping[str, bytes]) -> None:
    kind, content = kind_of(file.mime), files[file.digest]
    if kind is None:
        raise Unsent(_NO_KIND.format(mime=file.mime, name=file.name), again=False)
    if not content:
        raise Unsent(_EMPTY.format(name=file.name), again=False)
    add(letter, _ram(name), base64.b64encode(content).decode("ascii"), mimeCode=kind.mime)
