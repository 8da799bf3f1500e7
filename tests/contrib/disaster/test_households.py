"""Households are entered once, found, changed as they were read, and taken over from files."""

from dataclasses import replace

import anyio
import asyncpg
import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from contrib.disaster.piccolo_migrations import disaster_2026_11_29_06_imports
from contrib.disaster.rules.rows import parse_rows
from contrib.disaster.service import households
from contrib.disaster.service.importing import REGISTER
from contrib.disaster.service.rights import READ
from core.context import Context
from core.errors import Conflict, InvalidInput, NotAllowed
from kit.geo import subdistrict
from kit.registers import look_into, read_imported, report_csv, take_over
from tests.contrib.disaster.conftest import HOME, a_household, an_officer, rows

SATENG = subdistrict("950101")
HEADS = ["รหัสประจำบ้าน", "หัวหน้าครัวเรือน", "โทร", "บ้านเลขที่", "ชุมชน", "lat", "lon", "สมาชิก", "ติดเตียง"]
GOOD = [
    "95010012345",
    "นางแมะ สาและ",
    "812345678",
    "12 ถ.สิโรรส",
    "ตลาดเก่า",
    "6.54",
    "101.28",
    "5",
    "1",
]


BAD = ["123", "", "12", "9 ถ.สิโรรส", "ตลาดเก่า", "99", "1", "2", "3"]


def parsed(*lines: list[str]):  # type: ignore[no-untyped-def]
    assert SATENG is not None
    return parse_rows([HEADS, *lines], [SATENG])


def test_a_good_row_becomes_the_columns_of_a_household() -> None:
    found = parsed(GOOD)

    assert found.faults == []
    [row] = found.rows
    assert row.facts["phone"] == "+66812345678"
    assert row.facts["flags"] == {"bedridden": 1}
    assert row.facts["subdistrict"] == "950101"
    assert row.facts["sameness"] == "95010012345"


def test_every_fault_of_a_bad_row_has_its_row_and_its_column() -> None:
    found = parsed(GOOD, BAD, ["", "นาย", "", "9", "ตลาดเก่า", "", "", "0", ""])

    assert {(one.row, one.column) for one in found.faults} == {
        (3, "รหัสประจำบ้าน"),
        (3, "ชื่อหัวหน้าครัวเรือน"),
        (3, "โทรศัพท์"),
        (3, "ละติจูด"),
        (3, "ผู้ป่วยติดเตียง"),
        (4, "จำนวนสมาชิก"),
    }
    assert [row.at for row in found.rows] == [2]


def test_the_same_household_twice_in_a_file_is_a_fault_of_both_rows() -> None:
    found = parsed(GOOD, GOOD)

    assert found.rows == []
    assert [one.row for one in found.faults] == [2, 3]


@given(st.lists(st.lists(st.text(max_size=20), min_size=9, max_size=9), max_size=6))
def test_whatever_stands_in_a_file_is_a_row_or_has_a_fault(lines: list[list[str]]) -> None:
    found = parsed(*lines)
    told = {row.at for row in found.rows} | {fault.row for fault in found.faults}

    assert len(told) == found.read
    assert not {row.at for row in found.rows} & {fault.row for fault in found.faults}


async def test_the_same_household_is_not_entered_twice(officer: Context) -> None:
    await a_household(officer, address="12 ถนนริมน้ำ")

    with pytest.raises(Conflict, match="has this household"):
        await a_household(officer, address="12  ถนนริมน้ำ")


async def test_more_people_of_a_kind_than_live_there_are_refused(officer: Context) -> None:
    with pytest.raises(InvalidInput):
        await a_household(officer, members=2, elderly=3)


async def test_of_two_who_change_a_household_the_second_is_told(officer: Context) -> None:
    id = await a_household(officer, address="12 ถนนริมน้ำ")
    row = await households.read_household(officer, id)
    facts = households.facts_of(row | {"name": "นางสาวใหม่ ใจดี"})
    await households.change_household(officer, id, facts, revision=1)

    with pytest.raises(Conflict, match="same moment"):
        await households.change_household(officer, id, facts, revision=1)


async def test_households_are_found_by_words_and_by_who_needs_help_first(officer: Context) -> None:
    await a_household(officer, name="นางคำปัน ใจยา", bedridden=1)
    await a_household(officer)

    assert (await households.find_households(officer, "คำปัน ริมน้ำ", "", 1)).total == 1
    assert (await households.find_households(officer, "", "bedridden", 1)).total == 1
    assert (await households.find_households(officer, "", "", 1)).total == 2


