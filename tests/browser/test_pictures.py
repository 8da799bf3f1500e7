"""The gallery looks as in the pictures that are kept here; ``make gallery`` renews them."""

import os
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.async_api import Browser, Page

from tests.browser.likeness import differences, kept, smaller

PICTURES = Path(__file__).parent / "pictures"
RENEW = os.environ.get("RENEW_PICTURES") == "1"
LOOKS = [(width, scheme) for width in (360, 1280) for scheme in ("light", "dark")]


async def taken(chromium: Browser, site: Any, width: int, scheme: Any, css: str = "") -> bytes:
    """Return a picture of the whole gallery, with further rules for the style where given."""
    context = await chromium.new_context(
        viewport={"width": width, "height": 800},
        locale="th-TH",
        base_url=site.url(""),
        color_scheme=scheme,
        reduced_motion="reduce",
        bypass_csp=bool(css),
    )
    page: Page = await context.new_page()
    await page.goto("/gallery", wait_until="networkidle")
    if css:
        await page.add_style_tag(content=css)
    await page.evaluate("document.fonts.ready")
    try:
        return await page.screenshot(full_page=True, animations="disabled", caret="hide")
    finally:
        await context.close()


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
async def test_the_gallery_looks_as_in_its_picture(
    chromium: Browser, site: Any, tmp_path: Path, width: int, scheme: str
) -> None:
    path = PICTURES / f"gallery-{width}-{scheme}.png"
    now = smaller(await taken(chromium, site, width, scheme))
    if RENEW:
        path.write_bytes(kept(now))
    (tmp_path / path.name).write_bytes(kept(now))

    with Image.open(path) as before:
        assert differences(before, now)[:5] == [], f"compare {path} with {tmp_path / path.name}"


CHANGES = {
    "another colour of the accent": ":root{--accent:#2a6f7f}",
    "a little lighter ink": ":root{--ink:#4a5568}",
    "tags without a ground": ".tag{background:none!important}",
    "no marks in the timeline": ".line .dot{visibility:hidden}",
    "cards without a shade of their own": ".card{background:transparent!important}",
    "round buttons": ".btn{border-radius:2rem}",
    "a button that moved": ".btn{position:relative;left:8px}",
    "one icon less": ".err svg{visibility:hidden}",
    "more room between rows": ".stack>*+*{margin-block-start:1.25rem}",
    "smaller letters": ".small{font-size:.75rem!important}",
}


@pytest.fixture(scope="module")
async def unchanged(chromium: Browser, site: Any) -> Image.Image:
    return smaller(await taken(chromium, site, 360, "light"))


@pytest.mark.parametrize("css", CHANGES.values(), ids=CHANGES)
async def test_a_change_of_the_looks_does_not_go_unseen(
    chromium: Browser, site: Any, unchanged: Image.Image, css: str
) -> None:
    assert differences(unchanged, smaller(await taken(chromium, site, 360, "light", css)))
