"""Tables as offices send them: of Excel and of programs that write CSV, sound and damaged."""

import io
import re
import zipfile
from collections.abc import Callable, Sequence
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kit.documents import LARGEST_TABLE, NotTaken, clean_cell, read_table

TABLE = [["ชื่อ", "พื้นที่"], ["ร้านป้าแดง", "180.5"], ["ตลาดสด", "1,200"]]
ENDS = st.characters(exclude_categories=["Cs", "Cc"])


def text(table: Sequence[Sequence[str]], between: str = ",") -> str:
    return "\r\n".join(between.join(f'"{cell}"' for cell in row) for row in table)


def workbook(*table: Sequence[Any]) -> bytes:
    book, file = openpyxl.Workbook(), io.BytesIO()
    for row in table:
        book.active.append(list(row))
    book.save(file)
    return file.getvalue()


def changed(book: bytes, part: str, change: Callable[[bytes], bytes]) -> bytes:
    """Return a workbook of which one part is another."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book)) as old, zipfile.ZipFile(out, "w", 8) as new:
        for one in old.namelist():
            new.writestr(one, change(old.read(one)) if one == part else old.read(one))
    return out.getvalue()


@pytest.mark.parametrize("between", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp874"])
def test_csv_is_read_as_thai_programs_write_it(encoding: str, between: str) -> None:
    assert read_table(text(TABLE, between).encode(encoding)) == TABLE


def test_a_workbook_is_read_with_what_its_cells_hold() -> None:
    read = read_table(workbook(["ชื่อ", "พื้นที่"], ["ร้านป้าแดง", 180.5], [], [None, 3]))

    assert [[clean_cell(cell) for cell in row[:2]] for row in read] == [
        ["ชื่อ", "พื้นที่"],
        ["ร้านป้าแดง", "180.5"],
        ["", ""],
        ["", "3"],
    ]


def test_a_workbook_that_notes_a_wrong_size_is_read_to_its_end() -> None:
    def smaller(sheet: bytes) -> bytes:
        made = re.sub(rb'<dimension ref="[^"]*"', b'<dimension ref="A1:A1"', sheet)
        assert made != sheet
        return made

    book = changed(workbook(*TABLE), "xl/worksheets/sheet1.xml", smaller)
    assert [list(row[:2]) for row in read_table(book)] == TABLE


@pytest.mark.parametrize(
    "make", [lambda table: text(table).encode(), lambda table: workbook(*table)]
)
def test_as_many_rows_are_taken_as_were_named_and_one_more_is_not(
    make: Callable[[Any], bytes],
) -> None:
    assert len(read_table(make(TABLE), most_rows=2)) == 3
    with pytest.raises(NotTaken, match="more than 1 rows or 5 MB"):
        read_table(make(TABLE), most_rows=1)


def test_what_is_too_large_is_refused_before_it_is_read() -> None:
    with pytest.raises(NotTaken, match="5 MB"):
        read_table(b"a,b\n" * (LARGEST_TABLE // 4 + 1))
    bomb = changed(workbook(*TABLE), "xl/styles.xml", lambda _: bytes(100_000_000))
    assert len(bomb) < LARGEST_TABLE
    with pytest.raises(NotTaken, match="5 MB"):
        read_table(bomb)


@pytest.mark.parametrize(
    "data",
    [
        b"PK\x03\x04 no workbook",
        changed(workbook(*TABLE), "xl/workbook.xml", lambda _: b"<workbook"),
        changed(workbook(*TABLE), "xl/worksheets/sheet1.xml", lambda sheet: sheet[:-40]),
        "ชื่อ".encode("utf-16"),
        b"\x89PNG\r\n\x1a\n\0\0",
        b"a,b\n" + b"c" * 200_000,
        b"\xff\xff\n\xff",
    ],
    ids=["zip", "workbook", "sheet", "utf-16", "picture", "long cell", "no letters"],
)
def test_what_is_no_table_is_refused_in_words(data: bytes) -> None:
    with pytest.raises(NotTaken, match="cannot be read"):
        read_table(data)


@pytest.mark.parametrize(
    "data",
    [b"", b"a,b", b"a,b\r\n\r\n, ,\r\n", workbook(), workbook(["a"], [None, " "])],
    ids=["nothing", "heads", "blank csv", "empty workbook", "blank workbook"],
)
def test_a_table_without_a_filled_row_is_refused(data: bytes) -> None:
    with pytest.raises(NotTaken, match="no rows"):
        read_table(data)


@given(st.binary(max_size=80) | st.binary(max_size=80).map(b"PK\x03\x04".__add__))
def test_any_bytes_are_a_table_or_refused(data: bytes) -> None:
    try:
        table = read_table(data)
    except NotTaken:
        return
    assert len(table) >= 2
    assert any(clean_cell(cell) for row in table[1:] for cell in row)


@given(st.lists(st.lists(st.text(ENDS, min_size=1), min_size=2, max_size=2), min_size=2))
def test_what_csv_holds_is_read_again(table: list[list[str]]) -> None:
    plain = [[cell.replace('"', "") for cell in row] for row in table]
    kept = [["ก", "ข"], *plain, ["ค", "ง"]]

    assert read_table(text(kept).encode("utf-8-sig")) == kept
