import asyncio
from collections.abc import Sequence
from typing import Any

from playwright.async_api import BrowserContext, Page, expect

LIST = "[data-waiting] .files"
PASSWORD = "บันได แมว น้ำปลา"  # noqa: S105
WIPHADA, MALI = "1234545678781", "1101700230708"
END_SESSIONS = "UPDATE core.session SET revoked_at = now() WHERE revoked_at IS NULL"
VISITS = """
SELECT actor_name FROM core.audit_entry
WHERE action = 'rounds.visit.recorded' AND detail::jsonb->>'house' = $1
"""
LIST_IS_KEPT = "() => caches.match(document.querySelector('[data-src]').dataset.src).then(Boolean)"
CACHED = "async () => (await caches.keys()).filter((name) => name.startsWith('offline:'))"


async def sign_in(tab: Page, who: str) -> None:
    await tab.get_by_label("เลขประจำตัวประชาชน เบอร์โทรศัพท์ หรืออีเมล").fill(who)
    await tab.get_by_label("รหัสผ่าน").fill(PASSWORD)
    await tab.get_by_role("main").get_by_role("button", name="เข้าสู่ระบบ").click()
    await expect(tab.locator("[data-ready]")).to_be_visible()


async def opened(device: BrowserContext, who: str) -> Page:
    """A tab with a form that only who has signed in may send."""
    tab = await device.new_page()
    await tab.goto("/rounds/desk")
    await sign_in(tab, who)
    for _ in range(75):
        if await tab.evaluate(LIST_IS_KEPT):
            return tab
        await asyncio.sleep(0.2)
    raise TimeoutError("the page is not kept")


async def record(tab: Page, house: str) -> None:
    await tab.get_by_label("บ้านเลขที่").fill(house)
    await tab.get_by_role("button", name="บันทึก").click()


async def visits(site: Any, house: str) -> Sequence[str]:
    return [row[0] for row in await site.rows(VISITS, house)]


async def kept_until_the_session_is_over(site: Any, device: BrowserContext, house: str) -> Page:
    tab = await opened(device, WIPHADA)
    await device.set_offline(True)
    await record(tab, house)
    await expect(tab.locator(LIST)).to_contain_text("รอสัญญาณ")
    await site.rows(END_SESSIONS)
    await device.set_offline(False)
    await expect(tab.locator(LIST)).to_contain_text("เข้าสู่ระบบอีกครั้งแล้วจะส่งให้เอง")
    assert await visits(site, house) == []
    return tab


async def test_when_the_session_is_over_it_waits_and_is_sent_after_signing_in(
    site: Any, device: BrowserContext
) -> None:
    tab = await kept_until_the_session_is_over(site, device, "30/1")
    await tab.locator(LIST).get_by_role("link", name="เข้าสู่ระบบ").click()
    await sign_in(tab, WIPHADA)

    await expect(tab).to_have_url(site.url("/rounds/desk"))
    await expect(tab.locator(LIST)).to_contain_text("ส่งแล้ว เลขที่")
    assert await visits(site, "30/1") == ["วิภาดา แสงคำ"]


async def test_another_account_on_the_same_device_neither_sees_nor_sends_it(
    site: Any, device: BrowserContext
) -> None:
    tab = await kept_until_the_session_is_over(site, device, "30/2")
    await tab.goto("/sign-in?next=/rounds/desk")
    await sign_in(tab, MALI)
    await asyncio.sleep(1)
    await expect(tab.locator(LIST)).to_be_hidden()
    assert await visits(site, "30/2") == []

    await tab.goto("/sign-in?next=/rounds/desk")
    await sign_in(tab, WIPHADA)
    await expect(tab.locator(LIST)).to_contain_text("ส่งแล้ว เลขที่")
    assert await visits(site, "30/2") == ["วิภาดา แสงคำ"]


async def test_pages_kept_for_an_account_go_when_it_signs_out(
    site: Any, device: BrowserContext
) -> None:
    tab = await opened(device, WIPHADA)
    [mine] = await tab.evaluate(CACHED)
    await tab.locator("details.me summary").click()
    await tab.get_by_role("button", name="ออกจากระบบ").click()
    await tab.wait_for_url(site.url("/"))

    assert mine != "offline:"
    assert await tab.evaluate(CACHED) == []


async def test_pages_kept_for_one_account_are_not_shown_to_the_next(
    site: Any, device: BrowserContext
) -> None:
    tab = await opened(device, WIPHADA)
    await tab.goto("/sign-in?next=/rounds/desk")
    await sign_in(tab, MALI)
    await expect(tab.locator("details.me")).to_contain_text("มาลี")
    await device.set_offline(True)
    await tab.goto("/rounds/desk")

    await expect(tab.locator("details.me")).to_contain_text("มาลี")
    assert len(await tab.evaluate(CACHED)) == 1