async def test_looking_at_a_household_is_recorded_and_needs_the_right(officer: Context) -> None:
    id = await a_household(officer)
    await households.read_household(officer, id)

    with pytest.raises(NotAllowed):
        await households.read_household(an_officer(officer, "คนอ่าน", READ), id)
    looked = await rows(
        officer, "SELECT 1 FROM core.audit_entry WHERE action LIKE '%household.read'"
    )
    assert len(looked) == 1


async def test_a_file_is_looked_at_then_its_good_rows_are_taken_over_once(officer: Context) -> None:
    office = with_subdistrict(officer)
    lines = [
        HEADS,
        GOOD,
        [*GOOD[:1], "", *GOOD[2:]],
        ["", "นายดี", "", "7", "ตลาดเก่า", "", "", "2", ""],
    ]
    lines[2][0] = "95010099999"
    data = "\n".join(",".join(line) for line in lines).encode()
    id = await look_into(office, REGISTER, data, "ครัวเรือน.csv")
    assert (await read_imported(office, REGISTER, id))["good"] == 2
    assert await rows(office, "SELECT 1 FROM disaster.household") == []

    assert await take_over(office, REGISTER, id, only_good=True) == 2
    with pytest.raises(Conflict, match="taken over already"):
        await take_over(office, REGISTER, id, only_good=True)
    assert b"\xe0\xb8\x95\xe0\xb9\x89\xe0\xb8\xad\xe0\xb8\x87" in await report_csv(
        office, REGISTER, id
    )
    again = await look_into(office, REGISTER, data + b"\n", "ครัวเรือน 2.csv")
    assert (await read_imported(office, REGISTER, again))["known"] == 2


async def test_files_that_were_sent_before_the_kit_kept_them_stay_as_they_were(
    officer: Context, database: str
) -> None:
    office = with_subdistrict(officer)
    lines = ("\n".join(",".join(line) for line in [HEADS, one]).encode() for one in (GOOD, BAD))
    taken, waiting = [await look_into(office, REGISTER, data) for data in lines]
    await take_over(office, REGISTER, taken, only_good=False)
    before = [await read_imported(office, REGISTER, id) for id in (taken, waiting)]
    owner = await asyncpg.connect(database)
    try:
        await owner.execute(disaster_2026_11_29_06_imports.DOWN)
        as_it_was = await owner.fetchval("SELECT report FROM disaster.imported WHERE bad > 0")
        await owner.execute(disaster_2026_11_29_06_imports.UP)
    finally:
        await owner.close()

    assert "fault" not in as_it_was
    assert before[1]["report"]
    assert [await read_imported(office, REGISTER, id) for id in (taken, waiting)] == before


async def test_of_two_who_take_a_file_over_at_once_the_second_is_told(officer: Context) -> None:
    office = with_subdistrict(officer)
    data = "\n".join(",".join(line) for line in [HEADS, GOOD]).encode()
    id = await look_into(office, REGISTER, data, "ครัวเรือน.csv")
    done: list[int] = []
    told: list[str] = []

    async def take() -> None:
        try:
            done.append(await take_over(office, REGISTER, id, only_good=True))
        except Conflict as refusal:
            told.append(refusal.sentence.en)

    async with anyio.create_task_group() as group:
        group.start_soon(take)
        group.start_soon(take)
    assert done == [1]
    assert len(told) == 1


def with_subdistrict(ctx: Context, code: str = "950101") -> Context:
    return replace(ctx, tenant=replace(ctx.tenant, subdistricts=(code,)))


async def test_a_household_is_entered_found_and_changed_at_the_desk(
    desk: httpx.AsyncClient, ctx: Context
) -> None:
    typed = {
        "address": "5 ถนนริมน้ำ",
        "village": "ริมน้ำ",
        "name": "นายสมชาย ใจดี",
        "phone": "0812345678",
        "members": "3",
        "elderly": "1",
        "floor_cm": "40",
    }
    wrong = await desk.post(f"{HOME}/households/new", data=typed | {"house_code": "12"})
    assert wrong.status_code == 422
    entered = await desk.post(f"{HOME}/households/new", data=typed)
    here = entered.headers["location"]
    assert "ผู้สูงอายุ 1 คน" in (await desk.get(here)).text
    assert "นายสมชาย" in (await desk.get(f"{HOME}/households?q=สมชาย&flag=elderly")).text
    assert "ไม่พบครัวเรือน" in (await desk.get(f"{HOME}/households?q=ไม่มีชื่อนี้")).text
    assert 'value="40"' in (await desk.get(f"{here}/change")).text
    changed = await desk.post(f"{here}/change", data=typed | {"members": "4", "revision": "1"})
    assert changed.status_code == 303
    again = await desk.post(f"{here}/change", data=typed | {"revision": "1"})
    assert again.status_code == 409
