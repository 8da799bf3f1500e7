"""The books: every posting balances, and a balance is a sum of postings.

A row names the account that receives and the one that gives (docs/decisions/0017), so the sum of
all accounts is zero by construction. Whoever takes from a member's account holds its row first.
"""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from contrib.recycling.rules.books import ACCOUNTS, BANK, CAPITAL, CASH, MEMBER
from contrib.recycling.service.rights import APPROVE, READ
from contrib.recycling.tables.books import Posting
from core.api import Context, add, add_all, audit, need, new_id, transaction

STATEMENT_ROWS = 500
_BALANCE = """
SELECT coalesce(sum(CASE credit WHEN 'member' THEN amount ELSE -amount END), 0)::bigint
FROM recycling.posting WHERE tenant_id = $1 AND member_id = $2
"""
_TRIAL = """
SELECT account, sum(amount)::bigint AS amount FROM (
  SELECT debit AS account, amount FROM recycling.posting WHERE tenant_id = $1
  UNION ALL SELECT credit, -amount FROM recycling.posting WHERE tenant_id = $1) AS sides
GROUP BY account
"""
_STATEMENT = """
SELECT p.id, p.at, p.what, p.subject, p.actor_name,
  CASE p.credit WHEN 'member' THEN p.amount ELSE -p.amount END AS amount,
  sum(CASE p.credit WHEN 'member' THEN p.amount ELSE -p.amount END)
    OVER (ORDER BY p.id)::bigint AS balance,
  coalesce(t.number, w.number::text, d.number::text) AS number
FROM recycling.posting p
LEFT JOIN recycling.ticket t ON t.tenant_id = p.tenant_id AND t.id = p.subject
LEFT JOIN recycling.withdrawal w ON w.tenant_id = p.tenant_id AND w.id = p.subject
LEFT JOIN recycling.dividend d ON d.tenant_id = p.tenant_id AND d.id = p.subject
WHERE p.tenant_id = $1 AND p.member_id = $2 ORDER BY p.id DESC LIMIT $3
"""


async def post(
    ctx: Context,
    debit: str,
    credit: str,
    amount: int,
    *,
    what: str,
    subject: UUID,
    member: UUID | None = None,
) -> None:
    """Write one posting; of nothing there is none.

    :param debit: the account that receives.
    :param credit: the account that gives.
    :param member: whose account it is, where one side is the members'.
    :raises RuntimeError: outside a transaction.
    """
    if amount:
        row = _row(ctx, debit, credit, amount, what, subject)
        await add(Posting, row | {"member_id": member})


async def post_to_members(
    ctx: Context, debit: str, amounts: Mapping[UUID, int], *, what: str, subject: UUID
) -> None:
    """Write a posting from one account to each of many members, none of nothing.

    :raises RuntimeError: outside a transaction.
    """
    rows = [
        _row(ctx, debit, MEMBER, amount, what, subject) | {"member_id": member}
        for member, amount in amounts.items()
        if amount
    ]
    await add_all(Posting, rows)


def _row(
    ctx: Context, debit: str, credit: str, amount: int, what: str, subject: UUID
) -> dict[str, Any]:
    return {
        "tenant_id": ctx.tenant.id,
        "id": new_id(),
        "at": ctx.now,
        "debit": debit,
        "credit": credit,
        "amount": amount,
        "what": what,
        "subject": subject,
        "actor_name": ctx.actor.name,
    }


async def balance_of(ctx: Context, member: UUID) -> int:
    """Return what a member has, in satang; less than 0 where something was paid ahead."""
    async with transaction(ctx) as connection:
        balance: int = await connection.fetchval(_BALANCE, ctx.tenant.id, member)
    return balance


async def statement_of(ctx: Context, member: UUID) -> Sequence[Mapping[str, Any]]:
    """Return the postings of a member with the balance after each, the newest first."""
    async with transaction(ctx) as connection:
        rows: Sequence[Mapping[str, Any]] = await connection.fetch(
            _STATEMENT, ctx.tenant.id, member, STATEMENT_ROWS
        )
    return rows


async def trial_balance(ctx: Context) -> dict[str, int]:
    """Return what every account has received less what it gave; together they are zero."""
    async with transaction(ctx) as connection:
        rows = await connection.fetch(_TRIAL, ctx.tenant.id)
    found = {row["account"]: row["amount"] for row in rows}
    return {account: found.get(account, 0) for account in ACCOUNTS}


async def read_books(ctx: Context) -> dict[str, int]:
    """Return the balance of every account for an officer."""
    need(ctx, READ)
    return await trial_balance(ctx)


async def pay_in(ctx: Context, amount: int, *, to_bank: bool) -> None:
    """Note capital of the enterprise, from which members are paid before anything is sold."""
    need(ctx, APPROVE)
    id = new_id()
    async with transaction(ctx):
        into = BANK if to_bank else CASH
        await post(ctx, into, CAPITAL, amount, what="capital", subject=id)
        await audit.record(ctx, "recycling.capital.paid", f"capital/{id}", amount=amount)
