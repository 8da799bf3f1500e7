import asyncio
import io
import re
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from PIL import Image
from playwright.async_api import Browser, BrowserContext, Page, expect

from core import db
from core.identity import accounts, holders, roles, sessions
from core.runtime import make_runtime
from core.settings import read_settings
from core.text import Text
from tests.phones import a_phone

CASES = """
SELECT subject, applicant_name, phone, channel,
  (SELECT count(*) FROM casework.attachment a WHERE a.case_id = c.id) AS files
FROM casework."case" c WHERE tenant_id = 'maehia' AND applicant_name = $1 ORDER BY number
"""
AXE = Path("assets/test/axe.min.js").read_text()


def photo(name: str) -> Any:
    written = io.BytesIO()
    Image.effect_noise((320, 240), 80).convert("RGB").save(written, "JPEG", quality=80)
    return {"name": name, "mimeType": "image/jpeg", "buffer": written.getvalue()}


def an_id() -> str:
    digits = [int(sign) for sign in f"1{uuid4().int % 10**11:011}"]
    weighed = sum(digit * weight for digit, weight in zip(digits, range(13, 1, -1), strict=True))
    return "".join(map(str, [*digits, (11 - weighed % 11) % 10]))


@pytest.fixture
async def token(site: Any) -> AsyncIterator[str]:
    """The session of a clerk."""
    runtime = make_runtime(read_settings({"THONGTHIN_SECRET": "ab" * 32}), site.database)
    await db.open_pool()
    tenant = await runtime.directory.get("maehia")
    assert tenant is not None
    ctx = runtime.context(tenant, now=datetime.now(UTC))
    clerk = await accounts.register_officer(
        ctx,
        post="เจ้าพนักงานธุรการ",
        first_name="อรทัย",
        last_name="มั่นคง",
        phone=a_phone(),
    )
    role, title = f"counter_{uuid4().hex[:8]}", Text("เคาน์เตอร์", "Counter")
    await roles.create_role(ctx, code=role, title=title, permissions=["casework.counter"])
    await holders.grant_role(ctx, account=clerk, role=role)
    opened = await sessions.open_session(
        ctx, clerk, "officer", browser=sessions.Browser(), how="password"
    )
    yield opened.token
    await runtime.host.quarantine.settle()
    await db.close_pool()


@asynccontextmanager
async def seated(
    chromium: Browser, site: Any, token: str, *, width: int = 1280, script: bool = True
) -> AsyncIterator[BrowserContext]:
    context = await chromium.new_context(
        viewport={"width": width, "height": 900},
        locale="th-TH",
        base_url=site.url(""),
        java_script_enabled=script,
    )
    context.set_default_timeout(15_000)
    await context.add_cookies([{"name": sessions.COOKIE, "value": token, "url": site.url("/")}])
    yield context
    await context.close()
    site.line.mend()


async def test_a_trained_clerk_files_by_keyboard_alone_in_under_a_minute(
    whole_chromium: Browser, site: Any, token: str
) -> None:
    name = f"นายคำปัน ใจยา {uuid4().hex[:6]}"
    async with seated(whole_chromium, site, token) as context:
        desk = await context.new_page()
        await desk.goto("/desk/counter")
        began = time.monotonic()
        keys = 0
        for text, key in (
            ("01", "Enter"),
            (an_id(), "Enter"),
            (name, "Enter"),
            ("0812345678", "Enter"),
            ("ขอให้ตัดกิ่งไม้พาดสายไฟหน้าบ้าน กลัวหักช่วงลมแรง", "F8"),
        ):
            await desk.keyboard.type(text, delay=25)
            await desk.keyboard.press(key)
            keys += 1
        await expect(desk.get_by_role("heading", name="เลขรับ")).to_be_visible()
        took = time.monotonic() - began

        assert keys == 5
        assert took < 60
        async with context.expect_page() as printed:
            await desk.keyboard.press("F8")
        assert (await printed.value).url.endswith("/slip")
    [case] = await site.rows(CASES, name)
    assert case["subject"] == "ขอให้ตัดกิ่งไม้พาดสายไฟหน้าบ้าน กลัวหักช่วงลมแรง"
    assert (case["phone"], case["channel"]) == ("+66812345678", "counter")


