"""The clock of the fast lane: from the arrival to the permit, whatever order the news have."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import permutations
from typing import Any
from uuid import uuid4

import httpx
import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.api import Card, transaction
from core.context import Context
from core.runtime import Runtime
from kit.casework import Status
from kit.casework.service import citizens, handling
from plugins.permits import plugin
from plugins.permits.rules.lane import Passage, summed
from plugins.permits.service import lane
from plugins.permits.tables.counter import Counter
from tests.desks import signed_in
from tests.plugins.permits.granted import after, an_office, checked, issued, pay, the_case

NOON = datetime(2026, 11, 20, 5, tzinfo=UTC)
SMALL = "permits.small"


def passage(minutes: float | None, *, issued: bool = True) -> Passage:
    began = NOON - timedelta(minutes=minutes or 0)
    return Passage(
        case_id=uuid4(),
        number="1/2569",
        filed_at=NOON - timedelta(days=4),
        booked_for=NOON,
        arrived_at=None if minutes is None else began,
        approved_at=NOON if minutes is None else None,
        issued_at=NOON if issued else None,
    )


@given(st.lists(st.integers(1, 3_600), max_size=30), st.integers(5, 30))
def test_a_month_agrees_with_a_slow_count(seconds: list[int], most: int) -> None:
    found = summed([passage(one / 60) for one in seconds], lambda _: most)

    began = sorted(-(-one // 60) for one in seconds)
    assert (found.issued, found.within) == (len(seconds), sum(one <= most * 60 for one in seconds))
    if began:
        assert found.minutes == (began[(len(began) - 1) // 2] + began[len(began) // 2]) / 2
        assert (found.percent == 100) == (found.within == found.issued)
        assert found.days == 4
    else:
        assert (found.minutes, found.percent, found.days) == (None, None, None)


def test_without_an_arrival_the_approval_begins_the_counter_part() -> None:
    assert passage(None).minutes(NOON) == 1
    assert passage(15).minutes(NOON) == 15
    assert passage(15 + 1 / 60).minutes(NOON) == 16
    assert passage(3, issued=False).minutes(NOON + timedelta(minutes=2)) == 5


def test_a_passage_over_midnight_is_not_of_one_day() -> None:
    # Midnight in Bangkok is 17.00 in Greenwich.
    before, at = (datetime(2026, 11, 20, *clock, tzinfo=UTC) for clock in ((16, 59), (17, 0)))
    for began, ended, same in ((before, before, True), (before, at, False), (at, at, True)):
        one = msgspec.structs.replace(passage(1, issued=False), arrived_at=began)
        assert one.is_of_one_day(ended) is same
        assert msgspec.structs.replace(one, issued_at=ended).is_of_one_day(NOON) is same


async def the_counter(ctx: Context, case: Any) -> Any:
    async with transaction(ctx):
        return await Counter.select().where(Counter.of(ctx), Counter.case_id == case).first()


async def test_news_in_any_order_late_and_twice_give_the_same_times(ctx: Context) -> None:
    """Booked, moved, absent, arrived, approved, paid; and somebody who comes back for the paper."""
    office = an_office(ctx)
    arrived, signed, paid = (after(office, minutes=n) for n in (0, 4, 11))
    moved_to = office.now + timedelta(minutes=15)
    told: list[Callable[[Context, Any], Awaitable[None]]] = []

    def visit(state: str, starts_at: datetime, minutes: float) -> None:
        async def tell(later: Context, case: Any) -> None:
            at = office.now + timedelta(minutes=minutes)
            await plugin.on_visit_changed(
                later, uuid4(), case, state, starts_at, "permits.counter", at
            )

        told.append(tell)

    async def move(later: Context, case: Any) -> None:
        await plugin.on_case_moved(later, uuid4(), case, SMALL, "issued")

    visit("booked", NOON, -90)
    visit("moved", moved_to, -60)
    visit("arrived", moved_to, 0)
    visit("arrived", moved_to, 60)
    told.append(move)
    late = after(office, days=3)

    seen = set()
    for number, order in enumerate(permutations(told)):
        if number % 24:
            continue
        case = await checked(arrived)
        await handling.approve(signed, case, opinion="", revision=3)
        await pay(paid, case)
        for tell in (*order, order[0]):
            await tell(late, case)
        row = await the_counter(office, case)
        names = ("booked_for", "arrived_at", "approved_at", "issued_at", "ended_at")
        seen.add(tuple(row[name] for name in names))
    assert seen == {(moved_to, arrived.now, signed.now, paid.now, None)}


async def test_the_desk_sees_who_waits_and_the_citizen_how_long_it_took(ctx: Context) -> None:
    office = an_office(ctx)
    case, given_up = await checked(office), await checked(office)

    async def tell(at: Context, one: Any, state: str) -> None:
        await plugin.on_visit_changed(at, uuid4(), one, state, at.now, "permits.counter", at.now)

    async def cards(at: Context, area: str) -> list[str]:
        status = (await the_case(at, case)).status
        found: list[Card] = list(await lane.cards(at, case, SMALL, status, area))
        return [one.body.th for one in found]

    assert await cards(office, "desk") == []
    for one in (case, given_up):
        await tell(office, one, "arrived")
    later = after(office, minutes=16)
    assert [one.case_id for one in (await lane.read_lane(later)).waiting] == [case, given_up]
    assert await cards(later, "track") == []
    assert "รอมาแล้ว 16 นาที" in (await cards(later, "desk"))[0]

    await citizens.cancel(later, given_up, revision=3)
    await plugin.on_case_moved(later, uuid4(), given_up, SMALL, "cancelled")
    await handling.approve(later, case, opinion="", revision=3)
    await pay(later, case)
    await plugin.on_case_moved(later, uuid4(), case, SMALL, Status.ISSUED)
    seen = await lane.read_lane(later)
    assert (seen.waiting, len(seen.issued)) == ([], 1)
    assert (seen.today.issued, seen.today.within, seen.today.minutes) == (1, 0, 16)
    assert "ใช้เวลา 16 นาที" in (await cards(later, "track"))[0]

    quick = await issued(after(office, hours=1))
    await plugin.on_case_moved(office, uuid4(), quick, SMALL, Status.ISSUED)
    for days, today in ((0, 50), (1, None)):
        seen = await lane.read_lane(after(office, days=days))
        assert (seen.today.percent, seen.month.percent, seen.month.issued) == (today, 50, 2)


@pytest.mark.parametrize("right", ["casework.read", "permits.plans"])
async def test_the_page_of_the_lane_is_for_who_reads_cases(
    runtime: Runtime, ctx: Context, right: str
) -> None:
    here = an_office(replace(ctx, now=datetime.now(UTC)))
    case = await checked(here)
    await plugin.on_visit_changed(
        here, uuid4(), case, "arrived", here.now, "permits.counter", here.now
    )
    async with signed_in(runtime, ctx, [right, "casework.counter"], "/track") as client:
        page: httpx.Response = await client.get("/desk/permits/fast")
    if right != "casework.read":
        assert page.status_code == 403
        return
    assert page.status_code == 200
    assert f"/desk/cases/{case}" in page.text
    assert "1 นาที" in page.text
