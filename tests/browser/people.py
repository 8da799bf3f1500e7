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
    chromium: Browser, town: Any, *, width: int = 360, tenant: str = "maehia", **more: Any
) -> AsyncIterator[BrowserContext]:
    """Give a browser with a memory of its own, in Thai.

    That one officer signs in at a new browser in every test is no attack, so it is not counted on.
    """
    await town.rows("DELETE FROM core.sign_in_attempt")
    context = await chromium.new_context(
        viewport={"width": width, "height": 740},
        locale="th-TH",
        base_url=town.url("", tenant),
        **more,
    )
    context.set_default_timeout(15_000)
    try:
        yield context
    finally:
        await context.close()


async def press(page: Page, name: str) -> None:
    """Press the button and wait until the page it leads to is there."""
    async with page.expect_navigation():
        await page.get_by_role("main").get_by_role("button", name=name, exact=True).click()


async def sign_in(page: Page, who: str, tenant: str = "maehia") -> None:
    """Sign in by password, and by the one-time code where the browser is not known yet.

    :param who: the role of an officer, or the phone number of a citizen.
    :param tenant: of the officer.
    """
    await page.goto("/sign-in")
    await give_password(page, who, tenant)
    if await page.locator("#code").count():
        await page.fill("#code", DEMO_CODE)
        await press(page, "ยืนยันรหัส")
    assert "/sign-in" not in page.url, await page.inner_text("main")


async def give_password(page: Page, who: str, tenant: str = "maehia") -> None:
    """Fill in the page for signing in."""
    await page.fill("#who", who if who.isdigit() else f"{who}@{tenant}.example")
    await page.fill("#password", PASSWORD)
    await press(page, "เข้าสู่ระบบ")
