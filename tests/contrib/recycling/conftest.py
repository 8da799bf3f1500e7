"""People of a waste bank: its officers, its collectors, its households."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from contrib.recycling.service import calls, materials, members, weighing
from contrib.recycling.service.calls import Asked
from contrib.recycling.service.members import Facts
from contrib.recycling.service.rights import PERMISSIONS
from contrib.recycling.service.weighing import Weighed
from core.context import EVERYWHERE, Actor, Context
from core.db import transaction
from core.identity import accounts

Household = Callable[..., Awaitable[UUID]]


def an_officer(ctx: Context, *rights: str, name: str = "สุภาพร ใจดี") -> Context:
    held = dict.fromkeys(rights or PERMISSIONS, EVERYWHERE)
    return replace(ctx, actor=Actor(kind="officer", id=uuid4(), name=name, permissions=held))


def later(ctx: Context, **much: float) -> Context:
    return replace(ctx, now=ctx.now + timedelta(**much))


@pytest.fixture
async def officer(ctx: Context) -> Context:
    """An officer who may do everything, in an office with the prices of the example."""
    await materials.begin_with(ctx)
    return an_officer(ctx)


@pytest.fixture
async def household(officer: Context) -> UUID:
    return await a_household(officer)


async def a_household(officer: Context, name: str = "นายคำปัน ใจยา", **more: Any) -> UUID:
    return await members.register(officer, Facts(name=name, address="12 หมู่ 3", **more))


async def a_citizen(ctx: Context, phone: str = "0812345678") -> Context:
    """Somebody who has signed in and has joined."""
    account = await accounts.register_citizen(
        ctx, title="นาง", first_name="บัวผัน", last_name="ใจดี", phone=phone, verified=True
    )
    here = replace(ctx, actor=Actor(kind="citizen", id=account, name="นางบัวผัน ใจดี"))
    await members.join(here, Facts(name="", address="8 หมู่ 1"))
    return here


async def a_call(citizen: Context, **more: Any) -> UUID:
    asked: dict[str, Any] = {
        "slot_on": citizen.today,
        "slot": "morning",
        "kinds": ["plastic", "paper"],
        "grams": 12_000,
        "address": "8 หมู่ 1",
    }
    return await calls.call(citizen, Asked(**asked | more))


async def taken(officer: Context, call: UUID) -> UUID:
    await calls.accept(officer, call)
    return call


async def weighed(officer: Context, member: UUID, cash: bool = False, **quantities: Any) -> UUID:
    return await weighing.weigh_here(officer, member, Weighed(quantities=quantities, cash=cash))


async def rows(ctx: Context, query: str, *values: object) -> list[Any]:
    async with transaction(ctx) as connection:
        return list(await connection.fetch(query, *values))
