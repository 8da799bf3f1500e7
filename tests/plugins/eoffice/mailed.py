"""Letters between two offices, and mails as other programs write them."""

from datetime import UTC, date, datetime
from hashlib import sha256
from typing import Any
from uuid import UUID

from plugins.eoffice.rules.mail_opening import open_mail
from plugins.eoffice.rules.mail_reading import Office, read_mail
from plugins.eoffice.rules.parcels import Agency, Arrived, Enclosed, Note, Parcel

NOW = datetime(2026, 11, 20, 3, 42, tzinfo=UTC)
TODAY = date(2026, 11, 20)
PDF = b"%PDF-1.7 \xe0\xb8\x81 the letter itself"
PICTURE = b"\xff\xd8\xff\xe0 a map"
MAEHIA = Agency(
    name="เทศบาลเมืองแม่เหียะ",
    post="นายกเทศมนตรีเมืองแม่เหียะ",
    mailbox="saraban_04500113@dla.go.th",
)
PROVINCE = Agency(
    name="จังหวัดเชียงใหม่",
    post="ผู้ว่าราชการจังหวัดเชียงใหม่",
    mailbox="saraban@chiangmai.go.th",
)


def enclosed(name: str, mime: str, data: bytes) -> Enclosed:
    return Enclosed(name=name, mime=mime, digest=sha256(data).hexdigest(), size=len(data))


def a_letter(**facts: Any) -> Parcel:
    given: dict[str, Any] = {
        "id": UUID("01978a4e-32f0-7b61-8e0c-0a1b2c3d4e5f"),
        "number": "ชม 52001/123",
        "dated_on": TODAY,
        "subject": "ขอเชิญประชุม คณะกรรมการพัฒนาท้องถิ่น",
        "sender": MAEHIA,
        "receiver": PROVINCE,
        "main": enclosed("หนังสือ.pdf", "application/pdf", PDF),
        "attachments": (enclosed("แผนที่.jpg", "image/jpeg", PICTURE),),
        "sent_on": TODAY,
    }
    return Parcel(**given | facts)


def a_note(letter: Parcel, **facts: Any) -> Note:
    given: dict[str, Any] = {
        "id": UUID("01978a4e-0000-7b61-8e0c-0a1b2c3d4e5f"),
        "kind": "accepted",
        "letter": letter.id,
        "number": letter.number,
        "dated_on": letter.dated_on,
        "subject": letter.subject,
        "sender": letter.receiver,
        "receiver": letter.sender,
        "accept_number": "4567/2569",
        "accept_on": TODAY,
    }
    return Note(**given | facts)


FILES = {enclosed("", "", data).digest: data for data in (PDF, PICTURE)}


def arrived(
    raw: bytes, letter: Parcel | None = None, mailbox: str = MAEHIA.mailbox
) -> list[Arrived]:
    office = Office(mailbox=mailbox, server="mail.test", today=TODAY)
    return read_mail(open_mail(raw), letter, office)


def a_mail(
    body: str, *, sender: str = PROVINCE.mailbox, subject: str = "Re: x", **head: str
) -> bytes:
    """Return a mail of another program; names of further fields with ``_`` for ``-``."""
    more = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in head.items())
    content = "" if "Content_Type" in head else "Content-Type: text/plain; charset=utf-8\r\n"
    lines = body.replace("\r\n", "\n").replace("\n", "\r\n")
    return (
        f"From: <{sender}>\r\nSubject: {subject}\r\nMessage-ID: <abc@chiangmai.go.th>\r\n"
        f"Date: Fri, 20 Nov 2026 10:00:00 +0700\r\nMIME-Version: 1.0\r\n{content}{more}\r\n{lines}"
    ).encode()
