"""A bill is paid at its page by a phone and at the counter by keyboard."""

import asyncio
from pathlib import Path
from typing import Any

from playwright.async_api import Browser, expect

from kit.treasury.codes.payments import BillPayment
from kit.treasury.codes.thai_qr import parse
from tests.browser.people import at_browser, press, sign_in

_OWED = """SELECT id, code, ref1, ref2, owed FROM treasury.bill
    WHERE tenant_id = 'maehia' AND state = 'open' ORDER BY id DESC LIMIT 1"""


async def scanned(picture: Path) -> str:
    """Return what a reader sees on a picture of the screen."""
    reader = await asyncio.create_subprocess_exec(
        "zbarimg", "-q", "--raw", picture, stdout=asyncio.subprocess.PIPE
    )
    said, _ = await reader.communicate()
    return said.decode().removesuffix("\n")


async def test_the_qr_on_the_screen_asks_for_the_bill_by_day_and_by_night(
    chromium: Browser, town: Any, tmp_path: Path
) -> None:
    [bill] = await town.rows(_OWED)
    async with at_browser(chromium, town) as phone:
        page = await phone.new_page()
        for scheme in ("light", "dark"):
            await page.emulate_media(color_scheme=scheme)
            await page.goto(f"/b/{bill['code']}")
            picture = tmp_path / f"{scheme}.png"
            await page.locator(".qr").screenshot(path=picture)

            asked = parse(await scanned(picture))
            assert isinstance(asked, BillPayment)
            assert asked.biller == "000000000000100"
            assert (asked.ref1, asked.ref2) == (bill["ref1"], bill["ref2"])
            assert asked.amount == bill["owed"]


async def test_cash_is_taken_by_keyboard_alone(chromium: Browser, town: Any) -> None:
    [bill] = await town.rows(_OWED)
    async with at_browser(chromium, town, width=1280) as desk:
        page = await desk.new_page()
        await sign_in(page, "treasury")
        await page.goto("/desk/till")
        if not await page.locator("#count").count():
            await press(page, "เปิดช่องรับเงิน")
        await page.goto("/desk/bills")
        await expect(page.locator("#q")).to_be_focused()
        await page.keyboard.type(f"{bill['ref1']}\n")
        await page.wait_for_url(f"**/desk/bills/{bill['id']}")
        await expect(page.get_by_role("link", name="รับเงินสด")).to_be_focused()
        await page.keyboard.press("Enter")
        await page.wait_for_url("**/take")
        await expect(page.locator("#tendered")).to_be_focused()
        await page.keyboard.type("1000")
        await page.keyboard.press("Enter")
        await page.wait_for_url("**/desk/receipts/*")

        back = f"{(100_000 - bill['owed']) / 100:,.2f}"
        await expect(page.locator(".card.next .money")).to_contain_text(back)
        await expect(page.get_by_role("button", name="พิมพ์ใบเสร็จต้นฉบับ")).to_be_focused()
        [left] = await town.rows("SELECT owed FROM treasury.bill WHERE id = $1", bill["id"])
        assert left["owed"] == 0
