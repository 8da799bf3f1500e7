"""A kitchen is inspected where there is no line; what was found arrives once, with its photo."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any, NamedTuple
from uuid import UUID, uuid4

import pytest
from playwright.async_api import Browser, BrowserContext, Page, expect

from core import db
from core.discovery import find
from core.identity import accounts, holders, roles, sessions
from core.runtime import make_runtime
from core.settings import read_settings
from core.text import Text
from plugins.food_cert.service.rights import INSPECT
from tests.browser.people import at_browser
from tests.browser.test_offline import LIST, photo
from tests.phones import a_phone
from tests.plugins.food_cert.conftest import a_place
from tests.plugins.food_cert.findings import CODES

HOME = "/desk/food/inspect"
RECORDS = "SELECT id, score, photos::text AS photos FROM food_cert.inspection WHERE place_id = $1"


class Visit(NamedTuple):
    """A place that was never inspected, and the inspector's session."""

    place: UUID
    token: str


@pytest.fixture
async def visit(town: Any) -> AsyncIterator[Visit]:
    async with visiting(town) as made:
        yield made
    town.line.mend()


@asynccontextmanager
async def visiting(town: Any) -> AsyncIterator[Visit]:
    runtime = make_runtime(read_settings({"THONGTHIN_SECRET": "ab" * 32}), town.database, find())
    await db.open_pool()
    tenant = await runtime.directory.get("maehia")
    assert tenant is not None
    ctx = runtime.context(tenant, now=datetime.now(UTC))
    account = await accounts.register_officer(
        ctx,
        post="นักวิชาการสาธารณสุข",
        first_name="สุดา",
        last_name="ตรวจครัว",
        phone=a_phone(),
    )
    role = f"inspects_{uuid4().hex[:6]}"
    words = Text("ผู้ตรวจสุขลักษณะ", "Inspector")
    await roles.create_role(ctx, code=role, title=words, permissions=(INSPECT,))
    await holders.grant_role(ctx, account=account, role=role)
    session = await sessions.open_session(
        ctx, account, "officer", browser=sessions.Browser(), how="password"
    )
    # Several forms are kept at the same moment; one of them is filled in.
    place, *_ = [await a_place(ctx, name=f"ครัวคำปัน {n}") for n in range(3)]
    yield Visit(place, session.token)
    await runtime.host.quarantine.settle()
    await db.close_pool()


@asynccontextmanager
async def phone_of(chromium: Browser, town: Any, visit: Visit) -> AsyncIterator[BrowserContext]:
    async with at_browser(chromium, town, has_touch=True) as phone:
        cookie = {"name": sessions.COOKIE, "value": visit.token, "url": town.url("/")}
        await phone.add_cookies([cookie])  # type: ignore[list-item]
        yield phone


async def answer(page: Page, code: str, given: str) -> None:
    await page.locator(f"[name='item_{code}'][value={given}]").check()


async def records(town: Any, visit: Visit) -> list[Any]:
    return list(await town.rows(RECORDS, visit.place))


async def test_an_inspection_without_a_signal_arrives_once_when_the_line_is_back(
    chromium: Browser, town: Any, visit: Visit
) -> None:
    async with phone_of(chromium, town, visit) as phone:
        page = await phone.new_page()
        await page.goto(HOME)
        await expect(page.locator("[data-kept]")).to_be_visible()
        await phone.set_offline(True)
        # The form was never opened while there was a line.
        await page.locator(f"a[href='{HOME}/{visit.place}']").click()
        await expect(page.get_by_role("heading", level=1)).to_contain_text("ตรวจสุขลักษณะ")
        bar = page.locator("[data-bar]")
        await expect(bar).to_contain_text(f"ตอบแล้ว 0 จาก {len(CODES)} ข้อ")

        for code in CODES[:-1]:
            await answer(page, code, "pass")
        await answer(page, "2.4", "fail")
        await expect(bar).to_contain_text(f"ตอบแล้ว {len(CODES) - 1} จาก {len(CODES)} ข้อ · 95 คะแนน")
        await page.get_by_role("button", name="บันทึกการตรวจ").click()
        await expect(page.locator("#problem")).to_contain_text("ข้อ 4.6 ยังไม่ได้ตอบ")
        await expect(page.locator("#problem")).to_contain_text("ข้อ 2.4 เป็นข้อสำคัญ")
        await page.get_by_role("button", name="ข้อที่ยังไม่ตอบ").click()
        await expect(page.locator("[id='item_4.6']")).to_be_focused()
        await answer(page, CODES[-1], "pass")
        await expect(page.get_by_role("button", name="ข้อที่ยังไม่ตอบ")).to_be_hidden()
        await page.locator("[id='told_2.4']").fill("จัดหาฝาครอบอาหาร")
        await page.set_input_files("[id='photo_2.4']", photo("กับข้าว.jpg", 2400, 1800))
        await page.get_by_role("button", name="บันทึกการตรวจ").click()
        await expect(page.locator(LIST)).to_contain_text("1 ไฟล์")
        await expect(page.locator(LIST)).to_contain_text("รอสัญญาณ")
        await expect(bar).to_contain_text("ตอบแล้ว 0 จาก")
        await page.get_by_role("link", name="สถานที่ที่ต้องตรวจ").click()
        await expect(page.locator("[data-mark=waiting]")).to_have_count(1)
        assert await records(town, visit) == []

        # It arrives and its answer does not: it is sent again.
        town.line.lose_answer_to(b"POST /desk/food/inspect")
        await phone.set_offline(False)
        for _ in range(75):
            if await records(town, visit):
                break
            await asyncio.sleep(0.2)
        town.line.mend()
        await expect(page.locator("[data-mark=sent]")).to_be_visible(timeout=60_000)
        await expect(page.locator(LIST)).to_contain_text("ส่งแล้ว บันทึกการตรวจ ครัวคำปัน 0")

        [record] = await records(town, visit)
        assert record["score"] == 95
        assert '"shows": "2.4"' in record["photos"]
        await page.goto(f"/desk/food/inspections/{record['id']}")
        await expect(page.get_by_text("จัดหาฝาครอบอาหาร")).to_be_visible()
        await expect(page.locator("#photos img")).to_have_count(1)
        await expect(page.locator("#photos img")).to_have_js_property("naturalWidth", 480)
        await page.goto(HOME)
        again = page.locator(f"li:has(a[href='{HOME}/{visit.place}'])")
        await expect(again).to_contain_text("ตรวจซ้ำภายใน")
        assert len(await records(town, visit)) == 1
