"""Inspections: taken once, also late; the place follows the newest; what is to be inspected."""

import asyncio
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import asyncpg
import pytest

from core.context import Context
from core.errors import Conflict, InvalidInput, NotAllowed, NotFound
from core.text import Text
from plugins.food_cert.rules.hygiene import FAIL
from plugins.food_cert.service import (
    demo_hygiene,
    hygiene,
    hygiene_list,
    hygiene_reading,
    places,
)
from plugins.food_cert.service.hygiene_list import MOST_LISTED, to_inspect
from plugins.food_cert.service.rights import FEES, READ
from plugins.food_cert.tables.register import Place
from tests.plugins.food_cert.conftest import a_place, an_officer, rows
from tests.plugins.food_cert.findings import ILL, found
from tests.plugins.permits.sites import a_site

RECORDS = "SELECT * FROM food_cert.inspection ORDER BY made_at"


async def inspect(ctx: Context, place: UUID, ago: int, failed: Any = None, **more: Any) -> UUID:
    """Record an inspection that was made so many days ago."""
    at = ctx.now - timedelta(days=ago)
    return await hygiene.record(ctx, place, found(at, failed, **more), [], key=f"key-{uuid4()}")


async def test_a_record_is_taken_once_also_by_eight_at_once(officer: Context) -> None:
    place = await a_place(officer)
    what = found(officer.now)

    ids = await asyncio.gather(
        *(hygiene.record(officer, place, what, [], key="at-the-same-moment") for _ in range(8))
    )

    assert len(set(ids)) == 1
    [record] = await rows(officer, RECORDS)
    assert (record["score"], record["passed"], record["grade"]) == (100, True, "excellent")
    assert record["follow_by"] is None
    row = await places.get_place(officer, place)
    assert (row["grade"], row["score"], row["graded_on"]) == ("excellent", 100, officer.today)
    [event] = await places.events_of(officer, place)
    assert (event["what"], event["words_th"]) == ("inspected", "ตรวจสุขลักษณะ ได้ 100 คะแนน ระดับดีมาก")
    acts = await rows(
        officer, "SELECT action FROM core.audit_entry WHERE subject = $1", f"place/{place}"
    )
    assert [one["action"] for one in acts] == ["food_cert.place.inspected"]


async def test_what_failed_is_to_be_mended_and_looked_at_again(officer: Context) -> None:
    place = await a_place(officer)
    await inspect(officer, place, 0, ILL | {"1.3": FAIL}, told={"4.2": "ให้พักงานจนหาย"})

    [record] = await hygiene_reading.inspections_of(officer, place)
    last = officer.today + timedelta(days=30)
    assert (record.row["passed"], record.row["grade"]) == (False, "improve")
    assert (record.row["follow_by"], record.row["next_by"]) == (last, None)
    assert [one.code for one in record.failed] == ["1.3", "4.2"]
    told = [(one.item, one.what, one.until) for one in record.told]
    assert told == [("1.3", "", last), ("4.2", "ให้พักงานจนหาย", last)]


async def test_the_day_to_mend_by_lies_between_the_inspection_and_the_follow_up(
    officer: Context,
) -> None:
    place = await a_place(officer)
    for days in (-1, 31):
        with pytest.raises(InvalidInput) as refusal:
            await inspect(officer, place, 0, ILL, until=officer.today + timedelta(days=days))
        assert set(refusal.value.problems) == {"until.day"}
    assert await rows(officer, RECORDS) == []
    assert await places.events_of(officer, place) == []

    await inspect(officer, place, 0, ILL, until=officer.today + timedelta(days=7))
    [record] = await hygiene_reading.inspections_of(officer, place)
    assert record.told[0].until == officer.today + timedelta(days=7)


async def test_an_older_inspection_that_comes_late_does_not_set_the_grade_back(
    officer: Context,
) -> None:
    place = await a_place(officer)
    await inspect(officer, place, 2)
    await inspect(officer, place, 9, ILL, reason="complaint")

    row = await places.get_place(officer, place)
    newest = officer.today - timedelta(days=2)
    assert (row["grade"], row["graded_on"], row["revision"]) == ("excellent", newest, 2)
    events = await places.events_of(officer, place)
    assert [one["what"] for one in events] == ["inspected", "inspected"]
    assert "มาถึงหลังการตรวจครั้งใหม่กว่า" in events[1]["words_th"]
    assert events[1]["day"] == officer.today - timedelta(days=9)
    newer, older = await hygiene_reading.inspections_of(officer, place)
    assert (newer.row["grade"], older.row["grade"]) == ("excellent", "improve")


