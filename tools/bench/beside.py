"""Pages of the core and of other plugins, with a plugin beside them that fails and without it.

The plugin is resumed before every turn, so that each begins with its failures: three pages that
wait for a hook that hangs, until it rests, in about a minute of an office's work.
"""

import asyncio
import statistics
import time
from collections.abc import Awaitable, Callable, Sequence
from types import ModuleType
from typing import Any

import httpx

from core.api import Context, Manifest, NavItem, Text, hookimpl
from core.discovery import Found, find
from core.host import Host
from core.http.app import create_app, make_pages
from core.runtime import Runtime, make_runtime
from core.tenants.service import switch_plugin

PAGES = ("/", "/sign-in", "/track", "/services", "/services/oss.general", "/queue", "/v")
TURNS, EACH = 5, 60
NAME = "failing"

Fault = Callable[[], Awaitable[Any]]


async def _raise() -> Any:
    raise RuntimeError("on purpose")


async def _hang() -> Any:
    await asyncio.sleep(600)


async def _give_too_much() -> Any:
    return [NavItem(Text("ลิงก์", "Link"), "/")] * 100_000


FAULTS: dict[str, Fault] = {"raises": _raise, "hangs": _hang, "returns too much": _give_too_much}


def _plugin(fail: Fault) -> Found:
    module: Any = ModuleType(NAME)
    module.MANIFEST = Manifest(name=NAME, title=Text("โมดูลที่ล้มเหลว", "Failing"))

    @hookimpl
    async def links_for_navigation(ctx: Context, area: str) -> Sequence[NavItem]:
        given: Sequence[NavItem] = await fail()
        return given

    module.links_for_navigation = links_for_navigation
    return Found(NAME, module)


class _Served:
    """An application, and how long its pages took.

    :param plugin: that fails in it; None for one without.
    """

    def __init__(self, runtime: Runtime, pages: Any, plugin: str | None) -> None:
        self._runtime = runtime
        self._plugin = plugin
        self._app: Any = create_app(runtime, pages)
        self.took: list[float] = []

    async def turn(self) -> None:
        """Open every page some times, one after another."""
        await self._resume()
        transport = httpx.ASGITransport(self._app)
        async with httpx.AsyncClient(
            transport=transport, base_url="http://bench.localhost"
        ) as browser:
            for path in PAGES * EACH:
                began = time.perf_counter()
                answer = await browser.get(path)
                self.took.append(time.perf_counter() - began)
                answer.raise_for_status()
        await self._runtime.host.quarantine.settle()

    async def _resume(self) -> None:
        self._runtime.host.quarantine.resting.clear()
        self._runtime.directory.forget()
        tenant = await self._runtime.directory.get("bench")
        if tenant is None:
            raise RuntimeError("the municipality is gone")
        if self._plugin:
            await switch_plugin(self._runtime.context(tenant), plugin=self._plugin, on=True)
        self._runtime.directory.forget()

    def late(self) -> float:
        """Return the time within which 95 of 100 pages came."""
        return statistics.quantiles(self.took, n=20)[-1]


async def measure(runtime: Runtime) -> list[str]:
    """Return a line for each way of failing."""
    pages = make_pages(Host(find()), runtime.settings)
    return [await _compare(runtime, pages, what) for what in FAULTS]


async def _compare(runtime: Runtime, pages: Any, what: str) -> str:
    settings, url = runtime.settings, runtime.database_url
    failing = make_runtime(settings, url, [*find(), _plugin(FAULTS[what])])
    sides = (_Served(failing, pages, NAME), _Served(make_runtime(settings, url), pages, None))
    await failing.directory.listen()
    for side in sides:
        await side.turn()
        side.took.clear()
    for _ in range(TURNS):
        for side in sides:
            await side.turn()
    await failing.directory.stop()
    beside, alone = (side.late() for side in sides)
    return (
        f"pages beside a plugin that {what}: p95 {beside * 1000:.0f} ms against "
        f"{alone * 1000:.0f} ms without it = {beside / alone:.2f} times (asked: at most 1.2)"
    )
