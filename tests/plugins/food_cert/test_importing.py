"""The present register is taken over: held against what is there, entered once, whole."""

import asyncio
import csv
import io
import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

import asyncpg
import pytest

from core.context import Context
from core.errors import Conflict, NotAllowed
from core.runtime import Runtime
from kit.documents import NotTaken, counted_to
from kit.registers import look_into, newest_imported, read_imported, report_csv, take_over
from plugins.food_cert.service import places
from plugins.food_cert.service.importing import REGISTER
from plugins.food_cert.service.rights import PERMISSIONS
from tests.desks import signed_in
from tests.plugins.food_cert.conftest import an_officer, rows
from tests.plugins.food_cert.registers import HEADS, LARGE, SMALL, row, workbook

PATH = "/desk/food/import"


@pytest.fixture
def clerk(ctx: Context) -> Context:
    """An officer of an office that covers one sub-district."""
    return an_officer(replace(ctx, tenant=replace(ctx.tenant, subdistricts=("500109",))))


async def taken(ctx: Context, *lines: Sequence[Any], only_good: bool = False) -> dict[str, Any]:
    id = await look_into(ctx, REGISTER, workbook(HEADS, *lines), "ทะเบียน.xlsx")
    await take_over(ctx, REGISTER, id, only_good=only_good)
    return await read_imported(ctx, REGISTER, id)


async def count(ctx: Context) -> int:
    return len(await rows(ctx, "SELECT 1 FROM food_cert.place"))


async def test_a_register_is_looked_at_and_then_taken_over_with_its_history(clerk: Context) -> None:
    id = await look_into(clerk, REGISTER, workbook(HEADS, SMALL, LARGE), "ทะเบียน.xlsx")
    file = await read_imported(clerk, REGISTER, id)
    assert (file["state"], file["read"], file["good"], file["report"]) == ("looked", 2, 2, [])
    assert file["seen"]["instruments"] == {"certificate": 1, "licence": 1}
    assert await count(clerk) == 0

    assert await take_over(clerk, REGISTER, id, only_good=False) == 2
    place = await places.place_of_paper(clerk, "3/2569")
    assert (place["number"], place["state"], place["until"]) == (2, "valid", date(2027, 1, 31))
    [event] = await places.events_of(clerk, place["id"])
    assert (event["what"], "3/2569" in event["words_th"]) == ("entered", True)
    trail = "SELECT 1 FROM core.audit_entry WHERE action = 'food_cert.register.imported'"
    assert len(await rows(clerk, trail)) == 1


async def test_the_numbers_of_papers_go_on_after_the_highest(clerk: Context) -> None:
    await taken(clerk, SMALL, row(number="40/2568", name="ข"), LARGE)
    drawn = "SELECT last FROM core.counter WHERE series = $1"

    assert (await rows(clerk, drawn, "paper/food_cert.certificate/2568"))[0]["last"] == 40
    assert (await rows(clerk, drawn, "paper/food_cert.licence/2569"))[0]["last"] == 3


async def test_good_rows_are_taken_and_the_bad_ones_stay_in_the_report(clerk: Context) -> None:
    bad = row(number="14/2568", name="ข", area="0")
    id = await look_into(clerk, REGISTER, workbook(HEADS, SMALL, bad))
    with pytest.raises(Conflict):
        await take_over(clerk, REGISTER, id, only_good=False)
    assert await count(clerk) == 0
    assert await take_over(clerk, REGISTER, id, only_good=True) == 1

    file = await read_imported(clerk, REGISTER, id)
    assert (file["state"], file["good"], file["bad"], file["known"]) == ("taken", 1, 1, 0)
    table = list(
        csv.reader(io.StringIO((await report_csv(clerk, REGISTER, id)).decode("utf-8-sig")))
    )
    assert table[1][:3] == ["3", "พื้นที่", "ต้องแก้"]
    mended = await taken(clerk, SMALL, row(number="14/2568", name="ข"))
    assert (mended["good"], mended["known"], mended["bad"]) == (1, 1, 0)
    assert await count(clerk) == 2


async def test_the_same_file_or_place_is_never_entered_twice(clerk: Context) -> None:
    data = workbook(HEADS, SMALL)
    id = await look_into(clerk, REGISTER, data)
    await take_over(clerk, REGISTER, id, only_good=False)
    assert await look_into(clerk, REGISTER, data) == id
    with pytest.raises(Conflict):
        await take_over(clerk, REGISTER, id, only_good=True)
    other = row(number="99/2568", phone="")
    again = await look_into(clerk, REGISTER, workbook(HEADS, row(name="ชื่อใหม่"), other))
    held = await read_imported(clerk, REGISTER, again)
    assert (held["good"], held["known"], [one["row"] for one in held["report"]]) == (0, 2, [2, 3])
    with pytest.raises(Conflict):
        await take_over(clerk, REGISTER, again, only_good=True)

    assert await count(clerk) == 1


async def test_a_number_beyond_those_that_are_issued_here_is_wrong(clerk: Context) -> None:
    await rows(
        clerk,
        "INSERT INTO documents.paper (tenant_id, id, template, series, number, code, subject,"
        " contents, issued_at) VALUES ('maehia', gen_random_uuid(), 't', $1, '1/2568', 'c', 's',"
        " '{}', now())",
        "food_cert.certificate/2568",
    )
    await rows(
        clerk,
        "INSERT INTO core.counter VALUES ('maehia', $1, 1)",
        "paper/food_cert.certificate/2568",
    )
    assert await counted_to(clerk, "food_cert.certificate", 2568) == 1
    id = await look_into(clerk, REGISTER, workbook(HEADS, SMALL, row(number="1/2568", name="ข")))
    file = await read_imported(clerk, REGISTER, id)

    assert [(one["row"], one["column"]) for one in file["report"]] == [(2, HEADS[0])]
    assert await take_over(clerk, REGISTER, id, only_good=True) == 1


