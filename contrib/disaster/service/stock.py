"""What shelters hold: every balance is the sum of its moves, and never less than nothing.

A balance is changed by one statement that refuses to go below nothing, in the transaction that
writes the move; the database refuses it once more. Both are compared where they are shown.
"""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

import msgspec

from contrib.disaster.rules.stock import COUNTED, GIVEN, RECEIVED, correction
from contrib.disaster.service.reading import get_row
from contrib.disaster.service.rights import READ, SHELTER
from contrib.disaster.service.shelters import get_shelter
from contrib.disaster.tables.shelters import Distribution, Stock, StockMove
from core.api import (
    Conflict,
    Context,
    InvalidInput,
    NotFound,
    Text,
    add,
    audit,
    need,
    new_id,
    transaction,
)
from kit.documents import KeptPhoto, open_photo

NEWEST = 50
_NO_STOCK = Text("ไม่พบสิ่งของนี้ เปิดหน้าศูนย์อีกครั้ง", "There is no such thing. Open the shelter again.")
_NO_PHOTO = Text("ไม่มีรูปนี้", "There is no such photo.")
_SHORT = Text(
    "{name} ไม่พอ เหลือ {left} แก้จำนวนแล้วบันทึกใหม่ ยังไม่มีอะไรถูกตัดออก",
    "Not enough of {name}: {left} are left. Correct the quantity and record it again. Nothing was "
    "taken off yet.",
)
_NOTHING = Text("กรอกจำนวนของอย่างน้อยหนึ่งอย่าง", "Give the quantity of one thing at least.")
_MOVE = """
UPDATE disaster.stock SET balance = balance + $3
WHERE tenant_id = $1 AND id = $2 AND balance + $3 >= 0 RETURNING balance
"""
_HELD = """
SELECT s.*, coalesce((SELECT sum(m.quantity) FROM disaster.stock_move m
  WHERE m.tenant_id = s.tenant_id AND m.stock_id = s.id), 0) AS moved
FROM disaster.stock s WHERE s.tenant_id = $1 AND ($2::uuid IS NULL OR s.shelter_id = $2)
ORDER BY s.name, s.unit LIMIT 500
"""


class Holding(msgspec.Struct, frozen=True):
    """A thing of which a shelter holds some.

    :param moved: the sum of its moves, which is the balance or something is wrong.
    """

    id: UUID
    name: str
    unit: str
    balance: int
    moved: int

    @property
    def agrees(self) -> bool:
        """Whether the balance is what the records say."""
        return self.balance == self.moved


async def holdings(ctx: Context, shelter: UUID | None = None) -> list[Holding]:
    """Return what a shelter holds, or all of them, each held against its records."""
    need(ctx, READ)
    async with transaction(ctx) as connection:
        rows = await connection.fetch(_HELD, ctx.tenant.id, shelter)
    return [
        Holding(row["id"], row["name"], row["unit"], row["balance"], row["moved"]) for row in rows
    ]


async def receive(
    ctx: Context, shelter: UUID, *, name: str, unit: str, quantity: int, note: str = ""
) -> UUID:
    """Take things into a shelter, and return what they are known by there."""
    need(ctx, SHELTER)
    async with transaction(ctx):
        await get_shelter(ctx, shelter)
        fresh = {
            "tenant_id": ctx.tenant.id,
            "id": new_id(),
            "shelter_id": shelter,
            "name": name,
            "unit": unit,
            "balance": 0,
        }
        await add(Stock, fresh, unless=("tenant_id", "shelter_id", "name", "unit"))
        named = Stock.of(ctx) & (Stock.shelter_id == shelter) & (Stock.name == name)
        query = Stock.select(Stock.id).where(named, Stock.unit == unit)
        id: UUID = (await get_row(ctx, query, _NO_STOCK))["id"]
        await _move(ctx, id, quantity, RECEIVED, note=note)
        subject = f"shelter/{shelter}"
        await audit.record(ctx, "disaster.stock.received", subject, name=name, quantity=quantity)
    return id


