"""An office sets a figure of law: from a day on, by two officers at once, without a way back."""

import asyncio
import html
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import asyncpg
import httpx
import pytest

from core.api import AppError, Conflict, InvalidInput, NotAllowed
from core.context import Context
from kit.casework import Verdict
from plugins.permits.rules.dated import STARTING
from plugins.permits.rules.named import NAMED, shown
from plugins.permits.service import figures, offering
from plugins.permits.service.examining import examine
from tests.plugins.permits.conftest import an_officer, rows
from tests.plugins.permits.requests import changed

FIGURES = "/desk/permits/figures"
DAY = timedelta(days=1)
SOLID, LAW = "setback.solid", "กฎกระทรวง ฉบับที่ 55 (พ.ศ. 2543) ข้อ 50"

Set = Callable[..., Any]


@pytest.fixture
def put(officer: Context) -> Set:
    """Set a figure: of now where no revision is named, from today where no day is."""

    async def put(value: str, *, code: str = SOLID, ctx: Context = officer, **more: Any) -> None:
        known = await figures.get_figure(ctx, code)
        facts: dict[str, Any] = {"law": LAW, "why": "อ่านตัวบทแล้ว", "since": ctx.today}
        facts |= {"revision": known.revision} | more
        await figures.set_figure(ctx, code, value=value, **facts)

    return put


async def refused(doing: Any) -> dict[str, str]:
    with pytest.raises(InvalidInput) as refusal:
        await doing
    return {field: sentence.th for field, sentence in refusal.value.problems.items()}


def said(page: httpx.Response) -> str:
    """The words of a page, without its marks."""
    return html.unescape(re.sub("<[^>]+>", "", page.text))


def verdict(entries: Any, on: date) -> Verdict:
    answers = changed({"back_wall": "solid", "back_distance": "0.40"})
    found = examine("permits.build", answers, plans={}, data=entries, on=on).findings
    return next(one.verdict for one in found if one.rule == "setback-back")


def test_every_figure_has_words_a_value_that_is_shown_and_bounds_that_hold_it() -> None:
    assert list(NAMED)
    assert set(NAMED) == {one.code for one in STARTING}
    for entry in STARTING:
        assert shown(entry).th
        assert "{figure}" not in shown(entry).th
        unit = NAMED[entry.code].kind
        if unit.decimals is not None:
            assert unit.least <= entry.number <= unit.most, entry.code
    assert shown(next(one for one in STARTING if one.code == "fee.check.low")).th == (
        "0.50 บาทต่อตารางเมตร"
    )


async def test_a_confirmed_figure_decides_and_a_new_one_counts_from_its_day_alone(
    put: Set, officer: Context
) -> None:
    today, tomorrow = officer.today, officer.today + DAY
    assert verdict(await figures.of_office(officer), today) == Verdict.REFER

    await put("0.50", since=date(2000, 1, 1))
    assert verdict(await figures.of_office(officer), today) == Verdict.FAIL

    await put("0.30", since=tomorrow)
    data = await figures.of_office(officer)
    assert verdict(data, today) == Verdict.FAIL
    assert verdict(data, tomorrow) == Verdict.PASS
    known = await figures.get_figure(officer, SOLID)
    assert (known.own, known.now.value, len(known.coming(today))) == (True, "0.50", 1)
    trail = await rows(
        officer, "SELECT action FROM core.audit_entry WHERE action LIKE 'permits.figure.%'"
    )
    assert [one["action"] for one in trail] == ["permits.figure.set"] * 2


async def test_what_cannot_be_a_figure_is_refused_by_field_and_nothing_is_kept(
    put: Set, officer: Context
) -> None:
    yesterday = officer.today - DAY

    assert "0.5 เมตร" in (await refused(put("0.40", since=yesterday)))["since.day"]
    assert (await refused(put("", since=yesterday))).keys() == {"value", "since.day"}
    assert "พ.ศ." in (await refused(put("0.40", since=date(2570, 1, 1))))["since.year"]
    assert (await refused(put("0.405"))).keys() == {"value"}
    assert (await refused(put("0.40", law=" "))).keys() == {"law"}
    assert (await refused(put("0.40", why=" "))).keys() == {"why"}
    assert "2.00 บาทต่อตารางเมตร" in (await refused(put("201", code="fee.check.low")))["value"]
    assert "5 ถึง 480" in (await refused(put("0", code="fast.minutes")))["value"]
    assert (await refused(put("(ภย[0-9]+", code="licence.engineer"))).keys() == {"value"}
    with pytest.raises(NotAllowed):
        await put("0.40", ctx=an_officer(officer, "สมศรี", "permits.plans"))
    assert await figures.of_office(officer) == []


