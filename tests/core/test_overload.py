import asyncio
import contextlib
import time
from collections.abc import Callable
from dataclasses import replace

import pytest

from core import db
from core.context import Context
from core.discovery import Found
from core.host import Host
from core.lateness import Lateness
from core.ui import NavItem

MakePlugin = Callable[..., Found]
HOOK = "links_for_navigation"  # its budget is 0.2 s


class Rested:
    def __init__(self) -> None:
        self.plugins: list[str] = []

    async def __call__(self, _ctx: Context, plugin: str, _cause: str) -> None:
        self.plugins.append(plugin)


@pytest.fixture
def rested() -> Rested:
    return Rested()


def give(ctx: Context, found: Found, rested: Rested) -> Context:
    host = Host([found])
    host.quarantine.rest = rested
    tenant = replace(ctx.tenant, plugins=frozenset({found.name}))
    return replace(ctx, host=host, tenant=tenant)


async def ask(ctx: Context, times: int) -> int:
    """Return how many answers failed; a plugin that rests is not asked any more."""
    failed = 0
    for _ in range(times):
        answers = await ctx.host.ask(ctx, HOOK, area="public")
        failed += sum(answer.problem is not None for answer in answers)
    await ctx.host.quarantine.settle()
    return failed


async def test_a_plugin_that_waits_too_long_is_put_to_rest(
    ctx: Context, a_plugin: MakePlugin, rested: Rested
) -> None:
    async def wait(ctx: Context) -> list[NavItem]:
        await asyncio.sleep(60)
        return []

    here = give(ctx, a_plugin("parks", **{HOOK: wait}), rested)
    here.host.watchdog.start()
    try:
        assert await ask(here, 4) == 3
    finally:
        here.host.watchdog.stop()
    assert rested.plugins == ["parks"]


async def test_a_plugin_that_holds_the_loop_longer_than_its_budget_is_put_to_rest(
    ctx: Context, a_plugin: MakePlugin, rested: Rested
) -> None:
    async def hold(ctx: Context) -> list[NavItem]:
        time.sleep(0.3)  # noqa: ASYNC251
        return []

    here = give(ctx, a_plugin("parks", **{HOOK: hold}), rested)
    here.host.watchdog.start()
    try:
        assert await ask(here, 4) == 3
    finally:
        here.host.watchdog.stop()
    assert rested.plugins == ["parks"]


async def test_a_plugin_that_got_no_time_from_a_busy_process_is_not_blamed(
    ctx: Context, a_plugin: MakePlugin, rested: Rested
) -> None:
    async def be_quick(ctx: Context) -> list[NavItem]:
        for _ in range(8):
            await asyncio.sleep(0)
        return []

    async def be_busy() -> None:
        while True:
            time.sleep(0.15)  # noqa: ASYNC251
            await asyncio.sleep(0)

    here = give(ctx, a_plugin("parks", **{HOOK: be_quick}), rested)
    here.host.watchdog.start()
    busy = asyncio.create_task(be_busy())
    try:
        assert await ask(here, 6) >= 3
    finally:
        busy.cancel()
        here.host.watchdog.stop()
    assert rested.plugins == []


async def test_a_plugin_that_waited_for_a_connection_behind_others_is_not_blamed(
    ctx: Context, a_plugin: MakePlugin, rested: Rested
) -> None:
    async def read(ctx: Context) -> list[NavItem]:
        async with db.transaction(ctx):
            return []

    async def occupy() -> None:
        while True:
            async with db.transaction(ctx):
                await asyncio.sleep(0.4)

    here = give(ctx, a_plugin("parks", **{HOOK: read}), rested)
    others = [asyncio.create_task(occupy()) for _ in range(30)]
    try:
        await asyncio.sleep(1)
        assert await ask(here, 6) >= 3
    finally:
        for other in others:
            other.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await other
    assert rested.plugins == []


def test_a_delay_is_forgotten_after_two_seconds() -> None:
    lateness = Lateness()
    lateness.note(0.5)
    lateness.note(0.1)
    assert lateness.longest() == 0.5

    time.sleep(2.1)

    assert lateness.longest() == 0.0
