"""What a citizen owes and has paid: the bills whose payer the account is, and their receipts."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from core.api import Context, NotFound, Text, audit, transaction
from kit.treasury.rules.quoting import quote
from kit.treasury.rules.standing import LABELS, TONES, standing
from kit.treasury.service.printing import receipt_pdf

MOST = 200

_NOT_MINE = Text(
    "ไม่พบใบเสร็จนี้ในบัญชีของท่าน ดูรายการในหน้าใบแจ้งของฉัน",
    "There is no such receipt of your account. See the page of your bills.",
)

_BILLS = """
SELECT b.id, b.code, b.title_th, b.title_en, b.due_on, b.total, b.owed, b.state, b.issued_on,
  b.ref1, b.ref2, b.source, b.subject
FROM treasury.bill b
WHERE b.tenant_id = $1 AND b.payer_id IN (
  SELECT id FROM treasury.payer WHERE tenant_id = $1 AND account = $2)
  AND ($4::text IS NULL OR b.subject = $4)
ORDER BY b.state <> 'open', CASE b.state WHEN 'open' THEN b.due_on END, b.id DESC LIMIT $3
"""
_RECEIPTS = """
SELECT p.bill_id, r.id, r.year, r.number, r.amount, r.issued_on, r.original_at
FROM treasury.payment p
JOIN treasury.receipt r ON r.tenant_id = p.tenant_id AND r.payment_id = p.id
WHERE p.tenant_id = $1 AND p.bill_id = ANY($2) AND r.cancelled_at IS NULL ORDER BY r.id
"""


async def my_bills(ctx: Context, *, subject: str | None = None) -> list[dict[str, Any]]:
    """Return the bills of the account, what is owed first, each with its ``receipts``.

    :param subject: only those for it, as the plugin that asks for them named it.
    """
    async with transaction(ctx) as connection:
        rows = await connection.fetch(_BILLS, ctx.tenant.id, ctx.actor.id, MOST, subject)
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


_MONTHS = """
SELECT c.bill_id, c.title_th, c.title_en, c.period, c.amount, c.due_on, b.code, b.state, (
  SELECT coalesce(sum(CASE p.debit WHEN 'receivable' THEN p.amount ELSE -p.amount END), 0)::bigint
  FROM treasury.posting p WHERE p.tenant_id = $1 AND p.charge_id = c.id
  AND 'receivable' IN (p.debit, p.credit)) AS owes
FROM treasury.charge c
JOIN treasury.bill b ON b.tenant_id = c.tenant_id AND b.id = c.bill_id
WHERE c.tenant_id = $1 AND c.bill_id = ANY($2) ORDER BY c.period DESC, b.id DESC, c.place LIMIT $3
"""


async def months_of(ctx: Context, bills: Sequence[UUID]) -> list[dict[str, Any]]:
    """Return what bills ask for, the newest period first, each with what it still ``owes``.

    :param bills: of :func:`my_bills`.
    """
    async with transaction(ctx) as connection:
        rows = await connection.fetch(_MONTHS, ctx.tenant.id, list(bills), MOST)
    return [dict(row) | {"title": row[f"title_{ctx.language}"]} for row in rows]


async def my_payers(ctx: Context, source: str) -> list[UUID]:
    """Return the payers of a plugin that are the account."""
    if ctx.actor.id is None:
        return []
    async with transaction(ctx) as connection:
        rows = await connection.fetch(
            "SELECT id FROM treasury.payer WHERE tenant_id = $1 AND account = $2 AND source = $3"
            " ORDER BY id",
            ctx.tenant.id,
            ctx.actor.id,
            source,
        )
    return [row["id"] for row in rows]


_BIND = """
UPDATE treasury.payer SET account = $3, changed_at = $4
WHERE tenant_id = $1 AND id = ANY($2) AND account IS NULL RETURNING id
"""


async def bind_payers(ctx: Context, payers: Sequence[UUID], account: UUID) -> int:
    """Make an account the one of payers that have none; return how many have it since now.

    From now on it sees their bills. The plugin whose payers they are has found out that it is so.
    """
    async with transaction(ctx) as connection:
        rows = await connection.fetch(_BIND, ctx.tenant.id, list(payers), account, ctx.now)
        for row in rows:
            await audit.record(ctx, "treasury.payer.bound", f"payer/{row['id']}", owner=account)
    return len(rows)


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
