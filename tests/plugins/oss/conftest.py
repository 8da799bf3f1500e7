from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import httpx
import pytest

from core.context import EVERYWHERE, Actor, Context
from core.identity import accounts, holders, roles, sessions
from core.runtime import Runtime
from core.text import Text
from tests.conftest import app_of
from tests.phones import a_phone

Enter = Callable[..., Awaitable[httpx.AsyncClient]]

ORATHAI = "อรทัย มั่นคง"


def a_clerk(ctx: Context, name: str = ORATHAI, **more: Any) -> Context:
    """An officer at the counter, in the place and at the time of ``ctx``."""
    held = {"casework.counter": EVERYWHERE} | more
    actor = Actor(kind="officer", id=uuid4(), name=name, post="เจ้าพนักงานธุรการ", permissions=held)
    return replace(ctx, actor=actor)


@pytest.fixture
def clerk(ctx: Context) -> Context:
    return a_clerk(ctx)


@pytest.fixture
def colleague(ctx: Context) -> Context:
    return a_clerk(ctx, "สมชาย ใจดี")


@pytest.fixture
def now(ctx: Context) -> Context:
    """The system at this very moment, as pages see it."""
    return replace(ctx, now=datetime.now(UTC))


@pytest.fixture
async def enter(runtime: Runtime, now: Context) -> AsyncIterator[Enter]:
    """Open a browser as a stranger, a citizen, a clerk or another officer."""
    app = app_of(runtime)
    transport = httpx.ASGITransport(app)
    opened = []

    async def enter(who: str = "stranger", ctx: Context = now, host: str = "maehia") -> Any:
        client = httpx.AsyncClient(transport=transport, base_url=f"http://{host}.localhost")
        opened.append(client)
        if who != "stranger":
            client.cookies.set(sessions.COOKIE, await _signed_in(ctx, who))
        # The page of tracking is small, and gives every browser its token.
        page = await client.get("/track")
        client.headers["X-CSRFToken"] = page.text.split('name="_csrf_token" value="')[1].split('"')[
            0
        ]
        return client

    yield enter
    for client in opened:
        await client.aclose()


async def _signed_in(ctx: Context, who: str) -> str:
    phone = a_phone()
    if who == "citizen":
        account = await accounts.register_citizen(
            ctx, first_name="วิภาดา", last_name="แสงคำ", phone=phone, verified=True
        )
        kind: sessions.Kind = "citizen"
    else:
        account = await accounts.register_officer(
            ctx, post="เจ้าพนักงานธุรการ", first_name="อรทัย", last_name="มั่นคง", phone=phone
        )
        kind = "officer"
        if who == "clerk":
            await _grant(ctx, account)
    opened = await sessions.open_session(
        ctx, account, kind, browser=sessions.Browser(), how="password"
    )
    return opened.token


async def _grant(ctx: Context, account: Any) -> None:
    role = f"counter_{uuid4().hex[:8]}"
    title = Text("เคาน์เตอร์", "Counter")
    await roles.create_role(ctx, code=role, title=title, permissions=["casework.counter"])
    await holders.grant_role(ctx, account=account, role=role)
