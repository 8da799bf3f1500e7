"""An office with a register of wells, and an officer who may take it over."""

from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any
from uuid import uuid4

import asyncpg
import httpx
import pytest

from core import db
from core.api import Text
from core.context import EVERYWHERE, Actor, Context
from core.discovery import find
from core.identity import accounts, holders, roles, sessions
from core.runtime import Runtime, make_runtime
from core.settings import Settings
from tests.conftest import app_of
from tests.kit.registers.wells import CHANGE, PATH, REGISTER, TABLES, plugin_of


@pytest.fixture
async def runtime(database: str, settings: Settings) -> AsyncIterator[Runtime]:
    owner = await asyncpg.connect(database)
    await owner.execute(TABLES)
    await owner.close()
    made = make_runtime(settings, database, [*find(["kit"]), plugin_of(REGISTER)])
    await db.open_pool()
    yield made
    await made.host.quarantine.settle()
    await db.close_pool()


def an_officer(ctx: Context, name: str = "มานพ ศรีสุข", right: str = CHANGE) -> Context:
    actor = Actor(kind="officer", id=uuid4(), name=name, permissions={right: EVERYWHERE})
    return replace(ctx, actor=actor)


@pytest.fixture
def officer(ctx: Context) -> Context:
    return an_officer(ctx)


async def rows(ctx: Context, query: str, *values: object) -> list[Any]:
    async with db.transaction(ctx) as connection:
        return list(await connection.fetch(query, *values))


@pytest.fixture
async def desk(runtime: Runtime, ctx: Context) -> AsyncIterator[httpx.AsyncClient]:
    """An officer who may take wells over, at a browser without scripts."""
    here, app = runtime.context(ctx.tenant), app_of(runtime)
    account = await accounts.register_officer(
        here, post="นายช่าง", phone="0812345672", first_name="จันทร์เพ็ญ", last_name="ทองดี"
    )
    await roles.create_role(here, code="well", title=Text("บ่อ", "Well"), permissions=[CHANGE])
    await holders.grant_role(here, account=account, role="well")
    opened = await sessions.open_session(
        here, account, "officer", browser=sessions.Browser(), how="test"
    )
    transport: Any = httpx.ASGITransport(app)  # its message is narrower
    async with httpx.AsyncClient(
        transport=transport, base_url="http://maehia.localhost", timeout=60
    ) as client:
        client.cookies.set(sessions.COOKIE, opened.token)
        page = await client.get(PATH)
        token = page.text.split('name="_csrf_token" value="')[1].split('"')[0]
        client.headers["X-CSRFToken"] = token
        yield client
