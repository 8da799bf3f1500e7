"""Bring bills that were made in step with the waivers that count now.

What is let off is posted by the treasury. A waiver that was withdrawn before it began is undone
by cancelling: the year is then billed anew in full, but not to whom has paid anything of it.
"""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from core.api import Context, Text, transaction
from kit.treasury import bills_by_id, cancel_bill
from plugins.food_cert.rules.fees import FeeState, off
from plugins.food_cert.service.closing import let_off
from plugins.food_cert.service.feeyears import VOIDED, change_year
from plugins.food_cert.service.revenues import by_law
from plugins.food_cert.tables.fees import FeeYear

AT_ONCE = 100

_WAIVED = Text("ยกเว้นค่าธรรมเนียมร้อยละ {percent}", "{percent} per cent of the fee are waived")
_WITHDRAWN = Text(
    "ถอนการยกเว้นก่อนเริ่ม ออกใบแจ้งใหม่เต็มจำนวน",
    "The waiver was withdrawn before it began; a bill of the whole fee follows",
)

# Satang are rounded as ``rules.fees.off`` does: what is left, downwards.
_UNEQUAL = """
SELECT * FROM (
  SELECT f.place_id, f.year, f.amount, f.waived, f.bill, coalesce((
    SELECT max(w.percent) FROM food_cert.waiver w
    WHERE w.tenant_id = $1 AND w.withdrawn_at IS NULL AND f.due_on BETWEEN w.from_on AND w.until_on
      AND w.instrument IN ('', f.instrument)), 0)::int AS percent
  FROM food_cert.fee_year f
  WHERE f.tenant_id = $1 AND f.due_on >= $2 AND f.state IN ('billed', 'waived')
    AND (f.place_id, f.year) > ($3, $4)
) q WHERE q.waived <> q.amount - q.amount * (100 - q.percent) / 100
ORDER BY q.place_id, q.year LIMIT $5
"""


async def reduce(ctx: Context) -> None:
    """Reduce what is waived and not paid, undo what is not waived any more; again without harm."""
    after: tuple[UUID, int] | None = (UUID(int=0), 0)
    while after is not None:
        after = await _some(ctx, after)


async def _some(ctx: Context, after: tuple[UUID, int]) -> tuple[UUID, int] | None:
    async with transaction(ctx) as connection:
        rows = await connection.fetch(_UNEQUAL, ctx.tenant.id, ctx.today, *after, AT_ONCE)
        for row in rows:
            await _bring_in_step(ctx, row)
    return (rows[-1]["place_id"], rows[-1]["year"]) if len(rows) == AT_ONCE else None


async def _bring_in_step(ctx: Context, row: Mapping[str, Any]) -> None:
    more = off(row["amount"], row["percent"]) - row["waived"]
    if more < 0:
        await _undo(ctx, row)
    elif row["bill"]:
        why = _WAIVED.format(percent=row["percent"])
        waived = row["waived"] + await let_off(ctx, row["bill"], more, why)
        state = FeeState.WAIVED if waived == row["amount"] else FeeState.BILLED
        values = {FeeYear.waived: waived, FeeYear.state: state}
        await change_year(ctx, row["place_id"], row["year"], values)


async def _undo(ctx: Context, row: Mapping[str, Any]) -> None:
    """Take back a year that was billed too low, unless something of it was paid."""
    if row["bill"]:
        known = (await bills_by_id(ctx, [row["bill"]]))[row["bill"]]
        if row["amount"] - row["waived"] > known["owed"]:
            return
        await cancel_bill(by_law(ctx), row["bill"], why=_WITHDRAWN.th)
    await change_year(ctx, row["place_id"], row["year"], VOIDED)
