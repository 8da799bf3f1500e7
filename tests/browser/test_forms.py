"""Forms that meet a slow or lost line, in a real browser."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from urllib.parse import urlsplit

import pytest
from playwright.async_api import Browser, Page, expect

PASSWORD = "บันได แมว น้ำปลา"  # noqa: S105
WIPHADA = "1234545678781"


class Slow:
    """A line on which a page stops half way: what follows a mark comes when it is let go."""

    def __init__(self, to: int, mark: bytes) -> None:
        self._to, self._mark = to, mark
        self.let_go = asyncio.Event()
        self.port = 0

    @contextlib.asynccontextmanager
    async def laid(self) -> AsyncIterator["Slow"]:
        served = await asyncio.start_server(self._pass, "127.0.0.1", 0)
        self.port = served.sockets[0].getsockname()[1]
        async with served:
            yield self
            self.let_go.set()

    async def _pass(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        there, back = await asyncio.open_connection("127.0.0.1", self._to)
        await asyncio.gather(self._out(reader, back), self._in(there, writer))

    async def _out(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(ConnectionError):
            while data := await reader.read(65536):
                writer.write(data)
                await writer.drain()
        writer.close()

    async def _in(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(ConnectionError):
            while data := await reader.read(65536):
                before, mark, rest = data.partition(self._mark)
                writer.write(before + mark)
                await writer.drain()
                if rest:
                    await self.let_go.wait()
                    writer.write(rest)
        writer.close()


@pytest.fixture
async def slow(site: object) -> AsyncIterator[Slow]:
    port = urlsplit(site.url("/")).port or 0  # type: ignore[attr-defined]
    # The end of the button of the sign-in form, with what it says.
    async with Slow(port, "<span>เข้าสู่ระบบ</span></button>".encode()).laid() as line:
        yield line


async def _sign_in(tab: Page) -> None:
    await tab.get_by_label("เลขประจำตัวประชาชน เบอร์โทรศัพท์ หรืออีเมล").fill(WIPHADA)
    await tab.get_by_label("รหัสผ่าน").fill(PASSWORD)
    await tab.get_by_role("main").get_by_role("button", name="เข้าสู่ระบบ").click()


async def test_a_form_is_whole_as_soon_as_its_button_can_be_pressed(
    chromium: Browser, slow: Slow
) -> None:
    context = await chromium.new_context(
        locale="th-TH",
        base_url=f"http://maehia.localhost:{slow.port}",
        extra_http_headers={"Accept-Encoding": "identity"},
    )
    context.set_default_timeout(15_000)
    tab = await context.new_page()
    await tab.goto("/sign-in?next=/account", wait_until="commit")
    await _sign_in(tab)

    await expect(tab).to_have_url(f"http://maehia.localhost:{slow.port}/account")
    await context.close()
