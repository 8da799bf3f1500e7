"""Tables for other programs: CSV and XLSX, page by page, so that memory does not grow with them."""

import csv
import io
import tempfile
from collections.abc import AsyncIterator, Iterable, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from anyio import to_thread
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.utils import get_column_letter

Cell = str | int | Decimal | None
Lines = Sequence[Sequence[Cell]]

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

# What a program of tables would take for a formula, not for a text.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_MARK = "\ufeff"  # without it Excel takes Thai for something else
# A sheet ends at 1,048,576 lines; what is left goes to the next one.
MOST_LINES = 1_000_000
_PIECE = 65_536


def csv_of(heads: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """Return a table as CSV (RFC 4180) in UTF-8 with its mark; None is an empty cell."""
    return _MARK.encode() + _written([heads]) + _written(rows)


def _written(rows: Iterable[Sequence[Cell]]) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerows([_safe(cell) for cell in row] for row in rows)
    return text.getvalue().encode()


def _safe(cell: Cell) -> Cell:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell


async def csv_pieces(heads: Sequence[str], pages: AsyncIterator[Lines]) -> AsyncIterator[bytes]:
    """Yield a table as CSV, as :func:`csv_of`, a page at a time."""
    yield csv_of(heads, [])
    async for page in pages:
        yield _written(page)


async def xlsx_pieces(
    title: str, heads: Sequence[str], pages: AsyncIterator[Lines]
) -> AsyncIterator[bytes]:
    """Yield a table as a workbook, which is written to a temporary file first.

    :param title: of the sheet, up to 25 letters.
    """
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "table.xlsx"
        book = _Book(path, title, heads)
        try:
            async for page in pages:
                await to_thread.run_sync(book.write, page)
        finally:
            await to_thread.run_sync(book.close)
        with path.open("rb") as file:
            while piece := await to_thread.run_sync(file.read, _PIECE):
                yield piece


class _Book:
    """A workbook that is written line by line and keeps none of them."""

    def __init__(self, path: Path, title: str, heads: Sequence[str]) -> None:
        self._path, self._title, self._heads = path, title, heads
        self._book = Workbook(write_only=True)
        self._sheet: Any = None
        self._line = 0
        self._begin()

    def _begin(self) -> None:
        sheets = len(self._book.sheetnames)
        self._sheet = self._book.create_sheet(
            f"{self._title} {sheets + 1}" if sheets else self._title
        )
        self._sheet.freeze_panes = "A2"
        for place in range(1, len(self._heads) + 1):
            self._sheet.column_dimensions[get_column_letter(place)].width = 20
        self._sheet.append([self._cell(head) for head in self._heads])
        self._line = 1

    def write(self, page: Lines) -> None:
        for row in page:
            if self._line > MOST_LINES:
                self._begin()
            self._sheet.append([self._cell(cell) for cell in row])
            self._line += 1

    def _cell(self, cell: Cell) -> Any:
        if not isinstance(cell, str | Decimal):
            return cell
        text = isinstance(cell, str)
        value = ILLEGAL_CHARACTERS_RE.sub("", cell) if isinstance(cell, str) else cell
        made = WriteOnlyCell(self._sheet, value)
        if text:
            made.data_type = "s"  # What looks like a formula is none.
        else:
            made.number_format = "#,##0.00"
        return made

    def close(self) -> None:
        self._book.save(self._path)
