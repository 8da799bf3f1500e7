"""Call, weigh without a signal, credit, withdraw, sell: with a script at 360 px, and without."""

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any

from playwright.async_api import Browser, BrowserContext, Page, expect

from kit.thai import BANGKOK
from tests.browser.people import CITIZEN, at_browser, press, sign_in
from tests.browser.test_offline import LIST, photo

HOME = "/desk/recycling"
OTHER = "0898765432"  # phone of another citizen


@asynccontextmanager
async def of(
    chromium: Browser, town: Any, who: str, **more: Any
) -> AsyncIterator[tuple[BrowserContext, Page]]:
    """Somebody of Khrueng who has signed in, at a phone."""
    async with at_browser(chromium, town, tenant="khrueng", **more) as phone:
        page = await phone.new_page()
        await sign_in(page, who, "khrueng")
        yield phone, page


async def narrow(page: Page) -> None:
    assert await page.evaluate("document.documentElement.scrollWidth") <= 360, page.url


async def call(page: Page, note: str) -> str:
    """Call for a collector, and return the number of the call."""
    await page.goto("/my/recycling/call")
    await narrow(page)
    await page.get_by_label("กระดาษ").check()
    await page.get_by_label("พลาสติก").check()
    await page.fill("#kilos", "15")
    await page.get_by_label("เช้า 08.30–12.00 น.").check()
    await page.fill("#note", note)
    await press(page, "เรียกรถ")
    await expect(page.get_by_role("heading", level=1)).to_have_text("ธนาคารขยะของฉัน")
    await narrow(page)
    newest = page.locator("article", has_text="รอผู้รับซื้อ").first
    await expect(newest).to_contain_text("ประมาณ 15 กก.")
    words = await newest.locator("p.soft").inner_text()
    return words.split("เลขที่ ")[1].split(" ")[0]


async def accept(page: Page, number: str) -> None:
    await page.goto(f"{HOME}/calls")
    await narrow(page)
    button = page.get_by_role("button", name=f"รับงานนี้ เลขที่ {number}", exact=True)
    async with page.expect_navigation():
        await button.click()
    await page.goto(f"{HOME}/round")
    await narrow(page)


async def tickets(town: Any, number: str) -> list[Any]:
    return list(
        await town.rows(
            """SELECT t.*, t.photos::text AS photo FROM recycling.ticket t
            JOIN recycling.call c ON c.id = t.call_id
            WHERE t.tenant_id = 'khrueng' AND c.number = $1""",
            int(number),
        )
    )


async def balance(page: Page) -> float:
    await page.goto("/my/recycling")
    words = await page.locator(".card.next").first.inner_text()
    found = re.search(r"-?[\d,]+\.\d\d", words)
    assert found
    return float(found[0].replace(",", ""))


async def pay_out(page: Page, name: str, baht: str) -> None:
    """Look at who withdraws, and pay."""
    await page.goto(f"{HOME}/members?q={name}")
    await page.get_by_role("link", name=name).first.click()
    await page.get_by_role("link", name="ถอนเงิน").click()
    await narrow(page)
    await page.fill("#amount", baht)
    await page.get_by_label("เงินสด").check()
    await page.get_by_label("บัตรประจำตัวประชาชน").check()
    await press(page, "จ่ายเงิน")
    await expect(page.locator("#problem")).to_contain_text("1 จุด")
    await page.locator("#checked").check()
    await press(page, "จ่ายเงิน")
    await expect(page.get_by_role("heading", level=1)).to_contain_text(name)
    await narrow(page)


async def bring_and_sell(page: Page) -> None:
    """Weigh again all that is carried, as the tickets say, and sell the cardboard."""
    await page.goto(f"{HOME}/loads")
    await page.locator(f"a[href^='{HOME}/loads/of/']").first.click()
    await narrow(page)
    for box in await page.locator("form .field:has(input[name^='q_'])").all():
        told = (await box.inner_text()).split("ตามบัตรชั่ง ")[1].split(" ")[0]
        await box.locator("input").fill(told)
    await press(page, "รับเข้าคลัง")
    await expect(page.get_by_role("main")).to_contain_text("ลงบัญชีแล้ว")
    await narrow(page)
    await page.goto(f"{HOME}/lots/new")
    await narrow(page)
    today = datetime.now(BANGKOK)
    for part, value in (("day", today.day), ("month", today.month), ("year", today.year + 543)):
        control = page.locator(f"[id='sold_on.{part}']")
        if part == "month":
            await control.select_option(str(value))
        else:
            await control.fill(str(value))
    await page.fill("#factory", "โรงงานกระดาษเชียงราย")
    await page.fill("#note", "WB-200")
    await page.fill("#truck", "80-1234 เชียงราย")
    await page.fill("#q_carton", "1.5")
    await page.fill("#p_carton", "4.20")
    await press(page, "บันทึกการขาย")
    await expect(page.get_by_role("main")).to_contain_text("6.30")
    await narrow(page)


