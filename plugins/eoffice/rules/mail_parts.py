"""A mail taken apart within bounds: neither its depth nor its number of parts can exhaust us.

The parser of the standard library calls itself for each level and compares each line with the
boundaries of all of them; a mail of 400 KB keeps it busy for ten seconds. Only the heads, whose
length is bounded here, are read by it.
"""

import binascii
import quopri
import re
from collections.abc import Callable, Iterator
from email.message import Message
from email.parser import BytesHeaderParser
from email.policy import compat32
from itertools import islice

from msgspec import Struct

from core.api import Text

LARGEST = 50 * 1024 * 1024
LONGEST_HEAD = 128 * 1024
_LONGEST_PART_HEAD = 8 * 1024
_DEEPEST = 10
_MOST_PARTS = 200

_BLANK = re.compile(rb"\r?\n\r?\n")
_HEADS = BytesHeaderParser(policy=compat32)

_TOO_LARGE = Text("อีเมลใหญ่เกิน 50 เมกะไบต์", "The e-mail is larger than 50 megabytes.")
_LONG_HEAD = Text("ส่วนหัวของอีเมลยาวผิดปกติ", "The head of the e-mail is unusually long.")
_TOO_DEEP = Text("อีเมลซ้อนกันหลายชั้นผิดปกติ", "The e-mail is nested unusually deep.")
_TOO_MANY = Text("อีเมลมีส่วนประกอบมากผิดปกติ", "The e-mail has unusually many parts.")


class Unopened(Exception):
    """A mail that is not taken apart.

    :param why: for the officer who opens it in the mailbox instead.
    """

    def __init__(self, why: Text) -> None:
        super().__init__(why.en)
        self.why = why


class Part(Struct, frozen=True):
    """A leaf of a mail.

    :param body: as it travelled, before :func:`content_of`.
    """

    head: Message
    body: bytes


def split_mail(raw: bytes) -> tuple[bytes, bytes]:
    """Return the head of a mail and what follows it.

    :raises Unopened: it is too large, or its head too long.
    """
    if len(raw) > LARGEST:
        raise Unopened(_TOO_LARGE)
    return _split(raw, LONGEST_HEAD)


def read_head(head: bytes) -> Message:
    """Return a head by its names; it is as long as :func:`split_mail` lets it be."""
    return _HEADS.parsebytes(head)


def parameter(read: Callable[[], str | None]) -> str:
    """Return what a field says besides its value, or nothing where that cannot be read.

    :param read: a method of a head, as ``get_filename``.
    """
    try:
        found = read() or ""
        found.encode("utf-8", "surrogateescape")
    except (ValueError, TypeError):
        # The library stumbles over charsets that none can be, and over pieces without a number;
        # some charsets hold what is no text.
        return ""
    return found


def parts_of(head: Message, body: bytes) -> list[Part]:
    """Return the leaves in their order.

    :raises Unopened: there are too many of them, or they are too deep.
    """
    found = list(islice(_leaves(head, body, 0), _MOST_PARTS + 1))
    if len(found) > _MOST_PARTS:
        raise Unopened(_TOO_MANY)
    return found


def content_of(part: Part) -> bytes:
    """Return what a part holds, without the coat in which it travelled."""
    match str(part.head.get("content-transfer-encoding", "")).strip().lower():
        case "base64":
            try:
                return binascii.a2b_base64(part.body + b"===")
            except binascii.Error:
                return part.body
        case "quoted-printable":
            return quopri.decodestring(part.body)
    return part.body


def _split(raw: bytes, longest: int) -> tuple[bytes, bytes]:
    # A part may begin with the empty line: it has no head then.
    for empty in (b"\n", b"\r\n"):
        if raw.startswith(empty):
            return b"", raw[len(empty) :]
    blank = _BLANK.search(raw, 0, longest)
    if blank is None and len(raw) > longest:
        raise Unopened(_LONG_HEAD)
    return (raw[: blank.start()], raw[blank.end() :]) if blank else (raw, b"")


def _leaves(head: Message, body: bytes, depth: int) -> Iterator[Part]:
    boundary = _boundary(head)
    found = False
    for piece in _pieces(body, boundary) if boundary else ():
        if depth == _DEEPEST:
            raise Unopened(_TOO_DEEP)
        found = True
        inner, rest = _split(piece, _LONGEST_PART_HEAD)
        yield from _leaves(read_head(inner), rest, depth + 1)
    # So each piece has at least one leaf, and to count these bounds all work.
    if not found:
        yield Part(head, body)


def _boundary(head: Message) -> bytes:
    if head.get_content_maintype() != "multipart":
        return b""
    return parameter(head.get_boundary).encode("utf-8", "surrogateescape")


def _pieces(body: bytes, boundary: bytes) -> Iterator[bytes]:
    """Yield what stands between the lines of a boundary; a last line that is missing is fine."""
    begun: int | None = None
    mark = re.compile(rb"^--" + re.escape(boundary) + rb"(--)?[ \t]*\r?$", re.MULTILINE)
    for found in mark.finditer(body):
        if begun is not None:
            yield body[begun : found.start()].removesuffix(b"\n").removesuffix(b"\r")
        if found[1]:
            return
        begun = found.end() + 1
    if begun is not None:
        yield body[begun:]
