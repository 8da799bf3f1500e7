"""Holders of licences are reminded: on the days of the office, each once."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.context import SYSTEM, Context
from core.runtime import Runtime
from plugins.food_cert.rules.renewing import turn_of
from plugins.food_cert.service import reminders
from plugins.food_cert.service.rights import PERMISSIONS
from tests.desks import signed_in
from tests.plugins.food_cert.conftest import a_place, rows
from tests.plugins.waste_fees.conftest import a_citizen, in_days

END = date(2027, 2, 28)
PATH = "/desk/food/reminders"


def before(ctx: Context, days: int) -> Context:
    """Return the system so many days before the licence ends."""
    on = END - timedelta(days)
    return replace(in_days(ctx, (on - ctx.today).days), actor=SYSTEM)


async def a_licence(ctx: Context, **more: Any) -> UUID:
    facts = {"instrument": "licence", "area": Decimal(250), "until": END, "paper_number": "7/2569"}
    return await a_place(ctx, opened_on=date(2026, 3, 1), **facts | more)


async def sent(ctx: Context) -> list[Any]:
    return await rows(
        ctx,
        "SELECT address, account, href, subject_th, subject_en FROM core.message"
        " WHERE template = 'food_cert.expiring' ORDER BY created_at, id",
    )


DAYS = st.lists(st.integers(1, 365), min_size=1, max_size=3, unique=True)


@given(DAYS, st.integers(-400, 400), st.integers(0, 400))
def test_the_nearest_turn_that_has_begun_comes_and_none_after_the_end(
    days: list[int], left: int, held: int
) -> None:
    turn = turn_of(END, END - timedelta(held), END - timedelta(left), days)
    fitting = [one for one in days if 0 <= left <= one <= held]

    assert turn == (min(fitting) if fitting else None)


async def test_three_reminders_come_each_once_and_one_that_was_missed_is_made_up_for(
    ctx: Context,
) -> None:
    await a_licence(ctx)
    for days, count in (
        (61, 0),
        (60, 1),
        (60, 1),
        (31, 1),
        (28, 2),
        (8, 2),
        (7, 3),
        (0, 3),
        (-1, 3),
    ):
        await reminders.remind(before(ctx, days))
        assert len(await sent(ctx)) == count, days

    first = (await sent(ctx))[0]
    assert first["address"] == "+66812345678"
    assert first["href"] == "/services/food_cert.renew?paper=7%2F2569"
    assert "28 กุมภาพันธ์ 2570" in first["subject_th"]
    assert "7/2569" in first["subject_en"]


async def test_who_has_asked_has_no_address_or_no_licence_hears_nothing(ctx: Context) -> None:
    await a_licence(ctx, name="ก", renewing=UUID(int=1))
    await a_licence(ctx, name="ข", phone="")
    await a_licence(ctx, name="ค", state="closed")
    await a_place(ctx, name="ง")
    citizen = await a_citizen(ctx)
    await a_licence(ctx, name="จ", account=citizen.actor.id, phone="")
    await reminders.remind(before(ctx, 30))

    assert {one["account"] for one in await sent(ctx)} == {citizen.actor.id}


async def test_more_licences_than_go_at_once_are_all_reminded_of(
    ctx: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reminders, "AT_ONCE", 2)
    for number in range(5):
        await a_licence(ctx, name=f"ร้าน {number}", phone=f"+6681234560{number}")
    await reminders.remind(before(ctx, 7))

    assert len(await sent(ctx)) == 5


async def test_an_office_sets_its_days_on_a_page(runtime: Runtime, ctx: Context) -> None:
    async with signed_in(runtime, ctx, list(PERMISSIONS), PATH) as desk:
        assert 'value="60"' in (await desk.get(PATH)).text
        assert (await desk.post(PATH, data={"first": "900"})).status_code == 422
        assert (await desk.post(PATH, data={"first": "14", "second": "45"})).status_code == 303
    [kept] = await rows(ctx, "SELECT settings FROM core.plugin_switch WHERE plugin = 'food_cert'")
    assert '"days": [45, 14]' in kept["settings"]

    settings = {"food_cert": {"reminders": {"days": [45, 14]}}}
    here = replace(ctx, tenant=replace(ctx.tenant, settings=settings))
    await a_licence(ctx)
    for days, count in ((46, 0), (45, 1), (7, 2)):
        await reminders.remind(before(here, days))
        assert len(await sent(ctx)) == count, days


async def test_an_office_that_wants_none_sends_none(ctx: Context) -> None:
    here = replace(
        ctx, tenant=replace(ctx.tenant, settings={"food_cert": {"reminders": {"days": []}}})
    )
    await a_licence(ctx)
    await reminders.remind(before(here, 7))

    assert await sent(ctx) == []
