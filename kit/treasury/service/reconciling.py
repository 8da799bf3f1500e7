"""A bank's day against the books: what its files say, where that money is, and what differs."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import msgspec

from core.api import Context, transaction

MOST = 200

_FILES = """
SELECT id, name, bank, account, standing, paid_count, paid, reversed_count, reversed, done
FROM treasury.bank_file WHERE tenant_id = $1 AND day = $2 AND standing IN ('posting', 'done')
ORDER BY id
"""
_SAID = """
SELECT kind, count(*) AS n, coalesce(sum(amount), 0)::bigint AS amount
FROM treasury.event WHERE tenant_id = $1 AND file_id = ANY($2) GROUP BY kind
"""
# Each payment is counted by its own postings, never by what its row says.
_WHERE = """
WITH paid AS (
  SELECT DISTINCT e.payment_id AS id FROM treasury.event e
  WHERE e.tenant_id = $1 AND e.file_id = ANY($2) AND e.kind = 'credit'
)
SELECT
  coalesce(sum(CASE 'receivable' WHEN q.credit THEN q.amount WHEN q.debit THEN -q.amount END), 0)
    ::bigint AS applied,
  coalesce(sum(CASE 'suspense' WHEN q.credit THEN q.amount WHEN q.debit THEN -q.amount END), 0)
    ::bigint AS suspense,
  coalesce(sum(CASE q.kind WHEN 'granted' THEN q.amount WHEN 'kept' THEN -q.amount END), 0)
    ::bigint AS refunds,
  coalesce(sum(q.amount) FILTER (WHERE q.kind = 'reversed'), 0)::bigint AS gone
FROM paid JOIN treasury.posting q ON q.tenant_id = $1 AND q.payment_id = paid.id
"""
_UNPAIRED = """
SELECT id, place, ref1, payer_name, amount, paid_at FROM treasury.event
WHERE tenant_id = $1 AND payment_id IS NULL AND kind = 'debit' AND file_id = ANY($2)
ORDER BY place LIMIT $3
"""
_CONTRADICTS = """
SELECT id, key, ref1, payer_name, amount, paid_at FROM treasury.event
WHERE tenant_id = $1 AND payment_id IS NULL AND stands = 'contradicts' AND on_day = $2
ORDER BY id LIMIT $3
"""
_MISSING = """
SELECT id, account, ref1, payer_name, amount, paid_at FROM treasury.payment
WHERE tenant_id = $1 AND standing = 'provisional' AND on_day = $2 ORDER BY id LIMIT $3
"""
_WAITING = """
SELECT p.id, p.ref1, p.payer_name, p.amount, p.paid_at, p.waits FROM treasury.event e
JOIN treasury.payment p ON p.tenant_id = $1 AND p.id = e.payment_id
WHERE e.tenant_id = $1 AND e.file_id = ANY($2) AND e.kind = 'credit' AND p.waits <> ''
ORDER BY p.id LIMIT $3
"""
_DAYS = """
SELECT DISTINCT day FROM treasury.bank_file
WHERE tenant_id = $1 AND day IS NOT NULL AND standing IN ('posting', 'done')
ORDER BY day DESC LIMIT 31
"""


class Reconciled(msgspec.Struct, frozen=True, kw_only=True):
    """A day, in satang.

    :ivar paid: what the files of the day say came, each line counted once.
    :ivar taken_back: what they say was taken back.
    :ivar applied: what of it pays bills.
    :ivar suspense: what of it waits.
    :ivar refunds: what of it is granted to be paid back, or was paid back.
    :ivar gone: what of it the bank has taken back since.
    :ivar missing: what the bank said of that day and no file has.
    """

    day: date
    files: tuple[Mapping[str, Any], ...]
    paid_count: int
    paid: int
    taken_back_count: int
    taken_back: int
    applied: int
    suspense: int
    refunds: int
    gone: int
    missing: tuple[Mapping[str, Any], ...]
    unpaired: tuple[Mapping[str, Any], ...]
    contradicted: tuple[Mapping[str, Any], ...]
    waiting: tuple[Mapping[str, Any], ...]

    @property
    def difference(self) -> int:
        """What the files say came, less where it is: 0 unless the books are wrong."""
        return self.paid - self.applied - self.suspense - self.refunds - self.gone

    @property
    def agrees(self) -> bool:
        """Whether nothing is left to explain; money that waits is explained by its reason."""
        return not (self.difference or self.missing or self.unpaired or self.contradicted)


async def reconcile(ctx: Context, day: date) -> Reconciled:
    """Compare a day of the banks with the books.

    :param day: on which the money is in the accounts.
    """
    tenant = ctx.tenant.id
    async with transaction(ctx) as connection:
        files = await connection.fetch(_FILES, tenant, day)
        ids = [row["id"] for row in files]
        said = {row["kind"]: row for row in await connection.fetch(_SAID, tenant, ids)}
        where = await connection.fetchrow(_WHERE, tenant, ids)
        unpaired = await connection.fetch(_UNPAIRED, tenant, ids, MOST)
        contradicted = await connection.fetch(_CONTRADICTS, tenant, day, MOST)
        missing = await connection.fetch(_MISSING, tenant, day, MOST)
        waiting = await connection.fetch(_WAITING, tenant, ids, MOST)
    nothing = {"n": 0, "amount": 0}
    credit, debit = said.get("credit", nothing), said.get("debit", nothing)
    return Reconciled(
        day=day,
        files=_rows(files),
        paid_count=credit["n"],
        paid=credit["amount"],
        taken_back_count=debit["n"],
        taken_back=debit["amount"],
        missing=_rows(missing),
        unpaired=_rows(unpaired),
        contradicted=_rows(contradicted),
        waiting=_rows(waiting),
        **dict(where),
    )


async def days(ctx: Context) -> list[date]:
    """Return the last days of which there is a file, the newest first."""
    async with transaction(ctx) as connection:
        rows = await connection.fetch(_DAYS, ctx.tenant.id)
    return [row["day"] for row in rows]


def _rows(rows: Any) -> tuple[dict[str, Any], ...]:
    return tuple(dict(row) for row in rows)
