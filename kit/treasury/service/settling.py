"""Settle bills: which money pays which charge, worked out from everything that is known.

The result follows from the postings and payments alone, not from the order in which they
came: whatever arrives late, twice or contradictory, settling again gives the same balances.
Only differences are posted.
"""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from core.api import Context, publish, transaction
from kit.treasury.rules.allocation import Owed, allocate
from kit.treasury.service.following import follow
from kit.treasury.service.ledger import (
    RECEIVABLE,
    SUSPENSE,
    Entry,
    Positions,
    positions,
    post,
)
from kit.treasury.service.receipting import issue_many
from kit.treasury.tables.bills import Bill, Charge
from kit.treasury.tables.books import Payment

# Payments whose money is there, or said to be there.
STANDING = ("provisional", "confirmed")

# Bills of one agreement are locked together: a payment of one moves the due days of all.
_LOCK = """
SELECT id, state, source FROM treasury.bill
WHERE tenant_id = $1 AND id = ANY($2::uuid[] || ARRAY(
  SELECT other.bill_id FROM treasury.agreed_bill mine
  JOIN treasury.agreed_bill other
    ON other.tenant_id = mine.tenant_id AND other.agreement_id = mine.agreement_id
  WHERE mine.tenant_id = $1 AND mine.bill_id = ANY($2) AND mine.active))
ORDER BY id FOR UPDATE
"""


async def lock(ctx: Context, *bills: UUID | None) -> None:
    """Keep everybody else from settling bills until this change is done."""
    async with transaction(ctx) as connection:
        await connection.fetch(_LOCK, ctx.tenant.id, list(bills))


async def settle(ctx: Context, bills: Sequence[UUID]) -> int:
    """Let the money of some bills pay their charges, the oldest due first.

    What no charge takes stays in suspense, and its payment says why. What a charge no longer
    owes, because it was waived or cancelled, goes back there. Money of a bank that pays a charge
    for the first time gets its receipt; return how many did.

    :raises RuntimeError: outside a transaction, without which the bills could change meanwhile.
    """
    if not bills:
        return 0
    async with transaction(ctx) as connection:
        locked = await connection.fetch(_LOCK, ctx.tenant.id, list(bills))
        charges = await _of_bills(ctx, bills)
        money = await _money(ctx, bills)
        known = await positions(ctx, [one["id"] for one in charges])
        wanted = _share_out(charges, money, known.owed)
        await post(ctx, _differences(known, wanted))
        asked = set(bills)
        for row in locked:
            if row["id"] in asked:
                await _close_or_open(ctx, row, charges, money, known.owed, wanted)
        await follow(ctx, bills)
        used = {payment for payment, _ in wanted} - {payment for payment, _ in known.applied}
        new = [one["id"] for one in money if one["way"] == "bank" and one["id"] in used]
        return await issue_many(ctx, new) if new else 0


async def _of_bills(ctx: Context, bills: Sequence[UUID]) -> list[dict[str, Any]]:
    return (
        await Charge.select(Charge.id, Charge.bill_id, Charge.due_on, Charge.place)
        .where(Charge.of(ctx), Charge.bill_id.is_in(list(bills)))
        .order_by(Charge.place)
    )


# What a receipt was given for stays paid by its money, whenever other money was paid: else two
# receipts would stand for one charge.
_MONEY = """
SELECT p.id, p.bill_id, p.way, p.standing, p.waits, p.amount - coalesce((
  SELECT sum(CASE r.credit WHEN 'refunds' THEN r.amount ELSE -r.amount END)
  FROM treasury.posting r WHERE r.tenant_id = p.tenant_id AND r.payment_id = p.id
  AND (r.credit = 'refunds' OR r.debit = 'refunds' AND r.credit = 'suspense')
), 0)::bigint AS amount
FROM treasury.payment p WHERE p.tenant_id = $1 AND p.bill_id = ANY($2)
ORDER BY NOT EXISTS (SELECT FROM treasury.receipt g WHERE g.tenant_id = $1
  AND g.payment_id = p.id AND g.cancelled_at IS NULL), p.paid_at, p.id
"""


