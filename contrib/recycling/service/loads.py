"""The centre weighs what a collector brings, and books it, or questions it first."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

import msgspec

from contrib.recycling.rules.amounts import part_of, within
from contrib.recycling.rules.book import BOOK, TOLERANCE, ten_thousandths
from contrib.recycling.rules.books import ON_WAY, STOCK
from contrib.recycling.service.books import post
from contrib.recycling.service.rights import APPROVE, CENTRE, READ
from contrib.recycling.tables.centre import Closed, Load, Movement
from core.api import (
    Conflict,
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
from kit.law import limits_on

BOOKED, QUESTIONED = "booked", "questioned"
PAGE = 50
_CHANGED = Text(
    "รายการบัตรชั่งของผู้รับซื้อเปลี่ยนไปแล้ว อาจมีบัตรที่เพิ่งส่งเข้ามา เปิดหน้าใหม่แล้วกรอกอีกครั้ง",
    "The tickets of this collector have changed; some may just have arrived. "
    "Reload the page and fill it in again.",
)
_MISSING = Text("กรอกน้ำหนักที่ศูนย์ชั่งได้ ถ้าไม่มีเลย กรอก 0", "Give the weight at the centre; 0 for none.")
_NONE = Text("ไม่พบรายการชั่งซ้ำนี้", "There is no such load.")
_SETTLED = Text("ตัดสินไปแล้ว เปิดหน้านี้ใหม่", "This was settled already. Reload the page.")

# Tickets that came with no load yet. $2: of this collector, or of all.
_CARRIED = """
FROM recycling.ticket t WHERE t.tenant_id = $1 AND ($2::uuid IS NULL OR t.collector = $2)
AND NOT EXISTS (SELECT FROM recycling.closed c
  WHERE c.tenant_id = t.tenant_id AND c.ticket_id = t.id)
"""
_COLLECTORS = f"""
SELECT t.collector, max(t.collector_name) AS name, count(*) AS tickets, sum(t.total)::bigint AS cost
{_CARRIED} GROUP BY t.collector ORDER BY 2
"""
_TICKETS = f"SELECT t.id, t.number, t.collector_name {_CARRIED} ORDER BY t.id"
_SUMS = """
SELECT l.material, m.title_th, m.title_en, m.grade, m.unit, sum(l.quantity)::bigint AS told,
  sum(l.amount)::bigint AS cost
FROM recycling.line l JOIN recycling.material m
  ON m.tenant_id = l.tenant_id AND m.code = l.material
