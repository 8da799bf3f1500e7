"""Money that goes back: somebody who may grants it with a reason, a collector pays it out.

What a payment has over, or what was taken for a bill that is cancelled, waits in suspense;
the money of a receipt that was cancelled after its till had closed is granted with it.
"""

from typing import Any
from uuid import UUID

from core.api import Conflict, Context, NotAllowed, NotFound, Text, audit, read_reason, transaction
from kit.thai import baht
from kit.treasury.service.ledger import (
    REFUNDS,
    SUSPENSE,
    Entry,
    balance,
    cash,
    in_suspense,
    post,
    refunded,
)
from kit.treasury.service.receipts import CANCEL
from kit.treasury.service.settling import lock, settle
from kit.treasury.service.tills import COLLECT, NO_MONEY, demand_open
from kit.treasury.tables.books import Payment

_NOT_FOUND = Text("ไม่พบการชำระนี้", "There is no such payment.")
_NOT_ALLOWED = Text(
    "การคืนเงินต้องมีผู้อนุมัติ เสนอผู้อำนวยการกองคลัง",
    "Money is given back on approval. Ask the director of finance.",
)
_NOTHING = Text(
    "ไม่มีเงินรอคืนของการชำระนี้ อาจจ่ายคืนไปแล้ว ดูรายการอีกครั้ง",
    "Nothing of this payment waits to be given back; it may be paid out already. Look again.",
)
_TOO_LITTLE = Text(
    "เงินในช่องนี้มี {held} บาท ไม่พอคืน {wanted} บาท ขอเงินจากกองคลังก่อน",
    "This till holds {held} baht, not {wanted}. Ask the treasury for cash first.",
)
_NOT_THERE = Text(
    "ธนาคารแจ้งรายการนี้แล้ว แต่ยังไม่มีในไฟล์สิ้นวัน อนุมัติคืนได้เมื่อนำเข้าไฟล์แล้ว",
    "The bank has told of it, but no end-of-day file has it. Approve it once the file is in.",
)


async def grant_refund(ctx: Context, payment: UUID, *, why: str) -> int:
    """Approve that all of a payment that waits in suspense is given back; return it, satang.

    :raises NotAllowed: the actor may not.
    :raises InvalidInput: no reason is given.
    :raises Conflict: nothing of it waits.
    """
    if not ctx.actor.may(CANCEL):
        raise NotAllowed(_NOT_ALLOWED)
    reason = read_reason(why)
    async with transaction(ctx):
        paid = await Payment.select().where(Payment.of(ctx), Payment.id == payment).first()
        if paid is None:
            raise NotFound(_NOT_FOUND)
        await lock(ctx, paid["bill_id"])
        await _lock(ctx, payment)
        if paid["standing"] == "provisional":
            raise Conflict(_NOT_THERE)
        free = await in_suspense(ctx, payment)
        if free <= 0:
            raise Conflict(_NOTHING)
        entry = Entry(
            kind="granted",
            debit=SUSPENSE,
            credit=REFUNDS,
            amount=free,
            payment=payment,
            why=reason,
        )
        await post(ctx, [entry])
        await Payment.update({Payment.waits: ""}).where(Payment.of(ctx), Payment.id == payment)
        if paid["bill_id"]:
            await settle(ctx, [paid["bill_id"]])
        await audit.record(
            ctx, "treasury.refund.granted", f"payment/{payment}", amount=free, why=reason
        )
    return free


async def _lock(ctx: Context, payment: UUID) -> None:
    """Keep a payment as it is until this change is done.

    :raises NotFound: there is none.
    """
    async with transaction(ctx) as connection:
        found = await connection.fetchval(
            "SELECT id FROM treasury.payment WHERE tenant_id = $1 AND id = $2 FOR UPDATE",
            ctx.tenant.id,
            payment,
        )
    if found is None:
        raise NotFound(_NOT_FOUND)


async def pay_refund(ctx: Context, payment: UUID, *, till: str) -> int:
    """Pay out in cash what is granted of a payment, once; return it, satang.

    :raises NotAllowed: the actor handles no money.
    :raises Conflict: nothing is granted or it is paid, the till is not open or holds too little.
    """
    if not ctx.actor.may(COLLECT):
        raise NotAllowed(NO_MONEY)
    async with transaction(ctx):
        await _lock(ctx, payment)
        granted, paid = (await refunded(ctx, [payment])).get(payment, (0, 0))
        amount = granted - paid
        if amount <= 0:
            raise Conflict(_NOTHING)
        await demand_open(ctx, till, alone=True)
        held = await balance(ctx, cash(till), ctx.today)
        if held < amount:
            raise Conflict(_TOO_LITTLE.format(held=baht(held), wanted=baht(amount)))
        entry = Entry(
            kind="refund", debit=REFUNDS, credit=cash(till), amount=amount, payment=payment
        )
        await post(ctx, [entry])
        await audit.record(
            ctx, "treasury.refund.paid", f"payment/{payment}", amount=amount, till=till
        )
    return amount


_DUE = """
SELECT p.id, p.payer_name, p.ref1, p.on_day, p.paid_at, r.year, r.number, q.amount, q.why
FROM (
  SELECT payment_id,
    sum(CASE credit WHEN 'refunds' THEN amount ELSE -amount END)::bigint AS amount,
    max(why) FILTER (WHERE credit = 'refunds') AS why
  FROM treasury.posting
  WHERE tenant_id = $1 AND (debit = 'refunds' OR credit = 'refunds') GROUP BY payment_id
) q
JOIN treasury.payment p ON p.tenant_id = $1 AND p.id = q.payment_id
LEFT JOIN LATERAL (
  SELECT r.year, r.number FROM treasury.receipt r
  WHERE r.tenant_id = $1 AND r.payment_id = p.id ORDER BY r.id DESC LIMIT 1
) r ON true
WHERE q.amount > 0 ORDER BY p.id LIMIT $2
"""
_WAITING = """
SELECT p.id, p.payer_name, p.ref1, p.on_day, p.waits, r.year, r.number,
  sum(CASE q.credit WHEN 'suspense' THEN q.amount ELSE -q.amount END)::bigint AS amount
FROM treasury.payment p
JOIN treasury.posting q ON q.tenant_id = p.tenant_id AND q.payment_id = p.id
  AND 'suspense' IN (q.debit, q.credit)
LEFT JOIN LATERAL (
  SELECT r.year, r.number FROM treasury.receipt r
  WHERE r.tenant_id = $1 AND r.payment_id = p.id ORDER BY r.id DESC LIMIT 1
) r ON true
WHERE p.tenant_id = $1 AND p.waits IN ('overpaid', 'cancelled_bill', 'receipt_cancelled')
GROUP BY p.tenant_id, p.id, r.year, r.number HAVING
  sum(CASE q.credit WHEN 'suspense' THEN q.amount ELSE -q.amount END) > 0
ORDER BY p.id LIMIT $2
"""
SHOWN = 200


async def refunds_due(ctx: Context) -> list[dict[str, Any]]:
    """Return what is granted and not paid out, the oldest first: payment, payer, amount, why."""
    return await _listed(ctx, _DUE)


async def refunds_possible(ctx: Context) -> list[dict[str, Any]]:
    """Return payments of which a part waits because it is too much, the oldest first."""
    return await _listed(ctx, _WAITING)


async def _listed(ctx: Context, query: str) -> list[dict[str, Any]]:
    async with transaction(ctx) as connection:
        rows = await connection.fetch(query, ctx.tenant.id, SHOWN)
    return [dict(row) for row in rows]
