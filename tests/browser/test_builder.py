from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from playwright.async_api import Browser, Page, expect

from core import db
from core.identity import accounts, holders, sessions
from core.runtime import make_runtime
from core.settings import read_settings
from tests.phones import a_phone

AXE = Path("assets/test/axe.min.js").read_text()
SAVE = ".row.fill > button.btn"


@pytest.fixture
async def token(site: Any) -> AsyncIterator[str]:
    """The session of an administrator."""
    runtime = make_runtime(read_settings({"THONGTHIN_SECRET": "ab" * 32}), site.database)
    await db.open_pool()
    tenant = await runtime.directory.get("maehia")
    assert tenant is not None
    ctx = runtime.context(tenant, now=datetime.now(UTC))
    phone = a_phone()
    maker = await accounts.register_officer(
        ctx, post="นักจัดการงานทั่วไป", first_name="อรทัย", last_name="มั่นคง", phone=phone
    )
    await holders.grant_role(ctx, account=maker, role="administrator")
    opened = await sessions.open_session(
        ctx, maker, "officer", browser=sessions.Browser(), how="password"
    )
    yield opened.token
    await runtime.host.quarantine.settle()
    await db.close_pool()


@asynccontextmanager
async def seated(
    chromium: Browser, site: Any, token: str, *, script: bool = True
) -> AsyncIterator[Page]:
    context = await chromium.new_context(
        viewport={"width": 360, "height": 800},
        locale="th-TH",
        base_url=site.url(""),
        java_script_enabled=script,
    )
    context.set_default_timeout(15_000)
    await context.add_cookies([{"name": sessions.COOKIE, "value": token, "url": site.url("/")}])
    desk, wrong = await context.new_page(), []
    desk.on("pageerror", lambda error: wrong.append(str(error)))
    desk.on("console", lambda said: wrong.append(said.text))
    yield desk
    await context.close()
    assert wrong == []


async def began(desk: Page, title: str) -> str:
    """Begin a service and say what it is; return its address."""
    await desk.goto("/desk/services/new")
    await desk.fill("#title_th", title)
    await desk.fill("#title_en", "Use of the field")
    await desk.select_option("#source", "empty")
    await desk.click(SAVE)
    await desk.fill("#summary_th", "จองสนามกีฬา")
    await desk.fill("#summary_en", "Book the field")
    await desk.click(SAVE)
    await expect(desk.get_by_role("heading", name="คำถาม", exact=True)).to_be_visible()
    return desk.url.removesuffix("/questions")


async def asked(desk: Page, home: str, kind: str, thai: str, *rows: str) -> None:
    """Add a question; ``rows`` are its answers to choose from."""
    await desk.goto(f"{home}/questions")
    await desk.select_option("#of", kind)
    await desk.get_by_role("button", name="เพิ่มคำถาม").click()
    await desk.fill("#label_th", thai)
    await desk.fill("#label_en", "A question")
    for number, text in enumerate(rows):
        await desk.fill(f'[id="option.{number}.th"]', text)
        await desk.fill(f'[id="option.{number}.en"]', text)


async def mark(desk: Page) -> None:
    """Leave a mark that is gone when the page is loaded again."""
    await desk.wait_for_load_state("load")
    await desk.evaluate("window.mark = true")


async def listed(desk: Page) -> list[str]:
    return await desk.locator("#parts li > .row a").all_inner_texts()


async def test_rows_move_under_the_finger_without_loading_the_page(
    chromium: Browser, site: Any, token: str
) -> None:
    async with seated(chromium, site, token) as desk:
        home = await began(desk, "ขอใช้สนามเทนนิส")
        await asked(desk, home, "choice", "ใช้ช่วงใด", "เช้า", "บ่าย")
        await mark(desk)
        await desk.click('[id="do-down.0"]')
        await expect(desk.locator('[id="option.0.th"]')).to_have_value("บ่าย")
        await desk.get_by_role("button", name="เพิ่มแถว").click()
        await expect(desk.locator('[id="option.5.th"]')).to_be_visible()
        assert await desk.evaluate("window.mark")
        assert await desk.input_value("#label_th") == "ใช้ช่วงใด"

        await desk.click(SAVE)
        await asked(desk, home, "line", "ใช้ทำอะไร")
        await desk.click(SAVE)
        assert await listed(desk) == ["ใช้ช่วงใด", "ใช้ทำอะไร"]
        await mark(desk)
        await desk.get_by_role("button", name="ขึ้น ใช้ทำอะไร").click()
        await expect(desk.locator("#parts li > .row a").first).to_have_text("ใช้ทำอะไร")
        await desk.locator("summary", has_text="ลบ ใช้ช่วงใด").click()
        await desk.get_by_role("button", name="ลบจริง ใช้ช่วงใด").click()
        await expect(desk.locator("#parts li")).to_have_count(1)
        assert await desk.evaluate("window.mark")


