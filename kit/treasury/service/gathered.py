"""What was collected away from the counter: of one collector's day, and what waits for a till."""

from datetime import date
from typing import Any
from uuid import UUID

from core.api import Context, NotFound, Text, transaction
from kit.treasury.rules.quoting import quote
from kit.treasury.tables.books import Receipt
from kit.treasury.tables.tills import Collected

_NOT_FOUND = Text(
    "ไม่พบรายการเก็บเงินนี้ในบัญชีของท่าน", "Your account has collected nothing of this kind."
)


async def read_collected(ctx: Context, id: UUID) -> dict[str, Any]:
    """Return what the actor has collected, with its ``receipts``, as :func:`collected_on` does.

    :raises NotFound: there is none, or it is another collector's.
    """
    async with transaction(ctx):
        row = (
            await Collected.select()
            .where(Collected.of(ctx), Collected.id == id, Collected.collector == ctx.actor.id)
            .first()
            .output(load_json=True)
        )
        if row is None:
            raise NotFound(_NOT_FOUND)
        [shown] = await _with_receipts(ctx, [row])
    return shown


async def find_collected(ctx: Context, key: str) -> UUID | None:
    """Return what the actor has told of under a key before, however it was answered."""
    async with transaction(ctx):
        row = (
            await Collected.select(Collected.id)
            .where(Collected.of(ctx), Collected.key == key, Collected.collector == ctx.actor.id)
            .first()
        )
    return row["id"] if row else None


async def collected_on(ctx: Context, day: date, *, source: str) -> list[dict[str, Any]]:
    """Return what the actor's devices told of on a day, and all that still waits, by time.

    :returns: rows of the table; ``receipts`` are id, no, amount and cancelled_at of each.
    """
    async with transaction(ctx):
        rows = (
            await Collected.select()
            .where(
                Collected.of(ctx),
                Collected.collector == ctx.actor.id,
                Collected.source == source,
                (Collected.on_day == day) | Collected.booked_at.is_null(),
            )
            .order_by(Collected.taken_at)
            .order_by(Collected.id)
            .output(load_json=True)
        )
        return await _with_receipts(ctx, rows)


async def _with_receipts(ctx: Context, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    ids = [UUID(one) for row in rows for one in row["receipts"]]
    columns = (Receipt.id, Receipt.year, Receipt.number, Receipt.amount, Receipt.cancelled_at)
    found = (
        await Receipt.select(*columns).where(Receipt.of(ctx), Receipt.id.is_in(ids)) if ids else []
    )
    given = {str(one["id"]): one | {"no": quote(one["year"], one["number"])} for one in found}
    return [row | {"receipts": [given[one] for one in row["receipts"]]} for row in rows]


_WAITING = """
SELECT collector, collector_name, count(*) AS count, sum(amount)::bigint AS amount
FROM treasury.collected WHERE tenant_id = $1 AND booked_at IS NULL
GROUP BY collector, collector_name ORDER BY collector_name
"""


async def waiting_cash(ctx: Context, *, own: bool = False) -> list[dict[str, Any]]:
    """Return who holds cash that no till has taken yet, how many takings and satang of it.

    :param own: only the actor.
    """
    async with transaction(ctx) as connection:
        rows = await connection.fetch(_WAITING, ctx.tenant.id)
    return [dict(row) for row in rows if not own or row["collector"] == ctx.actor.id]
