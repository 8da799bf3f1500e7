from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest

from contrib.incidents.service import assets
from contrib.incidents.service.rights import PERMISSIONS
from core.context import EVERYWHERE, Actor, Context
from core.db import transaction
from core.runtime import Runtime
from tests.desks import signed_in

HOME = "/desk/incidents"
# Within the limits of แม่เหียะ.
SPOT = {"lat": 18.7401, "lon": 98.9502}


def an_officer(ctx: Context, name: str = "มานพ ศรีสุข", *rights: str) -> Context:
    held = dict.fromkeys(rights or PERMISSIONS, EVERYWHERE)
    return replace(ctx, actor=Actor(kind="officer", id=uuid4(), name=name, permissions=held))


@pytest.fixture
def officer(ctx: Context) -> Context:
    return an_officer(ctx)


async def a_pole(ctx: Context, code: str = "MH-0123", **more: Any) -> UUID:
    facts = {
        "code": code,
        "kind": "pole",
        "owner": "lao",
        "lamp": "LED 40 วัตต์",
        "place": "ปากซอย 5",
        "repaired_on": None,
        **SPOT,
    }
    return await assets.enter(ctx, facts | more)


async def rows(ctx: Context, query: str, *values: object) -> list[Any]:
    async with transaction(ctx) as connection:
        return list(await connection.fetch(query, *values))


@pytest.fixture
async def desk(runtime: Runtime, ctx: Context) -> AsyncIterator[httpx.AsyncClient]:
    """An officer with every right of the plugin, at a browser without scripts."""
    async with signed_in(runtime, ctx, list(PERMISSIONS), f"{HOME}/assets/new") as client:
        yield client
