"""The words of PDF files, for searching: what a reader finds on their pages, scans excepted.

A page takes a tenth of a second, and a file can be such that it takes forever: pages are read in
a process of its own, some at a time.
"""

from io import BytesIO

from anyio import CapacityLimiter
from pypdf import PageObject, PdfReader

from kit.documents.bounded import within_bounds
from kit.documents.pdfs import BREAKS, MOST_PAGES
from kit.documents.refusals import TOO_COMPLEX_PDF, FileRefused

_AT_ONCE = CapacityLimiter(1)
_SOME = 20  # pages, which take a fifth of what they may


async def words_of_pdf(raw: bytes, *, most: int) -> str:
    """Return the text of a PDF file with a space between words; "" where none can be read.

    What comes after pages that take too much is left out.

    :param most: characters.
    """
    found: list[str] = []
    for first in range(0, MOST_PAGES, _SOME):
        try:
            some = await within_bounds(
                _read, raw, first, limiter=_AT_ONCE, otherwise=FileRefused(TOO_COMPLEX_PDF)
            )
        except FileRefused:
            break
        if some is None:
            break
        found.append(some)
        if sum(map(len, found)) >= most:
            break
    return " ".join(filter(None, found))[:most]


def _read(raw: bytes, first: int) -> str | None:
    """Return the text of some pages; None where there are none any more."""
    try:
        texts = [_text(page) for page in PdfReader(BytesIO(raw)).pages[first : first + _SOME]]
    except BREAKS:
        return None
    return " ".join(" ".join(texts).replace("\x00", "").split()) if texts else None


def _text(page: PageObject) -> str:
    try:
        return page.extract_text()
    except BREAKS:
        # A page that is not as it should be; the words of the others are found.
        return ""
