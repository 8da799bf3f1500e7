"""Bills on which something is owed, for the plugin that asked for them: to remind, to demand."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

import msgspec

from core.api import Context, transaction

_FACTS = """b.id, b.kind, b.code, b.ref1, b.title_th, b.title_en, b.due_on, b.owed, b.subject,
  b.payer_id, w.name, w.address, w.account, w.phone, w.email, w.language"""
# Whoever pays at this moment is waited for; what is settled by then is not among the rows.
_DUE = f"""
SELECT {_FACTS} FROM treasury.bill b
JOIN treasury.payer w ON w.tenant_id = b.tenant_id AND w.id = b.payer_id
WHERE b.tenant_id = $1 AND b.source = $2 AND b.state = 'open' AND b.due_on >= $3 AND b.due_on <= $4
  AND ($5::uuid IS NULL OR b.id > $5)
ORDER BY b.id LIMIT $6 FOR SHARE OF b
"""  # noqa: S608 - our own words
_HELD = f"""
SELECT {_FACTS} FROM treasury.bill b
JOIN treasury.payer w ON w.tenant_id = b.tenant_id AND w.id = b.payer_id
WHERE b.tenant_id = $1 AND b.state = 'open' AND b.id = ANY($2) ORDER BY b.id FOR SHARE OF b
"""  # noqa: S608
_BY_SUBJECT = """
SELECT q.*, w.name FROM (
SELECT b.subject, b.payer_id, array_agg(b.id ORDER BY b.due_on, b.id) AS bills,
  sum(b.owed)::bigint AS owed, min(b.due_on) AS since
FROM treasury.bill b
WHERE b.tenant_id = $1 AND b.source = $2 AND b.state = 'open' AND b.due_on <= $3
  AND (b.subject, b.payer_id) > ($4, $5)
GROUP BY b.subject, b.payer_id ORDER BY b.subject, b.payer_id LIMIT $6
) q JOIN treasury.payer w ON w.tenant_id = $1 AND w.id = q.payer_id ORDER BY q.subject, q.payer_id
"""
FIRST = ("", UUID(int=0))


async def due_between(
    ctx: Context, source: str, first: date, last: date, *, after: UUID | None, limit: int
) -> list[dict[str, Any]]:
    """Return bills of a plugin that are owed and fall due within some days, with their payers.

    Nobody can pay them before this transaction ends.

    :param after: the id of the last one of the page before.
    """
    async with transaction(ctx) as connection:
        rows = await connection.fetch(_DUE, ctx.tenant.id, source, first, last, after, limit)
    return [dict(row) for row in rows]


async def still_owed(ctx: Context, bills: Sequence[UUID]) -> list[dict[str, Any]]:
    """Return those of some bills that are owed now, as :func:`due_between` does."""
    async with transaction(ctx) as connection:
        rows = await connection.fetch(_HELD, ctx.tenant.id, list(bills))
    return [dict(row) for row in rows]


async def arrears_by_subject(
    ctx: Context, source: str, last: date, *, after: tuple[str, UUID], limit: int
) -> list[dict[str, Any]]:
    """Return what a plugin's payers owe that fell due by a day, together for each subject.

    :param after: subject and payer of the last one of the page before, or ``FIRST``.
    :returns: ``subject``, ``payer_id``, ``bills`` (the oldest first), ``owed`` in satang, ``since``
        and ``name``.
    """
    async with transaction(ctx) as connection:
        rows = await connection.fetch(_BY_SUBJECT, ctx.tenant.id, source, last, *after, limit)
    return [dict(row) for row in rows]


class Standing(msgspec.Struct, frozen=True):
    """How a subject stands: satang owed, and of these past their day."""

    owed: int
    late: int


_STANDS = """
SELECT b.subject, sum(b.owed)::bigint AS owed,
  coalesce(sum(b.owed) FILTER (WHERE b.due_on < $3), 0)::bigint AS late
FROM treasury.bill b
WHERE b.tenant_id = $1 AND b.source = $2 AND b.state = 'open' GROUP BY b.subject
"""
_STANDS_FOR = """
SELECT q.subject, sum(q.owes)::bigint AS owed,
  coalesce(sum(q.owes) FILTER (WHERE q.due_on < $3), 0)::bigint AS late
FROM (
  SELECT b.subject, b.due_on, (
    SELECT coalesce(sum(CASE p.debit WHEN 'receivable' THEN p.amount ELSE -p.amount END), 0)
    FROM treasury.posting p WHERE p.tenant_id = $1 AND p.charge_id = c.id
    AND 'receivable' IN (p.debit, p.credit)) AS owes
  FROM treasury.charge c
  JOIN treasury.bill b ON b.tenant_id = c.tenant_id AND b.id = c.bill_id
  WHERE c.tenant_id = $1 AND c.source = $2 AND c.period = $4 AND b.state <> 'cancelled'
) q GROUP BY q.subject
"""


async def standing_of(ctx: Context, source: str, *, period: str = "") -> dict[str, Standing]:
    """Return how the subjects of a plugin stand, by subject.

    :param period: ``YYYYMM`` of the Buddhist Era: as far as this month goes, also those that owe
        nothing of it; who was not billed for it is not among them. Empty: those that owe anything.
    """
    query = _STANDS_FOR if period else _STANDS
    asked = [ctx.tenant.id, source, ctx.today, *([period] if period else [])]
    async with transaction(ctx) as connection:
        rows = await connection.fetch(query, *asked)
    return {row["subject"]: Standing(row["owed"], row["late"]) for row in rows}
