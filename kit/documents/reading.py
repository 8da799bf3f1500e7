"""Tables that an office sends: a workbook or CSV, as the programs of offices save them."""

import csv
import io
import zipfile
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

import openpyxl

from core.api import AppError, Text
from kit.documents.cells import clean_cell

LARGEST_TABLE = 5_000_000  # bytes
_MOST_UNPACKED = 100_000_000  # bytes
_MOST_COLUMNS = 60

NO_ROWS = Text("ไฟล์นี้ไม่มีแถวข้อมูล", "This file has no rows.")
_NO_TABLE = Text(
    "อ่านไฟล์นี้ไม่ได้ ใช้ไฟล์ Excel (.xlsx) หรือ CSV ที่บันทึกเป็น UTF-8 หรือภาษาไทย (Windows-874)",
    "This file cannot be read. Use Excel (.xlsx), or CSV saved as UTF-8 or Thai (Windows-874).",
)
_TOO_LARGE = Text(
    "ไฟล์ใหญ่เกิน {rows} แถวหรือ {size} เมกะไบต์ แบ่งเป็นหลายไฟล์แล้วนำเข้าทีละไฟล์",
    "The file has more than {rows} rows or {size} MB. Divide it and take one after another.",
)


class NotTaken(AppError):
    """The file cannot be read at all; nothing was done with it."""

    status_code = 422


def read_table(data: bytes, *, most_rows: int = 20_000) -> list[Sequence[Any]]:
    """Return the rows of a table, the heads first; of a workbook its first sheet.

    It may take seconds: run it in a thread.

    :param data: XLSX, or CSV in UTF-8 or Windows-874 with commas, semicolons or tabs.
    :param most_rows: below the heads.
    :returns: at least two rows. The cells of a workbook are what its program keeps, those of CSV
        are texts; rows differ in length.
    :raises NotTaken: it is no table, is too large, or has nothing below its heads.
    """
    too_large = NotTaken(_TOO_LARGE.format(rows=f"{most_rows:,}", size=LARGEST_TABLE // 1_000_000))
    packed = data.startswith(b"PK\x03\x04")
    if len(data) > LARGEST_TABLE or (packed and _unpacked(data) > _MOST_UNPACKED):
        raise too_large
    read = _workbook if packed else _text
    rows = list(islice(read(data), most_rows + 2))
    if len(rows) > most_rows + 1:
        raise too_large
    if not any(clean_cell(cell) for row in rows[1:] for cell in row):
        raise NotTaken(NO_ROWS)
    return rows


def _unpacked(data: bytes) -> int:
    """Return how many bytes a workbook has once it is unpacked."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            return sum(one.file_size for one in packed.infolist())
    except zipfile.BadZipFile as problem:
        raise NotTaken(_NO_TABLE) from problem


def _workbook(data: bytes) -> Iterator[Sequence[Any]]:
    try:
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        sheet = book.worksheets[0]
        # Some programs note a size that is not that of the sheet.
        sheet.reset_dimensions()
        yield from sheet.iter_rows(values_only=True, max_col=_MOST_COLUMNS)
    except Exception as problem:
        # Whatever a damaged workbook makes its reader raise, it is no table.
        raise NotTaken(_NO_TABLE) from problem


def _text(data: bytes) -> Iterator[Sequence[Any]]:
    text = _decoded(data)
    head = text.partition("\n")[0]
    between = max(",;\t", key=head.count)
    try:
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=between)
    except csv.Error as problem:
        raise NotTaken(_NO_TABLE) from problem


def _decoded(data: bytes) -> str:
    for encoding in ("utf-8-sig", "cp874"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise NotTaken(_NO_TABLE)
