"""A house of the library, from a phone to a permit: checked, booked, paid by QR, verified."""

import asyncio
import contextlib
import hashlib
import random
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Browser, Page, expect
from pypdf import PdfWriter
from pypdf.generic import StreamObject

from kit.treasury.codes.payments import BillPayment
from kit.treasury.codes.thai_qr import parse
from tests.browser.bank import agrees_with_the_bank, told_by_callback
from tests.browser.filing import photo
from tests.browser.people import at_browser, press, sign_in
from tests.browser.test_journey import read_qr, run
from tests.browser.test_uploads import weaken

PLAN = "dpt-120"
TYPED = {
    "national_id": "1234545678781",
    "name": "นางสาววิภาดา แสงคำ",
    "phone": "0812345678",
    "owner_address.house_no": "88/12",
    "owner_address.moo": "5",
    "site.moo": "5",
    "pin": "18.74120, 98.94980",
    "deed_number": "12345",
    "land_rai": "0",
    "land_ngan": "1",
    "land_wah": "20",
    "others": "0",
    "parking": "1",
    "road_width": "8",
    "road_distance": "3",
    "days": "240",
} | {f"{side}_distance": "3" for side in ("front", "back", "left", "right")}
CHOSEN = {
    "filed_as": "owner",
    "work": "build",
    "use": "house",
    "fence": "none",
    "deed_kind": "deed",
    "land_owner": "own",
    "neighbour": "no",
    "road": "public",
    "water": "no",
    "supervisor": "owner",
} | {f"{side}_wall": "openings" for side in ("front", "back", "left", "right")}
MOMENTS = """SELECT act, at FROM casework.moment m JOIN casework."case" c
    ON c.tenant_id = m.tenant_id AND c.id = m.case_id WHERE c.track = $1 ORDER BY m.id"""


class Office:
    """Officers of all desks, whose every action is counted."""

    def __init__(self, page: Page) -> None:
        self.page, self.actions = page, 0

    async def opens(self, case: str) -> None:
        self.actions += 1
        await self.page.goto(case)

    async def presses(self, name: str) -> None:
        self.actions += 1
        await press(self.page, name)

    async def lets_pass(self) -> None:
        for one in await self.page.locator("input[name^='holds.'][value=yes]").all():
            self.actions += 1
            await one.check()


async def fill_in(page: Page, **other: str) -> None:
    for name, value in (CHOSEN | other).items():
        option = page.locator(f"input[name='{name}'][value='{value}']")
        if await option.count():
            await option.check()
    for name, text in (TYPED | other).items():
        field = page.locator(f"main [name='{name}']")
        typed = await field.count() == 1 and await field.get_attribute("type") != "radio"
        if typed and await field.is_visible():
            await field.fill(text)
    for name in ("owner_address", "site"):
        places = page.locator(f"select[name='{name}.subdistrict']")
        if await places.count():
            await places.select_option(index=1)
    files = page.locator("input[type=file]")
    if await files.count():
        await files.first.set_input_files(photo())


async def filed(page: Page) -> str:
    """File a house of the library; return the tracking code."""
    await page.goto(f"/permits/plans/{PLAN}")
    await page.get_by_role("main").get_by_role("link", name="ใช้แบบนี้ยื่นขออนุญาต").click()
    await press(page, "เริ่มยื่นเรื่อง")
    while not await page.get_by_role("button", name="ยื่นเรื่อง", exact=True).count():
        await fill_in(page)
        await press(page, "บันทึกและไปต่อ")
        assert not await page.locator("#problem.problem").count(), await page.inner_text("#problem")
    await expect(page.locator("#fee")).to_contain_text("80.00 บาท")
    await page.get_by_label("ข้าพเจ้ารับรองว่าข้อมูลที่ให้ไว้เป็นความจริง").check()
    await press(page, "ยื่นเรื่อง")
    return page.url.partition("?")[0].rpartition("/")[2]


async def booked(page: Page, track: str) -> None:
    await page.goto(f"/t/{track}")
    await page.get_by_role("main").get_by_role("link", name="เลือกวันและเวลา").click()
    await page.locator("main a[href*='day=']").first.click()
    await page.locator("main input[type=radio]").first.check()
    async with page.expect_navigation():
        await page.locator("main form button[type=submit]").last.click()
    await expect(page.get_by_role("main")).to_contain_text("รับใบอนุญาตก่อสร้าง")


