"""An inspector goes where there is no line; what was found there arrives once, with its photos."""

import asyncio
import re
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
from tests.browser.people import at_browser
from tests.browser.test_offline import LIST, photo
from tests.phones import a_phone
from tests.plugins.permits.sites import INSPECTS, a_site

HOME = "/desk/permits/inspect"
SIDES = ("front", "back", "left", "right")
RECORDS = """SELECT id, photos::text AS photos, found::text AS found
FROM permits.inspection WHERE case_id = $1"""
HERE = {"latitude": 18.741251, "longitude": 98.945702, "accuracy": 7}


class Visit(NamedTuple):
    """A case that waits for its inspection, and the inspector's session."""

    case: UUID
    token: str


@asynccontextmanager
async def visiting(town: Any) -> AsyncIterator[Visit]:
    runtime = make_runtime(read_settings({"THONGTHIN_SECRET": "ab" * 32}), town.database, find())
    await db.open_pool()
    tenant = await runtime.directory.get("maehia")
    assert tenant is not None
    ctx = runtime.context(tenant, now=datetime.now(UTC))
    account = await accounts.register_officer(
        ctx,
        post="นายช่างโยธา",
        first_name="ประสิทธิ์",
        last_name="ตรวจงาน",
        phone=a_phone(),
    )
    role = f"inspects_{uuid4().hex[:6]}"
    await roles.create_role(ctx, code=role, title=Text("ผู้ตรวจ", "Inspector"), permissions=INSPECTS)
    await holders.grant_role(ctx, account=account, role=role)
    session = await sessions.open_session(
        ctx, account, "officer", browser=sessions.Browser(), how="password"
    )
    # Several forms are kept at the same moment; one of them is filled in.
    case, *_ = [await a_site(ctx) for _ in range(3)]
    yield Visit(case, session.token)
    await runtime.host.quarantine.settle()
    await db.close_pool()


@pytest.fixture
async def visit(town: Any) -> AsyncIterator[Visit]:
    async with visiting(town) as made:
        yield made
    town.line.mend()


@asynccontextmanager
async def phone_of(
    chromium: Browser, town: Any, visit: Visit, **more: Any
) -> AsyncIterator[BrowserContext]:
    known: dict[str, Any] = {"geolocation": HERE, "permissions": ["geolocation"]}
    async with at_browser(chromium, town, **known, **more) as phone:
        cookie = {"name": sessions.COOKIE, "value": visit.token, "url": town.url("/")}
        await phone.add_cookies([cookie])  # type: ignore[list-item]
        yield phone


async def taken_along(phone: BrowserContext) -> Page:
    """Open the list while there is a line, until it and its forms are kept."""
    page = await phone.new_page()
    await page.goto(HOME)
    await expect(page.locator("[data-kept]")).to_be_visible()
    return page


async def fill(page: Page) -> None:
    for side, length in zip(SIDES, ("2.10", "3", "3.00", "3.00"), strict=True):
        await page.fill(f"#measured_{side}", length)
        await page.set_input_files(f"#photo_{side}", photo(f"{side}.jpg", 2400, 1800))
    await page.set_input_files("#photo_other", [photo("เสา.jpg", 800, 600)])
    for name in ("encroaches", "consent"):
        await page.locator(f"[name={name}][value=no]").check()
    await page.locator("[name=drains][value=yes]").check()


async def records(town: Any, visit: Visit) -> list[Any]:
    return list(await town.rows(RECORDS, visit.case))


async def test_five_photos_and_the_distances_arrive_once_after_a_dead_zone(
    chromium: Browser, town: Any, visit: Visit
) -> None:
    async with phone_of(chromium, town, visit) as phone:
        page = await taken_along(phone)
        await phone.set_offline(True)
        # The form was never opened while there was a line.
        await page.locator(f"a[href='{HOME}/{visit.case}']").click()
        await expect(page.get_by_role("heading", level=1)).to_have_text("บันทึกการตรวจสถานที่")
        await fill(page)
        await page.get_by_role("button", name="บันทึกการตรวจ").click()
        await expect(page.locator("#problem")).to_contain_text("กดหาตำแหน่ง")
        await expect(page.locator("#problem")).to_contain_text("ผลการตรวจ: เลือกหนึ่งข้อ")
        await page.get_by_role("button", name="หาตำแหน่งที่ยืนอยู่").click()
        await expect(page.locator("#position")).to_have_value("18.74125, 98.94570")
        await expect(page.locator("#accuracy")).to_have_value("7")
        await page.get_by_role("button", name="บันทึกการตรวจ").click()
        await expect(page.locator("#problem")).to_have_text(re.compile("^มี 1 จุด.*ผลการตรวจ"))
        await expect(page.locator(".field.bad")).to_have_count(1)
        await page.locator("[name=result][value=differs]").check()
        await page.fill("#remarks", "ผนังหน้าล้ำจากแบบ")
        await page.get_by_role("button", name="บันทึกการตรวจ").click()
        await expect(page.locator(LIST)).to_contain_text("5 ไฟล์")
        await expect(page.locator(LIST)).to_contain_text("รอสัญญาณ")
        await page.get_by_role("link", name="เรื่องที่รอตรวจ").click()
        await expect(page.locator("[data-mark=waiting]")).to_have_count(1)
        assert await records(town, visit) == []

        # It arrives and its answer does not: it is sent again.
        town.line.lose_answer_to(b"POST /desk/permits/inspect")
        await phone.set_offline(False)
        for _ in range(75):
            if await records(town, visit):
                break
            await asyncio.sleep(0.2)
        town.line.mend()
        await expect(page.locator("[data-mark=sent]")).to_be_visible(timeout=60_000)
        await expect(page.locator(LIST)).to_contain_text("ส่งแล้ว บันทึกการตรวจของเลขรับ")

        [record] = await records(town, visit)
        assert all(f'"shows": "{side}"' in record["photos"] for side in (*SIDES, "other"))
        assert '"accuracy": 7' in record["found"]
        await page.goto(f"/desk/permits/inspections/{record['id']}")
        await expect(page.get_by_text("น้อยกว่าที่แจ้ง 0.90 ม.")).to_be_visible()
        await expect(page.locator("#photos img")).to_have_count(5)
        await expect(page.locator("#photos img").first).to_have_js_property("naturalWidth", 480)
        await page.goto(f"/desk/cases/{visit.case}")
        await expect(page.get_by_role("link", name="เปิดบันทึกการตรวจ")).to_have_count(1)
        assert len(await records(town, visit)) == 1


async def test_an_inspector_is_told_before_leaving_that_a_form_is_not_on_the_phone(
    chromium: Browser, town: Any, visit: Visit
) -> None:
    async with phone_of(chromium, town, visit) as phone:
        page = await phone.new_page()
        town.line.lose_answer_to(b"GET /desk/permits/inspect/")
        await page.goto(HOME)
        await expect(page.locator("[data-short]")).to_be_visible(timeout=60_000)
        await expect(page.locator("[data-kept]")).to_be_hidden()

        town.line.mend()
        await page.reload()
        count = await page.locator("[data-told]").count()
        await expect(page.locator("[data-kept]")).to_contain_text(f"แล้ว {count} รายการ")
        await expect(page.locator("[data-short]")).to_be_hidden()
