"""Pages with fifty trivial plugins more, all switched on, beside the same pages without them."""

import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from types import ModuleType
from typing import Any

import httpx

from core.api import Card, Context, Manifest, NavItem, Text, hookimpl
from core.discovery import Found, find
from core.http.app import create_app
from core.identity import accounts, holders, sessions
from core.runtime import Runtime, make_runtime
from core.tenants.service import switch_plugin
from tools.bench.ground import rounds

TRIVIAL, ASKED, TURNS = 50, 40, 12
PAGES = ("/", "/services", "/desk/cases")
_NAMES = tuple(f"trivial{n}" for n in range(TRIVIAL))


def _trivial(name: str) -> Found:
    """Return a plugin that is asked on every page, and has nothing to say."""
    module = ModuleType(name)

    @hookimpl
    async def links_for_navigation(ctx: Context, area: str) -> Sequence[NavItem]:
        return []

    @hookimpl
    async def cards_for_home(ctx: Context, area: str) -> Sequence[Card]:
        return []

    module.MANIFEST = Manifest(name=name, title=Text(name, name))  # type: ignore[attr-defined]
    module.links_for_navigation = links_for_navigation  # type: ignore[attr-defined]
    module.cards_for_home = cards_for_home  # type: ignore[attr-defined]
    return Found(name, module)


async def measure(runtime: Runtime, ctx: Context) -> list[str]:
    """Return a line for each page."""
    found = [*find(), *map(_trivial, _NAMES)]
    crowded = make_runtime(runtime.settings, runtime.database_url, found)
    for name in _NAMES:
        await switch_plugin(replace(ctx, host=crowded.host), plugin=name, on=True)
    session = await _session(ctx)
    async with _browser(runtime, session) as few, _browser(crowded, session) as many:
        return [await _compare(page, few, many) for page in PAGES]


async def _session(ctx: Context) -> str:
    now = replace(ctx, now=datetime.now(UTC))
    account = await accounts.register_officer(
        now, first_name="สมศรี", last_name="ใจดี", email="somsri@bench.example", post="ธุรการ"
    )
    await holders.grant_role(now, account=account, role="registry")
    browser = sessions.Browser()
    opened = await sessions.open_session(now, account, "officer", browser=browser, how="bench")
    return opened.token


@contextlib.asynccontextmanager
async def _browser(runtime: Runtime, session: str) -> AsyncIterator[httpx.AsyncClient]:
    runtime.directory.forget()
    app: Any = create_app(runtime)
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(app),
        base_url="http://bench.localhost",
        cookies={"session": session},
    ) as made:
        yield made


def _opening(browser: httpx.AsyncClient, page: str) -> Callable[[], Awaitable[None]]:
    async def open_it() -> None:
        for _ in range(ASKED):
            answer = await browser.get(page)
            answer.raise_for_status()

    return open_it


async def _compare(page: str, few: httpx.AsyncClient, many: httpx.AsyncClient) -> str:
    sides = {"few": _opening(few, page), "many": _opening(many, page)}
    best = await rounds(sides, turns=TURNS)
    each = {name: seconds / ASKED * 1e3 for name, seconds in best.items()}
    return (
        f"{page} with {TRIVIAL} trivial plugins more: {each['many']:.1f} ms against "
        f"{each['few']:.1f} ms = {each['many'] / each['few']:.2f} (asked: at most 1.25)"
    )
