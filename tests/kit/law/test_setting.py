"""An office sets a figure of law: from a day on, by two officers at once, without a way back."""

import asyncio
import re
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import asyncpg
import pytest

from core.api import AppError, Conflict, InvalidInput, NotAllowed, NotFound
from core.context import Context
from kit.law import Rulebook, limits_on, of_office, set_figure
from kit.law.reading import get_figure
from kit.law.setting import withdraw_figure
from tests.kit.law.conftest import LAW, PARKS, Put, an_officer, rows

DAY = timedelta(days=1)
WIDTH = "path.width"


async def refused(doing: Any) -> dict[str, str]:
    with pytest.raises(InvalidInput) as refusal:
        await doing
    return {field: sentence.th for field, sentence in refusal.value.problems.items()}


async def test_a_confirmed_figure_is_the_offices_and_a_new_one_counts_from_its_day_alone(
    put: Put, officer: Context, book: Rulebook
) -> None:
    today, tomorrow = officer.today, officer.today + DAY
    assert (await limits_on(officer, book, today))[WIDTH].verified is False

    await put("1.5", since=date(2000, 1, 1))
    assert (await limits_on(officer, book, today))[WIDTH].verified is True

    await put("2", since=tomorrow)
    values = [(await limits_on(officer, book, on))[WIDTH].value for on in (today, tomorrow)]
    assert values == ["1.5", "2"]
    known = await get_figure(officer, book, WIDTH)
    assert (known.own, known.now.value, len(known.coming(today))) == (True, "1.5", 1)
    trail = await rows(
        officer, "SELECT action, subject FROM core.audit_entry WHERE action LIKE 'law.%'"
    )
    assert [tuple(one) for one in trail] == [("law.figure.set", "figure/parks/path.width")] * 2


async def test_a_change_that_the_code_knows_begins_without_the_office(
    officer: Context, book: Rulebook
) -> None:
    later = replace(officer, now=officer.now + 60 * DAY)
    known = [await get_figure(ctx, book, "visit.days") for ctx in (officer, later)]

    assert [one.now.value for one in known] == ["30", "15"]
    assert [one.value for one in known[0].starting] == ["15", "30"]
    assert [one.own for one in known] == [False, False]


async def test_what_cannot_be_a_figure_is_refused_by_field_and_nothing_is_kept(
    put: Put, officer: Context, book: Rulebook
) -> None:
    yesterday = officer.today - DAY

    assert "1.5 เมตร" in (await refused(put("1.40", since=yesterday)))["since.day"]
    assert (await refused(put("", since=yesterday))).keys() == {"value", "since.day"}
    assert "พ.ศ." in (await refused(put("1.40", since=date(2570, 1, 1))))["since.year"]
    assert (await refused(put("1.405"))).keys() == {"value"}
    assert (await refused(put("1.40", law=" "))).keys() == {"law"}
    assert (await refused(put("1.40", why=" "))).keys() == {"why"}
    assert "100.00 บาท" in (await refused(put("10001", code="fee.stall")))["value"]
    with pytest.raises(NotAllowed):
        await put("1.40", ctx=an_officer(officer, "สมศรี", "pools.figures"))
    with pytest.raises(NotFound):
        await put("1.40", code="path.slope")
    assert await of_office(officer, book) == []


async def test_a_ceiling_counts_for_the_fees_of_its_own_time(put: Put) -> None:
    await put("10000", code="ceiling.stall", law=LAW)
    facts: dict[str, Any] = {"code": "fee.stall", "law": LAW}

    await put("15000", code="ceiling.stall", since=date(2027, 1, 1))

    assert "100.00 บาท" in (await refused(put("15000", since=date(2026, 12, 31), **facts)))["value"]
    await put("15000", since=date(2027, 1, 1), **facts)


async def test_of_two_officers_at_once_the_later_is_told_who_was_first(
    put: Put, officer: Context, book: Rulebook
) -> None:
    names = ("มานพ ศรีสุข", "อรทัย มั่นคง")
    both = await asyncio.gather(
        *(put("1.40", ctx=an_officer(officer, name), revision=0) for name in names),
        return_exceptions=True,
    )
    [told] = [one for one in both if isinstance(one, AppError)]
    assert isinstance(told, Conflict)
    [kept] = (await get_figure(officer, book, WIDTH)).settings
    assert kept.made_by_name in names
    assert kept.made_by_name in told.sentence.th

    later = replace(officer, now=officer.now + timedelta(minutes=1))
    await put("1.30", since=officer.today + DAY, ctx=later)
    await withdraw_figure(later, book, WIDTH, 2, permission=PARKS, why="ยังไม่ประกาศ")
    with pytest.raises(Conflict, match=re.escape("มานพ ศรีสุข")):
        await put("1.20", revision=2)


async def test_only_what_has_not_begun_is_withdrawn_and_nothing_is_changed_or_deleted(
    put: Put, officer: Context, book: Rulebook
) -> None:
    await put("1.40")
    await put("1.30", since=officer.today + DAY)

    async def withdraw(number: int, ctx: Context = officer) -> None:
        await withdraw_figure(ctx, book, WIDTH, number, permission=PARKS, why="ยังไม่ประกาศ")

    with pytest.raises(NotAllowed):
        await withdraw(2, an_officer(officer, "สมศรี", "pools.figures"))
    await withdraw(2)
    with pytest.raises(Conflict, match="withdrew"):
        await withdraw(2)
    with pytest.raises(Conflict, match="has held since"):
        await withdraw(1)
    later = replace(officer, now=officer.now + 3 * DAY)
    assert (await get_figure(later, book, WIDTH)).now.value == "1.40"
    for change in ("UPDATE law.figure SET value = '9'", "DELETE FROM law.figure"):
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await rows(officer, change)


async def test_figures_of_another_plugin_or_municipality_have_no_part_in_it(
    put: Put, officer: Context, other: Context, book: Rulebook, pools: Rulebook
) -> None:
    await put("1.40")
    facts: dict[str, Any] = {"law": LAW, "why": "อ่านแล้ว", "since": officer.today, "revision": 0}

    await set_figure(
        an_officer(officer, right="pools.figures"),
        pools,
        WIDTH,
        permission="pools.figures",
        value="3",
        **facts,
    )

    assert [one.value for one in await of_office(officer, book)] == ["1.40"]
    assert [one.value for one in await of_office(officer, pools)] == ["3"]
    assert await of_office(an_officer(other), book) == []
