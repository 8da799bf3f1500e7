from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from core.context import EVERYWHERE, SYSTEM, Actor, Context
from kit.treasury.service import agreements
from plugins.waste_fees.rules.dues import MADE_UP_FOR, Dues, windows
from plugins.waste_fees.service import chosen, mine, reminders
from tests.plugins.waste_fees.conftest import Point, a_citizen, in_days, pay, rows
from tests.plugins.waste_fees.test_runs import DUE, billed

PHONE = {"payer_phone": "+66812345678"}


def on(ctx: Context, day: date) -> Context:
    return replace(in_days(ctx, (day - ctx.today).days), actor=SYSTEM)


async def sent(ctx: Context) -> list[Any]:
    return await rows(
        ctx,
        "SELECT template, address, account, href, subject_th, body_th, subject_en"
        " FROM core.message WHERE template LIKE 'waste_fees.%' ORDER BY created_at, id",
    )


@given(st.integers(0, 60), st.integers(0, 60), st.integers(-200, 200))
def test_a_due_day_has_its_two_turns_in_order_and_none_for_ever(
    before: int, after: int, away: int
) -> None:
    due_on = date(2026, 12, 31)
    today = due_on + timedelta(days=away)
    dues = Dues(remind_before=before, remind_after=after)
    turns = [one.turn for one in windows(dues, today) if one.first <= due_on <= one.last]

    assert ("before" in turns) == (before > 0 and -before <= away <= 0)
    assert ("after" in turns) == (after > 0 and after <= away <= after + MADE_UP_FOR)
    assert len(turns) <= 1


async def test_a_reminder_comes_once_before_and_once_after_the_day(
    priced: Context, point: Point
) -> None:
    await point(**PHONE)
    await billed(priced)
    await reminders.remind(on(priced, DUE - timedelta(days=4)))
    assert await sent(priced) == []
    for back in (3, 2, 0):
        await reminders.remind(on(priced, DUE - timedelta(days=back)))
    [first] = await sent(priced)
    for later in (1, 6, 7, 8, 20):
        await reminders.remind(on(priced, DUE + timedelta(days=later)))

    assert first["template"] == "waste_fees.due_soon"
    assert first["address"] == "+66812345678"
    assert "50.00 บาท" in first["body_th"]
    assert "31 ธันวาคม 2569" in first["subject_th"]
    assert "31 December 2026" in first["subject_en"] or "2569" in first["subject_en"]
    [code] = await rows(priced, "SELECT code FROM treasury.bill")
    assert first["href"] == f"/b/{code['code']}"
    assert [one["template"] for one in await sent(priced)] == [
        "waste_fees.due_soon",
        "waste_fees.overdue",
    ]


async def test_who_has_paid_in_between_hears_nothing_more(priced: Context, point: Point) -> None:
    await point(**PHONE)
    await point(payer_phone="+66822222222")
    await billed(priced)
    await reminders.remind(on(priced, DUE))
    first, second = await rows(priced, "SELECT id, owed FROM treasury.bill ORDER BY number")
    await pay(priced, first["id"], first["owed"])
    await pay(priced, second["id"], 2000)
    await reminders.remind(on(priced, DUE + timedelta(days=7)))

    assert [one["address"] for one in await sent(priced)] == [
        "+66812345678",
        "+66822222222",
        "+66822222222",
    ]
    assert "30.00 บาท" in (await sent(priced))[-1]["body_th"]


async def test_an_account_gets_it_in_the_inbox_and_nobody_without_an_address_stops_the_rest(
    priced: Context, point: Point
) -> None:
    await point()
    id = await point(**PHONE)
    citizen = await a_citizen(priced)
    await mine.take_point(citizen, id)
    await billed(priced)
    await reminders.remind(on(priced, DUE))

    assert citizen.actor.id in {one["account"] for one in await sent(priced)}
    assert len(await rows(priced, "SELECT 1 FROM waste_fees.reminded")) == 1


async def test_an_old_debt_is_not_reminded_of_when_reminding_begins(
    priced: Context, point: Point
) -> None:
    await point(**PHONE)
    await billed(priced)
    await reminders.remind(on(priced, DUE + timedelta(days=60)))

    assert await sent(priced) == []


async def test_an_office_may_set_its_days_or_none(priced: Context, point: Point) -> None:
    await point(**PHONE)
    await billed(priced)
    await chosen.set_dues(priced, Dues(remind_before=0, remind_after=2))
    days = {"waste_fees": {"dues": {"remind_before": 0, "remind_after": 2}}}
    here = replace(priced, tenant=replace(priced.tenant, settings=days))
    await reminders.remind(on(here, DUE))
    assert await sent(priced) == []
    await reminders.remind(on(here, DUE + timedelta(days=2)))

    assert [one["template"] for one in await sent(priced)] == ["waste_fees.overdue"]
    [kept] = await rows(
        priced, "SELECT settings FROM core.plugin_switch WHERE plugin = 'waste_fees'"
    )
    assert '"remind_after": 2' in kept["settings"]


async def test_more_bills_than_go_at_once_are_all_reminded_of(
    priced: Context, point: Point, monkeypatch: Any
) -> None:
    monkeypatch.setattr(reminders, "AT_ONCE", 2)
    ids: set[UUID] = {await point(payer_phone=f"+668123456{n:02}") for n in range(5)}
    await billed(priced)
    await reminders.remind(on(priced, DUE))

    assert len(await sent(priced)) == len(ids)


async def test_under_an_agreement_each_instalment_is_reminded_of_with_its_amount(
    priced: Context, point: Point
) -> None:
    await point(**PHONE)
    await billed(priced)
    [bill] = await rows(priced, "SELECT id FROM treasury.bill")
    held = dict.fromkeys(("treasury.adjust",), EVERYWHERE)
    director = Actor(kind="officer", id=UUID(int=6), name="วิชัย การคลัง", permissions=held)
    first_on = date(2027, 1, 20)
    await agreements.agree(
        replace(priced, actor=director), [bill["id"]], count=2, first_on=first_on, why="รายได้น้อย"
    )
    await reminders.remind(on(priced, DUE))
    assert await sent(priced) == []
    await reminders.remind(on(priced, first_on))
    await pay(on(priced, first_on), bill["id"], 2500)
    await reminders.remind(on(priced, first_on + timedelta(days=7)))
    await reminders.remind(on(priced, date(2027, 2, 19)))

    told = await sent(priced)
    assert [one["template"] for one in told] == ["waste_fees.due_soon"] * 2
    assert all("25.00 บาท" in one["body_th"] for one in told)
    assert "20 มกราคม 2570" in told[0]["subject_th"]
