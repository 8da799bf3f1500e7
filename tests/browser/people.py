"""The people of the demonstration at their browsers, as both journeys and walks need them."""

import contextlib
from collections.abc import AsyncIterator
from typing import Any

from playwright.async_api import Browser, BrowserContext, Page

from core.commands.demo_people import PASSWORD
from core.identity.codes import DEMO_CODE

CITIZEN = "0812345678"


@contextlib.asynccontextmanager
async def at_browser(
    chromium: Browser, town: Any, *, width: int = 360, **more: Any
) -> AsyncIterator[BrowserContext]:
    """Give a browser with a memory of its own, in Thai."""
    context = await chromium.new_context(
        viewport={"width": width, "height": 740}, locale="th-TH", base_url=town.url(""), **more
    )
    context.set_default_timeout(15_000)
    try:
        yield context
    finally:
        await context.close()


async def sign_in(page: Page, who: str) -> None:
    """Sign in by password, and an officer by the one-time code too.

    :param who: the role of an officer, or the phone number of a citizen.
    """
    await page.goto("/sign-in")
    officer = not who.isdigit()
    await page.fill("#who", f"{who}@maehia.example" if officer else who)
    await page.fill("#password", PASSWORD)
    await page.get_by_role("main").get_by_role("button", name="เข้าสู่ระบบ").click()
    if officer:
        await page.fill("#code", DEMO_CODE)
        await page.get_by_role("button", name="ยืนยันรหัส").click()
    await page.wait_for_url(lambda url: "/sign-in" not in url)