async def set_right(ctx: Context, shelter: UUID, id: UUID, counted: int, why: str) -> None:
    """Set a balance to what was counted; the difference is a move with its reason."""
    need(ctx, SHELTER)
    async with transaction(ctx):
        row = await _held(ctx, shelter, id)
        difference = correction(row["balance"], counted)
        await _move(ctx, id, difference, COUNTED, note=why)
        subject = f"shelter/{shelter}"
        await audit.record(
            ctx, "disaster.stock.counted", subject, name=row["name"], difference=difference
        )


async def _held(ctx: Context, shelter: UUID, id: UUID) -> dict[str, Any]:
    query = Stock.select().where(Stock.of(ctx), Stock.shelter_id == shelter, Stock.id == id)
    return await get_row(ctx, query.lock_rows("UPDATE"), _NO_STOCK)


async def get_stock(ctx: Context, shelter: UUID, id: UUID) -> dict[str, Any]:
    """Return a thing that a shelter holds.

    :raises NotFound: it has none of this id.
    """
    async with transaction(ctx):
        return await _held(ctx, shelter, id)


async def _move(
    ctx: Context,
    stock: UUID,
    quantity: int,
    why: str,
    *,
    note: str = "",
    distribution: UUID | None = None,
) -> None:
    async with transaction(ctx) as connection:
        left = await connection.fetchval(_MOVE, ctx.tenant.id, stock, quantity)
        if left is None:
            query = Stock.select().where(Stock.of(ctx), Stock.id == stock)
            row = await get_row(ctx, query, _NO_STOCK)
            raise Conflict(_SHORT.format(name=row["name"], left=row["balance"]))
        move = {
            "tenant_id": ctx.tenant.id,
            "id": new_id(),
            "stock_id": stock,
            "quantity": quantity,
            "why": why,
            "note": note,
            "distribution_id": distribution,
            "at": ctx.now,
            "actor_name": ctx.actor.name,
        }
        await add(StockMove, move)


async def hand_out(
    ctx: Context,
    shelter: UUID,
    wanted: Mapping[UUID, int],
    *,
    to: str,
    signed: bool,
    photo: KeptPhoto | None,
) -> UUID:
    """Hand things out, all of them or none, and return the record.

    :param wanted: how much of which thing; what is 0 is left out.
    :raises Conflict: there is not enough of one of them.
    :raises InvalidInput: nothing is handed out.
    """
    need(ctx, SHELTER)
    given = {id: quantity for id, quantity in sorted(wanted.items()) if quantity}
    if not given:
        raise InvalidInput({"to": _NOTHING})
    record = new_id()
    async with transaction(ctx):
        # In the order of their ids, so that two at once never wait for each other.
        held = [await _held(ctx, shelter, id) for id in given]
        items = [
            {"name": row["name"], "unit": row["unit"], "quantity": given[row["id"]]} for row in held
        ]
        row = {
            "tenant_id": ctx.tenant.id,
            "id": record,
            "shelter_id": shelter,
            "to_name": to,
            "items": items,
            "signed": signed,
            "photo": msgspec.to_builtins(photo),
            "at": ctx.now,
            "actor_name": ctx.actor.name,
        }
        await add(Distribution, row)
        for id, quantity in given.items():
            await _move(ctx, id, -quantity, GIVEN, distribution=record)
        await audit.record(ctx, "disaster.stock.given", f"shelter/{shelter}", things=len(given))
    return record


async def handed_out(ctx: Context, shelter: UUID) -> list[dict[str, Any]]:
    """Return what a shelter handed out, the newest first."""
    need(ctx, SHELTER)
    async with transaction(ctx):
        rows: list[dict[str, Any]] = (
            await Distribution.select()
            .where(Distribution.of(ctx), Distribution.shelter_id == shelter)
            .order_by(Distribution.id, ascending=False)
            .limit(NEWEST)
            .output(load_json=True)
        )
    return rows


async def photo_of(ctx: Context, shelter: UUID, record: UUID) -> tuple[bytes, str]:
    """Return the photo of a handing over, and its media type.

    :raises NotFound: there is none.
    """
    need(ctx, SHELTER)
    query = Distribution.select(Distribution.photo).where(
        Distribution.of(ctx), Distribution.shelter_id == shelter, Distribution.id == record
    )
    row = await get_row(ctx, query, _NO_PHOTO)
    if row["photo"] is None:
        raise NotFound(_NO_PHOTO)
    return await open_photo(ctx, msgspec.convert(row["photo"], KeptPhoto))
