"""Stock of the centre, and the lots of it that factories buy."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

import msgspec

from contrib.recycling.rules.amounts import part_of, worth
from contrib.recycling.rules.books import BANK, STOCK, SURPLUS
from contrib.recycling.rules.materials import said
from contrib.recycling.service.books import post
from contrib.recycling.service.loads import movement
from contrib.recycling.service.rights import CENTRE, READ
from contrib.recycling.tables.centre import Lot, Movement
from contrib.recycling.tables.register import Material
from core.api import (
    Context,
    InvalidInput,
    NotFound,
    Text,
    add,
    add_all,
    audit,
    need,
    new_id,
    numbers,
    transaction,
)

PAGE = 50
_NONE = Text("ไม่พบการขายนี้", "There is no such sale.")
_NOTHING = Text("กรอกน้ำหนักที่ขายอย่างน้อยหนึ่งรายการ", "Give the weight of at least one material.")
_TOO_MUCH = Text("ในคลังมี {there} ขายเกินนี้ไม่ได้", "There are {there} in stock; no more can be sold.")
_STOCK = """
SELECT m.code, m.title_th, m.title_en, m.grade, m.unit, sum(s.quantity)::bigint AS quantity,
  sum(s.cost)::bigint AS cost
FROM recycling.movement s JOIN recycling.material m
  ON m.tenant_id = s.tenant_id AND m.code = s.material
WHERE s.tenant_id = $1 AND ($2::varchar[] IS NULL OR s.material = ANY($2))
GROUP BY m.code, m.title_th, m.title_en, m.grade, m.unit, m.position
HAVING sum(s.quantity) > 0 ORDER BY m.position, m.code
"""


class Sold(msgspec.Struct, frozen=True):
    """One material of a lot.

    :param price: satang for a unit.
    """

    quantity: int
    price: int


class Sale(msgspec.Struct, frozen=True, kw_only=True):
    """What a factory buys, as its weight note says.

    :param sold: by code of the material.
    """

    sold_on: date
    factory: str
    note: str
    truck: str
    sold: Mapping[str, Sold]


async def stock_of(ctx: Context, codes: Sequence[str] | None = None) -> Sequence[Mapping[str, Any]]:
    """Return what is in stock: quantity and what it was bought for."""
    async with transaction(ctx) as connection:
        rows: Sequence[Mapping[str, Any]] = await connection.fetch(_STOCK, ctx.tenant.id, codes)
    return rows


async def sell(ctx: Context, sale: Sale, *, key: str) -> UUID:
    """Sell a lot, once for each key, and return what it is known by.

    Each material takes its part of what its stock was bought for; who takes all of it takes all.

    :raises NotAllowed: the actor sells nothing.
    :raises InvalidInput: nothing is sold, or more than there is.
    """
    need(ctx, CENTRE)
    if not sale.sold:
        raise InvalidInput({"weights": _NOTHING})
    codes = sorted(sale.sold)
    async with transaction(ctx):
        # Of two sales at once the second waits, and sees what the first has left.
        await (
            Material.select(Material.code)
            .where(Material.of(ctx), Material.code.is_in(codes))
            .order_by(Material.code)
            .lock_rows("UPDATE")
        )
        known = await Lot.select(Lot.id).where(Lot.of(ctx), Lot.key == key).first()
        if known is not None:
            return UUID(str(known["id"]))
        stock = {one["code"]: one for one in await stock_of(ctx, codes)}
        lines = _lines(sale, stock)
        row = {
            "tenant_id": ctx.tenant.id,
            "id": new_id(),
            "number": await numbers.draw(ctx, "recycling.lot"),
            "key": key,
            "sold_on": sale.sold_on,
            "factory": sale.factory,
            "note": sale.note,
            "truck": sale.truck,
            "lines": lines,
            "total": sum(line["amount"] for line in lines),
            "cost": sum(line["cost"] for line in lines),
            "at": ctx.now,
            "seller_name": ctx.actor.name,
        }
        await add(Lot, row)
        await _book(ctx, row)
    id: UUID = row["id"]
    return id


def _lines(sale: Sale, stock: Mapping[str, Mapping[str, Any]]) -> list[dict[str, Any]]:
    problems, lines = {}, []
    for code, one in sale.sold.items():
        there = stock.get(code)
        if there is None or one.quantity > there["quantity"]:
            has = said(there["quantity"], there["unit"]) if there else Text("0", "0")
            problems[f"q_{code}"] = _TOO_MUCH.format(there=has)
            continue
        lines.append(
            {
                "material": code,
                "quantity": one.quantity,
                "price": one.price,
                "amount": worth(one.quantity, there["unit"], one.price),
                "cost": part_of(there["cost"], one.quantity, there["quantity"]),
            }
        )
    if problems:
        raise InvalidInput(problems)
    return lines


async def _book(ctx: Context, row: Mapping[str, Any]) -> None:
    id, total, cost = row["id"], row["total"], row["cost"]
    covered = min(total, cost)
    await post(ctx, BANK, STOCK, covered, what="sold", subject=id)
    await post(ctx, BANK, SURPLUS, total - covered, what="margin", subject=id)
    await post(ctx, SURPLUS, STOCK, cost - covered, what="margin", subject=id)
    out = [
        movement(ctx, line["material"], -line["quantity"], -line["cost"], id)
        for line in row["lines"]
    ]
    await add_all(Movement, out)
    await audit.record(
        ctx, "recycling.lot.sold", f"lot/{id}", number=row["number"], total=total, cost=cost
    )


async def get_lot(ctx: Context, id: UUID) -> dict[str, Any]:
    """Return a lot.

    :raises NotFound: there is none.
    """
    need(ctx, READ)
    async with transaction(ctx):
        row: dict[str, Any] | None = (
            await Lot.select().where(Lot.of(ctx), Lot.id == id).first().output(load_json=True)
        )
    if row is None:
        raise NotFound(_NONE)
    return row


async def recent_lots(ctx: Context) -> list[dict[str, Any]]:
    """Return the last lots, the newest first."""
    need(ctx, READ)
    async with transaction(ctx):
        return (
            await Lot.select()
            .where(Lot.of(ctx))
            .order_by(Lot.number, ascending=False)
            .limit(PAGE)
            .output(load_json=True)
        )
