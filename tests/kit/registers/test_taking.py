"""A file of a register: looked at, then taken over once, all of it or the good rows."""

import asyncio
import csv as tables
import io
from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

import msgspec
import pytest

from core.context import Context
from core.errors import Conflict, NotAllowed, NotFound
from kit.documents import NotTaken
from kit.registers import (
    Register,
    Row,
    look_into,
    need_subdistricts,
    newest_imported,
    read_imported,
    report_csv,
    take_over,
)
from tests.kit.registers.conftest import an_officer, rows
from tests.kit.registers.wells import HEADS, REGISTER, csv, enter

GOOD, SECOND, BAD = "บ-1,12,812345678", "บ-2,30,", "บ-3,ลึก,"


async def wells(ctx: Context) -> list[str]:
    return [one["code"] for one in await rows(ctx, "SELECT code FROM wells.well ORDER BY code")]


async def counts(ctx: Context, id: UUID) -> tuple[Any, ...]:
    file = await read_imported(ctx, REGISTER, id)
    return tuple(file[name] for name in ("state", "read", "good", "known", "bad"))


async def test_a_file_is_looked_at_and_only_then_taken_over(officer: Context) -> None:
    id = await look_into(officer, REGISTER, csv(GOOD, SECOND), "บ่อ.csv")
    assert await counts(officer, id) == ("looked", 2, 2, 0, 0)
    assert await wells(officer) == []

    assert await take_over(officer, REGISTER, id, only_good=False) == 2
    assert await wells(officer) == ["บ-1", "บ-2"]
    file = await read_imported(officer, REGISTER, id)
    assert (file["state"], file["taken_at"], file["name"]) == ("taken", officer.now, "บ่อ.csv")
    [entry] = await rows(
        officer, "SELECT subject FROM core.audit_entry WHERE action = 'wells.register.imported'"
    )
    assert entry["subject"] == f"imported/{id}"


async def test_all_of_a_file_is_refused_while_a_row_is_wrong_and_nothing_is_entered(
    officer: Context,
) -> None:
    id = await look_into(officer, REGISTER, csv(GOOD, BAD))
    with pytest.raises(Conflict, match="must be corrected"):
        await take_over(officer, REGISTER, id, only_good=False)
    assert await wells(officer) == []
    assert await counts(officer, id) == ("looked", 2, 1, 0, 1)

    assert await take_over(officer, REGISTER, id, only_good=True) == 1
    assert await wells(officer) == ["บ-1"]
    assert await counts(officer, id) == ("taken", 2, 1, 0, 1)


async def test_the_corrected_file_enters_the_others_and_says_where_the_first_are(
    officer: Context,
) -> None:
    first = await look_into(officer, REGISTER, csv(GOOD, BAD))
    await take_over(officer, REGISTER, first, only_good=True)
    again = await look_into(officer, REGISTER, csv(GOOD, "บ-3,8,", "บ-4,,"))
    assert await counts(officer, again) == ("looked", 3, 1, 1, 1)

    table = list(
        tables.reader(io.StringIO((await report_csv(officer, REGISTER, again)).decode("utf-8-sig")))
    )
    assert [line[:3] for line in table] == [
        ["แถว", "คอลัมน์", "ผล"],
        ["2", HEADS[0], "มีในทะเบียนแล้ว"],
        ["4", HEADS[1], "ต้องแก้"],
    ]
    english = await report_csv(replace(officer, language="en"), REGISTER, again)
    assert "The register has this well." in english.decode("utf-8-sig")


async def test_a_file_that_was_taken_over_is_the_same_when_it_is_sent_again(
    officer: Context,
) -> None:
    id = await look_into(officer, REGISTER, csv(GOOD))
    await take_over(officer, REGISTER, id, only_good=False)

    assert await look_into(officer, REGISTER, csv(GOOD), "อีกครั้ง.csv") == id
    assert await counts(officer, id) == ("taken", 1, 1, 0, 0)
    assert (await read_imported(officer, REGISTER, id))["name"] == ""
    with pytest.raises(Conflict, match="already"):
        await take_over(officer, REGISTER, id, only_good=True)
    assert await wells(officer) == ["บ-1"]


async def test_a_file_that_waits_is_looked_at_anew_when_it_is_sent_again(officer: Context) -> None:
    id = await look_into(officer, REGISTER, csv(GOOD, SECOND), "บ่อ.csv")
    other = await look_into(officer, REGISTER, csv(GOOD))
    await take_over(officer, REGISTER, other, only_good=False)

    assert await look_into(officer, REGISTER, csv(GOOD, SECOND), "ใหม่.csv") == id
    assert await counts(officer, id) == ("looked", 2, 1, 1, 0)
    assert (await read_imported(officer, REGISTER, id))["name"] == "ใหม่.csv"