async def _money(ctx: Context, bills: Sequence[UUID]) -> list[Mapping[str, Any]]:
    """Return the payments, each with the amount of it that is not given back."""
    async with transaction(ctx) as connection:
        rows: list[Mapping[str, Any]] = await connection.fetch(_MONEY, ctx.tenant.id, list(bills))
    return rows


def _share_out(
    charges: Sequence[Mapping[str, Any]],
    money: Sequence[Mapping[str, Any]],
    owed: Mapping[UUID, int],
) -> dict[tuple[UUID, UUID], int]:
    """Return what each payment shall pay of each charge, satang."""
    paid: dict[UUID, int] = {}
    shares: dict[tuple[UUID, UUID], int] = {}
    for payment in money:
        if payment["standing"] not in STANDING or not payment["amount"]:
            continue
        open_ = [
            Owed(
                charge=str(one["id"]),
                amount=owed.get(one["id"], 0),
                due_on=one["due_on"],
                priority=one["place"],
                paid=paid.get(one["id"], 0),
            )
            for one in charges
            if one["bill_id"] == payment["bill_id"]
        ]
        for share in allocate(open_, payment["amount"]).shares:
            charge = UUID(share.charge)
            shares[payment["id"], charge] = share.amount
            paid[charge] = paid.get(charge, 0) + share.amount
    return shares


def _differences(known: Positions, wanted: Mapping[tuple[UUID, UUID], int]) -> list[Entry]:
    entries = []
    for key in sorted(known.applied.keys() | wanted.keys()):
        payment, charge = key
        more = wanted.get(key, 0) - known.applied.get(key, 0)
        if more:
            entry = Entry(
                kind="applied",
                debit=SUSPENSE,
                credit=RECEIVABLE,
                amount=abs(more),
                charge=charge,
                payment=payment,
            )
            entries.append(entry if more > 0 else entry.back("taken_back", ""))
    # Money is taken back before it is given elsewhere, as in a book that one reads.
    return sorted(entries, key=lambda one: one.kind == "applied")


async def _close_or_open(
    ctx: Context,
    row: Mapping[str, Any],
    charges: Sequence[Mapping[str, Any]],
    money: Sequence[Mapping[str, Any]],
    owed: Mapping[UUID, int],
    wanted: Mapping[tuple[UUID, UUID], int],
) -> None:
    bill, before, billed = row["id"], row["state"], row["source"]
    mine = {one["id"] for one in charges if one["bill_id"] == bill}
    left = sum(owed.get(charge, 0) for charge in mine)
    left -= sum(amount for (_, charge), amount in wanted.items() if charge in mine)
    state = "cancelled" if before == "cancelled" else "open" if left else "settled"
    await Bill.update({Bill.owed: left, Bill.state: state}).where(Bill.of(ctx), Bill.id == bill)
    for payment in money:
        if payment["bill_id"] == bill:
            await _say_why(ctx, payment, state, wanted)
    if state == "settled" and before == "open":
        await publish(ctx, "on_bill_settled", to=billed, bill=bill)
    if state == "open" and before == "settled":
        await publish(ctx, "on_bill_reopened", to=billed, bill=bill)


async def _say_why(
    ctx: Context,
    payment: Mapping[str, Any],
    state: str,
    wanted: Mapping[tuple[UUID, UUID], int],
) -> None:
    if payment["standing"] not in STANDING:
        return
    used = sum(amount for (whose, _), amount in wanted.items() if whose == payment["id"])
    waits = ""
    if used < payment["amount"]:
        waits = "cancelled_bill" if state == "cancelled" else "overpaid"
    if waits != payment["waits"]:
        await Payment.update({Payment.waits: waits}).where(
            Payment.of(ctx), Payment.id == payment["id"]
        )
