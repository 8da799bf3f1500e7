"""Files that people attach: what they are is seen in the file itself, never in its name.

Two kinds are taken: pictures, which are written anew, and PDF files, which are searched for
whatever could act by itself. Everything else, executable or not, is refused with a sentence.
"""

import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from anyio import CapacityLimiter, to_thread

from kit.documents.pdfs import count_pages
from kit.documents.pictures import clean_picture
from kit.documents.refusals import EMPTY, HEIC, MEGABYTE, NOT_TAKEN, FileRefused, too_large

LARGEST = 20 * MEGABYTE
# What a file system takes as one name.
LONGEST_NAME = 255

# The largest picture takes 300 MB of memory while it is turned.
_AT_ONCE = CapacityLimiter(2)

_HEIC_BRANDS = (b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1")
_EXTENSIONS = {"image/jpeg": ".jpg", "image/png": ".png", "application/pdf": ".pdf"}
_EXTENSION = re.compile(r"\.[A-Za-z0-9]{1,5}$")
_RESERVED = re.compile(r"^(con|prn|aux|nul|com\d|lpt\d)(\.|$)", re.IGNORECASE)
_NOT_IN_NAMES = re.compile(r'[<>:"|?*]')


@dataclass(frozen=True, slots=True)
class Checked:
    """A file that may be kept.

    :param kind: ``text`` of words that a plugin takes itself, of which no form does.
    :param name: clean, with the extension of what the file is; at most 255 bytes.
    :param data: what is to be kept: a picture written anew, a PDF file as it came.
    :param thumbnail: JPEG, at most 480 pixels a side and 30 KB; none of a PDF file.
    :param pages: 1 of a picture.
    :param width: in pixels; 0 of a PDF file.
    """

    kind: Literal["picture", "pdf", "text"]
    mime: str
    name: str
    data: bytes
    thumbnail: bytes | None
    pages: int
    width: int
    height: int


def inspect(data: Path | bytes, name: str, largest: int = LARGEST) -> Checked:
    """Return the file as it may be kept.

    :param name: as the browser sent it; only ever shown, never a place on our disk.
    :param largest: bytes that it may have.
    :raises FileRefused: with the sentence for whoever attached it.
    """
    size = data.stat().st_size if isinstance(data, Path) else len(data)
    if size > largest:
        raise too_large(size, largest)
    raw = data.read_bytes() if isinstance(data, Path) else data
    if kind_of(raw) == "pdf":
        mime = "application/pdf"
        pages = count_pages(raw)
        return Checked("pdf", mime, clean_name(name, mime), raw, None, pages, 0, 0)
    picture = clean_picture(raw)
    return Checked(
        "picture",
        picture.mime,
        clean_name(name, picture.mime),
        picture.data,
        picture.thumbnail,
        1,
        picture.width,
        picture.height,
    )


async def inspect_async(data: Path | bytes, name: str, *, largest: int = LARGEST) -> Checked:
    """Return the file as :func:`inspect` does, while the event loop goes on."""
    return await to_thread.run_sync(inspect, data, name, largest, limiter=_AT_ONCE)


def kind_of(head: bytes) -> Literal["picture", "pdf"]:
    """Return what a file is that begins with ``head``, 16 bytes or more.

    :raises FileRefused: it is neither a picture nor a PDF file.
    """
    if not head:
        raise FileRefused(EMPTY)
    if head.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")):
        return "picture"
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "picture"
    # Some programs write a byte order mark or a line break before the header.
    if head.removeprefix(b"\xef\xbb\xbf").lstrip(b"\r\n\t ").startswith(b"%PDF-"):
        return "pdf"
    if head[4:8] == b"ftyp" and head[8:12] in _HEIC_BRANDS:
        raise FileRefused(HEIC)
    raise FileRefused(NOT_TAKEN)


def clean_name(name: str, mime: str) -> str:
    """Return a name that is safe to show, to save and to send in a header.

    Folders, control signs, signs that turn the direction of reading, and a false extension are
    gone; the true one stands at the end.
    """
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    # Category C: control, format (direction of reading), surrogates, private, unassigned.
    shown = "".join(
        " " if sign.isspace() else sign
        for sign in last
        if sign.isspace() or unicodedata.category(sign)[0] != "C"
    )
    stem = _NOT_IN_NAMES.sub("_", _EXTENSION.sub("", shown.strip(" .")))
    stem = " ".join(stem.split()).strip(" .") or "file"
    if _RESERVED.match(stem):
        stem = f"_{stem}"
    extension = _EXTENSIONS[mime]
    room = LONGEST_NAME - len(extension)
    return stem.encode()[:room].decode(errors="ignore").rstrip() + extension
