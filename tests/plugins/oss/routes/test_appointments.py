import html
import re
from dataclasses import replace
from datetime import date
from typing import Any
from urllib.parse import urlencode

import httpx
import pytest

from core.context import Context
from core.db import transaction
from kit.thai import long_day
from plugins.oss.tables.counter import Appointment

PERSON = {"name": "นางสาววิภาดา แสงคำ", "phone": "081-234-5678"}


async def a_day(browser: httpx.AsyncClient, at: str = "/appointments") -> httpx.Response:
    """Open the second day that is offered: late on the first few times are left."""
    days = await browser.get(at)
    assert days.status_code == 200
    links = re.findall(r'href="(/appointments[^"]*day=[^"]+)"', days.text)
    return await browser.get(html.unescape(links[1]))


def times(page: httpx.Response) -> list[str]:
    return re.findall(r'name="at" value="([^"]+)"', page.text)


def hidden(page: httpx.Response) -> dict[str, str]:
    return dict(re.findall(r'type="hidden" name="(kind|day|track)" value="([^"]*)"', page.text))


async def booked(browser: httpx.AsyncClient, **more: str) -> str:
    day = await a_day(browser)
    sent = hidden(day) | {"at": times(day)[0]} | PERSON | more
    answer = await browser.post("/appointments", data=sent)
    assert answer.status_code == 303, answer.text[-3000:]
    return str(answer.headers["location"].partition("?")[0])


async def test_a_stranger_books_opens_moves_and_cancels_without_a_script(enter: Any) -> None:
    browser = await enter()
    place = await booked(browser)
    code = place.rpartition("/")[2]
    one = await browser.get(f"{place}?booked=1")
    assert code in one.text
    assert "08•-•••-5678" in one.text
    assert "นัดแล้ว" in one.text
    found = await browser.post("/appointments/find", data={"code": code.lower()})
    assert found.headers["location"] == place

    day = await a_day(browser, f"{place}/move")
    moved = await browser.post(f"{place}/move", data=hidden(day) | {"at": times(day)[-1]})
    assert moved.headers["location"] == place

    asked = await browser.post(f"{place}/cancel", data={})
    assert "ยกเลิกนัดนี้หรือไม่" in asked.text
    await browser.post(f"{place}/cancel", data={"sure": "yes"})
    assert "ยกเลิกแล้ว" in (await browser.get(place)).text
    assert (await browser.post(f"{place}/cancel", data={"sure": "yes"})).status_code == 409


async def test_what_is_wrong_comes_back_filled_with_a_sentence_at_each_field(enter: Any) -> None:
    browser = await enter()
    day = await a_day(browser)
    wrong = hidden(day) | {"name": "นางสาววิภาดา", "phone": "12"}
    answer = await browser.post("/appointments", data=wrong)

    assert answer.status_code == 422
    assert 'href="#at"' in answer.text
    assert 'href="#phone"' in answer.text
    assert 'value="นางสาววิภาดา"' in answer.text
    assert len(times(answer)) == len(times(day))


async def test_a_time_that_was_taken_meanwhile_is_told_and_what_was_typed_stays(
    enter: Any,
) -> None:
    browser = await enter()
    day = await a_day(browser)
    sent = hidden(day) | {"at": times(day)[0]} | PERSON
    for number in range(2):
        await browser.post("/appointments", data=sent | {"phone": f"08000000{number:02}"})
    answer = await browser.post("/appointments", data=sent)

    assert answer.status_code == 422
    assert "เพิ่งมีผู้จองเต็ม" in answer.text
    assert 'value="นางสาววิภาดา แสงคำ"' in answer.text
    assert times(day)[0] not in times(answer)


async def test_of_a_day_that_was_filled_meanwhile_the_next_is_offered_and_what_was_typed_stays(
    enter: Any,
) -> None:
    browser = await enter()
    day = await a_day(browser)
    sent = hidden(day) | {"at": times(day)[0]} | PERSON
    for number, at in enumerate(times(day) * 2):
        one = sent | {"at": at, "phone": f"08000000{number:02}"}
        assert (await browser.post("/appointments", data=one)).status_code == 303
    answer = await browser.post("/appointments", data=sent)

    assert answer.status_code == 422
    full = long_day(date.fromisoformat(sent["day"]), "th")
    assert f"{full} ไม่มีเวลาว่างแล้ว เวลาที่ให้เลือกด้านล่างเป็นของวันถัดไปที่ยังว่าง" in answer.text
    assert 'value="นางสาววิภาดา แสงคำ"' in answer.text
    assert hidden(answer)["day"] > sent["day"]
    again = sent | hidden(answer) | {"at": times(answer)[0]}
    assert (await browser.post("/appointments", data=again)).status_code == 303


async def test_one_number_books_one_visit_a_day(enter: Any) -> None:
    browser = await enter()
    await booked(browser)
    day = await a_day(browser)
    again = await browser.post("/appointments", data=hidden(day) | {"at": times(day)[-1]} | PERSON)

    assert again.status_code == 422
    assert 'href="#phone"' in again.text


async def test_a_citizen_who_signed_in_is_filled_in_and_reminded_in_the_inbox(
    enter: Any, now: Context
) -> None:
    browser = await enter("citizen")
    day = await a_day(browser)
    assert 'value="วิภาดา แสงคำ"' in day.text
    await booked(browser)

    async with transaction(now):
        row = await Appointment.select(Appointment.account).where(Appointment.of(now)).first()
    assert row is not None
    assert row["account"] is not None


async def test_another_municipality_does_not_open_it(
    enter: Any, now: Context, other: Context
) -> None:
    place = await booked(await enter())
    foreign = await enter(ctx=replace(other, now=now.now), host="yala")

    assert (await foreign.get(place)).status_code == 404
    assert (await foreign.post(f"{place}/cancel", data={"sure": "yes"})).status_code == 404


@pytest.mark.parametrize(
    "query",
    [
        {"kind": "gold"},
        {"day": "2026-02-31"},
        {"day": "๒๐"},
        {"kind": "\x00", "day": "9" * 5000},
        {"case": "x" * 9000},
        {"day": "2569-11-23"},
    ],
)
async def test_odd_addresses_show_the_list_of_days(enter: Any, query: dict[str, str]) -> None:
    browser = await enter()
    page = await browser.get(f"/appointments?{urlencode(query)}")

    assert page.status_code == 200
    assert "เลือกวัน" in page.text


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"at": "2026-11-23T08:30:00"},
        {"at": "soon", "kind": "gold"},
        {"at": "9999-12-31T23:59:59+00:00", "name": "ก" * 10_000, "phone": "🙂"},
    ],
)
async def test_odd_forms_are_refused_and_nothing_is_booked(
    enter: Any, now: Context, sent: dict[str, str]
) -> None:
    browser = await enter()
    answer = await browser.post("/appointments", data={"kind": "general"} | sent)

    assert answer.status_code == 422
    async with transaction(now):
        assert await Appointment.count().where(Appointment.of(now)) == 0


@pytest.mark.parametrize("code", ["AAAA-BBBB-CCCC", "x", "%00", "a" * 3000])
async def test_a_code_of_nothing_is_not_found(enter: Any, code: str) -> None:
    browser = await enter()

    assert (await browser.get(f"/appointments/{code}")).status_code == 404
    assert (await browser.get(f"/appointments/{code}/move")).status_code == 404
    assert (await browser.post("/appointments/find", data={"code": code})).status_code == 404
