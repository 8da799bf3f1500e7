"""A mail as it was opened: who, when, about which, its words and its files."""

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from email.errors import HeaderParseError
from email.header import decode_header
from email.message import Message
from email.utils import getaddresses, parsedate_to_datetime
from hashlib import sha256
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from kit.forms import clean
from kit.thai import BUDDHIST_OFFSET
from plugins.eoffice.rules.mail_charsets import decoded, one_line
from plugins.eoffice.rules.mail_html import words_of
from plugins.eoffice.rules.mail_marks import id_of
from plugins.eoffice.rules.mail_parts import (
    LONGEST_HEAD,
    Part,
    content_of,
    parameter,
    parts_of,
    read_head,
    split_mail,
)

_LONGEST_LINE = 2_000  # of a head; subjects and names are much shorter
_LONGEST_TEXT = 200_000
_MOST_ANSWERED = 20
_LONGEST_SENDER = 4_000
_MOST_COMMENTS = 10
_MESSAGE_ID = re.compile(r"<([!-;=?-~]{1,250})>")
_ADDRESS = re.compile(r"[a-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[a-z0-9-]+(?:\.[a-z0-9-]+)+")
_MIME = re.compile(r"[a-z0-9.+-]{1,60}/[a-z0-9.+-]{1,60}")
ANY_FILE = "application/octet-stream"


class File(Struct, frozen=True):
    """A file in a mail.

    :param name: as the sender wrote it, on one line; may be empty.
    :param mime: as the sender says, all lower case.
    :param inline: it is shown among the words, like the emblem under a signature.
    """

    name: str
    mime: str
    data: bytes
    inline: bool


class Mail(Struct, frozen=True, kw_only=True):
    """A mail.

    :param id: the same whenever the same mail comes again, also as another copy.
    :param message_id: without its angle brackets; empty where it has none.
    :param sender: its one address, in small letters; empty where there is none or several.
    :param sent_at: aware; as the sender says, None where that cannot be.
    :param answered: Message-IDs that it answers, the nearest first.
    :param text: what was written, line by line, with what it quotes.
    :param reports: parts by which servers and programs speak of other mails.
    :param raw_head: the head as it came.
    """

    id: UUID
    message_id: str
    sender: str
    sender_name: str
    subject: str
    sent_at: datetime | None
    answered: tuple[str, ...]
    head: Message
    raw_head: bytes
    text: str = ""
    files: tuple[File, ...] = ()
    reports: tuple[Part, ...] = ()


def open_mail(raw: bytes) -> Mail:
    """Open a mail, however it is written.

    :raises Unopened: it is larger, deeper or in more parts than any letter.
    """
    raw_head, body = split_mail(raw)
    head = read_head(raw_head)
    parts = parts_of(head, body)
    written = [part for part in parts if _is_text(part)]
    reports = [part for part in parts if part.head.get_content_maintype() == "message"]
    reports += [part for part in parts if part.head.get_content_type() == "text/rfc822-headers"]
    files = tuple(_file(part) for part in parts if part not in written)
    begun = _begun(raw, head, raw_head)
    return replace(begun, text=_text(written), files=files, reports=tuple(reports))


def open_head(raw: bytes) -> Mail:
    """Open the head alone of a mail that :func:`open_mail` refused."""
    raw_head = raw[:LONGEST_HEAD].replace(b"\r\n", b"\n").partition(b"\n\n")[0]
    return _begun(raw, read_head(raw_head), raw_head)


def header(head: Message, name: str) -> str:
    """Return a field of a head in words, on one line, up to 2,000 characters; empty if missing."""
    return header_words(next(iter(headers(head, name)), ""))


def headers(head: Message, name: str, *, longest: int = _LONGEST_LINE) -> Iterator[str]:
    """Yield each field of that name as it came, the topmost first.

    :param longest: characters; what follows is left out.
    """
    for key, value in head.raw_items():
        if key.lower() == name:
            yield str(value)[:longest]


def header_words(value: str) -> str:
    """Return the value of a field in words, on one line."""
    if not value.isascii():
        return one_line(decoded(value.encode("utf-8", "surrogateescape")))
    try:
        pieces = decode_header(value)
    except HeaderParseError:
        return one_line(value)
    return one_line("".join(one if isinstance(one, str) else decoded(one, charset)
                            for one, charset in pieces))  # fmt: skip


def is_address(text: str) -> bool:
    """Return whether mail can be sent to what is written: one address in ASCII, nothing else."""
    return bool(_ADDRESS.fullmatch(text.lower()))


def _begun(raw: bytes, head: Message, raw_head: bytes) -> Mail:
    name, sender = _sender(list(headers(head, "from", longest=LONGEST_HEAD)))
    ids = [*headers(head, "in-reply-to"), *headers(head, "references")]
    message_id = next(iter(_ids(headers(head, "message-id"))), "")
    return Mail(
        id=id_of(message_id or sha256(raw).hexdigest(), sender),
        message_id=message_id,
        sender=sender,
        sender_name=name,
        subject=header(head, "subject"),
        sent_at=_moment(header(head, "date")),
        answered=tuple(dict.fromkeys(_ids(ids)))[:_MOST_ANSWERED],
        head=head,
        raw_head=raw_head,
    )


def _ids(values: Iterator[str] | Sequence[str]) -> list[str]:
    """Return Message-IDs; in a field that names several, the last is the nearest."""
    return [found for value in values for found in reversed(_MESSAGE_ID.findall(value))]


def _sender(values: Sequence[str]) -> tuple[str, str]:
    """Return name and address of the one sender; what could be read in two ways has none."""
    # What is cut off could be a second sender; and the library calls itself for each comment in
    # a comment.
    if any(len(one) > _LONGEST_SENDER or one.count("(") > _MOST_COMMENTS for one in values):
        return "", ""
    named = getaddresses(values)
    found = {address.lower() for _, address in named if address}
    names = [header_words(name) for name, _ in named if name]
    name = names[0] if names else ""
    if len(values) != 1 or len(found) != 1:
        return name, ""
    [address] = found
    return name, address if is_address(address) else ""


def _moment(value: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(value)
        # Some Thai computers count the years of their calendar in the Buddhist Era.
        if moment.year > 2400:
            moment = moment.replace(year=moment.year - BUDDHIST_OFFSET)
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _is_text(part: Part) -> bool:
    written = part.head.get_content_type() in {"text/plain", "text/html"}
    return written and part.head.get_content_disposition() != "attachment" and not _name(part)


def _text(parts: Sequence[Part]) -> str:
    """Return the words once: as plain text where a mail brings both."""
    plain = [part for part in parts if part.head.get_content_type() == "text/plain"]
    texts = [_decoded(part) for part in plain]
    if not any(text.strip() for text in texts):
        texts = [words_of(_decoded(part)) for part in parts if part not in plain]
    return "\n".join(text for text in texts if text.strip())[:_LONGEST_TEXT]


def _decoded(part: Part) -> str:
    return clean(decoded(content_of(part), parameter(part.head.get_content_charset)))


def _file(part: Part) -> File:
    mime = part.head.get_content_type()
    shown = part.head.get_content_disposition() != "attachment" and "content-id" in part.head
    return File(
        name=_name(part),
        mime=mime if _MIME.fullmatch(mime) else ANY_FILE,
        data=content_of(part),
        inline=shown and mime.startswith("image/"),
    )


def _name(part: Part) -> str:
    return header_words(parameter(part.head.get_filename)[:_LONGEST_LINE])
