"""A thousand households are billed for a month, and one of them pays by QR, told three times."""

import asyncio
from datetime import datetime
from pathlib import Path
from typing import Any

from playwright.async_api import Browser, Page, expect

from kit.thai import BANGKOK
from kit.treasury.banking.statement import Header, Kind, Line
from kit.treasury.banking.writing import write
from kit.treasury.codes.payments import BillPayment
from kit.treasury.codes.thai_qr import parse
from tests.browser.bank import ACCOUNT, agrees_with_the_bank, told_by_callback
from tests.browser.people import at_browser, press, sign_in

HOUSEHOLDS, ZONE = 1_000, "หมู่ 99"
PAID_AT = datetime.now(BANGKOK).replace(microsecond=0)
BILLS = """SELECT b.ref1, b.ref2, b.total, b.owed, b.state, b.code FROM treasury.bill b
    JOIN waste_fees.point p ON b.subject = 'point/' || p.id
    WHERE p.tenant_id = 'maehia' AND p.zone = $1 ORDER BY b.number"""
RECEIPTS = """SELECT r.amount, r.cancelled_at, p.standing FROM treasury.receipt r
    JOIN treasury.payment p ON p.id = r.payment_id WHERE p.ref1 = $1"""


async def test_a_bill_of_a_thousand_is_paid_once_however_often_the_bank_tells_of_it(
    chromium: Browser, town: Any, tmp_path: Path
) -> None:
    async with (
        at_browser(chromium, town, width=1280) as desk,
        at_browser(chromium, town, width=1280) as settings,
    ):
        officer, administrator = await desk.new_page(), await settings.new_page()
        await sign_in(officer, "treasury")
        await sign_in(administrator, "administrator")
        await imports_households(officer)
        await sets_the_tariff(officer)
        await bills_a_month(officer, town)
        bills = await town.rows(BILLS, ZONE)
        asked = await scanned_from_paper(officer, tmp_path)
        await agrees_with_the_bank(administrator)

        [bill] = [one for one in bills if one["ref1"] == asked.ref1]
        answers = [await told_by_callback(town, asked, paid_at=PAID_AT) for _ in range(2)]
        await imports_the_day(officer, asked)
        shown = await officer.inner_text("main")
        await officer.goto(f"/b/{bill['code']}")
        page = await officer.inner_text("main")

    assert len(bills) == HOUSEHOLDS
    assert asked.biller == "000000000000100"
    assert (asked.ref2, asked.amount) == (bill["ref2"], bill["total"])
    assert bill["total"] == 6_500
    assert [one.status_code for one in answers] == [200, 200]
    assert answers[0].content == answers[1].content
    assert "ลงบัญชีแล้ว" in shown
    [receipt] = await town.rows(RECEIPTS, asked.ref1)
    assert tuple(receipt) == (6_500, None, "confirmed")
    [left] = [one for one in await town.rows(BILLS, ZONE) if one["ref1"] == asked.ref1]
    assert (left["owed"], left["state"]) == (0, "settled")
    assert "ชำระแล้ว" in page


async def imports_households(page: Page) -> None:
    lines = ["ชื่อผู้ชำระ,ประเภท,ที่ตั้ง,โซน,ลิตรต่อวัน"]
    lines += [f"นายทดสอบ คนที่{n},บ้าน,{n} {ZONE},{ZONE},20" for n in range(HOUSEHOLDS)]
    await page.goto("/desk/waste/import")
    data = "\n".join(lines).encode()
    file: Any = {"name": "households.csv", "mimeType": "text/csv", "buffer": data}
    await page.set_input_files("#file", file)
    await press(page, "ตรวจไฟล์")
    await press(page, f"นำเข้า {HOUSEHOLDS:,} จุด")


async def sets_the_tariff(page: Page) -> None:
    """Set up a fee of its own, of 65 baht a month for everybody."""
    await page.goto("/desk/waste/kinds/new")
    await page.fill("#title_th", "ค่าขยะทดสอบ")
    await page.fill("#title_en", "Waste of the test")
    await page.fill("#code", "trial")
    await choose(page, "measure", "flat")
    await choose(page, "revenue", "collection")
    await press(page, "เพิ่มค่าธรรมเนียม")
    await page.fill("#source", "เทศบัญญัติทดสอบ พ.ศ. 2569")
    await choose(page, "use_1", "all")
    await page.fill("#collect_1", "65")
    await press(page, "บันทึกอัตรา")


async def choose(page: Page, name: str, value: str) -> None:
    """Choose from a list, or from circles, whichever the page shows."""
    listed = page.locator(f"select[name='{name}']")
    if await listed.count():
        await listed.select_option(value)
    else:
        await page.locator(f"input[name='{name}'][value='{value}']").check()


async def bills_a_month(page: Page, town: Any) -> None:
    await page.goto("/desk/waste/runs/new")
    await choose(page, "kind", "trial")
    zones = page.locator("select[name='zone']")
    if await zones.count():
        await zones.select_option(label=ZONE)
    else:
        await page.get_by_label(ZONE, exact=True).check()
    await press(page, "นับและตรวจก่อน")
    await expect(page.locator("main")).to_contain_text("65,000.00 บาท")
    await press(page, f"ออกใบแจ้ง {HOUSEHOLDS:,} ใบ")
    await press(page, "เตรียมไฟล์ใบแจ้ง")
    await expect(page.locator("main")).to_contain_text("ชุดที่ 1 กำลังเตรียม")
    await town.work()
    await page.reload()


async def scanned_from_paper(page: Page, folder: Path) -> BillPayment:
    """Return what a phone reads from the first QR of the bills on paper."""
    link = page.get_by_role("link", name="ชุดที่ 1").first
    pdf = folder / "bills.pdf"
    async with page.expect_download() as download:
        # As one saves what a link leads to; a plain click opens it in the viewer.
        await link.click(modifiers=["Alt"])
    await (await download.value).save_as(pdf)
    sheet = folder / "sheet"
    await run("pdftoppm", "-r", "200", "-f", "1", "-l", "1", "-singlefile", "-png", pdf, sheet)
    said = await run("zbarimg", "-q", "--raw", f"{sheet}.png")
    asked = parse(next(text for text in said.split("\n") if text.startswith("0002")))
    assert isinstance(asked, BillPayment)
    return asked


async def run(*command: str | Path) -> str:
    made = await asyncio.create_subprocess_exec(*command, stdout=asyncio.subprocess.PIPE)
    said, _ = await made.communicate()
    return said.decode()


async def imports_the_day(page: Page, asked: BillPayment) -> None:
    header = Header(
        bank="014",
        account=ACCOUNT,
        name="MAEHIA",
        effective_on=PAID_AT.date(),
        service="",
        width=256,
    )
    line = Line(
        bank="014",
        account=ACCOUNT,
        kind=Kind.PAID,
        amount=asked.amount or 0,
        paid_at=PAID_AT,
        ref1=asked.ref1,
        ref2=asked.ref2,
        payer="นายทดสอบ",
        biller=asked.biller,
        raw="",
    )
    await page.goto("/desk/bank")
    data = b"".join(write(header, [line]))
    file: Any = {"name": "today.txt", "mimeType": "text/plain", "buffer": data}
    await page.set_input_files("#file", file)
    await press(page, "นำเข้าไฟล์")
