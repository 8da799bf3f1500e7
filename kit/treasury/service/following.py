"""Keep the due days of bills under an agreement in step with what is paid.

Called by settling, in the change's own transaction, while the bills are locked: those of one
agreement are always locked together.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

import msgspec

from core.api import Context, transaction
from kit.treasury.rules.agreed import Portion, portions
from kit.treasury.rules.instalments import Instalment
from kit.treasury.tables.bills import Bill

_BILLS = """
SELECT a.id AS agreement, a.parts, g.bill_id, b.due_on,
  CASE b.state WHEN 'open' THEN b.owed ELSE 0 END AS owed
FROM treasury.agreed_bill mine
JOIN treasury.agreement a ON a.tenant_id = mine.tenant_id AND a.id = mine.agreement_id
JOIN treasury.agreed_bill g ON g.tenant_id = a.tenant_id AND g.agreement_id = a.id
JOIN treasury.bill b ON b.tenant_id = g.tenant_id AND b.id = g.bill_id
WHERE mine.tenant_id = $1 AND mine.bill_id = ANY($2) AND mine.active
GROUP BY a.id, a.parts, g.bill_id, g.place, b.due_on, b.state, b.owed
ORDER BY a.id, g.place
"""
_parts = msgspec.json.Decoder(list[Instalment])


async def portions_of(ctx: Context, bills: Sequence[UUID]) -> dict[UUID, Portion]:
    """Return what is asked for first of bills that are paid in instalments, by bill.

    Other bills of the same agreements are among them; what is settled is not.
    """
    if not bills:
        return {}
    return {
        row["bill_id"]: portion
        for row, portion in await _portions(ctx, bills)
        if portion is not None
    }


async def _portions(
    ctx: Context, bills: Sequence[UUID]
) -> list[tuple[dict[str, Any], Portion | None]]:
    async with transaction(ctx) as connection:
        rows = await connection.fetch(_BILLS, ctx.tenant.id, list(bills))
    of: dict[UUID, list[dict[str, Any]]] = {}
    for row in rows:
        of.setdefault(row["agreement"], []).append(dict(row))
    found: list[tuple[dict[str, Any], Portion | None]] = []
    for same in of.values():
        parts = _parts.decode(same[0]["parts"])
        found += zip(same, portions(parts, [one["owed"] for one in same]), strict=True)
    return found


async def follow(ctx: Context, bills: Sequence[UUID]) -> None:
    """Bring the due days of all bills of the agreements of some bills up to date."""
    for row, portion in await _portions(ctx, bills):
        if portion is not None and portion.due_on != row["due_on"]:
            await set_due(ctx, row["bill_id"], portion.due_on)


async def set_due(ctx: Context, bill: UUID, due_on: date) -> None:
    """Write when a bill is due from now on."""
    async with transaction(ctx):
        await Bill.update({Bill.due_on: due_on}).where(Bill.of(ctx), Bill.id == bill)
