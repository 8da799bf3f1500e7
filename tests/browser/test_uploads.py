"""Files that go in pieces, on a line that is weak, cut and mended, in a real browser."""

import asyncio
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from PIL import Image
from playwright.async_api import BrowserContext, Page, Route, expect

FILES = """
SELECT a.name, a.size, a.case_id FROM casework.attachment a
WHERE a.draft_id = $1::uuid AND a.removed_at IS NULL
"""
WEAK = 1_000_000  # bytes a second
AXE = Path("assets/test/axe.min.js").read_text()


@pytest.fixture(scope="session")
def photo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("photos") / "โฉนดที่ดิน.jpg"
    Image.effect_noise((2400, 1800), 90).convert("RGB").save(path, "JPEG", quality=95)
    assert path.stat().st_size > 3_000_000
    return path


async def documents_page(device: BrowserContext) -> tuple[Page, str]:
    """A new draft at its page of documents, on a weak line."""
    tab = await device.new_page()
    await tab.goto("/services/oss.general")
    await (
        tab.get_by_role("main").locator("form[action='/services/oss.general'] button").first.click()
    )
    await tab.get_by_label(re.compile("^ชื่อ")).first.fill(f"นายคำปัน {uuid4().hex[:6]}")
    await tab.get_by_label("เบอร์โทรศัพท์").fill("0812345678")
    await tab.get_by_role("button", name="บันทึกและไปต่อ").click()
    await tab.get_by_label("เรื่อง", exact=True).fill("ต้นไม้พาดสายไฟ")
    await tab.get_by_label("รายละเอียด").fill("กลัวหักช่วงลมแรง")
    await tab.get_by_role("button", name="บันทึกและไปต่อ").click()
    await expect(tab.get_by_role("heading", name="เอกสาร", level=1)).to_be_visible()
    await weaken(tab)
    return tab, tab.url.split("/")[-2]


async def weaken(tab: Page, rate: int = WEAK) -> None:
    network = await tab.context.new_cdp_session(tab)
    await network.send("Network.enable")
    conditions = {"offline": False, "latency": 20, "downloadThroughput": -1}
    await network.send("Network.emulateNetworkConditions", {**conditions, "uploadThroughput": rate})


def rows(tab: Page) -> Any:
    return tab.locator("ul.files li")


async def choose(tab: Page, *files: Any) -> None:
    await tab.locator("input[type=file]").set_input_files(list(files))


async def until_sending(tab: Page, percent: int) -> None:
    words = tab.locator("ul.files .words").first
    for _ in range(150):
        found = re.search(r"กำลังส่ง (\d+)%", await words.inner_text())
        if found and int(found[1]) >= percent:
            return
        await asyncio.sleep(0.05)
    raise TimeoutError(await words.inner_text())


async def attached(site: Any, draft: str) -> Sequence[Any]:
    found: Sequence[Any] = await site.rows(FILES, draft)
    return found


async def test_a_file_goes_on_by_itself_when_the_line_is_back_and_is_there_once(
    site: Any, device: BrowserContext, photo: Path
) -> None:
    tab, draft = await documents_page(device)
    await choose(tab, photo)
    await until_sending(tab, 20)
    site.line.cut()

    await expect(rows(tab)).to_contain_text("รอสัญญาณ")
    assert await attached(site, draft) == []
    site.line.mend()
    await expect(rows(tab)).to_contain_text("ส่งแล้ว", timeout=40_000)
    assert [row["name"] for row in await attached(site, draft)] == ["โฉนดที่ดิน.jpg"]


async def test_a_file_that_is_chosen_before_the_script_came_is_sent_too(
    site: Any, device: BrowserContext, photo: Path
) -> None:
    chosen = asyncio.Event()

    async def hold(route: Route) -> None:
        await chosen.wait()
        await route.continue_()

    await device.route(re.compile(r"upload\b.*\.js"), hold)
    tab, draft = await documents_page(device)
    await choose(tab, photo)
    assert await tab.locator("input[type=file]").evaluate("input => input.files.length") == 1
    chosen.set()
    await expect(rows(tab)).to_contain_text("ส่งแล้ว", timeout=40_000)
    assert len(await attached(site, draft)) == 1


async def test_after_a_reload_the_page_says_what_is_missing_and_the_same_file_goes_on(
    site: Any, device: BrowserContext, photo: Path
) -> None:
    tab, draft = await documents_page(device)
    await choose(tab, photo)
    await until_sending(tab, 20)
    await tab.reload()

    await expect(rows(tab)).to_contain_text("เลือกไฟล์เดิมอีกครั้ง")
    begun = []
    tab.on("request", lambda one: begun.append(one.headers.get("upload-offset")))
    await choose(tab, photo)
    await expect(rows(tab)).to_have_count(1)
    await expect(rows(tab)).to_contain_text("ส่งแล้ว", timeout=40_000)
    offsets = [int(one) for one in begun if one]
    assert min(offsets) > 500_000
    assert len(await attached(site, draft)) == 1


async def test_who_goes_on_while_a_file_is_sent_is_led_on_when_it_is_there(
    site: Any, device: BrowserContext, photo: Path
) -> None:
    tab, draft = await documents_page(device)
    await choose(tab, photo)
    await until_sending(tab, 10)
    await tab.get_by_role("button", name="บันทึกและไปต่อ").click()

    await expect(tab.get_by_role("status").filter(has_text="ส่งไฟล์ให้ครบก่อน")).to_be_visible()
    await expect(tab.get_by_role("heading", name="ตรวจและยื่น", level=1)).to_be_visible(
        timeout=40_000
    )
    await tab.locator("[name=declared]").check()
    await tab.get_by_role("main").locator("form[action$='/file'] button").first.click()
    await expect(tab.get_by_text("ยื่นเรื่องแล้ว")).to_be_visible()
    [row] = await attached(site, draft)
    assert row["case_id"] is not None


async def test_a_file_that_is_no_picture_says_so_and_the_others_are_sent(
    site: Any, device: BrowserContext, photo: Path, tmp_path: Path
) -> None:
    lying = tmp_path / "รูปบ้าน.jpg"
    lying.write_bytes(b"MZ" + b"\0" * 3000)
    tab, draft = await documents_page(device)
    await choose(tab, lying, photo)

    await expect(rows(tab).nth(0)).to_contain_text("ไม่รับไฟล์นี้ ไฟล์นี้ไม่ใช่รูปหรือ PDF")
    await expect(rows(tab).nth(1)).to_contain_text("ส่งแล้ว", timeout=40_000)
    await rows(tab).nth(1).get_by_role("button", name="ลบ").click()
    await expect(rows(tab)).to_have_count(0)
    assert await attached(site, draft) == []


async def test_a_file_on_its_way_can_be_taken_back_and_the_states_can_be_read_by_all(
    site: Any, device: BrowserContext, photo: Path
) -> None:
    tab, draft = await documents_page(device)
    await weaken(tab, WEAK // 8)  # it is still on its way when axe has looked
    await choose(tab, photo)
    await until_sending(tab, 5)
    await tab.evaluate(AXE)
    found = await tab.evaluate("axe.run().then(({violations}) => violations.map(({id}) => id))")
    assert found == []
    async with tab.expect_response(lambda answer: answer.request.method == "DELETE"):
        await rows(tab).get_by_role("button", name="ลบ").click()

    await expect(rows(tab)).to_have_count(0)
    await tab.reload()
    await expect(rows(tab)).to_have_count(0)
    assert await attached(site, draft) == []