async def test_of_two_officers_at_once_the_later_is_told_who_was_first(
    put: Set, officer: Context
) -> None:
    names = ("มานพ ศรีสุข", "อรทัย มั่นคง")
    both = await asyncio.gather(
        *(put("0.40", ctx=an_officer(officer, name), revision=0) for name in names),
        return_exceptions=True,
    )
    [told] = [one for one in both if isinstance(one, AppError)]
    assert isinstance(told, Conflict)
    [kept] = (await figures.get_figure(officer, SOLID)).settings
    assert kept.made_by_name in names
    assert kept.made_by_name in told.sentence.th

    await put("0.30", since=officer.today + DAY)
    await figures.withdraw_figure(officer, SOLID, 2, why="ยังไม่ประกาศ")
    with pytest.raises(Conflict, match=re.escape("มานพ ศรีสุข")):
        await put("0.20", revision=2)


async def test_only_what_has_not_begun_is_withdrawn_and_nothing_is_changed_or_deleted(
    put: Set, officer: Context
) -> None:
    await put("0.40")
    await put("0.30", since=officer.today + DAY)

    await figures.withdraw_figure(officer, SOLID, 2, why="ยังไม่ประกาศ")
    with pytest.raises(Conflict, match="withdrew"):
        await figures.withdraw_figure(officer, SOLID, 2, why="อีกครั้ง")
    with pytest.raises(Conflict, match="has held since"):
        await figures.withdraw_figure(officer, SOLID, 1, why="พิมพ์ผิด")
    later = replace(officer, now=officer.now + 3 * DAY)
    assert (await figures.get_figure(later, SOLID)).now.value == "0.40"
    for change in ("UPDATE permits.figure SET value = '9'", "DELETE FROM permits.figure"):
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await rows(officer, change)


async def test_fees_of_the_day_are_what_the_office_has_set_in_baht(
    desk: httpx.AsyncClient, now: Context
) -> None:
    page = f"{FIGURES}/fee.check.low"
    asked = await desk.get(f"{page}/set")
    assert 'value="0.50"' in asked.text
    day = {"since.day": now.today.day, "since.month": now.today.month}
    given = {"value": "๐.๒๕", "law": "กฎกระทรวง ฉบับที่ 7 ข้อ 3", "why": "อ่านแล้ว", "revision": "0"}
    given |= {name: str(part) for name, part in day.items()}

    wrong = await desk.post(f"{page}/set", data=given | {"since.year": "2568"})
    assert wrong.status_code == 422
    assert "กฎกระทรวง ฉบับที่ 7 ข้อ 3" in wrong.text
    assert 'value="๐.๒๕"' in wrong.text
    kept = await desk.post(f"{page}/set", data=given | {"since.year": str(now.today.year + 543)})
    assert (kept.status_code, kept.headers["location"]) == (303, page)
    stale = await desk.post(
        f"{page}/set", data=given | {"since.year": str(now.today.year + 543), "value": "1"}
    )
    assert stale.status_code == 409
    assert "จันทร์เพ็ญ" in stale.text
    assert 'name="revision" value="1"' in stale.text
    assert "0.25 บาทต่อตารางเมตร" in said(await desk.get(page))
    [small] = [one for one in await offering.services(now) if one.code == "permits.small"]
    assert "0.25" in small.fee.note.th

    everything = await desk.get(FIGURES)
    unread = await desk.get(f"{FIGURES}?only=unread")
    links = [
        set(re.findall(f'href="{FIGURES}/([^"/?]+)"', one.text)) for one in (everything, unread)
    ]
    assert links[0] == set(NAMED)
    assert links[1] == {one.code for one in STARTING if not one.verified} - {"fee.check.low"}


async def test_a_coming_figure_is_withdrawn_on_its_page_with_a_reason(
    desk: httpx.AsyncClient, now: Context
) -> None:
    code = "fast.storeys"
    day = datetime.now(UTC).date() + 30 * DAY
    facts: dict[str, Any] = {"law": LAW, "why": "คู่มือฉบับใหม่", "revision": 0}
    await figures.set_figure(an_officer(now), code, value="3", since=day, **facts)

    seen = await desk.get(f"{FIGURES}/{code}")
    assert f"{FIGURES}/{code}/1/withdraw" in seen.text
    form = await desk.get(f"{FIGURES}/{code}/1/withdraw")
    assert "3 ชั้น" in said(form)
    assert (await desk.post(f"{FIGURES}/{code}/1/withdraw", data={"why": ""})).status_code == 422
    done = await desk.post(f"{FIGURES}/{code}/1/withdraw", data={"why": "คณะผู้บริหารยังไม่เห็นชอบ"})
    assert done.status_code == 303
    assert "ถอนก่อนเริ่มใช้" in said(await desk.get(f"{FIGURES}/{code}"))
    assert (await desk.get(f"{FIGURES}/setback.roof")).status_code == 404
