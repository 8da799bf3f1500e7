import io
from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.context import Context
from core.errors import Conflict
from kit.documents import NotTaken
from plugins.waste_fees.rules.headings import COLUMNS
from plugins.waste_fees.rules.rows import parse_rows
from plugins.waste_fees.service import importing, points
from tests.plugins.waste_fees.conftest import Point, rows

HEADS = ["รหัสถัง", "ชื่อ-สกุล", "ที่อยู่", "โซน", "ประเภท", "ลิตรต่อวัน", "เบอร์โทร", "เริ่มใช้บริการ"]
GOOD = ["ถ-1", "นายสมชาย ใจดี", "88/12 หมู่ 5", "5", "บ้าน", "20", "081-234-5678", "1/10/2566"]


def workbook(*table: Sequence[Any]) -> bytes:
    book, file = openpyxl.Workbook(), io.BytesIO()
    for row in table:
        book.active.append(list(row))
    book.save(file)
    return file.getvalue()


def text(*table: Sequence[Any], encoding: str = "utf-8", between: str = ",") -> bytes:
    return "\r\n".join(between.join(map(str, row)) for row in table).encode(encoding)


async def count(ctx: Context) -> int:
    return len(await rows(ctx, "SELECT 1 FROM waste_fees.point"))


@pytest.mark.parametrize(
    "data",
    [
        workbook(HEADS, GOOD),
        text(HEADS, GOOD),
        text(HEADS, GOOD, encoding="utf-8-sig", between=";"),
        text(HEADS, GOOD, encoding="cp874", between="\t"),
    ],
    ids=["xlsx", "utf-8", "semicolons", "cp874"],
)
async def test_a_register_is_taken_over_as_it_was_looked_at(officer: Context, data: bytes) -> None:
    preview = await importing.look_into(officer, data)
    assert (preview.rows, preview.faults) == (1, [])
    assert (preview.uses, preview.zones) == ({"household": 1}, {"5": 1})
    assert await count(officer) == 0

    assert await importing.take_over(officer, preview.digest) == 1
    [row] = await rows(officer, "SELECT * FROM waste_fees.point")
    assert (row["number"], row["mark"], row["payer_name"]) == (1, "ถ-1", "นายสมชาย ใจดี")
    assert (row["litres"], row["payer_phone"]) == (20, "+66812345678")
    assert row["since"] == date(2023, 10, 1)
    assert [one["what"] for one in await points.changes_of(officer, row["id"])] == ["opened"]


async def test_a_thousand_households_are_taken_over_in_one_go(officer: Context) -> None:
    known = [[f"ถ-{n}", f"นาย{n}", f"{n} หมู่ {n % 9}", n % 9, "", n % 40] for n in range(1000)]
    preview = await importing.look_into(officer, workbook(HEADS[:6], *known))
    await importing.take_over(officer, preview.digest)

    assert await count(officer) == 1000
    assert len(await rows(officer, "SELECT 1 FROM treasury.payer")) == 1000
    trail = await rows(
        officer, "SELECT 1 FROM core.audit_entry WHERE action = 'waste_fees.register.imported'"
    )
    assert len(trail) == 1


async def test_every_fault_is_told_with_row_and_column_and_nothing_is_taken(
    officer: Context, point: Point
) -> None:
    await point(mark="ถ-9")
    wrong = [
        ["ถ-1", "", "1", "", "วัด", "20", "", ""],
        ["ถ-1", "นาย ก", "2", "", "", "12.5", "123", "1/13/2566"],
        ["ถ-9", "นาย ข", "3", "", "", "", "", "1/10/2023"],
        [*GOOD[:1], "ก" * 201, *GOOD[2:]],
    ]
    preview = await importing.look_into(officer, workbook(HEADS, GOOD, *wrong))
    told = {(one.row, one.column) for one in preview.faults}

    assert told == {
        (3, "ชื่อผู้ชำระ"),
        (3, "ประเภท"),
        (3, "รหัสเดิม"),
        (4, "ลิตรต่อวัน"),
        (4, "โทรศัพท์"),
        (4, "เริ่มใช้บริการ"),
        (4, "รหัสเดิม"),
        (5, "เริ่มใช้บริการ"),
        (5, "รหัสเดิม"),
        (6, "ชื่อผู้ชำระ"),
        (6, "รหัสเดิม"),
    }
    with pytest.raises(NotTaken):
        await importing.take_over(officer, preview.digest)
    assert await count(officer) == 1


async def test_the_same_file_is_taken_once(officer: Context) -> None:
    data = text(HEADS[1:3], GOOD[1:3])
    preview = await importing.look_into(officer, data)
    await importing.take_over(officer, preview.digest)
    with pytest.raises(Conflict):
        await importing.take_over(officer, preview.digest)
    with pytest.raises(Conflict):
        await importing.look_into(officer, data)

    assert await count(officer) == 1


@pytest.mark.parametrize(
    "data",
    [
        b"PK\x03\x04 not a workbook",
        b"\xff\xfe\x00\x00",
        workbook(HEADS),
        text(HEADS, *([GOOD] * 20_001)),
        b"\x89PNG\r\n\x1a\n\0\0",
    ],
    ids=["zip", "utf-16", "heads", "large", "picture"],
)
async def test_what_is_no_table_is_refused_in_words(officer: Context, data: bytes) -> None:
    with pytest.raises(NotTaken):
        await importing.look_into(officer, data)
    assert await count(officer) == 0


CELL = st.one_of(st.text(max_size=20), st.integers(), st.floats(), st.none())


@given(st.lists(st.lists(CELL, max_size=len(COLUMNS)), max_size=5))
def test_no_table_makes_the_reader_fail(table: list[list[Any]]) -> None:
    heads = [titles[0] for titles in COLUMNS.values()]
    parsed = parse_rows([heads, *table])

    assert len(parsed.rows) <= len(table)
    assert all(2 <= one.row <= len(table) + 1 for one in parsed.faults)


def test_days_of_a_workbook_and_thai_digits_are_read() -> None:
    known: list[list[Any]] = [
        ["ก", "1", datetime(2023, 10, 1, tzinfo=UTC)],
        ["ข", "2", "๑/๑๐/๒๕๖๖"],
    ]
    parsed = parse_rows([["ชื่อ", "ที่อยู่", "เริ่มใช้บริการ"], *known])

    assert [row.since for row in parsed.rows] == [date(2023, 10, 1)] * 2
    assert parsed.faults == []


def test_a_telephone_number_that_a_program_took_for_a_figure_gets_its_zero_back() -> None:
    [row] = parse_rows([["ชื่อ", "ที่อยู่", "โทรศัพท์"], ["ก", "1", 812345678]]).rows

    assert row.values["payer_phone"] == "+66812345678"