async def test_a_known_person_is_filled_in_after_the_id_and_nothing_typed_is_overwritten(
    chromium: Browser, site: Any, token: str
) -> None:
    name, number = f"นางบัวผัน {uuid4().hex[:6]}", an_id()
    async with seated(chromium, site, token) as context:
        desk = await context.new_page()
        for turn in range(2):
            await desk.goto("/desk/counter?service=02")
            if turn:
                await desk.get_by_label("เบอร์โทรศัพท์").fill("0899999999")
            await desk.get_by_label("2. เลขประจำตัวประชาชน").fill(number)
            await desk.keyboard.press("Enter")
            if turn:
                await expect(desk.locator("#known")).to_contain_text("เคยมาติดต่อ 1 ครั้ง")
                await expect(desk.locator("#name")).to_have_value(name)
                await expect(desk.locator("#phone")).to_have_value("089-999-9999")
            else:
                await expect(desk.locator("#known")).to_contain_text("มาติดต่อครั้งแรก")
                await desk.locator("#name").fill(name)
                await desk.locator("#phone").fill("0811111111")
            await desk.locator("#counter-subject").fill("หน้าตลาด")
            await desk.locator("[name=fault]").first.check()
            await desk.keyboard.press("F8")
            await expect(desk.get_by_role("heading", name="เลขรับ")).to_be_visible()
    rows = await site.rows(CASES, name)
    assert [row["phone"] for row in rows] == ["+66811111111", "+66899999999"]


async def test_the_service_brings_its_own_questions_and_keeps_what_is_typed(
    chromium: Browser, site: Any, token: str
) -> None:
    async with seated(chromium, site, token) as context:
        desk = await context.new_page()
        await desk.goto("/desk/counter")
        await desk.locator("#name").fill("นายคำปัน")
        await desk.locator("#counter-service").fill("แจ้งไฟ")
        await desk.keyboard.press("Enter")
        await expect(desk.locator("#counter-service")).to_have_value("02 แจ้งไฟฟ้าสาธารณะชำรุด")
        await expect(desk.locator("[name=fault]").first).to_be_visible()
        await expect(desk.locator("#national_id")).to_be_focused()
        await expect(desk.locator("#name")).to_have_value("นายคำปัน")
        await desk.locator("#counter-service").fill("zz")
        await desk.keyboard.press("Enter")
        await expect(desk.locator("#problem")).to_contain_text("ไม่พบบริการ “zz”")
        await expect(desk.locator("#name")).to_have_value("นายคำปัน")


async def test_esc_asks_before_it_clears_and_f9_before_it_leaves(
    chromium: Browser, site: Any, token: str
) -> None:
    async with seated(chromium, site, token) as context:
        desk = await context.new_page()
        await desk.goto("/desk/counter")
        await desk.locator("#counter").select_option("3")
        await desk.get_by_role("button", name="นั่งช่องนี้").click()
        await expect(desk.get_by_role("heading", name="เคาน์เตอร์ 3")).to_be_visible()
        clear = desk.get_by_role("link", name="ล้างสิ่งที่กรอก")
        await desk.locator("#name").fill("นายคำปัน")
        await desk.keyboard.press("Escape")
        await expect(clear).to_be_visible()
        await desk.keyboard.press("Escape")
        await expect(clear).to_be_hidden()
        await desk.keyboard.press("F9")
        await expect(desk.locator("#unsent")).to_contain_text("กด F9 อีกครั้ง")
        await expect(desk.locator("#name")).to_have_value("นายคำปัน")
        await desk.keyboard.press("F9")
        await expect(desk.locator("#name")).to_have_value("")
        await desk.locator("#name").fill("นายคำปัน")
        await desk.keyboard.press("Escape")
        await clear.click()
        await expect(desk.locator("#name")).to_have_value("")


# The page needs its own script and the one that shows what waits.
ALL_IS_KEPT = """async () => {
  const sources = [document.querySelector("[data-src]").dataset.src];
  for (const script of document.querySelectorAll("script[src]")) sources.push(script.src);
  const found = await Promise.all([location.href, ...sources].map((one) => caches.match(one)));
  return found.every(Boolean);
}"""


async def kept(page: Page) -> None:
    for _ in range(100):
        if await page.evaluate(ALL_IS_KEPT):
            return
        await asyncio.sleep(0.2)
    raise TimeoutError("the page and its files are not kept")


async def test_a_request_filled_at_a_house_with_two_photos_is_sent_once_when_the_line_is_back(
    chromium: Browser, site: Any, token: str
) -> None:
    name = f"ป้าจันทร์ {uuid4().hex[:6]}"
    async with seated(chromium, site, token, width=360) as context:
        phone = await context.new_page()
        await phone.goto("/desk/counter?service=01")
        await expect(phone.locator("[data-ready]")).to_be_visible()
        await kept(phone)
        await context.set_offline(True)
        await phone.reload()
        await phone.locator("#name").fill(name)
        await phone.locator("#phone").fill("0812345678")
        await phone.locator("#counter-subject").fill("หลังคาบ้านรั่ว ขอความช่วยเหลือ")
        await phone.locator("#counter-scan").set_input_files([photo("a.jpg"), photo("b.jpg")])
        await phone.get_by_role("button", name="รับเรื่องและพิมพ์ใบรับ").click()
        waiting = phone.locator("[data-waiting] .files")
        await expect(waiting).to_contain_text(f"รับเรื่อง {name} · 2 ไฟล์")
        await expect(waiting).to_contain_text("รอสัญญาณ")
        await expect(phone.locator(".line-off")).to_be_visible()
        await expect(phone.locator("#name")).to_have_value("")
        assert await site.rows(CASES, name) == []

        await context.set_offline(False)
        await expect(waiting).to_contain_text("ส่งแล้ว เลขรับ")
    [case] = await site.rows(CASES, name)
    assert (case["subject"], case["files"]) == ("หลังคาบ้านรั่ว ขอความช่วยเหลือ", 2)


