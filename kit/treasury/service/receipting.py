"""Receipts of many payments at once, for what comes through banks.

Money gets its receipt when a charge takes something of it: at once, or later, when a payment
before it goes back. Until then nobody knows what it is for.
"""

from collections.abc import Sequence
from uuid import UUID

import msgspec

from core.api import Context, Text, numbers, transaction
from kit.thai import fiscal_year
from kit.treasury.service.ledger import SUSPENSE

SERIES = "general"
_SURPLUS = Text("เงินรับเกิน รอคืนหรือหักใบแจ้งถัดไป", "Paid beyond the bill, to be refunded or kept")
# The line of a receipt for money that no charge took, but for its amount.
SURPLUS = {"revenue": SUSPENSE, "title": msgspec.to_builtins(_SURPLUS), "period": ""}

_DUE = """
WITH share AS (
  SELECT payment_id, charge_id,
    sum(CASE credit WHEN 'receivable' THEN amount ELSE -amount END)::bigint AS amount
  FROM treasury.posting
  WHERE tenant_id = $1 AND payment_id = ANY($2) AND charge_id IS NOT NULL
  GROUP BY payment_id, charge_id
), due AS MATERIALIZED (
  SELECT p.id, p.amount, p.bill_id, p.paid_at, s.applied, s.lines
  FROM (
    SELECT share.payment_id, sum(share.amount)::bigint AS applied, jsonb_agg(jsonb_build_object(
      'revenue', c.revenue, 'title', jsonb_build_object('th', c.title_th, 'en', c.title_en),
      'period', c.period, 'amount', share.amount) ORDER BY c.place) AS lines
    FROM share JOIN treasury.charge c ON c.tenant_id = $1 AND c.id = share.charge_id
    WHERE share.amount > 0 GROUP BY share.payment_id
  ) s
  JOIN treasury.payment p ON p.tenant_id = $1 AND p.id = s.payment_id
    AND p.way = 'bank' AND p.standing IN ('provisional', 'confirmed')
  WHERE NOT EXISTS (SELECT FROM treasury.receipt r
    WHERE r.tenant_id = $1 AND r.payment_id = p.id AND r.cancelled_at IS NULL)
)"""
_COUNT = f"{_DUE} SELECT count(*) FROM due"  # noqa: S608 - our own words
# The id of a receipt is that of its payment where it is the first one.
_ISSUE = f"""{_DUE}
INSERT INTO treasury.receipt (tenant_id, id, series, year, number, payment_id, amount, payer_name,
  payer_address, lines, issued_on, issued_at, issued_by, issued_by_name, issued_by_post)
SELECT $1, CASE WHEN EXISTS (
      SELECT FROM treasury.receipt r WHERE r.tenant_id = $1 AND r.id = due.id)
    THEN gen_random_uuid() ELSE due.id END,
  $3, $4, $5::int - 1 + row_number() OVER (ORDER BY due.paid_at, due.id), due.id, due.amount,
  b.payer_name, b.payer_address,
  CASE WHEN due.applied < due.amount THEN due.lines
    || jsonb_set($6::jsonb, '{{amount}}', to_jsonb(due.amount - due.applied)) ELSE due.lines END,
  $7, $8, $9, $10, $11
FROM due JOIN treasury.bill b ON b.tenant_id = $1 AND b.id = due.bill_id
"""  # noqa: S608 - our own words


def series(ctx: Context) -> tuple[str, int]:
    """Return the series in which receipts are counted today, and its fiscal year."""
    year = fiscal_year(ctx.today)
    return f"treasury/receipt/{SERIES}/{year}", year


async def issue_many(ctx: Context, payments: Sequence[UUID]) -> int:
    """Give the receipts of payments of banks that a charge has taken from; return how many.

    :raises RuntimeError: a number would be lost.
    """
    name, year = series(ctx)
    async with transaction(ctx) as connection:
        count = await connection.fetchval(_COUNT, ctx.tenant.id, list(payments))
        if not count:
            return 0
        drawn = await numbers.draw_some(ctx, name, count)
        done: str = await connection.execute(
            _ISSUE,
            ctx.tenant.id,
            list(payments),
            SERIES,
            year,
            drawn.start,
            msgspec.json.encode(SURPLUS).decode(),
            ctx.today,
            ctx.now,
            ctx.actor.id,
            ctx.actor.name,
            ctx.actor.post,
        )
    if done != f"INSERT 0 {count}":
        raise RuntimeError(f"{done} where {count} receipts were due")
    return int(count)
