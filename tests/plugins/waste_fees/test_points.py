import asyncio
from dataclasses import replace
from datetime import date, timedelta

import pytest

from core.context import Context
from core.errors import Conflict, InvalidInput, NotAllowed, NotFound
from plugins.waste_fees.rules.register import in_force
from plugins.waste_fees.service import finding, overview, points, privileges
from plugins.waste_fees.service.finding import Sought
from tests.plugins.waste_fees.conftest import Point, an_officer, rows

DEC = date(2026, 12, 1)


async def test_a_point_is_found_by_number_name_place_and_earlier_code(
    officer: Context, point: Point
) -> None:
    one = await point(mark="ถ-001", zone="หมู่ 5")
    await point(payer_name="นางบัวผัน ใจยา", address="9 ถนนเชียงใหม่", zone="หมู่ 6")

    for words in ("1", "๑", "ถ-001", "สมชาย", "88/12"):
        found = await finding.find_points(officer, Sought(words=words))
        assert [row["id"] for row in found.points] == [one], words
    assert (await finding.find_points(officer, Sought(zone="หมู่ 6"))).total == 1
    assert (await finding.find_points(officer, Sought(words="100%"))).total == 0
    assert (await finding.places(officer))[0] == ["หมู่ 5", "หมู่ 6"]


async def test_a_change_is_kept_with_its_day_who_and_why(officer: Context, point: Point) -> None:
    id = await point()
    values = {"litres": 40, "bins": 2}
    await points.change_point(officer, id, values, from_on=officer.today, why="วัดใหม่")
    seen = await overview.see(officer, id)

    assert seen.row["litres"] == 40
    assert [one["what"] for one in seen.changes] == ["changed", "opened"]
    assert seen.changes[0]["why"] == "วัดใหม่"
    assert seen.changes[0]["actor_name"] == officer.actor.name
    assert [title.en for title, _, _ in seen.changes[0]["fields"]] == ["Bins", "Litres a day"]


async def test_a_change_of_a_later_day_is_shown_from_that_day_on(
    officer: Context, point: Point
) -> None:
    id = await point()
    await points.change_point(officer, id, {"litres": 40}, from_on=DEC, why="วัดใหม่")
    assert (await points.read_point(officer, id))["litres"] == 20

    then = replace(officer, now=officer.now + timedelta(days=11))
    await points.take_effect(then)
    await points.take_effect(then)

    assert (await points.read_point(officer, id))["litres"] == 40
    history = await points.history_of(officer, id)
    before, after = in_force(history, date(2026, 11, 30)), in_force(history, DEC)
    assert before is not None
    assert after is not None
    assert (before.litres, after.litres) == (20, 40)


async def test_days_go_forward_and_a_change_changes_something(
    officer: Context, point: Point
) -> None:
    id = await point()
    await points.change_point(officer, id, {"litres": 40}, from_on=DEC, why="วัดใหม่")
    for values, day in (({"litres": 50}, date(2026, 11, 1)), ({"litres": 40}, DEC)):
        with pytest.raises(InvalidInput):
            await points.change_point(officer, id, values, from_on=day, why="ผิด")
    with pytest.raises(InvalidInput) as refusal:
        await points.change_point(officer, id, {"litres": 50}, from_on=DEC, why="  ")
    assert list(refusal.value.problems) == ["why"]


async def test_another_name_is_another_payer_a_telephone_is_not(
    officer: Context, point: Point
) -> None:
    id = await point()
    first = (await points.read_point(officer, id))["payer"]
    await points.change_point(
        officer, id, {"payer_phone": "+66812345678"}, from_on=officer.today, why="แจ้งเบอร์"
    )
    assert (await points.read_point(officer, id))["payer"] == first
    await points.change_point(
        officer, id, {"payer_name": "นางบัวผัน ใจยา"}, from_on=officer.today, why="ขายบ้าน"
    )

    row = await points.read_point(officer, id)
    assert row["payer"] != first
    known = await rows(
        officer, "SELECT id, name, phone FROM treasury.payer ORDER BY changed_at, id"
    )
    assert {one["name"]: one["phone"] for one in known} == {
        "นายสมชาย ใจดี": "+66812345678",
        "นางบัวผัน ใจยา": "+66812345678",
    }
    assert [one["what"] for one in await points.changes_of(officer, id)][-1] == "transferred"


async def test_a_service_ends_once_and_begins_again(officer: Context, point: Point) -> None:
    id = await point()
    await points.close_point(officer, id, from_on=officer.today, why="ย้าย")
    with pytest.raises(Conflict):
        await points.close_point(officer, id, from_on=officer.today, why="ย้าย")
    assert (await finding.find_points(officer, Sought())).total == 0
    await points.reopen_point(officer, id, from_on=officer.today, why="กลับมา")

    assert (await points.read_point(officer, id))["open"]


async def test_numbers_have_no_gap_when_many_are_added_at_once(
    officer: Context, point: Point
) -> None:
    await asyncio.gather(*(point() for _ in range(12)))
    await asyncio.gather(point(mark="ก"), point(mark="ข"))
    with pytest.raises(InvalidInput):
        await point(mark="ก")
    found = await rows(officer, "SELECT number FROM waste_fees.point ORDER BY number")

    assert [row["number"] for row in found] == list(range(1, 15))


async def test_who_may_not_is_refused_and_another_municipality_sees_nothing(
    ctx: Context, other: Context, point: Point
) -> None:
    id = await point()
    reader = an_officer(ctx, "waste_fees.read")
    with pytest.raises(NotAllowed):
        await points.close_point(reader, id, from_on=ctx.today, why="ย้าย")
    with pytest.raises(NotFound):
        await points.read_point(other, id)


async def test_looking_at_a_point_is_recorded(officer: Context, point: Point) -> None:
    id = await point()
    await overview.see(officer, id)
    found = await rows(
        officer, "SELECT actor_name FROM core.audit_entry WHERE action = 'waste_fees.point.read'"
    )

    assert [row["actor_name"] for row in found] == [officer.actor.name]


async def test_a_programme_that_was_not_kept_to_is_lost_for_its_months(
    priced: Context, point: Point
) -> None:
    id = await point()
    start, caught = date(2026, 11, 1), date(2026, 11, 20)
    await privileges.register(priced, id, "waste/sorting", from_on=start, why="คัดแยก")
    with pytest.raises(InvalidInput):
        await privileges.register(priced, id, "waste/sorting", from_on=DEC, why="ซ้ำ")
    [held] = await privileges.privileges_of(priced, id)
    assert (await overview.see(priced, id)).fees[0].fee.total == 2000
    await privileges.revoke(priced, held["id"], until_on=caught, why="ตรวจพบ", broken=True)
    with pytest.raises(Conflict):
        await privileges.revoke(priced, held["id"], until_on=caught, why="ซ้ำ", broken=True)

    [held] = await privileges.privileges_of(priced, id)
    assert held["barred_until"] == date(2027, 6, 1)
    with pytest.raises(InvalidInput) as refusal:
        await privileges.register(
            priced, id, "waste/sorting", from_on=date(2027, 5, 31), why="ขอใหม่"
        )
    assert "1 มิถุนายน 2570" in refusal.value.problems["offer"].th
    await privileges.register(priced, id, "waste/sorting", from_on=date(2027, 6, 1), why="ขอใหม่")
