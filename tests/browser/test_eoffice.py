"""A letter through real browsers: scanned, endorsed through five posts, answered, signed, sent."""

import re
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest
from playwright.async_api import Browser, BrowserContext, Page, expect

from tests.browser.people import at_browser, press, sign_in

INBOX = "/desk/eoffice"
SUBJECT = "ขอรับการสนับสนุนรถบรรทุกน้ำ"
ANSWER = "ตอบรับการสนับสนุนรถบรรทุกน้ำ"
BODY = "เทศบาลเมืองแม่เหียะยินดีสนับสนุนรถบรรทุกน้ำ จำนวน 1 คัน\n\nจึงเรียนมาเพื่อโปรดทราบ"
DAY = ("29", "11", "2569")


async def fill_day(page: Page, name: str, day: tuple[str, str, str] = DAY) -> None:
    await page.fill(f"[id='{name}.day']", day[0])
    await page.select_option(f"[id='{name}.month']", day[1])
    await page.fill(f"[id='{name}.year']", day[2])


async def at_desk(context: BrowserContext, who: str, town: str = "maehia") -> Page:
    page = await context.new_page()
    await sign_in(page, who, town)
    await page.goto(INBOX)
    return page


async def opened(page: Page, subject: str) -> str:
    """Open the letter from the inbox, and return its address."""
    await page.goto(INBOX)
    await page.get_by_role("link", name=subject).first.click()
    await expect(page.get_by_role("heading", level=1)).to_contain_text(subject)
    return page.url


async def acts(page: Page, action: str, text: str, *to: str) -> None:
    """Write on the open letter, and send it on."""
    form = page.locator("form[action*='/tasks/']")
    choice = form.get_by_role("radio", name=action, exact=True)
    if await choice.count():
        await choice.check()
    else:
        await form.locator("select#action").select_option(label=action)
    await form.get_by_label("ข้อความเกษียน").fill(text)
    for post in to:
        await form.get_by_role("checkbox", name=post, exact=True).check()
    await press(page, "ลงนามและส่ง")


async def let_act(page: Page, who: str) -> None:
    """Enter the order by which the head acts as director of the works division."""
    await page.goto("/desk/people")
    await page.get_by_role("link", name=who).first.click()
    await page.goto(f"{page.url}/acting")
    await page.get_by_label("รักษาราชการแทน").check()
    await page.get_by_label("ใช้สิทธิของบทบาท").select_option("director")
    await page.get_by_label("ชื่อตำแหน่งที่แทน").fill("ผู้อำนวยการกองช่าง")
    await page.get_by_label("คำสั่งที่").fill("812/2569")
    await fill_day(page, "order_on", ("1", "11", "2569"))
    await fill_day(page, "from_on", ("1", "11", "2569"))
    await press(page, "บันทึกคำสั่ง")


async def given(context: BrowserContext, town: Any, path: str) -> bytes:
    """Return a file as the browser would take it away."""
    cookies = {one["name"]: one["value"] for one in await context.cookies()}
    host, _, port = urlsplit(town.url("")).netloc.partition(":")
    async with httpx.AsyncClient(cookies=cookies, headers={"Host": host}, timeout=60) as client:
        answer = await client.get(f"http://127.0.0.1:{port}{path}")
    assert answer.status_code == 200
    return answer.content


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
async def test_a_letter_goes_from_the_scanner_through_five_posts_to_another_municipality_and_back(
    chromium: Browser, town: Any, tmp_path: Path, script: bool
) -> None:
    number = f"ยล 52001/{'11' if script else '12'}"
    subject, answer = f"{SUBJECT} {script}", f"{ANSWER} {script}"

    def browser(of: str = "maehia") -> Any:
        return at_browser(chromium, town, java_script_enabled=script, tenant=of)

    async with browser() as one, browser() as two, browser() as three, browser() as four:
        registry = await at_desk(one, "registry")
        if not await town.rows("SELECT FROM core.acting WHERE order_no = '812/2569'"):
            await let_act(await at_desk(two, "administrator"), "ประเสริฐ วงศ์ใหญ่")
        await registry.goto(f"{INBOX}/arrivals")
        scan = tmp_path / "scan.png"
        await registry.screenshot(path=scan)
        await registry.set_input_files("#files", [scan])
        await press(registry, "รับเข้าและลงทะเบียน")
        await registry.fill("#number", number)
        await fill_day(registry, "dated_on")
        await registry.fill("#sender", "เทศบาลนครยะลา")
        await registry.fill("#subject", subject)
        await registry.select_option("#first", "clerk")
        await press(registry, "ลงทะเบียนและเสนอ")
        [receive] = re.findall(r"(\d+)/2569", await registry.inner_text("aside"))

        clerk, mayor = await at_desk(three, "clerk"), await at_desk(four, "mayor")
        await opened(clerk, subject)
        await acts(clerk, "เสนอ", "เพื่อโปรดพิจารณา", "นายกเทศมนตรี")
        await opened(mayor, subject)
        await acts(mayor, "มอบ", "มอบกองช่าง", "ผู้อำนวยการกอง")
        async with browser() as five, browser() as six:
            head = await at_desk(five, "head")
            await expect(head.get_by_text("แทนตามคำสั่งที่ 812/2569")).to_be_visible()
            await opened(head, subject)
            await acts(head, "มอบ", "มอบหัวหน้าฝ่ายดำเนินการ", "หัวหน้าฝ่าย")
            await expect(head.get_by_text("รักษาราชการแทน ผู้อำนวยการกองช่าง")).to_be_visible()
            await opened(head, subject)
            await acts(head, "มอบ", "ร่างหนังสือตอบ", "เจ้าหน้าที่")
            officer = await at_desk(six, "officer")
            await opened(officer, subject)
            await officer.get_by_role("link", name="ร่างหนังสือตอบ").click()
            await officer.fill("#part_subject", answer)
            await officer.fill("#part_body", BODY)
            await officer.select_option("#signer", "mayor")
            await officer.get_by_role("checkbox", name="เทศบาลนครยะลา").check()
            await press(officer, "บันทึกร่าง")
            await press(officer, "เสนอร่าง")
            await opened(officer, subject)
            await acts(officer, "ดำเนินการเสร็จ", "ร่างหนังสือตอบแล้ว")

        sent = await opened(mayor, answer)
        await press(mayor, "ลงนาม ออกเลข และส่ง")
        [ours] = re.findall(r"ชม 52001/\d+", await mayor.inner_text("aside"))
        await expect(mayor.get_by_role("link", name="(PDF)").first).to_be_visible()

        for _ in range(3):
            await town.work()
        async with browser("yala") as seven:
            there = await at_desk(seven, "registry", "yala")
            await there.goto(f"{INBOX}/arrivals")
            await there.get_by_role("link", name=answer).click()
            await expect(there.locator("#number")).to_have_value(ours)
            await there.select_option("#first", "clerk")
            await press(there, "ลงทะเบียนและเสนอ")
            [theirs] = re.findall(r"(\d+)/2569", await there.inner_text("aside"))
        for _ in range(3):
            await town.work()

        await mayor.goto(sent)
        await expect(mayor.get_by_text(f"เลขรับของปลายทาง {theirs}")).to_be_visible()
        for register, last in (("receive", receive), ("send", ours.rpartition("/")[2])):
            path = f"{INBOX}/registers/{register}/2569/register.pdf?first=1&last={last}"
            assert (await given(one, town, path)).startswith(b"%PDF-")
