"""What must be true of the books whatever banks, payers and officers did, counted by hand."""

from collections.abc import Iterable
from typing import Any

from core.api import Context
from core.db import transaction
from kit.treasury.banking.statement import Kind, Line
from kit.treasury.service.ledger import balances

# What every charge owes by its postings that are not of money, and by those that are.
_BILLS = """
SELECT b.owed, b.state,
  coalesce(sum(CASE 'receivable' WHEN q.debit THEN q.amount ELSE -q.amount END)
    FILTER (WHERE q.payment_id IS NULL), 0)::bigint AS asked,
  coalesce(sum(CASE 'receivable' WHEN q.credit THEN q.amount ELSE -q.amount END)
    FILTER (WHERE q.payment_id IS NOT NULL), 0)::bigint AS paid
FROM treasury.bill b
JOIN treasury.charge c ON c.tenant_id = b.tenant_id AND c.bill_id = b.id
JOIN treasury.posting q ON q.tenant_id = b.tenant_id AND q.charge_id = c.id
  AND 'receivable' IN (q.debit, q.credit)
GROUP BY b.tenant_id, b.id
"""
# Summed up before they are joined: looked up one by one, a million would take minutes.
_PAYMENTS = """
SELECT p.standing, p.way, p.amount, p.waits, p.account, coalesce(q.applied, 0)::bigint AS applied,
  coalesce(q.rests, 0)::bigint AS rests, coalesce(r.receipts, '{}') AS receipts,
  coalesce(e.told, 0) AS told
FROM treasury.payment p
LEFT JOIN (
  SELECT tenant_id, payment_id,
    sum(CASE 'receivable' WHEN credit THEN amount WHEN debit THEN -amount END) AS applied,
    sum(CASE 'suspense' WHEN credit THEN amount WHEN debit THEN -amount END) AS rests
  FROM treasury.posting GROUP BY tenant_id, payment_id
) q ON q.tenant_id = p.tenant_id AND q.payment_id = p.id
LEFT JOIN (
  SELECT tenant_id, payment_id, array_agg(amount) AS receipts
  FROM treasury.receipt WHERE cancelled_at IS NULL GROUP BY tenant_id, payment_id
) r ON r.tenant_id = p.tenant_id AND r.payment_id = p.id
LEFT JOIN (
  SELECT tenant_id, payment_id, count(*) AS told
  FROM treasury.event WHERE kind = 'credit' GROUP BY tenant_id, payment_id
) e ON e.tenant_id = p.tenant_id AND e.payment_id = p.id
"""
_NUMBERS = "SELECT number, cancelled_at, cancelled_why FROM treasury.receipt ORDER BY number"


async def rows(ctx: Context, query: str) -> list[Any]:
    async with transaction(ctx) as connection:
        return list(await connection.fetch(query))


def said(lines: Iterable[Line]) -> int:
    """Return what lines of files, each once, leave in the account of the bank, satang."""
    return sum(one.amount if one.kind == Kind.PAID else -one.amount for one in lines)


async def the_books_are_right(ctx: Context, bank: int, *, account: str) -> None:
    """Compare the books with what must be in the account of the bank."""
    known = await balances(ctx)
    assert sum(known.values()) == 0
    assert known.get(account, 0) == bank
    bills, payments = await rows(ctx, _BILLS), await rows(ctx, _PAYMENTS)
    places = ("bank", "transit", "cash", "cheque", "vault")
    money = sum(sum_ for name, sum_ in known.items() if name.partition("/")[0] in places)
    # Bank = ledger + suspense, to the satang; the ledger's side is told by the bills alone.
    paid = sum(one["asked"] - one["owed"] for one in bills)
    assert money == paid - known.get("suspense", 0) - known.get("refunds", 0)
    the_bills_are_right(bills)
    the_payments_are_right(payments)
    the_receipts_are_right(await rows(ctx, _NUMBERS))


def the_bills_are_right(bills: Iterable[Any]) -> None:
    for one in bills:
        assert one["owed"] == one["asked"] - one["paid"] >= 0
        assert one["state"] == "cancelled" or (one["state"] == "open") == (one["owed"] > 0)


def the_payments_are_right(payments: Iterable[Any]) -> None:
    for one in payments:
        stands = one["standing"] in ("provisional", "confirmed")
        # No receipt without money, none twice, and one for all money that pays something.
        assert len(one["receipts"]) <= (1 if stands else 0)
        assert all(amount == one["amount"] for amount in one["receipts"])
        assert one["receipts"] or not one["applied"]
        assert stands or one["applied"] == 0
        # No money without a line of a bank, or somebody who took it.
        assert one["told"] > 0 or one["way"] != "bank"
        # Nothing waits without a reason, and no reason is given where nothing waits.
        assert bool(one["waits"]) == (one["rests"] != 0)


def the_receipts_are_right(receipts: list[Any]) -> None:
    assert [one["number"] for one in receipts] == list(range(1, len(receipts) + 1))
    assert all(one["cancelled_at"] is None or one["cancelled_why"] for one in receipts)
