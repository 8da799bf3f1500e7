"""The ordinary lane over 45 + 45 + 45 days with holidays, against an independent slow count.

Law: Building Control Act B.E. 2522, s. 25: 45 days from the receipt, and at most two extensions of
45 days, each by a letter before the time before it has run out. A last day on which the office is
closed moves to the next on which it is open (Administrative Procedure Act, s. 64).
"""

import random
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest

from core.api import Conflict, Text, transaction
from core.context import Context
from kit.casework.clock import extended
from kit.casework.service import timing
from kit.casework.tables import Moment
from kit.thai import Calendar, Days, calendar_of, due
from plugins.permits.rules.dated import LATEST
from plugins.permits.services import permitting
from tests.plugins.permits.granted import an_office, checked, the_case

CALENDARS = 10_000
YEAR = date(2026, 1, 1)
DAY = timedelta(days=1)
LIMITS = (permitting.within(LATEST), *permitting.extensions(LATEST))


def slow_last_days(complete: date, open_days: set[int]) -> list[int]:
    """Count day by day, as with a finger on the wall: the last day, and after each letter."""
    day, last_days = complete.toordinal(), []
    for _ in range(3):
        left = 45
        while left:
            day += 1
            left -= 1
        while day not in open_days:
            day += 1
        last_days.append(day)
    return last_days


def a_calendar(chance: random.Random) -> tuple[Calendar, set[int]]:
    """A year and a half of an office: weekends, holidays, long closures, days made up for."""
    off = frozenset(chance.sample(range(7), chance.choice((0, 1, 2, 2, 2, 3))))
    holidays = {chance.randrange(560) for _ in range(chance.randrange(40))}
    for _ in range(chance.randrange(4)):
        begin = chance.randrange(540)
        holidays |= set(range(begin, begin + chance.randrange(1, 16)))
    opened = {chance.randrange(560) for _ in range(chance.randrange(6))}
    # 1 January 2026 is a Thursday, whose number is 3.
    working = {n for n in range(640) if (n + 3) % 7 not in off}
    made = Calendar(
        holidays=frozenset(YEAR + n * DAY for n in holidays),
        weekdays_off=off,
        open_days=frozenset(YEAR + n * DAY for n in opened),
    )
    return made, {YEAR.toordinal() + n for n in (working - holidays) | opened}


def test_the_act_gives_45_days_and_two_extensions_of_45() -> None:
    assert list(LIMITS) == [Days(45)] * 3


def test_ten_thousand_calendars_agree_with_a_slow_count() -> None:
    chance = random.Random(25220045)  # noqa: S311 - the same calendars on every machine
    moved = 0
    for _ in range(CALENDARS):
        calendar, open_days = a_calendar(chance)
        complete = YEAR + chance.randrange(365) * DAY
        last = due(complete, LIMITS[0], calendar)
        found = [last.toordinal()]
        for limit in LIMITS[1:]:
            last = extended(last, limit, calendar)
            found.append(last.toordinal())
        assert found == slow_last_days(complete, open_days)
        moved += (last - complete).days > 135
    # Closed last days are in it, and last days that are open.
    assert CALENDARS // 4 < moved < CALENDARS


def closed_on(ctx: Context, days: Iterable[date]) -> Context:
    closed = dict.fromkeys(days, Text("วันหยุด", "Closed"))
    return replace(ctx, tenant=replace(ctx.tenant, closed=closed, opened=frozenset()))


async def act(ctx: Context, case: UUID, day: date, revision: int) -> None:
    when = replace(ctx, now=ctx.now + (day - ctx.today))
    await timing.extend(when, case, reason="รอผลตรวจแนวเขตจากสำนักงานที่ดิน", revision=revision)


async def test_a_case_is_extended_twice_by_letters_before_expiry_and_never_a_third_time(
    ctx: Context,
) -> None:
    first = ctx.today + 45 * DAY
    office = closed_on(an_office(ctx), (first + n * DAY for n in range(9)))
    calendar = calendar_of(office.tenant)
    open_days = {
        one.toordinal()
        for one in (ctx.today + n * DAY for n in range(400))
        if one.weekday() < 5 and one not in calendar.holidays
    }
    case = await checked(office, "permits.build")
    for letters in range(3):
        kept = await the_case(office, case)
        assert kept.due_on.toordinal() == slow_last_days(office.today, open_days)[letters]
        with pytest.raises(Conflict):
            await act(office, case, kept.due_on + DAY, kept.revision)
        if letters < 2:
            await act(office, case, kept.due_on, kept.revision)
        else:
            with pytest.raises(Conflict):
                await act(office, case, kept.due_on, kept.revision)
    kept = await the_case(office, case)
    assert kept.extensions == 2
    assert kept.due_on > office.today + 135 * DAY
    async with transaction(office):
        told = (
            await Moment.select(Moment.detail)
            .where(Moment.of(office), Moment.case_id == case, Moment.act == "extend")
            .order_by(Moment.id)
            .output(load_json=True)
        )
    assert [one["detail"]["due_on"] for one in told][-1] == kept.due_on.isoformat()
