import asyncio
import contextlib
import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.async_api import Browser, BrowserContext, Error, Page, expect

from tests.browser.people import at_browser

AXE = Path("assets/test/axe.min.js")
LIST = "[data-waiting] .files"
VISITS = """
SELECT detail::jsonb FROM core.audit_entry
WHERE action = 'rounds.visit.recorded' AND detail::jsonb->>'house' = $1
"""


def photo(name: str, width: int, height: int) -> Any:
    written = io.BytesIO()
    noise = Image.effect_noise((width // 8, height // 8), 80).resize((width, height))
    noise.convert("RGB").save(written, "JPEG", quality=90)
    return {"name": name, "mimeType": "image/jpeg", "buffer": written.getvalue()}


async def opened(device: BrowserContext, path: str = "/rounds") -> Page:
    """A tab whose page can be sent without a line."""
    tab = await device.new_page()
    await tab.goto(path)
    await expect(tab.locator("[data-ready]")).to_be_visible()
    await kept(tab)
    return tab


LIST_IS_KEPT = "() => caches.match(document.querySelector('[data-src]').dataset.src).then(Boolean)"


async def kept(tab: Page) -> None:
    for _ in range(75):
        if await tab.evaluate(LIST_IS_KEPT):
            return
        await asyncio.sleep(0.2)
    raise TimeoutError("the page and its files are not kept")


async def fill(tab: Page, house: str, *photos: Any, note: str = "") -> None:
    await tab.get_by_label("บ้านเลขที่").fill(house)
    await tab.get_by_label("สิ่งที่พบ").fill(note)
    if photos:
        await tab.get_by_label("รูปถ่าย").set_input_files(photos)


async def record(tab: Page) -> None:
    await tab.get_by_role("button", name="บันทึก").click()


async def visits(site: Any, house: str) -> Sequence[Any]:
    return [row[0] for row in await site.rows(VISITS, house)]


async def test_a_visit_with_two_photos_is_sent_once_by_itself_when_the_line_is_back(
    site: Any, device: BrowserContext
) -> None:
    tab = await opened(device)
    await device.set_offline(True)
    await fill(tab, "12/3", photo("a.jpg", 3200, 2400), photo("b.jpg", 800, 600), note="ยุงลาย")
    await record(tab)

    await expect(tab.locator(".line-off")).to_be_visible()
    await expect(tab.locator(LIST)).to_contain_text("ตรวจบ้าน 12/3 · 2 ไฟล์")
    await expect(tab.locator(LIST)).to_contain_text("รอสัญญาณ")
    await expect(tab.get_by_role("status")).to_contain_text(["เก็บไว้ในเครื่องนี้แล้ว"])
    await expect(tab.get_by_label("บ้านเลขที่")).to_have_value("")

    await tab.reload()
    await expect(tab.get_by_role("heading", name="ตรวจบ้าน")).to_be_visible()
    await expect(tab.locator(LIST)).to_contain_text("รอสัญญาณ")
    assert await visits(site, "12/3") == []

    await device.set_offline(False)
    await expect(tab.locator(LIST)).to_contain_text("ส่งแล้ว เลขที่")
    await expect(tab.locator(".line-off")).to_be_hidden()
    [visit] = await visits(site, "12/3")
    assert '["a.jpg", 1600, 1200]' in visit
    assert '["b.jpg", 800, 600]' in visit
    assert "ยุงลาย" in visit


async def test_the_line_says_that_there_is_no_signal_and_goes_when_it_is_back(
    site: Any, device: BrowserContext
) -> None:
    tab = await opened(device)
    await expect(tab.locator(".line-off")).to_be_hidden()
    await device.set_offline(True)
    await expect(tab.locator(".line-off")).to_contain_text("ตอนนี้ไม่มีสัญญาณ")
    await device.set_offline(False)
    await expect(tab.locator(".line-off")).to_be_hidden()


async def test_houses_are_filled_in_one_after_another_and_all_are_sent(
    site: Any, device: BrowserContext
) -> None:
    tab = await opened(device)
    await device.set_offline(True)
    for number in range(4):
        await fill(tab, f"20/{number}", photo("a.jpg", 640, 480))
        await record(tab)
        await expect(tab.get_by_label("บ้านเลขที่")).to_have_value("")
    await expect(tab.locator(f"{LIST} li")).to_have_count(4)
    await device.set_offline(False)

    await expect(tab.locator(f"{LIST} li", has_text="ส่งแล้ว")).to_have_count(4)
    assert [len(await visits(site, f"20/{number}")) for number in range(4)] == [1] * 4


async def test_with_a_line_the_sender_sees_the_page_of_it_at_once(
    site: Any, device: BrowserContext
) -> None:
    tab = await opened(device)
    await fill(tab, "1/1")
    await record(tab)

    await expect(tab.get_by_role("heading", name="บันทึกแล้ว เลขที่")).to_be_visible()
    assert len(await visits(site, "1/1")) == 1
    await tab.goto("/rounds")
    await expect(tab.locator("[data-ready]")).to_be_visible()
    await expect(tab.locator(LIST)).to_be_hidden()


async def test_a_sending_whose_answer_is_lost_is_one_visit(
    site: Any, device: BrowserContext
) -> None:
    tab = await opened(device)
    site.line.lose_answer_to(b"POST /rounds")
    await fill(tab, "2/2", photo("a.jpg", 640, 480))
    await record(tab)
    await expect(tab.locator(LIST)).to_contain_text("รอสัญญาณ")
    assert len(await visits(site, "2/2")) == 1
    site.line.mend()

    await expect(tab.locator(LIST)).to_contain_text("ส่งแล้ว เลขที่", timeout=30_000)
    assert len(await visits(site, "2/2")) == 1


async def test_what_a_closed_tab_has_left_is_sent_when_the_site_is_opened_again(
    site: Any, device: BrowserContext
) -> None:
    tab = await opened(device)
    await device.set_offline(True)
    await fill(tab, "3/3")
    await record(tab)
    await expect(tab.locator(LIST)).to_contain_text("รอสัญญาณ")
    await tab.close()
    await device.set_offline(False)
    again = await opened(device)

    await expect(again.locator(LIST)).to_contain_text("ส่งแล้ว เลขที่")
    assert len(await visits(site, "3/3")) == 1
    await again.reload()
    await expect(again.locator("[data-ready]")).to_be_visible()
    await expect(again.locator(LIST)).to_be_hidden()


async def test_what_must_be_corrected_opens_filled_and_is_sent_then(
    site: Any, device: BrowserContext
) -> None:
    tab = await opened(device)
    await device.set_offline(True)
    await fill(tab, " ", photo("a.jpg", 640, 480), note="ไม่มีคนอยู่")
    await tab.get_by_label("ร้านค้า").check()
    await record(tab)
    await expect(tab.locator(LIST)).to_contain_text("รอสัญญาณ")
    await device.set_offline(False)
    await expect(tab.locator(LIST)).to_contain_text("ต้องแก้: มี 1 จุดที่ต้องแก้ก่อนไปต่อ")

    await tab.get_by_role("link", name="เปิดแก้").click()
    await expect(tab.get_by_label("สิ่งที่พบ")).to_have_value("ไม่มีคนอยู่")
    await expect(tab.get_by_label("ร้านค้า")).to_be_checked()
    await expect(tab.locator("#problem")).to_be_focused()
    await expect(tab.locator("#house-error")).to_have_text("กรอกเลขที่บ้าน เช่น 12/3")
    await tab.get_by_label("บ้านเลขที่").fill("4/4")
    await record(tab)

    await expect(tab.get_by_role("heading", name="บันทึกแล้ว เลขที่")).to_be_visible()
    [visit] = await visits(site, "4/4")
    assert '["a.jpg", 640, 480]' in visit
    assert '"kind": "shop"' in visit


@pytest.mark.parametrize("path", ["/rounds", "/rounds/plain"])
async def test_with_a_line_problems_are_told_at_the_fields_and_nothing_typed_is_lost(
    site: Any, device: BrowserContext, path: str
) -> None:
    tab = await opened(device, path)
    await fill(tab, "", note="ประตูปิด")
    await record(tab)

    await expect(tab.locator("#problem")).to_be_focused()
    await expect(tab.locator("#house-error")).to_have_text("กรอกเลขที่บ้าน เช่น 12/3")
    await expect(tab.get_by_label("สิ่งที่พบ")).to_have_value("ประตูปิด")
    await tab.get_by_label("บ้านเลขที่").fill(f"5/{path}")
    await record(tab)
    await expect(tab.get_by_role("heading", name="บันทึกแล้ว เลขที่")).to_be_visible()
    assert len(await visits(site, f"5/{path}")) == 1


async def test_two_tabs_keep_and_send_each_their_own_once(
    site: Any, device: BrowserContext
) -> None:
    tabs = [await opened(device), await opened(device)]
    await device.set_offline(True)
    for number, tab in enumerate(tabs):
        await fill(tab, f"6/{number}", photo("a.jpg", 640, 480))
        await record(tab)
    for tab in tabs:
        await expect(tab.locator(f"{LIST} li")).to_have_count(2)
    await device.set_offline(False)
    for tab in tabs:
        await expect(tab.locator(LIST)).not_to_contain_text("รอสัญญาณ")

    await asyncio.sleep(1)
    assert [len(await visits(site, f"6/{number}")) for number in range(2)] == [1, 1]


async def test_a_line_that_is_cut_while_the_device_believes_in_it_loses_nothing(
    site: Any, device: BrowserContext
) -> None:
    tab = await opened(device)
    site.line.cut()
    await fill(tab, "7/7", photo("a.jpg", 640, 480))
    await record(tab)
    await expect(tab.locator(".line-off")).to_be_visible()
    await tab.reload()
    await expect(tab.locator(LIST)).to_contain_text("รอสัญญาณ")
    site.line.mend()
    # It may go by itself before the button is pressed.
    with contextlib.suppress(Error):
        await tab.get_by_role("button", name="ส่งเดี๋ยวนี้").click(timeout=3000)

    await expect(tab.locator(LIST)).to_contain_text("ส่งแล้ว เลขที่")
    assert len(await visits(site, "7/7")) == 1


async def test_it_is_sent_without_anybody_pressing_anything(
    site: Any, device: BrowserContext
) -> None:
    tab = await opened(device)
    site.line.cut()
    await fill(tab, "8/8")
    await record(tab)
    await expect(tab.locator(LIST)).to_contain_text("รอสัญญาณ")
    site.line.mend()

    await expect(tab.locator(LIST)).to_contain_text("ส่งแล้ว เลขที่", timeout=30_000)
    assert len(await visits(site, "8/8")) == 1


async def test_pages_that_do_not_declare_themselves_are_not_kept(
    site: Any, device: BrowserContext
) -> None:
    tab = await opened(device)
    await tab.goto("/rounds/1")
    await tab.goto("/")
    await device.set_offline(True)
    await tab.goto("/rounds/1")

    await expect(tab.get_by_role("heading", name="รอส่งจากเครื่องนี้")).to_be_visible()
    await expect(tab.locator("[data-pages] a")).to_have_text(["ตรวจบ้าน"])
    await tab.get_by_role("link", name="ตรวจบ้าน").click()
    await expect(tab.get_by_label("บ้านเลขที่")).to_be_visible()


async def test_only_files_of_the_kept_pages_are_kept_each_under_its_version(
    site: Any, device: BrowserContext
) -> None:
    tab = await opened(device)
    names = await tab.evaluate("caches.keys()")
    kept = await tab.evaluate(
        "async () => (await (await caches.open('offline:')).keys()).map(({ url }) => url)"
    )
    paths = sorted(url.partition(f":{site.line.port}")[2] for url in kept)

    assert names == ["offline:"]
    assert {"/offline", "/rounds"} < set(paths)
    others = [path for path in paths if path not in ("/offline", "/rounds")]
    assert all(path.startswith(("/static/", "/assets/", "/theme/")) for path in others)
    assert any("offline.js?v=" in path for path in others)


async def test_what_is_deleted_asks_first_and_is_never_sent(
    site: Any, device: BrowserContext
) -> None:
    tab = await opened(device)
    await device.set_offline(True)
    await fill(tab, "9/9")
    await record(tab)
    await tab.get_by_role("button", name="ลบ").click()
    await tab.get_by_role("button", name="ไม่ลบ").click()
    await expect(tab.locator(LIST)).to_contain_text("รอสัญญาณ")
    await tab.get_by_role("button", name="ลบ").click()
    await tab.get_by_role("button", name="ลบ", exact=True).click()
    await expect(tab.locator(LIST)).to_be_hidden()
    await device.set_offline(False)

    await asyncio.sleep(1)
    assert await visits(site, "9/9") == []


async def test_a_full_device_says_so_and_keeps_what_was_typed(
    site: Any, device: BrowserContext
) -> None:
    tab = await opened(device)
    session = await device.new_cdp_session(tab)
    await session.send(
        "Storage.overrideQuotaForOrigin", {"origin": site.url(""), "quotaSize": 200_000}
    )
    await device.set_offline(True)
    await fill(tab, "10/10", photo("a.jpg", 1600, 1200))
    await record(tab)

    await expect(tab.locator("[data-said]")).to_contain_text("ที่เก็บในเครื่องนี้เต็ม")
    await expect(tab.get_by_label("บ้านเลขที่")).to_have_value("10/10")
    await session.send("Storage.overrideQuotaForOrigin", {"origin": site.url("")})
    await record(tab)
    await expect(tab.locator(LIST)).to_contain_text("รอสัญญาณ")


async def test_without_any_tab_the_browser_sends_it_when_it_sees_a_line(
    site: Any, whole_chromium: Browser
) -> None:
    async with at_browser(whole_chromium, site) as device:
        tab = await opened(device)
        await device.set_offline(True)
        await fill(tab, "11/11")
        await record(tab)
        await expect(tab.locator(LIST)).to_contain_text("รอสัญญาณ")
        await tab.close()
        await device.set_offline(False)

        for _ in range(50):
            if await visits(site, "11/11"):
                break
            await asyncio.sleep(0.2)
        assert len(await visits(site, "11/11")) == 1


async def test_another_municipality_does_not_see_it(site: Any, device: BrowserContext) -> None:
    tab = await opened(device)
    yala = await opened(device, site.url("/rounds", "yala"))
    await device.set_offline(True)
    await fill(tab, "12/12")
    await record(tab)
    await expect(tab.locator(LIST)).to_contain_text("รอสัญญาณ")
    await yala.reload()

    await expect(yala.get_by_label("บ้านเลขที่")).to_be_visible()
    await expect(yala.locator(LIST)).to_be_hidden()


async def test_without_a_script_it_is_an_ordinary_form(site: Any, chromium: Any) -> None:
    context = await chromium.new_context(java_script_enabled=False)
    tab = await context.new_page()
    await tab.goto(site.url("/rounds"))
    await expect(tab.locator("[data-waiting]")).to_be_hidden()
    await fill(tab, "13/13", photo("a.jpg", 2000, 1000))
    await record(tab)

    await expect(tab.get_by_role("heading", name="บันทึกแล้ว เลขที่")).to_be_visible()
    [visit] = await visits(site, "13/13")
    assert '["a.jpg", 2000, 1000]' in visit
    await context.close()


@pytest.mark.parametrize("language", ["th", "en"])
@pytest.mark.parametrize("path", ["/rounds", "/offline"])
async def test_axe_finds_nothing_while_entries_wait(
    site: Any, device: BrowserContext, path: str, language: str
) -> None:
    tab = await opened(device)
    await device.set_offline(True)
    await fill(tab, " ")
    await record(tab)
    await expect(tab.locator(LIST)).to_contain_text("รอสัญญาณ")
    await device.set_offline(False)
    await expect(tab.locator(LIST)).to_contain_text("ต้องแก้")
    await tab.goto(f"/language/{language}?next={path}")
    await expect(tab.locator(f"{LIST} li")).to_have_count(1)
    await tab.locator("[data-drop]").click()

    await tab.evaluate(AXE.read_text())  # noqa: ASYNC240
    found = await tab.evaluate("async () => (await axe.run()).violations.map(({ id }) => id)")
    assert found == []
    wide = await tab.evaluate("document.documentElement.scrollWidth > innerWidth")
    assert not wide
