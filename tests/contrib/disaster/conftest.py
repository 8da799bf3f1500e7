from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest

from contrib.disaster.rules.events import Zone
from contrib.disaster.service import events, households
from contrib.disaster.service.rights import PERMISSIONS
from core.context import EVERYWHERE, Actor, Context
from core.db import transaction
from core.runtime import Runtime
from kit.geo import Point
from tests.desks import signed_in

HOME = "/desk/disaster"
# In the middle of แม่เหียะ.
MIDDLE = Point(18.74, 98.93)


def an_officer(ctx: Context, name: str = "มานพ ศรีสุข", *rights: str) -> Context:
    held = dict.fromkeys(rights or PERMISSIONS, EVERYWHERE)
    actor = Actor(kind="officer", id=uuid4(), name=name, post="ผู้อำนวยการกอง", permissions=held)
    return replace(ctx, actor=actor)


@pytest.fixture
def officer(ctx: Context) -> Context:
    return an_officer(ctx)


def around(point: Point, reach: float = 0.005) -> tuple[Point, ...]:
    """Return the corners of a square with a place in its middle."""
    return tuple(
        Point(round(point.lat + y * reach, 5), round(point.lon + x * reach, 5))
        for x, y in ((-1, -1), (1, -1), (1, 1), (-1, 1))
    )


async def a_flood(
    ctx: Context, *zones: Zone, kind: str = "flood", title: str = "น้ำท่วมแม่น้ำปิง"
) -> UUID:
    """Open a flood, with the zones that are given."""
    facts = {"kind": kind, "title": title, "cause": "", "begun_on": ctx.today}
    id = await events.open_event(ctx, facts)
    for zone in zones:
        await events.draw_zone(ctx, id, zone)
    return id


async def a_household(ctx: Context, **more: Any) -> UUID:
    """Enter a household of four at the middle, where nothing else is said."""
    values = {
        "name": "นายสมชาย ใจดี",
        "address": f"{uuid4().int % 9000 + 1}/{uuid4().int % 90 + 1} ถนนริมน้ำ",
        "village": "ชุมชนริมน้ำ",
        "subdistrict": "500109",
        "members": 4,
        "pin": {"lat": MIDDLE.lat, "lon": MIDDLE.lon},
    }
    return await households.enter_household(ctx, households.facts_of(values | more))


async def rows(ctx: Context, query: str, *values: object) -> list[Any]:
    async with transaction(ctx) as connection:
        return list(await connection.fetch(query, *values))


@pytest.fixture
async def desk(runtime: Runtime, ctx: Context) -> AsyncIterator[httpx.AsyncClient]:
    """An officer with every right of the plugin, at a browser without scripts."""
    async with signed_in(runtime, ctx, list(PERMISSIONS), f"{HOME}/households/new") as client:
        yield client
