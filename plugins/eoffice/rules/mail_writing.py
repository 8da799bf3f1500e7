"""Letters and notes as mails: words for people, files, and a sheet for another Thongthin."""

import re
from collections.abc import Mapping
from datetime import datetime
from email.header import Header
from email.headerregistry import Address, AddressHeader
from email.message import EmailMessage
from email.policy import EmailPolicy
from typing import Any

import msgspec
from msgspec import Struct

from plugins.eoffice.rules.mail_charsets import one_line
from plugins.eoffice.rules.mail_marks import letter_id, note_id
from plugins.eoffice.rules.mail_opening import ANY_FILE
from plugins.eoffice.rules.mail_texts import letter_body, letter_subject, note_body, note_subject
from plugins.eoffice.rules.parcels import Agency, Enclosed, Note, Parcel

SHEET = "thongthin-letter.json"
MARKED = "Thongthin-Letter"
_VERSION = 1
_LARGEST_SHEET = 1024 * 1024
# A zero byte, which no row can hold, as JSON writes it.
_ZERO = re.compile(rb"(?<!\\)(?:\\\\)*\\u0000")
_MIME = re.compile(r"(?!message/|multipart/)[a-z0-9.+-]{1,60}/[a-z0-9.+-]{1,60}")


class _Policy(EmailPolicy):
    """That of SMTP; but where the library breaks a long line of Thai, it loses the space."""

    def fold_binary(self, name: str, value: Any) -> bytes:
        """Return a field as it travels."""
        if isinstance(value, AddressHeader):
            [one] = value.addresses
            return f"{name}: {_words(one.display_name, name)} <{one.addr_spec}>\r\n".encode()
        if name == "Subject":
            return f"{name}: {_words(value, name)}\r\n".encode()
        return super().fold_binary(name, value)


_SMTP = _Policy(linesep="\r\n")


class _Sheet(Struct, frozen=True, omit_defaults=True):
    """What the file for programs holds: one of both."""

    version: int
    letter: Parcel | None = None
    note: Note | None = None


def write_letter(letter: Parcel, files: Mapping[str, bytes], written_at: datetime) -> bytes:
    """Return a letter as a mail, the same at every attempt but for its day and hour.

    :param files: bytes by digest.
    :param written_at: aware.
    """
    message = _begun(letter.sender, letter.receiver, written_at)
    message["Subject"] = letter_subject(letter)
    message["Message-ID"] = f"<{letter_id(letter)}>"
    message[MARKED] = str(letter.id)
    message["Disposition-Notification-To"] = letter.sender.mailbox
    if letter.speed != "normal":
        message["Importance"] = "high"
    message.set_content(letter_body(letter, SHEET), cte="base64")
    for file in (letter.main, *letter.attachments):
        _attach(message, file, files[file.digest])
    _complete(message, letter.id.hex, _Sheet(_VERSION, letter=letter))
    return message.as_bytes()


def write_note(note: Note, letter: Parcel | None, written_at: datetime) -> bytes:
    """Return a note as a mail that answers the mail of its letter.

    :param letter: what the note is about, where it is known.
    """
    message = _begun(note.sender, note.receiver, written_at)
    message["Subject"] = note_subject(note)
    message["Message-ID"] = f"<{note_id(note)}>"
    if letter:
        message["In-Reply-To"] = message["References"] = f"<{letter_id(letter)}>"
    message[MARKED] = str(note.letter or "-")
    # Not to be answered by programs of ours or others (RFC 3834).
    message["Auto-Submitted"] = "auto-replied"
    message.set_content(note_body(note, SHEET), cte="base64")
    _complete(message, note.id.hex, _Sheet(_VERSION, note=note))
    return message.as_bytes()


def read_sheet(data: bytes) -> Parcel | Note | None:
    """Return what another Thongthin wrote for programs, or None if it cannot be read exactly."""
    if len(data) > _LARGEST_SHEET or _ZERO.search(data):
        return None
    try:
        sheet = msgspec.json.decode(data, type=_Sheet)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None
    if sheet.version != _VERSION or (sheet.note and sheet.note.kind == "undeliverable"):
        return None
    return sheet.letter or sheet.note


def _begun(sender: Agency, receiver: Agency, written_at: datetime) -> EmailMessage:
    message = EmailMessage(policy=_SMTP)
    message["From"] = Address(one_line(sender.name), addr_spec=sender.mailbox)
    message["To"] = Address(one_line(receiver.name), addr_spec=receiver.mailbox)
    message["Date"] = written_at
    message["Content-Language"] = "th"
    return message


def _words(text: str, name: str) -> str:
    return Header(text, "utf-8", header_name=name).encode(linesep="\r\n")


def _attach(message: EmailMessage, file: Enclosed, data: bytes) -> None:
    mime = file.mime if _MIME.fullmatch(file.mime) else ANY_FILE
    maintype, _, subtype = mime.partition("/")
    message.add_attachment(
        data, maintype=maintype, subtype=subtype, filename=one_line(file.name) or "-"
    )


def _complete(message: EmailMessage, boundary: str, sheet: _Sheet) -> None:
    message.add_attachment(
        msgspec.json.encode(sheet), maintype="application", subtype="json", filename=SHEET
    )
    message.set_boundary(f"thongthin-{boundary}")