async def scanned(page: Page, folder: Path) -> BillPayment:
    """Return what a phone reads from the QR on the page of a bill."""
    picture = folder / "bill.png"
    await page.screenshot(path=picture, full_page=True)
    asked = parse(run("zbarimg", "--quiet", "--raw", picture).strip())
    assert isinstance(asked, BillPayment)
    return asked


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
async def test_a_house_of_the_library_gets_its_permit_within_twelve_actions(
    chromium: Browser, town: Any, tmp_path: Path, script: bool
) -> None:
    def browser(**more: Any) -> Any:
        return at_browser(chromium, town, java_script_enabled=script, **more)

    async with browser() as phone, browser(width=1280) as desk, browser(width=1280) as bank:
        citizen, officer, settings = [await one.new_page() for one in (phone, desk, bank)]
        await sign_in(settings, "administrator")
        await agrees_with_the_bank(settings)
        track = await filed(citizen)
        [row] = await town.rows('SELECT id FROM casework."case" WHERE track = $1', track)
        case, office = f"/desk/cases/{row['id']}", Office(officer)

        await sign_in(officer, "registry")
        await office.opens(case)
        await office.presses("รับคำขอ เอกสารครบ")
        await sign_in(officer, "officer")
        await office.opens(case)
        await office.lets_pass()
        await office.presses("บันทึกและส่งต่อ")
        await booked(citizen, track)

        await sign_in(officer, "mayor")
        await office.opens(case)
        await office.presses("อนุมัติและลงนาม")
        await office.presses("อนุมัติและลงนาม")
        await citizen.goto(f"/t/{track}")
        await citizen.get_by_role("link", name="ชำระด้วย QR").click()
        asked = await scanned(citizen, tmp_path)
        assert asked.amount == 8_000
        assert (await told_by_callback(town, asked)).status_code == 200
        await town.work()

        await citizen.goto(f"/t/{track}")
        await expect(citizen.get_by_role("main")).to_contain_text("ผลการพิจารณาออกแล้ว")
        permit = tmp_path / "permit.pdf"
        link = citizen.get_by_role("main").get_by_role("link", name="(PDF)").first
        async with citizen.expect_download() as download:
            # As one saves what a link leads to; a plain click opens it in the viewer.
            await link.click(modifiers=["Alt"])
        await (await download.value).save_as(permit)
        address = read_qr(permit)
        await citizen.goto(address)
        await expect(citizen.get_by_role("heading", level=1)).to_contain_text("เอกสารจริง")
        await expect(citizen.get_by_role("main")).to_contain_text("นางสาววิภาดา แสงคำ")

    assert office.actions <= 12
    at: dict[str, datetime] = {one["act"]: one["at"] for one in await town.rows(MOMENTS, track)}
    assert (at["issue"] - at["approve"]).total_seconds() < 15 * 60


OWN = {"plan": "own", "storeys": "1", "area": "90", "height": "5", "footprint": "90"}
DRAWINGS = """SELECT size, digest FROM casework.attachment
    WHERE draft_id = $1::uuid AND document = 'drawings' AND removed_at IS NULL"""
RATE = 5_000_000  # bytes a second


def sixty_megabytes() -> bytes:
    """Return a set of drawings as a scanner makes it, which no compression makes smaller."""
    writer, scan = PdfWriter(), StreamObject()
    writer.add_blank_page(1190, 842)
    scan.set_data(random.Random(60).randbytes(60_000_000))  # noqa: S311 - no secret
    writer._add_object(scan)
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


async def test_sixty_megabytes_of_drawings_survive_a_line_that_is_cut_every_five_seconds(
    chromium: Browser, town: Any, tmp_path: Path
) -> None:
    file = tmp_path / "แบบแปลน.pdf"
    data = sixty_megabytes()
    file.write_bytes(data)
    async with at_browser(chromium, town) as phone:
        page = await phone.new_page()
        await page.goto("/services/permits.small")
        await press(page, "เริ่มยื่นเรื่อง")
        while not await page.locator("input[name=drawings]").count():
            await fill_in(page, **OWN, designer="unlicensed")
            await press(page, "บันทึกและไปต่อ")
        draft = page.url.split("/")[-2]
        await weaken(page, RATE)
        await page.locator("input[name=drawings]").set_input_files(file)
        sent = page.locator("li", has_text="แบบแปลน.pdf").get_by_text("ส่งแล้ว")
        for _ in range(20):
            with contextlib.suppress(AssertionError):
                await expect(sent).to_be_visible(timeout=5_000)
                break
            town.line.cut()
            await asyncio.sleep(1)
            town.line.mend()
        await expect(sent).to_be_visible(timeout=60_000)
    [kept] = await town.rows(DRAWINGS, draft)
    assert (kept["size"], kept["digest"]) == (len(data), hashlib.sha256(data).hexdigest())