WHERE l.tenant_id = $1 AND l.ticket_id = ANY($2::uuid[])
GROUP BY l.material, m.title_th, m.title_en, m.grade, m.unit, m.position
ORDER BY m.position, l.material
"""


class Carried(msgspec.Struct, frozen=True, kw_only=True):
    """What a collector carries.

    :ivar tickets: id and number of each.
    :ivar sums: by material what the tickets say, and what it cost.
    """

    collector: UUID
    name: str
    tickets: Sequence[Mapping[str, Any]]
    sums: Sequence[Mapping[str, Any]]

    @property
    def mark(self) -> str:
        """By what a form says which tickets it was made for."""
        return " ".join(str(one["id"]) for one in self.tickets)


async def carrying(ctx: Context) -> Sequence[Mapping[str, Any]]:
    """Return the collectors who carry something, with how many tickets and what it cost."""
    need(ctx, CENTRE)
    async with transaction(ctx) as connection:
        rows: Sequence[Mapping[str, Any]] = await connection.fetch(_COLLECTORS, ctx.tenant.id, None)
    return rows


async def carried_by(ctx: Context, collector: UUID) -> Carried:
    """Return what a collector carries.

    :raises NotFound: nothing.
    """
    need(ctx, CENTRE)
    async with transaction(ctx) as connection:
        tickets = await connection.fetch(_TICKETS, ctx.tenant.id, collector)
        ids = [one["id"] for one in tickets]
        sums = await connection.fetch(_SUMS, ctx.tenant.id, ids)
    if not tickets:
        raise NotFound(_NONE)
    name = tickets[-1]["collector_name"]
    return Carried(collector=collector, name=name, tickets=tickets, sums=sums)


async def receive(ctx: Context, collector: UUID, mark: str, found: Mapping[str, int]) -> UUID:
    """Take in a load as the centre has weighed it, and return what it is known by.

    Where every material is as near to its tickets as the tolerance of the day allows, it is
    booked; else nothing is, until somebody has settled who bears the difference.

    :param mark: of what was carried when the form was made.
    :param found: quantities by material.
    :raises Conflict: the tickets are no longer those, or came with another load.
    :raises InvalidInput: a material was not weighed.
    """
    need(ctx, CENTRE)
    limits = await limits_on(ctx, BOOK, ctx.today)
    tolerance = ten_thousandths(limits, TOLERANCE)
    async with transaction(ctx):
        carried = await carried_by(ctx, collector)
        if carried.mark != mark:
            raise Conflict(_CHANGED)
        if wrong := [one["material"] for one in carried.sums if one["material"] not in found]:
            raise InvalidInput({f"q_{code}": _MISSING for code in wrong})
        lines = [_line(one, found[one["material"]], tolerance) for one in carried.sums]
        near = all(line["near"] for line in lines)
        row: dict[str, Any] = {
            "tenant_id": ctx.tenant.id,
            "id": new_id(),
            "number": await numbers.draw(ctx, "recycling.load"),
            "collector": collector,
            "collector_name": carried.name,
            "state": BOOKED if near else QUESTIONED,
            "lines": lines,
            "tolerance": tolerance,
            "at": ctx.now,
            "weigher_name": ctx.actor.name,
            "bearer": "loss" if near else "",
            "why": "",
            "settled_by_name": "",
        }
        await add(Load, row)
        id: UUID = row["id"]
        ends = [ending(ctx, one["id"], load=id) for one in carried.tickets]
        if await add_all(Closed, ends, unless=("tenant_id", "ticket_id")) < len(ends):
            raise Conflict(_CHANGED)
        if near:
            await _book(ctx, id, lines, "loss")
        await audit.record(ctx, f"recycling.load.{row['state']}", f"load/{id}")
    return id


def _line(told: Mapping[str, Any], found: int, tolerance: int) -> dict[str, Any]:
    return {
        "material": told["material"],
        "told": told["told"],
        "found": found,
        "cost": told["cost"],
        "near": within(told["told"], found, tolerance),
    }


async def settle(ctx: Context, id: UUID, *, bearer: str, why: str) -> None:
    """Book a load that was questioned.

    :param bearer: ``loss`` or ``collector``: whose account what is missing goes to.
    :raises NotAllowed: the actor approves nothing.
    :raises Conflict: it was settled before.
    """
    need(ctx, APPROVE)
    values: dict[Any, Any] = {
        Load.state: BOOKED,
        Load.bearer: bearer,
        Load.why: why,
        Load.settled_at: ctx.now,
        Load.settled_by_name: ctx.actor.name,
    }
    async with transaction(ctx):
        found = await get_load(ctx, id)
        changed = (
            await Load.update(values)
            .where(Load.of(ctx), Load.id == id, Load.state == QUESTIONED)
            .returning(Load.id)
        )
        if not changed:
            raise Conflict(_SETTLED)
        await _book(ctx, id, found["lines"], bearer)
        await audit.record(ctx, "recycling.load.settled", f"load/{id}", bearer=bearer, why=why)


async def _book(ctx: Context, id: UUID, lines: Sequence[Mapping[str, Any]], bearer: str) -> None:
    """Move what was found into stock; what is missing is borne, what is more costs nothing."""
    rows = []
    for line in lines:
        there = min(line["found"], line["told"])
        cost = part_of(line["cost"], there, line["told"])
        await post(ctx, STOCK, ON_WAY, cost, what="arrived", subject=id)
        await post(ctx, bearer, ON_WAY, line["cost"] - cost, what="short", subject=id)
        if line["found"]:
            rows.append(movement(ctx, line["material"], line["found"], cost, id))
    if rows:
        await add_all(Movement, rows)


def ending(
    ctx: Context, ticket: UUID, *, load: UUID | None = None, why: str = ""
) -> dict[str, Any]:
    """Return the row of what became of a ticket: a load, or why it was voided."""
    return {
        "tenant_id": ctx.tenant.id,
        "ticket_id": ticket,
        "load_id": load,
        "why": why,
        "at": ctx.now,
        "by_name": ctx.actor.name,
    }


def movement(
    ctx: Context, material: str, quantity: int, cost: int, subject: UUID
) -> dict[str, Any]:
    """Return the row of what came into stock, or left it where the figures are below zero."""
    return {
        "tenant_id": ctx.tenant.id,
        "id": new_id(),
        "material": material,
        "quantity": quantity,
        "cost": cost,
        "subject": subject,
        "at": ctx.now,
    }


async def get_load(ctx: Context, id: UUID) -> dict[str, Any]:
    """Return a load.

    :raises NotFound: there is none.
    """
    need(ctx, READ)
    async with transaction(ctx):
        row: dict[str, Any] | None = (
            await Load.select().where(Load.of(ctx), Load.id == id).first().output(load_json=True)
        )
    if row is None:
        raise NotFound(_NONE)
    return row


async def recent_loads(ctx: Context) -> list[dict[str, Any]]:
    """Return the last loads, the newest first, those in question before all."""
    need(ctx, READ)
    async with transaction(ctx):
        return (
            await Load.select()
            .where(Load.of(ctx))
            .order_by(Load.state, Load.number, ascending=False)
            .limit(PAGE)
            .output(load_json=True)
        )
