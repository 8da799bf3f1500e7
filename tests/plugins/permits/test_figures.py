"""Figures of building law: those the plugin brings, those an office sets, and what follows."""

import html
import re
from datetime import date, timedelta
from typing import Any

import asyncpg
import httpx
import msgspec

from core.context import Context
from kit.casework import Verdict
from kit.law import limits_on, of_office, set_figure
from kit.law.faults import fault_of
from plugins.permits.piccolo_migrations import permits_2026_11_29_02_figures as moved
from plugins.permits.rules.dated import BOOK, LATEST
from plugins.permits.service import offering
from plugins.permits.service.examining import examine
from plugins.permits.service.rights import FIGURES
from tests.plugins.permits.conftest import rows
from tests.plugins.permits.requests import TODAY, changed

HOME = "/desk/permits/figures"
SOLID, LAW = "setback.solid", "กฎกระทรวง ฉบับที่ 55 (พ.ศ. 2543) ข้อ 50"
DAY = timedelta(days=1)


async def put(ctx: Context, value: str, since: date, revision: int = 0) -> None:
    facts: dict[str, Any] = {"law": LAW, "why": "อ่านตัวบทแล้ว", "permission": FIGURES}
    await set_figure(ctx, BOOK, SOLID, value=value, since=since, revision=revision, **facts)


def test_an_entry_of_a_later_day_replaces_an_older_one_from_that_day_on() -> None:
    new = msgspec.structs.replace(
        LATEST["setback.openings.low"], since=date(2027, 1, 1), value="2.50"
    )
    for on, verdict in ((date(2026, 12, 31), Verdict.PASS), (date(2027, 1, 1), Verdict.FAIL)):
        found = examine(
            "permits.build", changed({"back_distance": "2.40"}), plans={}, data=(new,), on=on
        ).findings
        [finding] = [one for one in found if one.rule == "setback-back"]
        assert finding.verdict == verdict
        assert finding.since == (new.since if verdict == Verdict.FAIL else date(2000, 1, 1))


def test_every_entry_says_its_law_its_source_and_whether_it_was_read() -> None:
    codes = [one.code for one in BOOK.starting]
    assert len(set(codes)) == len(codes)
    for one in BOOK.starting:
        assert one.source
        assert one.law or one.code.startswith("sane.")
        assert ("unverified" in one.source) == (not one.verified), one.code
        assert one.since <= TODAY


def test_every_figure_is_shown_in_words_and_lies_within_its_bounds() -> None:
    for entry in BOOK.starting:
        named = BOOK.named[entry.code]
        assert named.shown(entry).th
        assert "{figure}" not in named.shown(entry).th
        assert fault_of(BOOK, entry, LATEST) == {}, entry.code
    check = BOOK.named["fee.check.low"]
    assert check.shown(LATEST[check.code]).th == "0.50 บาทต่อตารางเมตร"


async def test_a_confirmed_figure_decides_and_a_new_one_counts_from_its_day_alone(
    officer: Context,
) -> None:
    today, tomorrow = officer.today, officer.today + DAY

    async def verdict(on: date) -> Verdict:
        answers = changed({"back_wall": "solid", "back_distance": "0.40"})
        entries = await of_office(officer, BOOK)
        found = examine("permits.build", answers, plans={}, data=entries, on=on).findings
        return next(one.verdict for one in found if one.rule == "setback-back")

    assert await verdict(today) == Verdict.REFER
    await put(officer, "0.50", date(2000, 1, 1))
    assert await verdict(today) == Verdict.FAIL

    await put(officer, "0.30", tomorrow, revision=1)
    assert [await verdict(on) for on in (today, tomorrow)] == [Verdict.FAIL, Verdict.PASS]


async def test_fees_of_the_day_are_what_the_office_has_set_in_baht(
    desk: httpx.AsyncClient, now: Context
) -> None:
    page = f"{HOME}/fee.check.low"
    assert 'value="0.50"' in (await desk.get(f"{page}/set")).text
    sent = {"value": "๐.๒๕", "law": "กฎกระทรวง ฉบับที่ 7 ข้อ 3", "why": "อ่านแล้ว", "revision": "0"}
    day = {"day": now.today.day, "month": now.today.month, "year": now.today.year + 543}
    sent |= {f"since.{name}": str(part) for name, part in day.items()}

    assert (await desk.post(f"{page}/set", data=sent)).status_code == 303

    shown = html.unescape(re.sub("<[^>]+>", "", (await desk.get(page)).text))
    assert "0.25 บาทต่อตารางเมตร" in shown
    [small] = [one for one in await offering.services(now) if one.code == "permits.small"]
    assert "0.25" in small.fee.note.th
    listed = (await desk.get(HOME)).text
    assert set(re.findall(f'href="{HOME}/([^"/?]+)"', listed)) == set(BOOK.named)


async def test_what_offices_had_set_before_moved_and_would_move_back(
    officer: Context, other: Context, database: str
) -> None:
    await put(officer, "0.50", date(2000, 1, 1))
    await put(officer, "0.30", officer.today + DAY, revision=1)
    await put(other, "0.40", other.today)
    before = await rows(officer, "SELECT * FROM law.figure ORDER BY number")
    owner = await asyncpg.connect(database)

    await owner.execute(moved.DOWN)
    assert await owner.fetchval("SELECT count(*) FROM permits.figure") == 3
    assert await rows(officer, "SELECT * FROM law.figure") == []
    await owner.execute(moved.UP)

    assert await rows(officer, "SELECT * FROM law.figure ORDER BY number") == before
    assert (await limits_on(other, BOOK, other.today))[SOLID].value == "0.40"
    assert await owner.fetchval("SELECT to_regclass('permits.figure')") is None
    await owner.close()
