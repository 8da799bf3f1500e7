"""The whole way of one request through real browsers: filed, handled, signed, checked by its QR."""

import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Browser, BrowserContext, Page, expect

from kit.thai import thai_digits
from tests.browser.filing import SUBJECT, filed
from tests.browser.people import at_browser, press, sign_in

QUESTION = "ทางแยกใด มีสองแห่งหน้าวัด"
ANSWER = "ทางแยกฝั่งโรงเรียน"


async def opened(context: BrowserContext, who: str, number: str) -> Page:
    """Sign an officer in and open the case from the inbox, found by its number."""
    page = await context.new_page()
    await sign_in(page, who)
    await page.goto("/desk/cases")
    await page.get_by_role("searchbox").fill(number)
    await press(page, "กรอง")
    await page.get_by_role("link", name=SUBJECT).first.click()
    await expect(page.get_by_role("heading", level=1)).to_contain_text(SUBJECT)
    return page


def read_qr(pdf: Path) -> str:
    """Return what the code on the first page says, as a phone would read it from paper."""
    page = pdf.with_suffix("")
    run("pdftoppm", "-r", "150", "-f", "1", "-l", "1", "-singlefile", "-png", pdf, page)
    return run("zbarimg", "--quiet", "--raw", f"{page}.png").strip()


def run(*command: str | Path) -> str:
    return subprocess.run(  # noqa: S603 - commands of this module only
        ["/usr/bin/env", *command], check=True, capture_output=True, text=True
    ).stdout


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
async def test_a_request_goes_from_a_phone_to_a_paper_whose_code_says_that_it_is_genuine(
    chromium: Browser, town: Any, tmp_path: Path, script: bool
) -> None:
    def browser() -> Any:
        return at_browser(chromium, town, java_script_enabled=script)

    async with browser() as phone, browser() as registry, browser() as officer, browser() as clerk:
        citizen = await phone.new_page()
        case = await filed(citizen)
        [number] = re.findall(r"เลขรับ (\d+/\d+) จด", await citizen.inner_text("main"))

        desk = await opened(registry, "registry", number)
        await expect(desk.get_by_role("link", name="ทางแยก.jpg")).to_be_visible()
        await press(desk, "รับเรื่องไปตรวจ")
        await press(desk, "รับคำขอ เอกสารครบ")
        await desk.get_by_label("เขียนถึงผู้ยื่น").fill(QUESTION)
        await press(desk, "ส่งถึงผู้ยื่น")

        await citizen.goto(case)
        await expect(citizen.get_by_text(QUESTION).first).to_be_visible()
        await citizen.get_by_label("ข้อความ").fill(ANSWER)
        await press(citizen, "ส่งข้อความ")

        desk = await opened(officer, "officer", number)
        await expect(desk.get_by_text(ANSWER)).to_be_visible()
        await desk.get_by_label("ความเห็น").first.fill("ตรวจแล้ว เห็นควรติดตั้ง")
        await press(desk, "เสนอความเห็นและส่งต่อ")
        desk = await opened(clerk, "clerk", number)
        await press(desk, "อนุมัติและลงนาม")
        await expect(desk.get_by_role("heading", name="อนุมัติและลงนามเรื่องนี้หรือไม่")).to_be_visible()
        await press(desk, "อนุมัติและลงนาม")

        await citizen.goto(case)
        await expect(citizen.get_by_text("เสร็จแล้ว").first).to_be_visible()
        link = citizen.get_by_role("complementary").get_by_role("link", name="(PDF)").last
        row = await link.locator("xpath=ancestor::li").inner_text()
        pdf = tmp_path / "paper.pdf"
        async with citizen.expect_download() as download:
            # As one saves what a link leads to; a plain click opens it in the viewer.
            await link.click(modifiers=["Alt"])
        await (await download.value).save_as(pdf)

        address = read_qr(pdf)
        assert address.startswith(town.url("/v/"))
        async with browser() as stranger:
            verdict = await stranger.new_page()
            await verdict.goto(address)
            await expect(verdict.get_by_role("heading", level=1)).to_contain_text("เอกสารจริง")
            [printed] = re.findall(r"เลขที่ (\S+)", row)
            await expect(verdict.get_by_role("main")).to_contain_text(thai_digits(printed))