async def test_enter_saves_and_moves_no_row(chromium: Browser, site: Any, token: str) -> None:
    async with seated(chromium, site, token) as desk:
        home = await began(desk, "ขอใช้สนามฟุตบอล")
        await asked(desk, home, "choice", "ใช้ช่วงใด", "เช้า", "บ่าย")
        await desk.press('[id="option.1.en"]', "Enter")

        await expect(desk.get_by_role("link", name="ใช้ช่วงใด")).to_be_visible()


async def test_without_a_script_a_service_is_made_published_and_filed(
    chromium: Browser, site: Any, token: str
) -> None:
    title = f"ขอใช้สนาม {uuid4().hex[:6]}"
    async with seated(chromium, site, token, script=False) as desk:
        home = await began(desk, title)
        await asked(desk, home, "choice", "ใช้ช่วงใด", "เช้า", "บ่าย")
        await desk.click('[id="do-down.0"]')
        await desk.click(SAVE)
        await asked(desk, home, "line", "ใช้ทำอะไร")
        await desk.click(SAVE)
        await desk.get_by_role("button", name="ขึ้น ใช้ทำอะไร").click()
        assert await listed(desk) == ["ใช้ทำอะไร", "ใช้ช่วงใด"]
        await desk.goto(f"{home}/publish")
        await desk.click(SAVE)
        await expect(desk.get_by_text("เผยแพร่ฉบับที่ 1 แล้ว")).to_be_visible()

        await desk.get_by_role("link", name="หน้าบริการที่คนเห็น").click()
        await desk.locator("form[action^='/services/oss.own-'] button").first.click()
        await desk.fill("#name", "นายสมชาย ใจดี")
        await desk.fill("#phone", "081-234-5678")
        await desk.get_by_role("button", name="บันทึกและไปต่อ").click()
        await desk.get_by_label("ใช้ทำอะไร").fill("แข่งขัน")
        await desk.get_by_label("บ่าย").check()
        await desk.get_by_role("button", name="บันทึกและไปต่อ").click()
        await desk.check("#declared")
        await desk.get_by_role("button", name="ยื่นเรื่อง").click()
        await expect(desk.get_by_text("ยื่นเรื่องแล้ว")).to_be_visible()


async def test_nothing_scrolls_sideways_and_axe_finds_nothing(
    chromium: Browser, site: Any, token: str
) -> None:
    async with seated(chromium, site, token) as desk:
        home = await began(desk, "ขอใช้สนามกีฬาเฉลิมพระเกียรติประจำเทศบาลเมืองแม่เหียะ")
        await asked(desk, home, "choice", "ใช้ช่วงใด", "เช้า", "บ่าย")
        await desk.click(SAVE)
        parts = ["about", "questions", "questions/add?of=choice", "questions/add?of=day"]
        parts += ["documents", "documents/add", "steps", "steps/s1", "limit", "result", "try"]
        pages = ["/desk/services", "/desk/services/new", f"{home}/publish", f"{home}/retire"]
        for page in [*pages, *[f"{home}/{part}" for part in parts]]:
            await desk.goto(page)
            await desk.evaluate(AXE)
            for width in (360, 1280):
                await desk.set_viewport_size({"width": width, "height": 800})
                wide = await desk.evaluate("document.documentElement.scrollWidth")
                assert wide <= width, page
                found = await desk.evaluate("axe.run().then(found => found.violations)")
                assert [(one["id"], one["nodes"][0]["html"]) for one in found] == [], page
