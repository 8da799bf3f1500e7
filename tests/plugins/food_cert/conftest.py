from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

import httpx
import msgspec
import pytest

from core.context import EVERYWHERE, Actor, Context
from core.db import transaction
from core.runtime import Runtime
from kit.geo import Address
from plugins.food_cert.rules.places import sameness
from plugins.food_cert.service import places
from plugins.food_cert.service.rights import PERMISSIONS
from tests.desks import signed_in

HOME = "/desk/food"


def an_officer(ctx: Context, name: str = "สุดา รักสะอาด", *rights: str) -> Context:
    held = dict.fromkeys(rights or PERMISSIONS, EVERYWHERE)
    actor = Actor(kind="officer", id=uuid4(), name=name, permissions=held)
    return replace(ctx, actor=actor)


async def a_place(ctx: Context, *, opened_on: date | None = None, **more: Any) -> UUID:
    """Enter a restaurant of 60 square metres with a certificate, where nothing else is said."""
    house = more.pop("house_no", f"{uuid4().int % 900 + 1}/{uuid4().int % 90 + 1}")
    site = Address(house_no=house, moo="2", subdistrict="500109", postcode="50100")
    facts: dict[str, Any] = {
        "name": "ครัวคำปัน",
        "kind": "sell",
        "instrument": "certificate",
        "area": Decimal(60),
        "workers": 3,
        "holder": "นางคำปัน ใจยา",
        "phone": "+66812345678",
        "subdistrict": site.subdistrict,
        "address": site.one_line("th"),
        "site": msgspec.to_builtins(site),
        "pin": {"lat": 18.74, "lon": 98.93},
        "state": "valid",
        "paper_number": "",
        "issued_on": opened_on or ctx.today,
    } | more
    facts["sameness"] = sameness(facts["name"], facts["kind"], site)
    id = await places.enter_place(ctx, facts, opened_on=opened_on or ctx.today)
    assert id is not None
    return id


@pytest.fixture
def officer(ctx: Context) -> Context:
    return an_officer(ctx)


async def rows(ctx: Context, query: str, *values: object) -> list[Any]:
    async with transaction(ctx) as connection:
        return list(await connection.fetch(query, *values))


@pytest.fixture
async def desk(runtime: Runtime, ctx: Context) -> AsyncIterator[httpx.AsyncClient]:
    """An officer with every right of the plugin, at a browser without scripts."""
    async with signed_in(runtime, ctx, list(PERMISSIONS), f"{HOME}/places") as client:
        yield client
