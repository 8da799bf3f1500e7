"""Officers who do something with money in between, each time with a reason."""

import contextlib
import random
from collections.abc import Awaitable, Callable
from typing import Any
from uuid import UUID, uuid4

from core.api import Conflict, Context, InvalidInput, Text
from kit.treasury.service import adjusting, receipts, refunds, suspense, taking
from tests.kit.treasury.service.reckoning import rows

_NONE = Text("ไม่มี", "There is none.")
_WAITING = "SELECT id FROM treasury.payment WHERE waits <> '' AND standing = 'confirmed'"
_SAID = "SELECT id FROM treasury.payment WHERE standing = 'provisional'"
_GRANTED = "SELECT DISTINCT payment_id AS id FROM treasury.posting WHERE credit = 'refunds'"
_OPEN = "SELECT id FROM treasury.bill WHERE state = 'open'"
_GIVEN = "SELECT id FROM treasury.receipt WHERE cancelled_at IS NULL"
_CHARGED = (
    "SELECT c.id FROM treasury.charge c JOIN treasury.bill b ON b.id = c.bill_id"
    " WHERE b.state <> 'cancelled'"
)


async def meddle(ctx: Context, cashier: Context, director: Context, chance: random.Random) -> int:
    """Do one thing of some kind, or fail to; return what was sent back through the bank, satang."""
    act = chance.choice(_ACTS)
    before = await _sent_back(ctx)
    with contextlib.suppress(Conflict, InvalidInput):
        await act(ctx, cashier, director, chance)
    return await _sent_back(ctx) - before


async def _sent_back(ctx: Context) -> int:
    query = (
        "SELECT coalesce(sum(amount), 0)::bigint AS amount FROM treasury.posting"
        " WHERE kind = 'refunded'"
    )
    return int((await rows(ctx, query))[0]["amount"])


async def _any(ctx: Context, chance: random.Random, query: str) -> UUID:
    found = await rows(ctx, f"{query} ORDER BY 1 LIMIT 50")
    if not found:
        raise Conflict(_NONE)
    id: UUID = chance.choice(found)["id"]
    return id


async def _assign(ctx: Context, _: Context, director: Context, chance: random.Random) -> None:
    payment = await _any(ctx, chance, _WAITING)
    await suspense.assign(director, payment, await _any(ctx, chance, _OPEN), why="ถามแล้ว")


async def _grant(ctx: Context, _: Context, director: Context, chance: random.Random) -> None:
    await refunds.grant_refund(director, await _any(ctx, chance, _WAITING), why="คืน")


async def _send_back(ctx: Context, _: Context, director: Context, chance: random.Random) -> None:
    await suspense.note_refund(director, await _any(ctx, chance, _GRANTED), why="โอนคืน")


async def _reject(ctx: Context, _: Context, director: Context, chance: random.Random) -> None:
    await suspense.reject(director, await _any(ctx, chance, _SAID), why="ไม่เข้า")


async def _cancel(ctx: Context, _: Context, director: Context, chance: random.Random) -> None:
    await receipts.cancel(director, await _any(ctx, chance, _GIVEN), why="ออกผิด")


async def _waive(ctx: Context, _: Context, director: Context, chance: random.Random) -> None:
    charge = await _any(ctx, chance, _CHARGED)
    await adjusting.waive(director, charge, amount=500, why="ลดหย่อน")


async def _take(ctx: Context, cashier: Context, _: Context, chance: random.Random) -> None:
    bill = await _any(ctx, chance, _OPEN)
    await taking.take_cash(
        cashier, bill, amount=1_000, tendered=1_000, till="1", key=f"meddle/{uuid4()}"
    )


async def _cancel_bill(ctx: Context, _: Context, director: Context, chance: random.Random) -> None:
    await adjusting.cancel_bill(director, await _any(ctx, chance, _OPEN), why="ออกผิดราย")


_ACTS: tuple[Callable[..., Awaitable[Any]], ...] = (
    _assign,
    _grant,
    _send_back,
    _reject,
    _cancel,
    _waive,
    _take,
    _cancel_bill,
)
