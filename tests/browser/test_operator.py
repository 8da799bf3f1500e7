"""The operator founds an office, tells it something, helps it by its consent, and is out again."""

import re
from collections.abc import AsyncIterator
from typing import Any

import pytest
from playwright.async_api import Browser, Page, expect

from tests.browser.people import at_browser, press, sign_in

PASSWORD = "บันได แมว น้ำปลา"  # noqa: S105
OFFICE, LISTED = "lamthap", "ลำทับ"
TITLE = "ขอให้ตรวจรายชื่อเจ้าหน้าที่"


@pytest.fixture
async def desks(chromium: Browser, town: Any) -> AsyncIterator[tuple[Page, Page]]:
    """The operator's browser, without scripts, and that of a new office."""
    async with (
        at_browser(chromium, town, tenant="dga", java_script_enabled=False) as one,
        at_browser(chromium, town, tenant=OFFICE) as other,
    ):
        operator, there = await one.new_page(), await other.new_page()
        await sign_in(operator, "administrator", "dga")
        yield operator, there


async def founded(operator: Page) -> str:
    """Found an office from the list; return the path of its administrator's link."""
    await operator.goto(f"/desk/operator/offices?q={LISTED}")
    await operator.get_by_role("link", name=re.compile("ตั้งหน่วยงาน องค์การ")).click()
    for field, text in {
        "id": OFFICE,
        "name_en": "Subdistrict Administrative Organisation",
        "address_th": "ที่ทำการองค์การบริหารส่วนตำบล",
        "address_en": "Office",
        "first_name": "มานี",
        "last_name": "รักเรียน",
        "post": "ผู้ดูแลระบบ",
        "email": f"manee@{OFFICE}.example",
    }.items():
        await operator.fill(f"#{field}", text)
    await operator.get_by_label("บริการจุดเดียวเบ็ดเสร็จ").check()
    await press(operator, "ตั้งหน่วยงาน")
    link = await operator.get_by_label("ลิงก์ตั้งรหัสผ่าน").input_value()
    return re.sub(r"^https?://[^/]+", "", link)


async def test_an_office_is_founded_told_and_helped_by_its_consent(
    desks: tuple[Page, Page], town: Any
) -> None:
    operator, there = desks
    await there.goto(await founded(operator))
    await there.get_by_label("รหัสผ่าน").fill(PASSWORD)
    await press(there, "ตั้งรหัสผ่านและเข้าสู่ระบบ")
    assert "/desk" in there.url

    await operator.goto("/desk/operator/announcements/new")
    for name in ("title", "body"):
        await operator.fill(f"#{name}_th", TITLE)
        await operator.fill(f"#{name}_en", "Please look over your officers")
    await press(operator, "ส่งประกาศ")
    await town.work()
    await there.goto("/desk/modules")
    await there.get_by_role("link", name=TITLE).click()
    await press(there, "รับทราบแล้ว")
    await there.goto("/desk/modules")
    await expect(there.get_by_text(TITLE)).to_have_count(0)

    await operator.goto(f"/desk/operator/tenants/{OFFICE}/support")
    await operator.fill("#why", "คุณมานีขอให้ช่วยตั้งวันทำการ")
    await operator.select_option("#role", "administrator")
    await operator.select_option("#minutes", "60")
    await press(operator, "ส่งคำขอ")
    access = operator.url.partition("?")[0]
    await expect(operator.get_by_text("รอหน่วยงานตอบ")).to_be_visible()
    await town.work()
    await there.goto("/desk/support")
    await there.get_by_role("link", name="นางสาวปวีณา สายชล").click()
    await there.select_option("#minutes", "30")
    await press(there, "ยินยอม")
    await town.work()

    await operator.goto(access)
    await press(operator, "เข้าใช้")
    link = await operator.get_by_role("link", name=re.compile("^ไปที่")).get_attribute("href")
    assert link
    helper = await operator.context.new_page()
    await helper.goto(town.url(re.sub(r"^https?://[^/]+", "", link), OFFICE))
    await press(helper, "เข้าใช้ระบบของหน่วยงานนี้")
    await helper.goto(town.url("/desk/calendar", OFFICE))
    await expect(helper.get_by_text("ท่านกำลังเข้าใช้ในฐานะฝ่ายสนับสนุน")).to_be_visible()

    await there.reload()
    await expect(there.get_by_text("/desk/calendar")).to_be_visible()
    await press(there, "ยุติเดี๋ยวนี้")
    await helper.goto(town.url("/desk/calendar", OFFICE))
    assert "/sign-in" in helper.url
    await town.work()
    await operator.goto(access)
    await expect(operator.get_by_text("จบแล้ว")).to_be_visible()
    await expect(operator.get_by_text("/desk/calendar").first).to_be_visible()
    await operator.goto("/desk/operator/announcements")
    await operator.get_by_role("link", name=TITLE).first.click()
    await expect(operator.get_by_text("มานี รักเรียน")).to_be_visible()
