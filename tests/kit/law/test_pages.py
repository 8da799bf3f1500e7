"""The pages on which an officer sets the figures of a plugin."""

import html
import re
from datetime import date, datetime, timedelta

import httpx

from core.context import Context
from kit.law import Rulebook
from kit.thai import BANGKOK
from tests.kit.law.conftest import LAW, Put, an_officer

HOME = "/desk/parks/figures"
SENT = {"law": LAW, "why": "อ่านแล้ว"}


def said(page: httpx.Response) -> str:
    """The words of a page, without its marks."""
    return html.unescape(re.sub("<[^>]+>", "", page.text))


def on(day: date) -> dict[str, str]:
    parts = {"day": day.day, "month": day.month, "year": day.year + 543}
    return {f"since.{name}": str(part) for name, part in parts.items()}


def codes(page: httpx.Response) -> set[str]:
    return set(re.findall(f'href="{HOME}/([^"/?]+)"', page.text))


async def test_the_list_shows_every_figure_or_only_what_nobody_has_read(
    desk: httpx.AsyncClient, book: Rulebook
) -> None:
    everything = await desk.get(HOME)
    unread = await desk.get(f"{HOME}?only=unread")

    assert codes(everything) == set(book.named)
    assert codes(unread) == {"path.width", "keeper.licence"}
    assert "ใช้ตรวจคำขอ" in said(everything)
    assert "2 ค่า" in said(everything)


async def test_a_figure_is_confirmed_with_the_day_of_its_law_and_is_read_from_then_on(
    desk: httpx.AsyncClient,
) -> None:
    page = f"{HOME}/path.width"
    assert "ยังไม่ได้ตรวจกับตัวบท" in said(await desk.get(page))
    asked = await desk.get(f"{page}/set?confirm=true")
    assert 'value="1.50"' in asked.text
    assert 'value="2543"' in asked.text

    sent = SENT | {"value": "1.50", "revision": "0"} | on(date(2000, 1, 1))
    kept = await desk.post(f"{page}/set", data=sent)

    assert (kept.status_code, kept.headers["location"]) == (303, page)
    assert "หน่วยงานยืนยัน" in said(await desk.get(page))
    assert codes(await desk.get(f"{HOME}?only=unread")) == {"keeper.licence"}


async def test_money_is_asked_for_in_baht_and_what_was_typed_comes_back(
    desk: httpx.AsyncClient,
) -> None:
    today, page = datetime.now(BANGKOK).date(), f"{HOME}/fee.stall"
    assert 'value="20.00"' in (await desk.get(f"{page}/set")).text
    sent = SENT | {"value": "๒๕", "revision": "0"}

    wrong = await desk.post(f"{page}/set", data=sent | on(date(2025, 1, 1)))
    over = await desk.post(
        f"{page}/set", data=sent | on(today + timedelta(days=2)) | {"value": "101"}
    )
    kept = await desk.post(f"{page}/set", data=sent | on(today + timedelta(days=2)))
    stale = await desk.post(
        f"{page}/set", data=sent | on(today + timedelta(days=2)) | {"value": "26"}
    )

    assert (wrong.status_code, over.status_code, kept.status_code) == (422, 422, 303)
    assert 'value="๒๕"' in wrong.text
    assert LAW in wrong.text
    assert "เพดาน 100.00 บาท" in said(over)
    assert "25.00 บาท" in said(await desk.get(page))
    assert stale.status_code == 409
    assert "จันทร์เพ็ญ" in stale.text
    assert 'name="revision" value="1"' in stale.text


async def test_of_a_rule_without_a_figure_only_its_law_is_asked_for(
    desk: httpx.AsyncClient,
) -> None:
    page = f"{HOME}/trees.kept"
    asked = await desk.get(f"{page}/set")
    assert 'name="value"' not in asked.text

    sent = {"law": "ข้อบัญญัติสวน ข้อ 9", "why": "อ่านแล้ว", "revision": "0"}
    kept = await desk.post(f"{page}/set", data=sent | on(date(2010, 1, 1)))

    assert kept.status_code == 303
    assert "ข้อบัญญัติสวน ข้อ 9" in said(await desk.get(page))


async def test_a_coming_figure_is_withdrawn_on_its_page_with_a_reason(
    desk: httpx.AsyncClient, ctx: Context, put: Put
) -> None:
    page, day = f"{HOME}/visit.days", datetime.now(BANGKOK).date() + timedelta(days=30)
    await put("20", code="visit.days", since=day, ctx=an_officer(ctx))

    assert f"{page}/1/withdraw" in (await desk.get(page)).text
    form = await desk.get(f"{page}/1/withdraw")
    assert "20 วัน" in said(form)
    assert (await desk.post(f"{page}/1/withdraw", data={"why": ""})).status_code == 422
    done = await desk.post(f"{page}/1/withdraw", data={"why": "คณะผู้บริหารยังไม่เห็นชอบ"})
    assert done.status_code == 303
    assert "ถอนก่อนเริ่มใช้" in said(await desk.get(page))
    again = await desk.post(f"{page}/1/withdraw", data={"why": "อีกครั้ง"})
    assert again.status_code == 409


async def test_a_figure_that_no_rule_asks_for_is_not_there_and_others_pages_are_closed(
    desk: httpx.AsyncClient,
) -> None:
    assert (await desk.get(f"{HOME}/path.slope")).status_code == 404
    assert (await desk.get(f"{HOME}/path.width/7/withdraw")).status_code == 404
    assert (await desk.get("/desk/pools/figures")).status_code == 403
