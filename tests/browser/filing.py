"""A general request with a photo, filed by a citizen page by page."""

import io
from typing import Any

from PIL import Image, ImageDraw
from playwright.async_api import Page, expect

from tests.browser.people import CITIZEN, press

SUBJECT = "ขอให้ติดกระจกโค้งที่ทางแยกหน้าวัด"


def photo() -> Any:
    """Return a photograph of a junction as a phone makes it: a JPEG with a place in its EXIF."""
    picture = Image.new("RGB", (1600, 1200), "#9cc4e4")
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, 520, 1600, 1200), fill="#6f8f4e")
    draw.polygon([(700, 520), (900, 520), (1500, 1200), (100, 1200)], fill="#77777a")
    draw.rectangle((0, 700, 1600, 860), fill="#77777a")
    draw.rectangle((1080, 240, 1440, 700), fill="#8a5a3c")
    # The grain of a small sensor; without it the file would be unlike a photograph.
    picture = Image.blend(picture, Image.effect_noise(picture.size, 90).convert("RGB"), 0.15)
    exif = Image.Exif()
    exif[0x010F] = "Phone"
    written = io.BytesIO()
    picture.save(written, "JPEG", quality=70, exif=exif)
    return {"name": "ทางแยก.jpg", "mimeType": "image/jpeg", "buffer": written.getvalue()}


async def filed(page: Page) -> str:
    """File a general request with a photo; return the address of the case."""
    await page.goto("/")
    await page.get_by_role("searchbox").fill("คำร้องทั่วไป")
    await page.get_by_role("button", name="ค้นหา").click()
    await page.get_by_role("main").get_by_role("link", name="คำร้องทั่วไป").first.click()
    await press(page, "เริ่มยื่นเรื่อง")
    while not await page.get_by_role("button", name="ยื่นเรื่อง", exact=True).count():
        await fill_in(page)
        await press(page, "บันทึกและไปต่อ")
        assert not await page.locator("#problem.problem").count(), await page.inner_text("#problem")
    await expect(page.get_by_text("ทางแยก.jpg")).to_be_visible()
    await page.get_by_label("ข้าพเจ้ารับรองว่าข้อมูลที่ให้ไว้เป็นความจริง").check()
    await press(page, "ยื่นเรื่อง")
    await expect(page.get_by_text("ยื่นเรื่องแล้ว เลขรับ")).to_be_visible()
    return page.url


async def fill_in(page: Page) -> None:
    """Fill in what of the form is asked on this page."""
    known = {
        "เรื่อง": SUBJECT,
        "รายละเอียด": "รถเลี้ยวออกจากซอยมองไม่เห็นกัน",
        "ชื่อ–นามสกุล": "นางสาววิภาดา แสงคำ",
        "เบอร์โทรศัพท์": CITIZEN,
    }
    for label, text in known.items():
        field = page.get_by_role("main").get_by_label(label, exact=True)
        if await field.count():
            await field.fill(text)
    chosen = page.locator("input[type=file]")
    if await chosen.count():
        await chosen.first.set_input_files(photo())
