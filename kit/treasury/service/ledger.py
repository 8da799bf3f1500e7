"""The ledger: every posting is one double entry, and every balance a sum of postings.

A posting says to which account an amount goes (debit) and from which it comes (credit), so the
books balance whatever is written. Nothing is ever changed or taken out: what was wrong is
posted back.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from uuid import UUID

import msgspec

from core.api import Context, add_all, new_id, transaction
from kit.treasury.service.days import keep_open
from kit.treasury.tables.books import Posting

# What people owe, and money that no charge has taken yet.
RECEIVABLE, SUSPENSE, REFUNDS = "receivable", "suspense", "refunds"
# What collectors have handed over to the treasury, and what their counts found more or less.
CASH, CHEQUES, DIFFERENCE = "vault/cash", "vault/cheque", "difference"


def revenue(code: str) -> str:
    """Return the account of a kind of revenue."""
    return f"revenue/{code}"


def waived(code: str) -> str:
    """Return the account of what the office let people off, by kind of revenue."""
    return f"waived/{code}"


def cash(till: str) -> str:
    """Return the account of the cash in a till."""
    return f"cash/{till}"


def cheque(till: str) -> str:
    """Return the account of the cheques in a till."""
    return f"cheque/{till}"


def bank(number: str, account: str) -> str:
    """Return the account of the money that files of a bank report.

    :param number: three digits of the bank.
    """
    return f"bank/{number}-{account}"


def transit(number: str, account: str) -> str:
    """Return the account of what a bank said and no file of it has confirmed."""
    return f"transit/{number}-{account}"


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """What is to be posted.

    :param kind: why, in one word: raised, waived, cancelled, received, applied, …
    :param amount: satang, more than 0.
    """

    kind: str
    debit: str
    credit: str
    amount: int
    charge: UUID | None = None
    payment: UUID | None = None
    why: str = ""

    def back(self, kind: str, why: str) -> "Entry":
        """Return what undoes it."""
        return msgspec.structs.replace(
            self, kind=kind, debit=self.credit, credit=self.debit, why=why
        )


async def post(
    ctx: Context,
    entries: Iterable[Entry],
    *,
    day: date | None = None,
    ids: Sequence[UUID] | None = None,
) -> None:
    """Write postings into the books of a day, of today where none is given.

    :param ids: of the postings, where something else shall find them again.
    :raises Conflict: the day is locked.
    """
    books = day or ctx.today
    given = iter(ids or ())
    rows = [
        {
            "tenant_id": ctx.tenant.id,
            "id": next(given, None) or new_id(),
            "on_day": books,
            "at": ctx.now,
            "kind": one.kind,
            "debit": one.debit,
            "credit": one.credit,
            "amount": one.amount,
            "charge_id": one.charge,
            "payment_id": one.payment,
            "why": one.why,
            "actor": ctx.actor.id,
            "actor_name": ctx.actor.name,
        }
        for one in entries
    ]
    async with transaction(ctx):
        if rows:
            await keep_open(ctx, books)
        await add_all(Posting, rows)


class Positions(msgspec.Struct, frozen=True):
    """How charges stand.

    :ivar owed: what was charged less what was waived and cancelled, satang, by charge.
    :ivar applied: what each payment has paid of each charge, satang.
    """

    owed: dict[UUID, int]
    applied: dict[tuple[UUID, UUID], int]


_POSITIONS = """
SELECT charge_id, payment_id,
  sum(CASE debit WHEN 'receivable' THEN amount ELSE -amount END)::bigint AS owed
FROM treasury.posting
WHERE tenant_id = $1 AND charge_id = ANY($2) AND 'receivable' IN (debit, credit)
GROUP BY charge_id, payment_id
"""


async def positions(ctx: Context, charges: Sequence[UUID]) -> Positions:
    """Return how charges stand by their postings."""
    async with transaction(ctx) as connection:
        rows = await connection.fetch(_POSITIONS, ctx.tenant.id, list(charges))
    owed = {row["charge_id"]: row["owed"] for row in rows if row["payment_id"] is None}
    applied = {
        (row["payment_id"], row["charge_id"]): -row["owed"]
        for row in rows
        if row["payment_id"] is not None and row["owed"]
    }
    return Positions(owed, applied)


_BALANCES = """
SELECT account, sum(amount)::bigint AS amount FROM (
  SELECT debit AS account, amount FROM treasury.posting WHERE tenant_id = $1
  UNION ALL SELECT credit, -amount FROM treasury.posting WHERE tenant_id = $1
) AS sides GROUP BY account
"""


async def balances(ctx: Context) -> dict[str, int]:
    """Return the balance of every account, satang; together they are 0."""
    async with transaction(ctx) as connection:
        rows = await connection.fetch(_BALANCES, ctx.tenant.id)
    return {row["account"]: row["amount"] for row in rows if row["amount"]}


_BALANCE = """
SELECT coalesce(sum(CASE debit WHEN $3 THEN amount ELSE -amount END), 0)::bigint
FROM treasury.posting WHERE tenant_id = $1 AND on_day = $2 AND $3 IN (debit, credit)
"""


async def balance(ctx: Context, account: str, day: date) -> int:
    """Return what the postings of one day leave on an account, satang."""
    async with transaction(ctx) as connection:
        left: int = await connection.fetchval(_BALANCE, ctx.tenant.id, day, account)
    return left


_OWED_BACK = """
SELECT payment_id, sum(CASE WHEN credit = 'refunds' THEN amount
    WHEN credit = 'suspense' THEN -amount ELSE 0 END)::bigint AS granted,
  sum(CASE WHEN debit = 'refunds' AND credit <> 'suspense' THEN amount ELSE 0 END)::bigint AS paid
FROM treasury.posting
WHERE tenant_id = $1 AND payment_id = ANY($2) AND (debit = 'refunds' OR credit = 'refunds')
GROUP BY payment_id
"""


async def refunded(ctx: Context, payments: Sequence[UUID]) -> dict[UUID, tuple[int, int]]:
    """Return what the office gives back of payments, and what of it is paid out, satang."""
    async with transaction(ctx) as connection:
        rows = await connection.fetch(_OWED_BACK, ctx.tenant.id, list(payments))
    return {row["payment_id"]: (row["granted"], row["paid"]) for row in rows}


_IN_SUSPENSE = """
SELECT coalesce(sum(CASE credit WHEN 'suspense' THEN amount ELSE 0 END
  - CASE debit WHEN 'suspense' THEN amount ELSE 0 END), 0)::bigint
FROM treasury.posting WHERE tenant_id = $1 AND payment_id = $2
"""


async def in_suspense(ctx: Context, payment: UUID) -> int:
    """Return how much of a payment waits in suspense, satang."""
    async with transaction(ctx) as connection:
        amount: int = await connection.fetchval(_IN_SUSPENSE, ctx.tenant.id, payment)
    return amount