async def test_a_file_without_a_row_to_enter_stays_as_it_was(officer: Context) -> None:
    id = await look_into(officer, REGISTER, csv(BAD))
    with pytest.raises(Conflict, match="no row to take over"):
        await take_over(officer, REGISTER, id, only_good=True)

    assert await counts(officer, id) == ("looked", 1, 0, 0, 1)


async def test_of_two_at_once_one_takes_the_file_and_the_other_is_told(officer: Context) -> None:
    id = await look_into(officer, REGISTER, csv(GOOD, SECOND))
    done = await asyncio.gather(
        *(take_over(officer, REGISTER, id, only_good=True) for _ in range(2)),
        return_exceptions=True,
    )

    assert [one for one in done if isinstance(one, int)] == [2]
    assert [type(one) for one in done if not isinstance(one, int)] == [Conflict]


async def test_a_row_that_somebody_else_was_faster_with_counts_as_known(officer: Context) -> None:
    async def enter_late(ctx: Context, found: Sequence[Row]) -> int:
        await enter(ctx, found[:1])
        return await enter(ctx, found)

    register = msgspec.structs.replace(REGISTER, enter=enter_late)
    id = await look_into(officer, register, csv(GOOD, SECOND))

    assert await take_over(officer, register, id, only_good=False) == 1
    assert await counts(officer, id) == ("taken", 2, 1, 1, 0)


async def test_a_register_is_locked_before_its_rows_are_held_against_it(officer: Context) -> None:
    async def lock(ctx: Context, found: Sequence[Row]) -> None:
        assert [row.facts["code"] for row in found] == ["บ-1", "บ-2"]
        # What the holder of the lock has entered before.
        await enter(ctx, found[:1])

    register = msgspec.structs.replace(REGISTER, lock=lock)
    id = await look_into(officer, register, csv(GOOD, SECOND))

    assert await take_over(officer, register, id, only_good=False) == 1
    assert await counts(officer, id) == ("taken", 2, 1, 1, 0)


async def test_what_a_register_sees_in_the_good_rows_is_kept_for_its_page(
    officer: Context,
) -> None:
    register: Register[Row] = msgspec.structs.replace(
        REGISTER, seen=lambda found: {"deepest": max(row.facts["metres"] for row in found)}
    )
    id = await look_into(officer, register, csv(GOOD, SECOND, BAD))

    assert (await read_imported(officer, register, id))["seen"] == {"deepest": 30}


async def test_what_breaks_while_it_is_entered_leaves_nothing_half(officer: Context) -> None:
    async def enter_half(ctx: Context, found: Sequence[Row]) -> int:
        await enter(ctx, found[:1])
        raise RuntimeError("cut off")

    register = msgspec.structs.replace(REGISTER, enter=enter_half)
    id = await look_into(officer, register, csv(GOOD, SECOND))
    with pytest.raises(RuntimeError):
        await take_over(officer, register, id, only_good=False)

    assert await wells(officer) == []
    assert await counts(officer, id) == ("looked", 2, 2, 0, 0)
    assert await take_over(officer, REGISTER, id, only_good=False) == 2


async def test_the_newest_files_are_listed_first_and_only_to_their_office(
    officer: Context, other: Context
) -> None:
    ids = [await look_into(officer, REGISTER, csv(line)) for line in (GOOD, SECOND)]
    theirs = an_officer(other)

    assert [one["id"] for one in await newest_imported(officer, REGISTER)] == ids[::-1]
    assert await newest_imported(theirs, REGISTER) == []
    with pytest.raises(NotFound):
        await read_imported(theirs, REGISTER, ids[0])
    with pytest.raises(NotFound):
        await take_over(theirs, REGISTER, ids[0], only_good=True)


async def test_who_has_no_right_to_it_neither_looks_nor_takes(officer: Context) -> None:
    stranger = an_officer(officer, "คนอ่าน", "wells.read")
    id = await look_into(officer, REGISTER, csv(GOOD))

    for act in (
        look_into(stranger, REGISTER, csv(SECOND)),
        take_over(stranger, REGISTER, id, only_good=True),
        report_csv(stranger, REGISTER, id),
    ):
        with pytest.raises(NotAllowed):
            await act
    assert await wells(officer) == []


async def test_what_is_no_table_is_refused_and_what_is_unknown_is_not_found(
    officer: Context,
) -> None:
    with pytest.raises(NotTaken):
        await look_into(officer, REGISTER, b"\x89PNG\r\n\x1a\n\0\0")
    with pytest.raises(NotFound):
        await take_over(officer, REGISTER, uuid4(), only_good=True)
    assert await newest_imported(officer, REGISTER) == []


def test_the_ground_of_an_office_is_needed_where_rows_have_addresses(ctx: Context) -> None:
    with pytest.raises(Conflict, match="administrator"):
        need_subdistricts(ctx)
    here = replace(ctx, tenant=replace(ctx.tenant, subdistricts=("500109", "000000")))

    assert [one.name.en for one in need_subdistricts(here)] == ["Mae Hia"]