async def test_without_a_script_the_counter_files_and_calls(
    chromium: Browser, site: Any, token: str
) -> None:
    name = f"นายไม่มีสคริปต์ {uuid4().hex[:6]}"
    async with seated(chromium, site, token, width=360, script=False) as context:
        desk = await context.new_page()
        await desk.goto("/desk/counter")
        await desk.fill("#counter-service", "02")
        await desk.get_by_role("button", name="แสดงแบบของบริการนี้").click()
        await desk.locator("[name=fault]").first.check()
        await desk.fill("#name", name)
        await desk.fill("#counter-subject", "หน้าตลาด")
        await desk.get_by_text("ดูตัวจริงแล้ว: บัตรประจำตัวประชาชน").click()
        await desk.set_input_files("#counter-photo", photo("c.jpg"))
        await desk.get_by_role("button", name="รับเรื่องและพิมพ์ใบรับ").click()
        assert await desk.get_by_text("ไฟล์แนบ 1 ไฟล์").is_visible()
        assert await desk.get_by_text("บัตรประจำตัวประชาชน (ดูตัวจริง)").is_visible()
    [case] = await site.rows(CASES, name)
    assert (case["subject"], case["files"]) == ("หน้าตลาด", 1)


async def test_the_display_renews_itself(chromium: Browser, site: Any, token: str) -> None:
    async with seated(chromium, site, token) as context:
        hall, desk = await context.new_page(), await context.new_page()
        await hall.goto("/queue")
        await desk.goto("/desk/queue")
        await desk.get_by_role("button", name="ปรึกษาก่อนยื่นขออนุญาต").click()
        heading = await desk.locator("h1").inner_text()
        name = re.findall(r"A\d+", heading)[0]

        await expect(hall.locator("#board")).to_contain_text(name, timeout=10_000)


PAGES = {
    "counter": "/desk/counter",
    "errand": "/desk/counter?service=03",
    "problem": "/desk/counter?service=zz",
    "tickets": "/desk/queue",
    "board": "/queue",
    "visits": "/desk/appointments",
    "days": "/appointments",
    "times": "/appointments?day={day}",
}


async def well(tab: Page, width: int, name: str) -> None:
    assert await tab.evaluate("document.documentElement.scrollWidth") <= width, name
    await tab.evaluate(AXE)
    found = await tab.evaluate("axe.run().then(found => found.violations)")
    assert [(one["id"], one["nodes"][0]["html"]) for one in found] == [], name


@pytest.mark.parametrize("width", [360, 1280])
async def test_nothing_scrolls_sideways_and_axe_finds_nothing(
    chromium: Browser, site: Any, token: str, width: int
) -> None:
    async with seated(chromium, site, token, width=width) as context:
        tab = await context.new_page()
        await tab.goto("/appointments")
        links = await tab.locator("a[href*='day=']").evaluate_all("all => all.map(a => a.href)")
        day = links[-1].rpartition("=")[2]
        for name, path in PAGES.items():
            await tab.goto(path.format(day=day))
            await well(tab, width, name)
        await tab.get_by_text("08.30 น.").click()
        await tab.fill("#name", "นางสาววิภาดา แสงคำ")
        await tab.fill("#phone", a_phone())
        await tab.get_by_role("button", name="นัดเวลานี้").click()
        await expect(tab.get_by_role("img", name="QR ของนัดนี้")).to_be_visible()
        await well(tab, width, "booked")
        await tab.get_by_role("button", name="ยกเลิกนัด").click()
        await expect(tab.get_by_role("heading", name="ยกเลิกนัดนี้หรือไม่")).to_be_visible()
        await well(tab, width, "cancel")
        await tab.goto("/desk/queue")
        await tab.get_by_role("button", name="ยื่นคำร้องหรือขอเอกสาร").click()
        await well(tab, width, "ticket")
        await tab.goto("/desk/counter?service=01")
        await tab.fill("#name", "นายคำปัน ใจยา")
        await tab.fill("#phone", "0812345678")
        await tab.fill("#counter-subject", "ขอให้ตัดกิ่งไม้พาดสายไฟหน้าบ้าน")
        await tab.keyboard.press("F8")
        await expect(tab.get_by_role("heading", name="เลขรับ")).to_be_visible()
        await well(tab, width, "slip")