async def test_of_many_records_at_once_the_newest_gives_the_grade(officer: Context) -> None:
    place = await a_place(officer)

    await asyncio.gather(
        *(inspect(officer, place, ago, ILL if ago else None) for ago in (3, 0, 5, 1, 4, 2))
    )

    row = await places.get_place(officer, place)
    assert (row["grade"], row["graded_on"]) == ("excellent", officer.today)
    assert len(await places.events_of(officer, place)) == 6
    assert len(await rows(officer, RECORDS)) == 6


async def test_the_database_lets_nobody_change_a_record(officer: Context) -> None:
    await inspect(officer, await a_place(officer), 0)
    for change in ("UPDATE food_cert.inspection SET score = 1", "DELETE FROM food_cert.inspection"):
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await rows(officer, change)


async def test_a_place_that_closed_takes_what_was_found_before(officer: Context) -> None:
    place = await a_place(officer)
    row = await places.get_place(officer, place)
    closed = {Place.state: "closed", Place.closed_on: officer.today - timedelta(days=3)}
    await places.change_place(officer, row, closed, what="entered", words=Text("เลิก", "Closed"))

    with pytest.raises(Conflict, match="closed"):
        await inspect(officer, place, 3)
    await inspect(officer, place, 4)
    assert len(await rows(officer, RECORDS)) == 1


async def test_only_inspectors_record_and_only_where_the_register_knows_the_place(
    ctx: Context, officer: Context
) -> None:
    place = await a_place(ctx)
    reader = an_officer(ctx, "อ่าน อย่างเดียว", READ)
    with pytest.raises(NotAllowed):
        await inspect(reader, place, 0)
    with pytest.raises(NotAllowed):
        await to_inspect(reader)
    with pytest.raises(NotFound):
        await inspect(officer, uuid4(), 0)
    id = await inspect(officer, place, 0)
    assert (await hygiene_reading.read_record(reader, id))[1]["id"] == place
    with pytest.raises(NotAllowed):
        await hygiene_reading.read_record(an_officer(ctx, "การเงิน", FEES), id)


async def test_a_checklist_of_another_kind_or_none_is_refused() -> None:
    assert hygiene.checklist_of("sell-2561", "sell").code == "sell-2561"
    for code, kind in (("sell-2561", "store"), ("", "sell"), ("sell-9999", "sell")):
        with pytest.raises(InvalidInput):
            hygiene.checklist_of(code, kind)


async def test_the_first_inspection_carries_the_case_by_which_the_place_came(
    officer: Context,
) -> None:
    case = uuid4()
    place = await a_place(officer, case_id=case)
    await inspect(officer, place, 1, reason="first")
    await inspect(officer, place, 0)
    assert [one["case_id"] for one in await rows(officer, RECORDS)] == [case, None]


async def test_what_is_most_urgent_stands_first(officer: Context) -> None:
    year = timedelta(days=370)
    old = await a_place(officer, name="ตรวจปีที่แล้ว")
    await inspect(officer, old, year.days)
    done = await a_place(officer, name="ผ่านแล้ว")
    await inspect(officer, done, 3)
    late = await a_place(officer, name="เลยกำหนดตรวจซ้ำ")
    await inspect(officer, late, 40, ILL)
    soon = await a_place(officer, name="ต้องตรวจซ้ำ")
    await inspect(officer, soon, 10, ILL)
    mended = await a_place(officer, name="แก้ไขแล้ว")
    await inspect(officer, mended, 40, ILL)
    await inspect(officer, mended, 5, reason="follow_up")
    newer = await a_place(officer, name="ใหม่", opened_on=officer.today)
    older = await a_place(officer, name="เก่า", opened_on=date(2026, 1, 5))
    await a_place(officer, name="ยังไม่ได้รับอนุญาต", state="applied")
    await a_place(officer, name="เลิกแล้ว", state="closed")

    listed = await to_inspect(officer)

    assert [one.place["id"] for one in listed] == [late, soon, older, newer, old]
    assert [one.reason for one in listed] == ["follow_up", "follow_up", "first", "first", "yearly"]
    assert listed[0].due_on == officer.today - timedelta(days=10)
    assert listed[4].due_on is not None
    assert listed[4].due_on < officer.today


