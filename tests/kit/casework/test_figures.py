import math
import random
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from core.api import Context, NotAllowed
from kit.casework.periods import Period, month_of, months_back, period_of
from kit.casework.service.figures import (
    Ended,
    Figures,
    Line,
    Sieve,
    count_figures,
    count_own,
    sieve_of,
)
from kit.casework.service.monthly import Month, count_months
from kit.documents import csv_of

History = Any  # the class of conftest.py, which cannot be imported
Begin = Callable[..., History]
PERIOD = Period(date(2026, 12, 1), date(2026, 12, 31))
OPEN_SATURDAY, HOLIDAYS = date(2026, 12, 12), {date(2026, 12, 7), date(2026, 12, 10)}


async def lived(begin: Begin, seed: int, count: int) -> list[History]:
    """Lead some cases through random lives, over about three months."""
    chance = random.Random(seed)  # noqa: S311 - the same lives every time
    histories = []
    for number in range(count):
        one = begin(number, later=chance.randrange(40))
        await one.file()
        for _ in range(chance.randrange(22)):
            likely = [act for act in one.acts() if act != "cancel" or chance.random() < 0.1]
            await one.do(chance.choice(likely), chance.randrange(1000))
        histories.append(one)
    return histories


def open_days(first: date, last: date) -> int:
    days = (first + timedelta(days=n) for n in range(1, (last - first).days + 1))
    closed = HOLIDAYS | {date(2026, 12, 31), date(2027, 1, 1)}
    return sum(day == OPEN_SATURDAY or (day.weekday() < 5 and day not in closed) for day in days)


def ended(spans: Iterable[tuple[date, date, date]]) -> Ended:
    """Return what the kit should say of (began, due, ended), counted one by one."""
    known = list(spans)
    if not known:
        return Ended()

    def ranked(took: list[int]) -> tuple[int, int]:
        took.sort()
        half, nine = (took[math.ceil(len(took) * part / 10) - 1] for part in (5, 9))
        return half, nine

    return Ended(
        len(known),
        sum(last <= due for _, due, last in known),
        ranked([open_days(first, last) for first, _, last in known]),
        ranked([(last - first).days for first, _, last in known]),
    )


def within(day: date | None, period: Period = PERIOD) -> bool:
    return day is not None and period.first <= day <= period.last


def line(histories: Iterable[History], today: date) -> Line:
    known = list(histories)
    still = [one for one in known if one.closed_on is None]
    closed = [one for one in known if within(one.closed_on)]
    late = [one for one in still if one.due_on and one.due_on < today and not one.paused_on]
    return Line(
        decided=ended(
            (one.complete_on, one.due_on, one.decided_on) for one in known if within(one.decided_on)
        ),
        filed=sum(within(one.filed_on) for one in known),
        closed=len(closed),
        open=len(still),
        late=len(late),
        rated=sum(one.rating is not None for one in closed),
        stars=sum(one.rating or 0 for one in closed),
    )


def expected(histories: list[History], today: date) -> Figures:
    stays = [
        (one.service.code, stay) for one in histories for stay in one.stays if within(stay.ended)
    ]

    def of(chosen: Iterable[tuple[str, Any]]) -> Ended:
        return ended((stay.began, stay.due, stay.ended) for _, stay in chosen)

    def lines(key: Callable[[History], str]) -> dict[str, Line]:
        found = {
            name: line([one for one in histories if key(one) == name], today)
            for name in {key(one) for one in histories}
        }
        return {name: one for name, one in found.items() if one != Line()}

    return Figures(
        whole=line(histories, today),
        services=lines(lambda one: str(one.service.code)),
        units=lines(lambda one: str(one.service.unit)),
        channels=Counter(one.channel for one in histories if within(one.filed_on)),
        steps={
            key: of(one for one in stays if (one[0], one[1].step) == key)
            for key in {(code, stay.step) for code, stay in stays}
        },
        officers={
            by: of(one for one in stays if one[1].by == by) for by in {stay.by for _, stay in stays}
        },
    )


@pytest.mark.parametrize("seed", [1, 2, 3])
async def test_figures_are_what_one_counts_case_by_case(begin: Begin, seed: int) -> None:
    histories = await lived(begin, seed, 24)
    ctx = replace(histories[0].ctx, now=max(one.ctx.now for one in histories))

    found = await count_figures(ctx, Sieve(period=PERIOD))

    assert found == expected(histories, ctx.today)
    assert found.whole.decided.total > 2


