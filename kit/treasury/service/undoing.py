"""Take payments back: out of the books, or off their bill, and their receipts with them.

Locks are taken in one order everywhere: the banks' counter, bill, payment, receipt, till's day,
day of the books.
"""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from core.api import Conflict, Context, NotFound, Text, audit, numbers, transaction
from kit import documents
from kit.treasury.rules.quoting import quote
from kit.treasury.service.ledger import REFUNDS, SUSPENSE, Entry, in_suspense, post, refunded
from kit.treasury.service.settling import lock, settle
from kit.treasury.service.tills import leaving
from kit.treasury.tables.books import Payment, Receipt

_NOT_FOUND = Text("ไม่พบรายการเงินนี้", "There is no such payment.")
_MOVED = Text(
    "รายการนี้มีผู้จัดการไปแล้ว โหลดหน้านี้ใหม่เพื่อดูล่าสุด",
    "Somebody has dealt with it already. Load the page again.",
)

_LOCK = "SELECT bill_id FROM treasury.payment WHERE tenant_id = $1 AND id = $2"


async def hold(ctx: Context, payment: UUID, *bills: UUID) -> None:
    """Keep a payment, its bill and some more bills as they are until this change is done.

    :raises NotFound: there is no such payment.
    :raises Conflict: it was given to another bill at this moment.
    """
    async with transaction(ctx) as connection:
        before = await connection.fetchrow(_LOCK, ctx.tenant.id, payment)
        if before is None:
            raise NotFound(_NOT_FOUND)
        known = [one for one in (*bills, before["bill_id"]) if one is not None]
        await lock(ctx, *known)
        row = await connection.fetchrow(f"{_LOCK} FOR UPDATE", ctx.tenant.id, payment)
        if row["bill_id"] != before["bill_id"]:
            raise Conflict(_MOVED)


async def be_alone(ctx: Context) -> None:
    """Wait for whoever notes what banks say, and let nobody else until this change is done.

    Money without a bill has no row that could be locked before its payment is there.
    """
    await numbers.draw(ctx, "treasury/bank")


async def mark_cancelled(ctx: Context, payment: UUID, why: str) -> bool:
    """Cancel the receipt that stands for a payment; return whether there was one."""
    rows = (
        await Receipt.update(
            {
                Receipt.cancelled_at: ctx.now,
                Receipt.cancelled_by: ctx.actor.id,
                Receipt.cancelled_by_name: ctx.actor.name,
                Receipt.cancelled_why: why,
            }
        )
        .where(Receipt.of(ctx), Receipt.payment_id == payment, Receipt.cancelled_at.is_null())
        .returning(Receipt.id, Receipt.paper, Receipt.year, Receipt.number)
    )
    for row in rows:
        subject = f"receipt/{row['id']}"
        if row["paper"] is not None:
            await documents.revoke(ctx, row["paper"], subject=subject, why=why)
        number = quote(row["year"], row["number"])
        await audit.record(ctx, "treasury.receipt.cancelled", subject, number=number, why=why)
    return bool(rows)


async def undo(
    ctx: Context,
    payment: UUID,
    *,
    why: str,
    standing: str = "reversed",
    afterwards: str = REFUNDS,
) -> None:
    """Take a payment out of the books by postings that undo it, and cancel its receipt.

    Its bill is locked by who calls.

    :param standing: ``reversed``, or ``rejected`` where the money never came.
    :param afterwards: account that money of the counter leaves once its till is closed.
    """
    async with transaction(ctx):
        await mark_cancelled(ctx, payment, why)
        which = (Payment.of(ctx), Payment.id == payment)
        await Payment.update({Payment.standing: standing, Payment.waits: ""}).where(*which)
        [paid] = await Payment.select().where(*which)
        gone, lost = await _gone(ctx, paid, why)
        # The till is locked before a receipt may be numbered, as where money is taken.
        account = await leaving(ctx, paid, afterwards)
        bills: Sequence[UUID] = [paid["bill_id"]] if paid["bill_id"] else []
        await settle(ctx, bills)
        if gone:
            entry = Entry(
                kind=standing,
                debit=SUSPENSE,
                credit=account,
                amount=gone,
                payment=payment,
                why=why,
            )
            await post(ctx, [entry])
        if lost:
            await Payment.update({Payment.waits: "paid_back"}).where(*which)


async def _gone(ctx: Context, paid: Mapping[str, Any], why: str) -> tuple[int, int]:
    """Return how much of a payment goes, and how much of that was paid back to its payer before.

    Who paid at the counter and was granted a part of it gets that from a till, and the rest now.
    A bank takes all of it; what was granted and is not paid out yet is granted no longer.
    """
    granted, out = (await refunded(ctx, [paid["id"]])).get(paid["id"], (0, 0))
    if paid["way"] != "bank":
        return paid["amount"] - granted, 0
    if granted > out:
        entry = Entry(
            kind="kept",
            debit=REFUNDS,
            credit=SUSPENSE,
            amount=granted - out,
            payment=paid["id"],
            why=why,
        )
        await post(ctx, [entry])
    return paid["amount"], out


async def loosen(ctx: Context, payment: UUID, *, waits: str) -> None:
    """Take a payment off its bill, which is locked, so that what is left of it is in suspense.

    :param waits: why.
    """
    async with transaction(ctx):
        which = (Payment.of(ctx), Payment.id == payment)
        [paid] = await Payment.select(Payment.bill_id).where(*which)
        await Payment.update({Payment.bill_id: None, Payment.waits: waits}).where(*which)
        if paid["bill_id"]:
            await settle(ctx, [paid["bill_id"]])
        if not await in_suspense(ctx, payment):
            # All of it was given back before.
            await Payment.update({Payment.waits: ""}).where(*which)
