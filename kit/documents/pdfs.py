"""PDF files from outside: opened, counted, and searched for what could act by itself."""

from collections.abc import Iterable, Iterator
from io import BytesIO
from typing import Any

from pypdf import PdfReader, PdfWriter
from pypdf.errors import PyPdfError
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject

from kit.documents.refusals import (
    ACTIVE_PDF,
    BROKEN_PDF,
    LOCKED_PDF,
    TOO_COMPLEX_PDF,
    TOO_MANY_PAGES,
    FileRefused,
)

MOST_PAGES = 200
# A scan of 200 pages has about 2,000 objects, a large plan of a building about 50,000.
MOST_OBJECTS = 100_000

# ISO 32000-2, 12.6.4: actions that run, send, or reach for other files. Links are left.
_ACTIONS = frozenset(
    {
        "/JavaScript",
        "/Launch",
        "/SubmitForm",
        "/ImportData",
        "/GoToE",
        "/Rendition",
        "/RichMediaExecute",
    }
)
# What a script, an attached file, a form of another kind and a film are kept under.
_KEYS = frozenset({"/JS", "/EF", "/XFA", "/RichMediaContent"})
_KINDS = frozenset({"/FileAttachment", "/RichMedia", "/Movie", "/Sound", "/Screen", "/3D"})
# Broken files make the parser raise whatever it meets, deep nesting included.
BREAKS = (
    PyPdfError,
    OSError,
    ValueError,
    LookupError,
    TypeError,
    AttributeError,
    AssertionError,
    RecursionError,
)


def join_pdfs(files: Iterable[bytes]) -> bytes:
    """Return files of our own as one, for the printer; each keeps its own numbers of pages."""
    joined = PdfWriter()
    for raw in files:
        joined.append(BytesIO(raw), import_outline=False)
    joined.compress_identical_objects()
    out = BytesIO()
    joined.write(out)
    return out.getvalue()


def count_pages(raw: bytes) -> int:
    """Return the number of pages of a harmless PDF file.

    :raises FileRefused: it cannot be opened, has a password, too many pages, or anything in it
        that a reader could be made to run, send or unpack.
    """
    try:
        reader = PdfReader(BytesIO(raw))
        if reader.is_encrypted:
            raise FileRefused(LOCKED_PDF)
        pages = len(reader.pages)
        active = any(_is_active(found) for found in _dictionaries(reader))
    except BREAKS as broken:
        raise FileRefused(BROKEN_PDF) from broken
    if active:
        raise FileRefused(ACTIVE_PDF)
    if pages == 0:
        raise FileRefused(BROKEN_PDF)
    if pages > MOST_PAGES:
        raise FileRefused(TOO_MANY_PAGES.format(size=pages, limit=MOST_PAGES))
    return pages


def _dictionaries(reader: PdfReader) -> Iterator[DictionaryObject]:
    """Yield every dictionary that can be reached from the trailer, each object once."""
    seen: set[tuple[int, int]] = set()
    waiting: list[Any] = [reader.trailer]
    while waiting:
        found = waiting.pop()
        if isinstance(found, IndirectObject):
            number = (found.idnum, found.generation)
            if number in seen:
                continue
            seen.add(number)
            if len(seen) > MOST_OBJECTS:
                raise FileRefused(TOO_COMPLEX_PDF)
            found = found.get_object()
        if isinstance(found, DictionaryObject):
            yield found
            # ``values`` would follow references at once, as deep as the file is.
            waiting.extend(found.raw_get(key) for key in found)
        elif isinstance(found, ArrayObject):
            waiting.extend(list.__iter__(found))


def _is_active(found: DictionaryObject) -> bool:
    return (
        not _KEYS.isdisjoint(found)
        or ("/S" in found and str(found["/S"]) in _ACTIONS)
        or ("/Subtype" in found and str(found["/Subtype"]) in _KINDS)
    )
