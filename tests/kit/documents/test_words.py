from collections.abc import Sequence
from io import BytesIO

import pytest
from pypdf import PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

from kit.documents import bounded, words_of_pdf

FONT = DictionaryObject(
    {
        NameObject("/Type"): NameObject("/Font"),
        NameObject("/Subtype"): NameObject("/Type1"),
        NameObject("/BaseFont"): NameObject("/Helvetica"),
    }
)


def a_file(pages: Sequence[str]) -> bytes:
    """Return a file of pages on which a font is chosen, and then what is given is done."""
    writer, out = PdfWriter(), BytesIO()
    for drawing in pages:
        page, stream = writer.add_blank_page(595, 842), DecodedStreamObject()
        stream.set_data(f"BT /F1 12 Tf 50 700 Td {drawing} ET".encode())
        page[NameObject("/Contents")] = stream
        fonts = DictionaryObject({NameObject("/F1"): FONT})
        page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
    writer.write(out)
    return out.getvalue()


def shown(count: int) -> list[str]:
    return [f"(page {number}) Tj" for number in range(count)]


async def test_the_words_of_all_pages_are_read_in_their_order() -> None:
    raw = a_file(shown(45))

    whole = " ".join(f"page {number}" for number in range(45))
    assert await words_of_pdf(raw, most=10_000) == whole
    assert await words_of_pdf(raw, most=9) == "page 0 pa"


async def test_what_is_no_file_of_words_has_none() -> None:
    assert await words_of_pdf(a_file([""]), most=100) == ""
    assert await words_of_pdf(a_file(shown(1))[:200], most=100) == ""
    assert await words_of_pdf(b"", most=100) == ""


async def test_a_page_that_cannot_be_read_takes_no_others_along() -> None:
    first, _, last = shown(3)

    assert await words_of_pdf(a_file([first, "[(a) TJ", last]), most=100) == "page 0 page 2"


async def test_what_comes_before_a_page_without_end_is_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(bounded, "SECONDS", 2)

    raw = a_file([*shown(20), "(x) Tj " * 600_000])

    assert (await words_of_pdf(raw, most=1_000)).endswith("page 19")
