"""Tables for other programs, written page by page."""

import csv
import io
import resource
import zipfile
from collections.abc import AsyncIterator
from decimal import Decimal
from xml.etree import ElementTree

from hypothesis import given
from hypothesis import strategies as st

from kit.documents import Lines, csv_of, csv_pieces, xlsx_pieces

HEADS = ["ชื่อ", "บาท", "จำนวน"]
NAMES = {"s": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}
ROWS: Lines = [
    ("นายสมชาย ใจดี", Decimal("-1250.25"), 3),
    ("=1+1", Decimal("0.00"), None),
    ("@ https://example.com", None, 0),
]


async def pages(*some: Lines) -> AsyncIterator[Lines]:
    for one in some:
        yield one


async def collected(pieces: AsyncIterator[bytes]) -> bytes:
    return b"".join([piece async for piece in pieces])


def cells_of(book: bytes) -> list[list[str | None]]:
    """Return the cells of the first sheet, formulas refused."""
    with zipfile.ZipFile(io.BytesIO(book)) as parts:
        sheet = ElementTree.fromstring(parts.read("xl/worksheets/sheet1.xml"))  # noqa: S314
    assert sheet.findall(".//s:f", NAMES) == []
    assert sheet.findall(".//s:hyperlink", NAMES) == []
    return [
        [
            (cell.findtext("s:v", None, NAMES) or cell.findtext(".//s:t", None, NAMES))
            for cell in row.findall("s:c", NAMES)
        ]
        for row in sheet.findall(".//s:row", NAMES)
    ]


async def test_a_table_in_pages_is_the_same_csv_as_at_once() -> None:
    whole = await collected(csv_pieces(HEADS, pages(ROWS[:1], ROWS[1:])))

    assert whole == csv_of(HEADS, ROWS)
    read = list(csv.reader(io.StringIO(whole.decode("utf-8-sig"))))
    assert read == [
        HEADS,
        ["นายสมชาย ใจดี", "-1250.25", "3"],
        ["'=1+1", "0.00", ""],
        ["'@ https://example.com", "", "0"],
    ]


@given(st.lists(st.text(max_size=20), min_size=1, max_size=5))
def test_no_text_becomes_a_formula_in_csv(texts: list[str]) -> None:
    data = csv_of(["a"] * len(texts), [texts]).decode("utf-8-sig")

    [_, *rows] = csv.reader(io.StringIO(data, newline=""))
    for cell in [cell for row in rows for cell in row]:
        assert not cell.startswith(("=", "+", "-", "@", "\t"))


async def test_a_workbook_holds_texts_as_texts_and_amounts_as_numbers() -> None:
    book = await collected(xlsx_pieces("ทดลอง", HEADS, pages(ROWS[:2], ROWS[2:])))

    assert cells_of(book) == [
        [*HEADS],
        ["นายสมชาย ใจดี", "-1250.25", "3"],
        ["=1+1", "0"],
        ["@ https://example.com", "0"],
    ]


async def test_memory_does_not_grow_with_the_table() -> None:
    async def many(count: int) -> AsyncIterator[Lines]:
        for page in range(count):
            yield [(f"ผู้ชำระ {page} {n}", Decimal(n).scaleb(-2), n) for n in range(1_000)]

    async def size(count: int) -> int:
        length = 0
        async for piece in xlsx_pieces("ทดลอง", HEADS, many(count)):
            length += len(piece)
        return length

    small = await size(2)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    large = await size(60)
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before

    assert large > 10 * small
    assert grown < 8_000  # kibibytes, for 60,000 lines
