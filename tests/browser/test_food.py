"""A shop from its three questions to a paid year, and one that grows out of its paper."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Browser, Locator, Page, expect

from kit.thai import BANGKOK, show_phone
from tests.browser.bank import agrees_with_the_bank, told_by_callback
from tests.browser.filing import photo
from tests.browser.people import CITIZEN, at_browser, press, sign_in
from tests.browser.test_journey import read_qr
from tests.browser.test_permits import scanned

TYPED = {
    "national_id": "1234545678781",
    "name": "นางสาววิภาดา แสงคำ",
    "phone": CITIZEN,
    "age": "58",
    "food": "อาหารตามสั่ง ก๋วยเตี๋ยว",
    "workers": "3",
    "pin": "18.74120, 98.94980",
    "holder_address.house_no": "88/12",
    "holder_address.subdistrict": "500109",
    "site.house_no": "88/12",
    "site.subdistrict": "500109",
}
ANSWERED = {"kind": "sell", "area": "60", "market": "no"}
CHOSEN = {"filed_as": "owner", "nationality": "thai"}
DEFECT = "รูปถ่ายบริเวณปรุงอาหาร - ถ่ายให้เห็นที่ล้างจาน"
KEPT = """SELECT p.code, p.state, p.area, y.state AS fee FROM food_cert.place p
    LEFT JOIN food_cert.fee_year y ON (y.tenant_id, y.place_id) = (p.tenant_id, p.id)
    WHERE p.tenant_id = 'maehia' AND p.name = $1"""
STANDS = """all => Object.fromEntries(all.filter((one) => one.type != "radio" || one.checked)
    .map((one) => [one.name, one.value]))"""
CASE = 'SELECT id FROM casework."case" WHERE track = $1'
KNOWN = """SELECT name, paper_number, site->>'house_no' AS house_no FROM food_cert.place
    WHERE tenant_id = 'maehia' AND phone = '+66812345678' AND account IS NOT NULL"""


def control(page: Page, name: str) -> Locator:
    return page.locator(f"main [name='{name}']")


async def fill_in(page: Page, known: dict[str, str]) -> None:
    """Answer what this page asks and does not know yet."""
    for name, value in (CHOSEN | known).items():
        option = page.locator(f"main input[type=radio][name='{name}'][value='{value}']")
        if await option.count():
            await option.check()
    for name, text in (TYPED | known).items():
        field = control(page, name)
        asked = await field.count() == 1 and await field.is_visible()
        if not asked or await field.input_value():
            continue
        if await page.locator(f"select[name='{name}']").count():
            await field.select_option(text)
        else:
            await field.fill(text)
    files = page.locator("input[type=file]")
    if await files.count():
        await files.first.set_input_files(photo())


async def filed(page: Page, known: dict[str, str]) -> tuple[str, dict[str, str]]:
    """Fill in what the pages of a draft leave open, and file it.

    :returns: its tracking code, and what stood in its pages before anything was typed.
    """
    stood: dict[str, str] = {}
    while not await page.get_by_role("button", name="ยื่นเรื่อง", exact=True).count():
        stood |= await page.locator("main form [name]").evaluate_all(STANDS)
        await fill_in(page, known)
        await press(page, "บันทึกและไปต่อ")
        assert not await page.locator("#problem.problem").count(), await page.inner_text("#problem")
    await page.get_by_label("ข้าพเจ้ารับรองว่าข้อมูลที่ให้ไว้เป็นความจริง").check()
    await press(page, "ยื่นเรื่อง")
    await expect(page.get_by_text("ยื่นเรื่องแล้ว เลขรับ")).to_be_visible()
    return page.url.partition("?")[0].rpartition("/")[2], stood


async def led_to_the_notice(page: Page) -> None:
    """Answer the three questions, and begin what they lead to."""
    await page.goto("/food")
    await fill_in(page, ANSWERED)
    await press(page, "ดูว่าต้องทำอะไร")
    await expect(page.get_by_role("main")).to_contain_text("ได้ใบรับแจ้งทันทีและเปิดได้เลย")
    await page.get_by_role("link", name="ดูเอกสารและเริ่มยื่น").click()
    await press(page, "เริ่มยื่นเรื่อง")
    beside = page.get_by_role("complementary", name="ข้อมูลประกอบ")
    await expect(beside).to_contain_text("นับจากวันที่แจ้ง")


async def says(page: Page, link: Locator, file: Path, *sentences: str) -> None:
    """Save the paper that a link leads to, read its QR as a phone does, and open what it says."""
    async with page.expect_download() as download:
        # As one saves what a link leads to; a plain click opens it in the viewer.
        await link.click(modifiers=["Alt"])
    await (await download.value).save_as(file)
    await page.goto(read_qr(file))
    await expect(page.get_by_role("heading", level=1)).to_contain_text("เอกสารจริง และยังใช้ได้")
    for sentence in sentences:
        await expect(page.get_by_role("main")).to_contain_text(sentence)


async def returned(desk: Page, case: str) -> None:
    """Tell the citizen what is to be put right."""
    await sign_in(desk, "officer")
    await desk.goto(case)
    await desk.locator("summary", has_text="ขอเอกสารเพิ่ม").click()
    await desk.get_by_label("สิ่งที่ขาดหรือต้องแก้ บรรทัดละ 1 ข้อ").fill(DEFECT)
    await press(desk, "ขอเอกสารเพิ่ม")


async def mended(page: Page, track: str) -> None:
    await page.goto(f"/t/{track}")
    told = page.locator("section.next", has_text="แก้ไขการแจ้ง")
    await expect(told).to_contain_text(DEFECT.partition(" - ")[0])
    await expect(told).to_contain_text("ใบรับแจ้งยังใช้ได้ระหว่างนี้")
    await page.locator("input[type=file][name=photo]").set_input_files(photo())
    await press(page, "ส่งสิ่งที่แก้ไข")


async def certified(desk: Page, case: str) -> None:
    """Judge what the rules left open, pass the notice on, and let the mayor sign."""
    await desk.goto(case)
    for one in await desk.locator("input[name^='holds.'][value=yes]").all():
        await one.check()
    await press(desk, "บันทึกและส่งต่อ")
    await sign_in(desk, "mayor")
    await desk.goto(case)
    await press(desk, "อนุมัติและลงนาม")
    await press(desk, "อนุมัติและลงนาม")


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
async def test_a_shop_is_notified_mended_certified_and_its_fee_paid_by_qr(
    chromium: Browser, town: Any, tmp_path: Path, script: bool
) -> None:
    def browser(**more: Any) -> Any:
        return at_browser(chromium, town, java_script_enabled=script, **more)

    name = "ครัวริมธาร" if script else "ครัวริมธารน้อย"
    opened = datetime.now(BANGKOK) - timedelta(days=10)
    begin = {"day": opened.day, "month": opened.month, "year": opened.year + 543}
    known = {"business_name": name} | {f"begin_on.{part}": str(one) for part, one in begin.items()}
    async with browser() as phone, browser(width=1280) as desk, browser(width=1280) as bank:
        citizen, officer, settings = [await one.new_page() for one in (phone, desk, bank)]
        await sign_in(settings, "administrator")
        await agrees_with_the_bank(settings)

        await led_to_the_notice(citizen)
        track, stood = await filed(citizen, known)
        assert ANSWERED.items() <= stood.items()
        receipt = citizen.get_by_role("main").get_by_role("link", name="เปิดใบรับแจ้ง (PDF)")
        await says(citizen, receipt, tmp_path / "receipt.pdf", name)

        [row] = await town.rows(CASE, track)
        case = f"/desk/cases/{row['id']}"
        await returned(officer, case)
        await mended(citizen, track)
        await certified(officer, case)
        await town.work()

        await citizen.goto(f"/t/{track}")
        paper = citizen.get_by_role("main").get_by_role("link", name="หนังสือรับรองการแจ้ง (PDF)")
        await says(
            citizen, paper.first, tmp_path / "certificate.pdf", "เปิดได้ตามกฎหมาย", "๖๐ ตารางเมตร"
        )

        await citizen.goto(f"/t/{track}")
        await expect(citizen.get_by_role("main")).to_contain_text("ค่าธรรมเนียมรายปี")
        await citizen.get_by_role("link", name="ชำระด้วย QR").click()
        asked = await scanned(citizen, tmp_path)
        assert (await told_by_callback(town, asked)).status_code == 200
        await town.work()

        [kept] = await town.rows(KEPT, name)
        assert (kept["state"], kept["area"], kept["fee"]) == ("valid", 60, "settled")
        await citizen.goto(f"/t/{track}")
        await expect(citizen.get_by_role("link", name="ชำระด้วย QR")).to_have_count(0)
        await citizen.goto(f"/food/places/{kept['code']}")
        await expect(citizen.get_by_role("heading", level=1)).to_contain_text("เปิดได้ตามกฎหมาย")
        await expect(citizen.get_by_role("heading", level=2).first).to_contain_text(name)


async def test_a_shop_that_grows_is_led_to_the_licence_with_everything_filled_in(
    chromium: Browser, town: Any
) -> None:
    [shop] = await town.rows(KNOWN)
    filled = {
        "business_name": shop["name"],
        "area": "220",
        "before": shop["paper_number"],
        "before_phone": show_phone(f"+66{CITIZEN[1:]}"),
        "site.house_no": shop["house_no"],
        "had": "yes",
    }
    async with at_browser(chromium, town) as phone:
        page = await phone.new_page()
        await page.goto("/food/change")
        grown = {"paper": shop["paper_number"], "paper_phone": CITIZEN, "area": "220"}
        await fill_in(page, grown)
        await press(page, "ไปต่อ")
        track, stood = await filed(page, {})
        assert filled.items() <= stood.items()
        await expect(page.get_by_role("heading", level=1)).to_contain_text("เกิน 200 ตร.ม.")
    [case] = await town.rows('SELECT service, subject FROM casework."case" WHERE track = $1', track)
    assert (case["service"], case["subject"]) == ("food_cert.licence", shop["name"])