@pytest.mark.parametrize(("days_late", "in_time"), [(0, 1), (1, 0)])
async def test_the_last_day_is_in_time_and_the_next_is_not(
    begin: Begin, days_late: int, in_time: int
) -> None:
    decided, step = begin(1, later=12), begin(0, later=12)
    for one in (decided, step):
        await one.file()
        await one.do("accept", 0)
    await decided.do("forward", 0)
    for one, last, act in (
        (decided, decided.due_on, "approve"),
        (step, step.stays[-1].due, "forward"),
    ):
        wait = last - one.today + timedelta(days=days_late)
        one.ctx = replace(one.ctx, now=one.ctx.now + wait)
        await one.do(act, 0)

    found = await count_figures(decided.ctx, Sieve(period=PERIOD))

    assert (found.whole.decided.total, found.whole.decided.in_time) == (1, in_time)
    assert found.steps[step.service.code, "look"].in_time == in_time


async def test_figures_of_a_division_or_a_service_are_those_of_its_cases(begin: Begin) -> None:
    histories = await lived(begin, 4, 16)
    ctx = replace(histories[0].ctx, now=max(one.ctx.now for one in histories))
    here = [one for one in histories if one.service.unit == "works"]

    of_unit = await count_figures(ctx, Sieve(period=PERIOD, units=("works",)))
    of_service = await count_figures(ctx, Sieve(period=PERIOD, service=here[0].service.code))
    of_nothing = await count_figures(ctx, Sieve(period=PERIOD, units=()))

    assert of_unit == of_service == expected(here, ctx.today)
    assert of_nothing == expected([], ctx.today)


async def test_an_officer_is_told_only_of_the_own_work(begin: Begin) -> None:
    histories = await lived(begin, 5, 10)
    me = histories[0].officers[1]
    mine = [
        (one.service.code, stay) for one in histories for stay in one.stays
        if stay.by == me.actor.id and within(stay.ended)
    ]  # fmt: skip

    own = await count_own(me, PERIOD)

    assert sum(one.total for one in own.values()) == len(mine) > 0
    assert set(own) == {(code, stay.step) for code, stay in mine}


async def test_months_add_up_to_the_figures_of_the_period(begin: Begin) -> None:
    histories = await lived(begin, 6, 16)
    ctx = histories[0].ctx
    year = Period(date(2026, 10, 1), date(2027, 9, 30))

    months = await count_months(ctx, Sieve(period=year))

    assert months == {
        (month, code): Month(
            filed=sum(within(one.filed_on, month_of(month)) for one in here),
            decided=ended(
                (one.complete_on, one.due_on, one.decided_on)
                for one in here
                if within(one.decided_on, month_of(month))
            ),
        )
        for month in months_back(date(2027, 9, 1), 12)
        for code in {one.service.code for one in histories}
        if (here := [one for one in histories if one.service.code == code])
        and any(
            within(day, month_of(month)) for one in here for day in (one.filed_on, one.decided_on)
        )
    }


async def test_another_municipality_has_no_part_in_the_figures(
    begin: Begin, other: Context
) -> None:
    await lived(begin, 7, 4)

    assert (await count_figures(other, Sieve(period=PERIOD))).whole == Line()


def test_who_may_see_some_divisions_is_never_given_others(ctx: Context) -> None:
    held = {"casework.figures": frozenset({"works"})}
    head = replace(ctx, actor=replace(ctx.actor, permissions=held))
    whole = replace(ctx, actor=replace(ctx.actor, permissions={"casework.figures": None}))

    assert sieve_of(head, period=PERIOD, unit="", service="").units == ("works",)
    assert sieve_of(head, period=PERIOD, unit="works", service="").units == ("works",)
    with pytest.raises(NotAllowed):
        sieve_of(head, period=PERIOD, unit="clerk", service="")
    assert sieve_of(whole, period=PERIOD, unit="", service="").units is None
    assert sieve_of(ctx, period=PERIOD, unit="", service="").units == ()


def test_a_budget_year_runs_from_october_to_september() -> None:
    day = date(2026, 11, 20)

    def days(span: Any, begin: date = day, end: date = day) -> tuple[date, date]:
        period = period_of(span, today=day, begin=begin, end=end)
        return period.first, period.last

    assert days("year") == (date(2026, 10, 1), date(2027, 9, 30))
    assert days("year_before") == (date(2025, 10, 1), date(2026, 9, 30))
    assert days("month") == (date(2026, 10, 1), date(2026, 10, 31))
    assert days("chosen", date(2028, 2, 3), date(2027, 12, 9)) == (
        date(2027, 12, 1),
        date(2028, 2, 29),
    )


def test_all_is_said_to_be_in_time_only_when_it_was() -> None:
    assert Ended(1000, 999).percent == 99
    assert Ended(1000, 1000).percent == 100
    assert Ended().percent is None


def test_a_sheet_opens_in_excel_in_thai_and_runs_no_formula() -> None:
    data = csv_of(["ชื่อ", "n"], [["=1+1", 3], ["กอง, “ช่าง”", None], ["-2", -2]])

    assert data.startswith(b"\xef\xbb\xbf")
    assert data.decode("utf-8-sig").splitlines() == [
        "ชื่อ,n",
        "'=1+1,3",
        '"กอง, “ช่าง”",',
        "'-2,-2",
    ]
