from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest

from core.context import EVERYWHERE, Actor, Context
from core.db import transaction
from core.identity import accounts
from core.runtime import Runtime
from kit.treasury import open_till, take_cash
from plugins.waste_fees.service import points, tariffs
from plugins.waste_fees.service.rights import PERMISSIONS
from tests.desks import signed_in

Point = Callable[..., Awaitable[UUID]]
BILLER = "099400061772101"


def an_officer(ctx: Context, *rights: str) -> Context:
    held = dict.fromkeys(rights or PERMISSIONS, EVERYWHERE)
    actor = Actor(kind="officer", id=uuid4(), name="จันทร์เพ็ญ ทองดี", permissions=held)
    return replace(ctx, actor=actor)


@pytest.fixture
def officer(ctx: Context) -> Context:
    return an_officer(ctx)


@pytest.fixture
async def priced(officer: Context) -> Context:
    """An office with the tariff of the example."""
    await tariffs.begin_with(officer)
    return officer


@pytest.fixture
async def paid_by_qr(priced: Context) -> Context:
    """The same, with a biller ID."""
    known = {"biller": BILLER, "merchant": "MAE HIA TOWN", "city": "CHIANG MAI"}
    settings = {**priced.tenant.settings, "treasury": known}
    return replace(priced, tenant=replace(priced.tenant, settings=settings))


@pytest.fixture
def point(officer: Context) -> Point:
    """Add a service point, of a household of 20 litres where nothing else is said."""

    async def point(since: date = date(2026, 1, 1), mark: str = "", **more: Any) -> UUID:
        values = {
            "use": "household",
            "payer_name": "นายสมชาย ใจดี",
            "address": "88/12 หมู่ 5",
            "litres": 20,
        }
        return await points.open_point(
            officer, values | more, since=since, why="คำร้องที่ 1/2569", mark=mark
        )

    return point


async def rows(ctx: Context, query: str, *values: object) -> list[Any]:
    async with transaction(ctx) as connection:
        return list(await connection.fetch(query, *values))


@pytest.fixture
async def desk(runtime: Runtime, ctx: Context) -> AsyncIterator[httpx.AsyncClient]:
    """An officer of the treasury at a browser without scripts."""
    async with signed_in(runtime, ctx, list(PERMISSIONS), "/desk/waste/points/new") as client:
        yield client


async def pay(ctx: Context, bill: UUID, amount: int) -> None:
    """Take cash for a bill at a till of its own."""
    held = dict.fromkeys(("treasury.collect", "treasury.read"), EVERYWHERE)
    cashier = Actor(kind="officer", id=UUID(int=5), name="สมหญิง เก็บเงิน", permissions=held)
    here = replace(ctx, actor=cashier)
    await open_till(here, "1")
    key = f"test/{uuid4()}"
    await take_cash(here, bill, amount=amount, tendered=amount, till="1", key=key)


def in_days(ctx: Context, days: int) -> Context:
    return replace(ctx, now=ctx.now + timedelta(days=days))


async def a_citizen(ctx: Context, phone: str = "0812345678", last_name: str = "ใจดี") -> Context:
    """Somebody of the telephone, which was confirmed, who has signed in."""
    account = await accounts.register_citizen(
        ctx, title="นาย", first_name="สมชาย", last_name=last_name, phone=phone, verified=True
    )
    name = f"นายสมชาย {last_name}"
    return replace(ctx, actor=Actor(kind="citizen", id=account, name=name))
