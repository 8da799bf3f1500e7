"""What a citizen owes and has paid: the bills whose payer the account is, and their receipts."""

from typing import Any
from uuid import UUID

from core.api import Context, NotFound, Text, transaction
from kit.treasury.rules.quoting import quote
from kit.treasury.rules.standing import LABELS, TONES, standing
from kit.treasury.service.printing import receipt_pdf

MOST = 200

_NOT_MINE = Text(
    "ไม่พบใบเสร็จนี้ในบัญชีของท่าน ดูรายการในหน้าใบแจ้งของฉัน",
    "There is no such receipt of your account. See the page of your bills.",
)

_BILLS = """
SELECT b.id, b.code, b.title_th, b.title_en, b.due_on, b.total, b.owed, b.state, b.issued_on
FROM treasury.bill b
WHERE b.tenant_id = $1 AND b.payer_id IN (
  SELECT id FROM treasury.payer WHERE tenant_id = $1 AND account = $2)
ORDER BY b.state <> 'open', CASE b.state WHEN 'open' THEN b.due_on END, b.id DESC LIMIT $3
"""
_RECEIPTS = """
SELECT p.bill_id, r.id, r.year, r.number, r.amount, r.issued_on, r.original_at
FROM treasury.payment p
JOIN treasury.receipt r ON r.tenant_id = p.tenant_id AND r.payment_id = p.id
WHERE p.tenant_id = $1 AND p.bill_id = ANY($2) AND r.cancelled_at IS NULL ORDER BY r.id
"""


async def my_bills(ctx: Context) -> list[dict[str, Any]]:
    """Return the bills of the account, what is owed first, each with its ``receipts``."""
    async with transaction(ctx) as connection:
        rows = await connection.fetch(_BILLS, ctx.tenant.id, ctx.actor.id, MOST)
        given = await connection.fetch(_RECEIPTS, ctx.tenant.id, [row["id"] for row in rows])
    receipts: dict[UUID, list[dict[str, Any]]] = {}
    for row in given:
        one = dict(row) | {"no": quote(row["year"], row["number"])}
        receipts.setdefault(row["bill_id"], []).append(one)
    return [_shown(ctx, dict(row), receipts.get(row["id"], [])) for row in rows]


def _shown(ctx: Context, row: dict[str, Any], receipts: list[dict[str, Any]]) -> dict[str, Any]:
    stands = standing(row["state"], due_on=row["due_on"], today=ctx.today, paid=bool(receipts))
    return row | {
        "title": row[f"title_{ctx.language}"],
        "label": LABELS[stands].to(ctx.language),
        "tone": TONES[stands],
        "receipts": receipts,
    }


_OWED = """
SELECT count(*) AS count, coalesce(sum(b.owed), 0)::bigint AS total
FROM treasury.bill b
WHERE b.tenant_id = $1 AND b.state = 'open' AND b.payer_id IN (
  SELECT id FROM treasury.payer WHERE tenant_id = $1 AND account = $2)
"""


async def owed_by_me(ctx: Context) -> tuple[int, int]:
    """Return how many bills of the account are to be paid, and how many satang together."""
    async with transaction(ctx) as connection:
        row = await connection.fetchrow(_OWED, ctx.tenant.id, ctx.actor.id)
    return row["count"], row["total"]


_IS_MINE = """
SELECT EXISTS (
  SELECT 1 FROM treasury.receipt r
  JOIN treasury.payment p ON p.tenant_id = r.tenant_id AND p.id = r.payment_id
  JOIN treasury.bill b ON b.tenant_id = p.tenant_id AND b.id = p.bill_id
  JOIN treasury.payer y ON y.tenant_id = b.tenant_id AND y.id = b.payer_id
  WHERE r.tenant_id = $1 AND r.id = $2 AND y.account = $3)
"""


async def my_receipt(ctx: Context, receipt: UUID, *, original: bool) -> tuple[bytes, str]:
    """Return a receipt of the account as a PDF file, and a name for it.

    :param original: as ``receipt_pdf`` takes it.
    :raises NotFound: it is somebody else's, or there is none.
    """
    async with transaction(ctx) as connection:
        mine = await connection.fetchval(_IS_MINE, ctx.tenant.id, receipt, ctx.actor.id)
    if not mine:
        raise NotFound(_NOT_MINE)
    return await receipt_pdf(ctx, receipt, original=original)


async def is_mine(ctx: Context, payer: UUID) -> bool:
    """Return whether the account is of this payer."""
    if ctx.actor.id is None:
        return False
    async with transaction(ctx) as connection:
        found: bool = await connection.fetchval(
            "SELECT EXISTS (SELECT 1 FROM treasury.payer"
            " WHERE tenant_id = $1 AND id = $2 AND account = $3)",
            ctx.tenant.id,
            payer,
            ctx.actor.id,
        )
    return found
