"""Take the pictures of the README: ``python -m tools.pictures``.

The demonstration is served from a folder of its own, a citizen files a request there and
officers take it up, all in a real browser; what they see goes into ``docs/pictures``.
"""

import asyncio
import io
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.async_api import Browser, Page, async_playwright

from tests.browser.filing import SUBJECT, filed, fill_in
from tests.browser.people import at_browser, press, sign_in
from tools.chromium import CHROMIUM, FLAGS

ROOT = Path(__file__).resolve().parent.parent
PICTURES = ROOT / "docs" / "pictures"
PATIENCE = 120  # seconds until the demonstration answers
PHONE, DESK = (360, 780), (1280, 860)
COLOURS = 128


class Town:
    """The demonstration as a browser reaches it."""

    def __init__(self, port: int) -> None:
        self._port = port

    def url(self, path: str) -> str:
        """Return the address of a page."""
        return f"http://maehia.localhost:{self._port}{path}"


@contextmanager
def served() -> Iterator[Town]:
    """Serve the demonstration until all pictures are taken."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with tempfile.TemporaryDirectory() as folder:
        environment = os.environ | {"THONGTHIN_DATA": folder, "PORT": str(port)}
        command = [sys.executable, "-m", "core", "serve", "--demo"]
        process = subprocess.Popen(command, cwd=ROOT, env=environment)  # noqa: S603 - our own
        try:
            _await_answer(port)
            yield Town(port)
        finally:
            process.terminate()
            process.wait(60)


def _await_answer(port: int) -> None:
    for _ in range(PATIENCE):
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/health"):
                return
        except OSError:
            time.sleep(1)
    raise TimeoutError("the demonstration does not answer")


async def take(page: Page, name: str, size: tuple[int, int], path: str = "") -> None:
    """Write a picture of the first screen of a page, in few colours."""
    await page.set_viewport_size({"width": size[0], "height": size[1]})
    if path:
        await page.goto(path)
    await page.evaluate("document.activeElement.blur() || document.fonts.ready")
    with Image.open(io.BytesIO(await page.screenshot(animations="disabled"))) as whole:
        few = whole.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    few.save(PICTURES / f"{name}.png", optimize=True)
    sys.stdout.write(f"docs/pictures/{name}.png\n")


async def at_home(page: Page) -> str:
    """Take what a citizen sees until the request is filed; return the address of the case."""
    await take(page, "front-door", PHONE, "/")
    await page.goto("/services/oss.general")
    await press(page, "เริ่มยื่นเรื่อง")
    while not await page.get_by_label("เรื่อง", exact=True).count():
        await fill_in(page)
        await press(page, "บันทึกและไปต่อ")
    await fill_in(page)
    await take(page, "form", PHONE)
    return (await filed(page)).partition("?")[0]


async def in_office(page: Page, who: str) -> Page:
    """Sign an officer in and open the case, as found in the inbox."""
    await page.set_viewport_size({"width": DESK[0], "height": DESK[1]})
    await sign_in(page, who)
    await page.goto(f"/desk/cases?q={SUBJECT}")
    await page.get_by_role("main").get_by_role("link", name=SUBJECT).first.click()
    await page.wait_for_url("**/desk/cases/*-*")
    return page


@asynccontextmanager
async def _tab(browser: Browser, town: Any) -> AsyncIterator[Page]:
    async with at_browser(browser, town, device_scale_factor=1.5) as context:
        yield await context.new_page()


async def take_all(town: Town) -> None:
    """Take every picture."""
    async with (
        async_playwright() as playwright,
        await playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS) as browser,
        _tab(browser, town) as phone,
        _tab(browser, town) as registry,
        _tab(browser, town) as officer,
    ):
        case = await at_home(phone)
        await in_office(registry, "registry")
        await press(registry, "รับเรื่องไปตรวจ")
        await press(registry, "รับคำขอ เอกสารครบ")
        await take(phone, "tracking", PHONE, case)
        await take(registry, "counter", DESK, "/desk/counter?service=01")
        await in_office(officer, "officer")
        await take(officer, "case", DESK)
        await take(officer, "inbox", DESK, "/desk/cases")


def main() -> None:
    """Serve, look, write."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    with served() as town:
        asyncio.run(take_all(town))


if __name__ == "__main__":
    main()