async def test_a_call_is_weighed_without_a_signal_credited_withdrawn_and_sold(
    chromium: Browser, town: Any
) -> None:
    async with of(chromium, town, CITIZEN) as (_, home), of(chromium, town, "officer") as rider:
        phone, page = rider
        before = await balance(home)
        number = await call(home, "หลังตลาด")
        await accept(page, number)
        await expect(page.locator("[data-kept]")).to_be_visible()

        await phone.set_offline(True)
        await page.locator("li", has_text=f"เลขที่ {number}").get_by_role("link").first.click()
        await expect(page.get_by_role("heading", level=1)).to_contain_text("แสงคำ")
        await narrow(page)
        await press_here(page, "ออกบัตรชั่ง")
        await expect(page.locator("#problem")).to_contain_text("กรอกน้ำหนักอย่างน้อยหนึ่งรายการ")
        await page.fill("#q_carton", "2.5")
        await page.fill("#q_petclear", "๑.๒๕")
        await expect(page.locator("[data-total]")).to_contain_text("บาท")
        told = await page.locator("[data-total]").inner_text()
        await page.set_input_files("#photo", photo("ตาชั่ง.jpg", 1600, 1200))
        await press_here(page, "ออกบัตรชั่ง")
        await expect(page.locator(LIST)).to_contain_text("1 ไฟล์")
        await expect(page.locator(LIST)).to_contain_text("รอสัญญาณ")
        assert await tickets(town, number) == []

        # It arrives and its answer does not: it is sent again.
        town.line.lose_answer_to(f"POST {HOME}/round".encode())
        await phone.set_offline(False)
        for _ in range(75):
            if await tickets(town, number):
                break
            await asyncio.sleep(0.2)
        town.line.mend()
        await expect(page.locator(LIST)).to_contain_text("ส่งแล้ว", timeout=60_000)

        [ticket] = await tickets(town, number)
        assert ticket["weighed_at"] < ticket["sent_at"]
        assert ticket["said"] == ticket["total"]
        assert f"{ticket['total'] / 100:,.2f}" in told
        assert "digest" in ticket["photo"]
        await page.goto(f"{HOME}/tickets/{ticket['id']}")
        await expect(page.get_by_role("main")).to_contain_text("2.500")
        await narrow(page)
        assert round(await balance(home) - before, 2) == ticket["total"] / 100

        await bring_and_sell(page)
    async with of(chromium, town, "treasury") as (_, till):
        await pay_out(till, "แสงคำ", "10")


async def press_here(page: Page, name: str) -> None:
    """Press a button that leads nowhere."""
    await page.get_by_role("main").get_by_role("button", name=name, exact=True).click()


async def test_all_of_it_works_without_a_script(chromium: Browser, town: Any) -> None:
    plain = {"java_script_enabled": False}
    async with (
        of_plain(chromium, town, OTHER, **plain) as home,
        of_plain(chromium, town, "officer", **plain) as page,
    ):
        number = await call(home, "ไม่มีสคริปต์")
        await accept(page, number)
        await page.locator("li", has_text=f"เลขที่ {number}").get_by_role("link").first.click()
        await press(page, "ออกบัตรชั่ง")
        await expect(page.locator("#problem")).to_contain_text("กรอกน้ำหนักอย่างน้อยหนึ่งรายการ")
        await page.fill("#q_carton", "3.5")
        await page.get_by_label("เงินสดตอนนี้").check()
        await press(page, "ออกบัตรชั่ง")
        await expect(page.get_by_role("main")).to_contain_text("บัตรชั่ง")

        [ticket] = await tickets(town, number)
        assert (ticket["cash"], ticket["said"]) == (ticket["total"] // 25 * 25, None)
        await bring_and_sell(page)
    async with of_plain(chromium, town, "treasury", **plain) as till:
        await pay_out(till, "ใจยา", "5")


@asynccontextmanager
async def of_plain(chromium: Browser, town: Any, who: str, **more: Any) -> AsyncIterator[Page]:
    async with of(chromium, town, who, **more) as (_, page):
        yield page