async def test_a_place_whose_request_waits_stands_before_those_never_inspected(
    officer: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Any service with such a step will do.
    monkeypatch.setattr(hygiene_list, "ASKING", "permits.build")
    case = await a_site(officer)
    await a_place(officer, name="เปิดมานาน", opened_on=date(2026, 1, 5))
    place = await a_place(officer, name="รอใบอนุญาต", state="applied", case_id=case)

    first, second = await to_inspect(officer)
    assert (first.place["id"], first.reason) == (place, "first")
    assert first.case is not None
    assert (first.case.id, first.due_on) == (case, first.case.due_on)
    assert second.case is None

    await inspect(officer, place, 0, reason="first")
    assert [one.place["name"] for one in await to_inspect(officer)] == ["เปิดมานาน"]


async def test_no_more_is_listed_than_a_device_keeps(officer: Context) -> None:
    for number in range(MOST_LISTED + 2):
        await a_place(officer, name=f"ร้านที่ {number}")
    assert len(await to_inspect(officer)) == MOST_LISTED


async def test_another_municipality_sees_nothing(officer: Context, other: Context) -> None:
    place = await a_place(officer)
    id = await inspect(officer, place, 0)
    stranger = an_officer(other)

    assert await to_inspect(stranger) == []
    assert await hygiene_reading.inspections_of(stranger, place) == []
    with pytest.raises(NotFound):
        await hygiene_reading.read_record(stranger, id)
    with pytest.raises(NotFound):
        await inspect(stranger, place, 0)


async def test_the_page_of_a_place_says_how_it_stands_and_leads_to_the_form(
    officer: Context,
) -> None:
    place = await a_place(officer)
    [form] = await hygiene_reading.cards_of_place(officer, await places.get_place(officer, place))
    assert form.href == f"/desk/food/inspect/{place}"
    id = await inspect(officer, place, 40, ILL)

    row = await places.get_place(officer, place)
    graded, _ = await hygiene_reading.cards_of_place(officer, row)
    assert graded.href == f"/desk/food/inspections/{id}"
    assert graded.title.th == f"สุขลักษณะ: ต้องปรับปรุง {row['score']} คะแนน"
    assert "เกินกำหนดตรวจซ้ำเมื่อ" in graded.body.th
    reader = an_officer(officer, "อ่าน อย่างเดียว", READ)
    assert [one.href for one in await hygiene_reading.cards_of_place(reader, row)] == [graded.href]


async def test_everybody_may_see_grade_score_and_day_alone(officer: Context) -> None:
    place = await a_place(officer)
    assert await hygiene_reading.last_shown(officer, await places.get_place(officer, place)) is None
    await inspect(officer, place, 1, remarks="พบหนู")

    shown = await hygiene_reading.last_shown(officer, await places.get_place(officer, place))
    assert shown is not None
    assert shown == hygiene_reading.Shown(
        Text("ดีมาก", "Excellent"), 100, officer.today - timedelta(days=1)
    )


async def test_the_demonstration_shows_every_state_of_the_list(ctx: Context) -> None:
    kinds = ["sell", "sell", "sell", "sell", "store", "sell", "store"]
    for number, kind in enumerate(kinds):
        await a_place(ctx, name=f"ร้านที่ {number}", kind=kind)

    await demo_hygiene.fill(ctx)
    await demo_hygiene.fill(ctx)

    assert len(await rows(ctx, RECORDS)) == 8
    listed = await to_inspect(an_officer(ctx))
    late = [one.due_on is not None and one.due_on < ctx.today for one in listed]
    assert [one.reason for one in listed] == ["follow_up", "follow_up", "first", "yearly"]
    assert late == [True, False, False, False]
