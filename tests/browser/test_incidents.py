"""The QR on a pole is scanned, the lamp is repaired without a line, and rated: from end to end."""

import asyncio
import itertools
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import httpx
import pytest
from playwright.async_api import Browser, BrowserContext, Page, expect

from contrib.incidents.service import assets, keys
from core import db
from core.context import SYSTEM, Context
from core.discovery import find
from core.runtime import make_runtime
from core.settings import read_settings
from tests.browser.people import at_browser, press, sign_in
from tests.browser.test_offline import LIST, photo
from tests.contrib.incidents.georeport import REQUEST, Client

HOME = "/desk/incidents"
APART = itertools.count()


@asynccontextmanager
async def behind(town: Any) -> AsyncIterator[Context]:
    """Give the system in แม่เหียะ."""
    runtime = make_runtime(read_settings({"THONGTHIN_SECRET": "ab" * 32}), town.database, find())
    await db.open_pool()
    tenant = await runtime.directory.get("maehia")
    assert tenant is not None
    yield runtime.context(tenant, now=datetime.now(UTC), actor=SYSTEM)
    await runtime.host.quarantine.settle()
    await db.close_pool()


@pytest.fixture
async def pole(town: Any) -> AsyncIterator[str]:
    """A pole that nobody has reported."""
    code = f"T-{uuid4().hex[:6].upper()}"
    facts = {"kind": "pole", "owner": "lao", "lamp": "LED", "place": "หน้าสวนสาธารณะ"}
    async with behind(town) as ctx:
        # Far enough from those of other tests, of which nothing is to be alike.
        spot = {"lat": 18.724 + next(APART) * 0.002, "lon": 98.9611, "repaired_on": None}
        await assets.enter(ctx, facts | spot | {"code": code})
    yield code
    town.line.mend()


async def report(page: Page, pole: str, *pictures: Any) -> str:
    """Scan the label, say what happened and send it; return the tracking code."""
    await page.goto(f"/incidents/a/{pole.lower()}")
    await expect(page.get_by_role("heading", level=1)).to_contain_text(pole)
    await page.set_input_files("#photo", list(pictures))
    await page.select_option("#category", "lighting")
    await page.fill("#description", "ไฟดับมาสองคืน")
    await press(page, "ส่งเรื่อง")
    return await page.locator("[data-track]").inner_text()


async def id_of(town: Any, track: str) -> str:
    [row] = await town.rows("SELECT report_id FROM incidents.voice WHERE track = $1", track)
    return str(row["report_id"])


async def assign(officer: Page, id: str) -> None:
    """Assign a report to the works division and accept it."""
    await officer.goto(f"{HOME}/{id}")
    await officer.get_by_role("link", name="มอบหมายงาน").click()
    await officer.fill("#summary", "ไฟส่องสว่างดับ หน้าสวนสาธารณะ")
    await press(officer, "มอบหมายงาน")
    await press(officer, "รับงาน")


async def photos(town: Any, id: str) -> list[str]:
    query = "SELECT shows FROM incidents.photo WHERE report_id = $1 ORDER BY id"
    return [row["shows"] for row in await town.rows(query, id)]


@asynccontextmanager
async def two(
    chromium: Browser, town: Any, *, script: bool
) -> AsyncIterator[tuple[BrowserContext, BrowserContext]]:
    """Give the phones of a citizen and of an officer, 360 px wide."""
    more: dict[str, Any] = {"java_script_enabled": script}
    async with (
        at_browser(chromium, town, service_workers="block", **more) as citizen,
        at_browser(chromium, town, has_touch=True, **more) as officer,
    ):
        yield citizen, officer


@pytest.mark.parametrize("script", [True, False], ids=["with a script", "without a script"])
async def test_a_pole_is_scanned_and_its_lamp_repaired_with_photos_and_rated(
    chromium: Browser, town: Any, pole: str, script: bool
) -> None:
    async with two(chromium, town, script=script) as (citizens, officers):
        citizen, officer = await citizens.new_page(), await officers.new_page()
        track = await report(citizen, pole, photo("มืด.jpg", 800, 600))
        await expect(citizen.get_by_text("รอรับเรื่อง").first).to_be_visible()
        await expect(citizen.locator("#photos img")).to_have_count(1)
        id = await id_of(town, track)

        await sign_in(officer, "director")
        await assign(officer, id)
        await officer.get_by_role("link", name="เริ่มดำเนินการ").click()
        await officer.get_by_label("เริ่มทำ").check()
        await officer.set_input_files("#before", photo("ก่อน.jpg", 800, 600))
        await press(officer, "บันทึกงาน")
        await officer.goto(f"{HOME}/crew/{id}")
        await officer.get_by_label("ทำเสร็จแล้ว").check()
        await officer.fill("#words", "เปลี่ยนหลอดใหม่แล้ว")
        await officer.fill("#cost", "350")
        await officer.set_input_files("#after", photo("หลัง.jpg", 800, 600))
        await press(officer, "บันทึกงาน")
        await expect(officer.get_by_text("เปลี่ยนหลอดใหม่แล้ว").first).to_be_visible(timeout=60_000)
        assert await photos(town, id) == ["sent", "before", "after"]

        await citizen.goto(f"/incidents/t?code={track.lower()}")
        await expect(citizen.get_by_text("เปลี่ยนหลอดใหม่แล้ว").first).to_be_visible()
        await expect(citizen.locator("#photos img")).to_have_count(3)
        await citizen.get_by_label("5 ดีมาก").check()
        await press(citizen, "ให้คะแนน")
        await expect(citizen.get_by_role("button", name="แก้คะแนน")).to_be_visible()
        await citizen.goto("/incidents?state=done")
        await expect(citizen.locator(f"text={pole}")).to_be_visible()
        width = await citizen.evaluate("document.documentElement.scrollWidth") if script else 360
        assert width <= 360


