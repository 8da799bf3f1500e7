import asyncio
import html
import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import httpx
import pytest

from core.context import Context
from core.db import transaction
from core.runtime import Runtime
from core.tenants.service import switch_plugin
from kit.casework import Filed, offered
from kit.casework.service import citizens
from plugins.oss.tables.counter import Appointment
from tests.plugins.oss.visits.conftest import SIGNING, File, said
from tests.today import year

KIND = "/appointments?kind=kiosk.signing"


def link(page: httpx.Response, pattern: str, place: int = 0) -> str:
    found = re.findall(rf'href="({pattern}[^"]*)"', page.text)
    assert found, page.text[-4000:]
    return html.unescape(str(found[place]))


async def day_of(browser: httpx.AsyncClient, filed: Filed) -> httpx.Response:
    """Open the second day that is offered: late on the first few times are left."""
    days = await browser.get(f"{KIND}&case={filed.track}")
    assert days.status_code == 200, days.text[-2000:]
    return await browser.get(link(days, r"/appointments\?[^\"]*day=", 1))


def sent(page: httpx.Response, at: int = 0) -> dict[str, str]:
    """What the form of a day sends."""
    hidden = re.findall(r'type="hidden" name="(kind|day|track)" value="([^"]*)"', page.text)
    times = re.findall(r'name="at" value="([^"]+)"', page.text)
    return dict(hidden) | {"at": times[at]}


async def book(browser: httpx.AsyncClient, filed: Filed, at: int = 0) -> str:
    answer = await browser.post("/appointments", data=sent(await day_of(browser, filed), at))
    assert answer.status_code == 303, answer.text[-3000:]
    return str(answer.headers["location"].partition("?")[0])


async def kept(ctx: Context) -> Sequence[dict[str, Any]]:
    async with transaction(ctx):
        rows: Sequence[dict[str, Any]] = await Appointment.select().where(Appointment.of(ctx))
    return rows


async def test_from_the_page_of_the_case_a_visit_is_booked_without_typing_anything(
    enter: Any, file: File
) -> None:
    browser, filed = await enter(), await file()
    case = await browser.get(f"/t/{filed.track}")
    assert "จองเวลามาที่เคาน์เตอร์ 15 นาที" in said(case)

    days = await browser.get(link(case, r"/appointments\?"))
    assert SIGNING.title.th in said(days)
    day = await browser.get(link(days, r"/appointments\?[^\"]*day="))
    assert 'name="phone"' not in day.text
    assert "08•-•••-5678" in day.text
    assert "บัตรประจำตัวประชาชนตัวจริง" in said(day)
    booked = await browser.post("/appointments", data=sent(day))
    assert booked.status_code == 303, booked.text[-3000:]

    one = await browser.get(booked.headers["location"])
    for words in ("นายสมชาย ใจดี", "ประมาณ 15 นาที", f"1/{year()}", "บัตรประจำตัวประชาชนตัวจริง"):
        assert words in said(one)
    case = await browser.get(f"/t/{filed.track}")
    assert "นัดมาที่เคาน์เตอร์ วัน" in said(case)
    assert "ดูนัดหรือเปลี่ยนเวลา" in said(case)
    assert "จองเวลามาที่เคาน์เตอร์" not in said(case)
    place = booked.headers["location"].partition("?")[0]
    assert link(case, "/appointments/") == place
    again = await browser.get(f"{KIND}&case={filed.track}")
    assert again.headers["location"] == place


async def test_only_a_case_that_stands_there_sees_the_kind_in_the_list(
    enter: Any, file: File
) -> None:
    browser, early, ready = await enter(), await file(1), await file(2)

    assert SIGNING.title.th not in said(await browser.get("/appointments"))
    assert SIGNING.title.th not in said(await browser.get(f"/appointments?case={early.track}"))
    assert "จองเวลามาที่เคาน์เตอร์" not in said(await browser.get(f"/t/{early.track}"))
    listed = await browser.get(f"/appointments?case={ready.track}")
    assert SIGNING.title.th in said(listed)
    assert "ยื่นคำร้องหรือขอเอกสาร" in said(listed)


async def refused(browser: httpx.AsyncClient, track: str, at: str) -> str:
    """Return the refusal, which is the same for who looks and for who sends at once."""
    form = {"kind": SIGNING.code, "track": track, "at": at, "day": at[:10]}
    posted = await browser.post("/appointments", data=form)
    looked = await browser.get(f"{KIND}&case={track}")
    assert (posted.status_code, looked.status_code) == (409, 409)
    told = re.findall(r'class="notice is-warn".*?<p>(.*?)</p>', posted.text + looked.text)
    assert len(told) == 2
    assert told[0] == told[1]
    return said(posted)


async def test_a_case_that_may_not_have_the_visit_is_refused_and_told_why(
    enter: Any, file: File, now: Context
) -> None:
    browser = await enter()
    at = sent(await day_of(browser, await file()))["at"]
    general = (await offered(now))["oss.general"]
    cancelled = await file(2)
    await citizens.cancel(now, cancelled.id, revision=3)

    assert "ยังตรวจเรื่องนี้ไม่เสร็จ" in await refused(browser, (await file(0)).track, at)
    assert "ยังตรวจเรื่องนี้ไม่เสร็จ" in await refused(browser, (await file(1)).track, at)
    assert "ผ่านขั้นที่ต้องมาที่เคาน์เตอร์แล้ว" in await refused(browser, (await file(3)).track, at)
    assert "ตัดสินแล้ว" in await refused(browser, cancelled.track, at)
    other = await file(1, service=general)
    assert "อีกบริการหนึ่ง" in await refused(browser, other.track, at)
    assert "ต้องเริ่มจากหน้าติดตามเรื่อง" in await refused(browser, "", at)
    assert await kept(now) == []