async def test_of_two_at_once_one_takes_the_file_and_what_overlaps_is_entered_once(
    clerk: Context,
) -> None:
    first = await look_into(clerk, REGISTER, workbook(HEADS, SMALL, row(number="1/2568", name="ก")))
    second = await look_into(
        clerk, REGISTER, workbook(HEADS, row(number="2/2568", name="ข"), SMALL)
    )
    ids: list[UUID] = [first, first, second, second]
    done = await asyncio.gather(
        *(take_over(clerk, REGISTER, id, only_good=True) for id in ids), return_exceptions=True
    )

    assert sorted(one for one in done if isinstance(one, int)) == [1, 2]
    assert len([one for one in done if isinstance(one, Conflict)]) == 2
    numbers = await rows(clerk, "SELECT number FROM food_cert.place ORDER BY number")
    assert [one["number"] for one in numbers] == [1, 2, 3]


async def test_what_is_cut_off_in_the_middle_leaves_nothing_half(
    clerk: Context, database: str
) -> None:
    id = await look_into(clerk, REGISTER, workbook(HEADS, SMALL, LARGE))
    outside = await asyncpg.connect(database)
    try:
        async with outside.transaction():
            # The register's numbers are held elsewhere, so that it waits in the middle.
            await outside.execute(
                "INSERT INTO core.counter VALUES ('maehia', 'food_cert/place', 0)"
            )
            taking = asyncio.create_task(take_over(clerk, REGISTER, id, only_good=False))
            ended = (
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE wait_event_type = 'Lock' AND datname = current_database()"
            )
            async with asyncio.timeout(30):
                while not await outside.fetch(ended):
                    await outside.execute("SELECT pg_sleep(0.02)")
            with pytest.raises(asyncpg.InterfaceError):
                await taking
    finally:
        await outside.close()

    assert await count(clerk) == 0
    assert (await read_imported(clerk, REGISTER, id))["state"] == "looked"
    assert await take_over(clerk, REGISTER, id, only_good=False) == 2


async def test_five_thousand_rows_are_taken_over_well_within_a_minute(clerk: Context) -> None:
    many = [row(number=f"{n}/2568", name=f"ร้าน {n}", phone="") for n in range(1, 5_001)]
    began = time.monotonic()
    await taken(clerk, *many)

    assert await count(clerk) == 5_000
    assert time.monotonic() - began < 60


async def test_an_office_without_sub_districts_is_told_to_set_them(officer: Context) -> None:
    with pytest.raises(Conflict, match="sub-districts"):
        await look_into(officer, REGISTER, workbook(HEADS, SMALL))


async def test_what_is_no_table_is_refused_and_another_office_sees_no_file(
    clerk: Context, other: Context
) -> None:
    with pytest.raises(NotTaken):
        await look_into(clerk, REGISTER, b"\x89PNG\r\n\x1a\n\0\0")
    await taken(clerk, SMALL)

    assert await newest_imported(other, REGISTER) == []
    assert len(await newest_imported(clerk, REGISTER)) == 1


async def test_a_register_is_taken_over_through_the_pages(runtime: Runtime, ctx: Context) -> None:
    await rows(ctx, "UPDATE core.tenant SET subdistricts = '{500109}' RETURNING 1")
    runtime.directory.forget()
    async with signed_in(runtime, ctx, list(PERMISSIONS), PATH) as desk:
        assert (await desk.post(PATH, data={})).status_code == 422
        odd = await desk.post(PATH, files={"file": ("a.csv", b"\xff\xfe\0\0")})
        assert (odd.status_code, "อ่านไฟล์นี้ไม่ได้" in odd.text) == (422, True)
        data = workbook(HEADS, SMALL, row(number="14/2568", name="ข", area="0"))
        sent = await desk.post(PATH, files={"file": ("ทะเบียน.xlsx", data)})
        where = sent.headers["location"]
        seen = await desk.get(where)
        assert "นำเข้าเฉพาะ 1 แห่งที่ถูกต้อง" in seen.text
        assert "ครัวคำปัน" in seen.text
        assert (await desk.post(where, data={"which": "all"})).status_code == 409
        assert (await desk.post(where, data={})).status_code == 422
        assert (await desk.post(where, data={"which": "good"})).status_code == 303
        again = await desk.post(where, data={"which": "good"})
        report = await desk.get(f"{where}/report.csv")
        listed = await desk.get(PATH)

    assert (again.status_code, "แห่งเข้าทะเบียน" in again.text) == (409, True)
    assert "3,พื้นที่,ต้องแก้" in report.content.decode("utf-8-sig")
    assert "ทะเบียน.xlsx" in listed.text


async def test_who_may_only_read_takes_nothing_over(runtime: Runtime, ctx: Context) -> None:
    async with signed_in(runtime, ctx, ["food_cert.read"], "/account/password") as desk:
        assert (await desk.get(PATH)).status_code == 403
        assert (await desk.post(PATH, data={})).status_code == 403
    with pytest.raises(NotAllowed):
        await look_into(an_officer(ctx, "ก", "food_cert.read"), REGISTER, workbook(HEADS, SMALL))