@pytest.mark.parametrize("script", [True, False], ids=["with a script", "without a script"])
async def test_the_second_at_the_same_pole_is_asked_and_follows_the_first_report(
    chromium: Browser, town: Any, pole: str, script: bool
) -> None:
    async with two(chromium, town, script=script) as (first, second):
        page, other = await first.new_page(), await second.new_page()
        track = await report(page, pole, photo("มืด.jpg", 800, 600))

        await other.goto(f"/incidents/a/{pole}")
        await expect(other.get_by_text("มีผู้แจ้งแล้ว")).to_be_visible()
        await other.select_option("#category", "lighting")
        await other.fill("#description", "ของผมก็มืด")
        await other.set_input_files("#photo", photo("มืดเหมือนกัน.jpg", 800, 600))
        await press(other, "ส่งเรื่อง")
        await expect(other.get_by_text("จุดเดียวกัน")).to_be_visible()
        await press(other, "เป็นเรื่องนี้ ติดตามด้วยกัน")

        own = await other.locator("[data-track]").inner_text()
        assert own != track
        assert await id_of(town, own) == await id_of(town, track)
        await expect(other.get_by_text("ของผมก็มืด")).to_be_visible()
        await expect(other.get_by_text("ไฟดับมาสองคืน")).to_have_count(0)
        await expect(other.locator("#photos img")).to_have_count(1)


async def test_work_that_is_noted_without_a_line_arrives_once_with_its_photos(
    chromium: Browser, town: Any, pole: str
) -> None:
    async with two(chromium, town, script=True) as (citizens, crew):
        track = await report(await citizens.new_page(), pole, photo("มืด.jpg", 800, 600))
        id, page = await id_of(town, track), await crew.new_page()
        await sign_in(page, "director")
        await assign(page, id)
        await page.goto(f"{HOME}/crew")
        await expect(page.locator("[data-kept]")).to_be_visible()
        await crew.set_offline(True)
        await page.locator(f"a[href='{HOME}/crew/{id}']").click()
        await page.get_by_label("ทำเสร็จแล้ว").check()
        await page.fill("#words", "เปลี่ยนหลอดใหม่แล้ว")
        await page.set_input_files("#before", photo("ก่อน.jpg", 2400, 1800))
        await page.set_input_files("#after", photo("หลัง.jpg", 2400, 1800))
        await page.get_by_role("button", name="บันทึกงาน").click()
        await expect(page.locator(LIST)).to_contain_text("2 ไฟล์")
        await expect(page.locator(LIST)).to_contain_text("รอสัญญาณ")
        assert await photos(town, id) == ["sent"]

        # It arrives and its answer does not: it is sent again.
        town.line.lose_answer_to(f"POST {HOME}/crew".encode())
        await crew.set_offline(False)
        for _ in range(75):
            if len(await photos(town, id)) > 1:
                break
            await asyncio.sleep(0.2)
        town.line.mend()
        await expect(page.locator(LIST)).to_contain_text("ส่งแล้ว งาน", timeout=60_000)
        assert await photos(town, id) == ["sent", "before", "after"]
        events = "SELECT act FROM incidents.event WHERE report_id = $1 AND act = 'close'"
        assert len(await town.rows(events, id)) == 1


async def test_another_program_discovers_sends_and_follows_over_a_real_line(town: Any) -> None:
    async with behind(town) as ctx:
        key = await keys.give(ctx, holder="แอปของจังหวัด", email="app@example.go.th")
    address = f"http://127.0.0.1:{town.line.port}"
    host = {"Host": f"maehia.localhost:{town.line.port}"}
    async with httpx.AsyncClient(base_url=address, headers=host, timeout=60) as http:
        client = Client(http)
        [endpoint] = (await client.get("discovery"))["endpoints"]
        assert re.fullmatch(r"http://maehia\.localhost:\d+/open311/v2", endpoint["url"])
        codes = [one["service_code"] for one in await client.get("services")]
        place = {"lat": "18.7333", "long": "98.9444"}

        [sent] = await client.post(api_key=key, service_code=codes[2], **place)

        [seen] = await client.get(f"requests/{sent['service_request_id']}")
        assert list(seen) == REQUEST
        assert (seen["service_code"], seen["status"]) == (codes[2], "open")
        assert await client.get("requests", service_request_id=sent["service_request_id"]) == [seen]
        await client.post(403, "xml", api_key="xyz", service_code=codes[2], **place)