async def test_a_code_of_no_case_or_of_another_municipality_books_nothing(
    enter: Any, file: File, now: Context, other: Context
) -> None:
    filed = await file()
    at = sent(await day_of(await enter(), filed))["at"]
    foreign = await enter(ctx=replace(other, now=now.now), host="yala")

    for track in (filed.track, "AAAA-BBBB-CCCC"):
        form = {"kind": SIGNING.code, "track": track, "at": at}
        assert (await foreign.post("/appointments", data=form)).status_code == 404
        assert (await foreign.get(f"{KIND}&case={track}")).status_code == 404
    assert await kept(other) == []
    assert await kept(now) == []


async def test_what_the_case_does_not_say_is_asked(enter: Any, file: File, now: Context) -> None:
    browser, filed = await enter(), await file(name="", phone=None)
    form = sent(await day_of(browser, filed))
    empty = await browser.post("/appointments", data=form)
    assert empty.status_code == 422
    assert 'href="#phone"' in empty.text

    typed = {"name": "นางมาลี ใจงาม", "phone": "081-999-8888"}
    assert (await browser.post("/appointments", data=form | typed)).status_code == 303
    assert [(one["name"], one["phone"]) for one in await kept(now)] == [
        ("นางมาลี ใจงาม", "+66819998888")
    ]


async def test_the_name_of_the_case_counts_whatever_is_sent(
    enter: Any, file: File, now: Context
) -> None:
    browser = await enter()
    form = sent(await day_of(browser, await file())) | {"name": "ผู้อื่น", "phone": "081-999-8888"}

    assert (await browser.post("/appointments", data=form)).status_code == 303
    assert [one["name"] for one in await kept(now)] == ["นายสมชาย ใจดี"]


async def test_of_ten_bookings_of_one_case_at_once_one_is_made(
    enter: Any, file: File, now: Context
) -> None:
    browser = await enter()
    day = await day_of(browser, await file())
    wishes = [sent(day, number % 5) for number in range(10)]
    answers = await asyncio.gather(*[browser.post("/appointments", data=form) for form in wishes])

    assert sorted(one.status_code for one in answers) == [303] + [409] * 9
    told = next(said(one) for one in answers if one.status_code == 409)
    assert "เรื่องนี้มีนัดอยู่แล้ว" in told
    assert len(await kept(now)) == 1


async def test_of_five_cases_that_want_one_time_one_gets_it(
    enter: Any, file: File, now: Context
) -> None:
    browser = await enter()
    cases = [await file() for _ in range(5)]
    forms = [sent(await day_of(browser, filed)) for filed in cases]
    answers = await asyncio.gather(*[browser.post("/appointments", data=form) for form in forms])

    assert sorted(one.status_code for one in answers) == [303] + [422] * 4
    assert "เพิ่งมีผู้จองเต็ม" in next(one.text for one in answers if one.status_code == 422)
    assert len(await kept(now)) == 1


async def test_who_acts_for_many_brings_several_cases_on_one_day(
    enter: Any, file: File, now: Context
) -> None:
    browser = await enter()
    for number in range(3):
        await book(browser, await file(), number)

    assert len({one["visit_on"] for one in await kept(now)}) == 1


async def test_the_plugin_off_keeps_its_visits_which_can_be_cancelled_and_takes_no_new_ones(
    enter: Any, file: File, now: Context, runtime: Runtime
) -> None:
    browser, clerk = await enter(), await enter("clerk")
    filed, waiting = await file(), await file()
    form = sent(await day_of(browser, waiting), 3)
    place = await book(browser, filed)
    await switch_plugin(now, plugin="kiosk", on=False)
    runtime.directory.forget()

    [one] = await kept(now)
    desk = await clerk.get(f"/desk/appointments?day={one['visit_on']}")
    assert SIGNING.title.th in said(desk)
    assert f'href="{place}"' in desk.text
    assert (await browser.post("/appointments", data=form)).status_code == 409
    assert "ทางออนไลน์ไม่ได้" in said(await browser.get(f"{KIND}&case={waiting.track}"))
    shown = await browser.get(place)
    assert f'href="{place}/move"' not in shown.text
    assert (await browser.get(f"{place}/move")).status_code == 409
    assert "นัดมาที่เคาน์เตอร์ วัน" in said(await browser.get(f"/t/{filed.track}"))

    await browser.post(f"{place}/cancel", data={"sure": "yes"})
    assert "ยกเลิกแล้ว" in said(await browser.get(place))
    assert "จองเวลามาที่เคาน์เตอร์" not in said(await browser.get(f"/t/{filed.track}"))


@pytest.mark.parametrize("kind", ["kiosk.signing.x", ".", "kiosk.", "x" * 5000 + ".y", "\x00."])
async def test_an_odd_kind_is_refused_with_a_sentence(enter: Any, kind: str, file: File) -> None:
    browser, filed = await enter(), await file()
    form = {"kind": kind, "track": filed.track, "at": "2026-11-30T08:30:00+07:00"}

    assert (await browser.post("/appointments", data=form)).status_code == 409
