"""Money that waits: why, and what people do with it, each time with a reason.

What is given to a bill settles it as if it had come under the bill's reference. What is to go
back is granted first, see ``refunds``, so that no bill takes it meanwhile.
"""

from typing import Any
from uuid import UUID

from core.api import Conflict, Context, NotAllowed, NotFound, Text, audit, read_reason, transaction
from kit.treasury.service import receipts
from kit.treasury.service.ledger import REFUNDS, Entry, post
from kit.treasury.service.settling import STANDING, settle
from kit.treasury.service.undoing import be_alone, hold, undo
from kit.treasury.tables.books import Payment

ASSIGN = "treasury.assign"
MOST = 100

REASONS = {
    "unknown_reference": Text("ไม่พบเลขอ้างอิง", "Unknown reference"),
    "wrong_check_digit": Text("เลขอ้างอิงพิมพ์ผิด", "Reference mistyped"),
    "wrong_biller": Text("รหัสผู้รับชำระไม่ตรง", "Another biller"),
    "cancelled_bill": Text("ใบแจ้งยกเลิกแล้ว", "Bill was cancelled"),
    "overpaid": Text("ชำระเกินหรือชำระซ้ำ", "Paid too much, or twice"),
    "receipt_cancelled": Text("ยกเลิกใบเสร็จแล้ว", "Receipt was cancelled"),
    "paid_back": Text("คืนเงินแล้ว ธนาคารยกเลิกภายหลัง", "Paid back, then taken back by the bank"),
}

_DONE = Text(
    "รายการนี้มีผู้จัดการไปแล้ว โหลดหน้านี้ใหม่เพื่อดูล่าสุด",
    "Somebody has dealt with it already. Load the page again.",
)

_AT_A_TILL = Text(
    "เงินของรายการนี้ไม่ได้อยู่ที่ธนาคาร จ่ายคืนที่ช่องรับเงิน",
    "The money of this payment is not at a bank. It is paid back at a till.",
)
# What of a payment is in suspense, what is granted to go back, and what of that is paid out.
_OF_PAYMENT = """
SELECT p.id, p.amount, p.on_day, p.paid_at, p.ref1, p.ref2, p.payer_name, p.waits, p.standing,
  p.account, p.way, p.bill_id, coalesce(q.rests, 0)::bigint AS left,
  coalesce(q.granted, 0)::bigint AS granted, coalesce(q.paid_out, 0)::bigint AS paid_out
FROM treasury.payment p
LEFT JOIN LATERAL (
  SELECT sum((credit = 'suspense')::int * amount - (debit = 'suspense')::int * amount) AS rests,
    sum((credit = 'refunds')::int * amount
      - (debit = 'refunds' AND credit = 'suspense')::int * amount) AS granted,
    sum((debit = 'refunds' AND credit <> 'suspense')::int * amount) AS paid_out
  FROM treasury.posting WHERE tenant_id = $1 AND payment_id = p.id
) q ON true
WHERE p.tenant_id = $1"""
_QUEUE = f"""{_OF_PAYMENT} AND p.waits <> '' AND ($2 = '' OR p.waits = $2)
ORDER BY p.on_day, p.id LIMIT $3
"""
_ONE = f"{_OF_PAYMENT} AND p.id = $2"
_COUNTS = """
SELECT waits, count(*) AS n FROM treasury.payment
WHERE tenant_id = $1 AND waits <> '' GROUP BY waits
"""
_STATE = "SELECT state FROM treasury.bill WHERE tenant_id = $1 AND id = $2"
_HISTORY = """
SELECT kind, debit, credit, amount, at, why, actor_name FROM treasury.posting
WHERE tenant_id = $1 AND payment_id = $2 ORDER BY at, id
"""


async def queue(ctx: Context, *, reason: str = "") -> list[dict[str, Any]]:
    """Return the payments that wait, the oldest first, each with what is ``left`` of it.

    :param reason: one of ``REASONS``; empty for all.
    """
    async with transaction(ctx) as connection:
        rows = await connection.fetch(_QUEUE, ctx.tenant.id, reason, MOST)
    return [dict(row) for row in rows]


async def counts(ctx: Context) -> dict[str, int]:
    """Return how many payments wait, by reason."""
    async with transaction(ctx) as connection:
        rows = await connection.fetch(_COUNTS, ctx.tenant.id)
    return {row["waits"]: row["n"] for row in rows}


async def read(ctx: Context, payment: UUID) -> dict[str, Any]:
    """Return a payment with its ``history``, the postings of it.

    :raises NotFound: there is none.
    """
    async with transaction(ctx) as connection:
        row = await connection.fetchrow(_ONE, ctx.tenant.id, payment)
        if row is None:
            raise NotFound(Text("ไม่พบรายการเงินนี้", "There is no such payment."))
        history = await connection.fetch(_HISTORY, ctx.tenant.id, payment)
    return dict(row) | {"history": [dict(one) for one in history]}


async def assign(ctx: Context, payment: UUID, bill: UUID, *, why: str) -> None:
    """Let a payment that waits pay a bill, and give its receipt.

    :raises Conflict: a part of it pays another bill, or it does not wait any more.
    """
    reason = _reason(ctx, why)
    async with transaction(ctx) as connection:
        row = _waiting(await _locked(ctx, payment, bill))
        state = await connection.fetchval(_STATE, ctx.tenant.id, bill)
        if row["left"] + row["granted"] < row["amount"]:
            raise Conflict(
                Text(
                    "เงินส่วนหนึ่งของรายการนี้ชำระใบแจ้งอื่นแล้ว ย้ายทั้งรายการไม่ได้ ส่วนที่เกินให้ตั้งจ่ายคืน",
                    "A part of it pays another bill, so it cannot be moved. Pay the rest back.",
                )
            )
        if state != "open":
            raise Conflict(
                Text("ใบแจ้งนี้ไม่มียอดค้าง เลือกใบแจ้งอื่น", "Nothing is owed on this bill. Choose another.")
            )
        await Payment.update({Payment.bill_id: bill, Payment.waits: ""}).where(
            Payment.of(ctx), Payment.id == payment
        )
        await settle(ctx, [one for one in (bill, row["bill_id"]) if one is not None])
        await audit.record(
            ctx, "treasury.payment.assigned", f"payment/{payment}", bill=str(bill), why=reason
        )
        await receipts.issue(ctx, payment)


async def note_refund(ctx: Context, payment: UUID, *, why: str) -> None:
    """Note that what was granted of a payment was sent back through the bank that it came by.

    What was paid at a counter is paid out at one, see ``refunds.pay_refund``.

    :param why: how and under which number, e.g. of the transfer.
    :raises Conflict: nothing is to be paid back, or the money is not at a bank.
    """
    reason = _reason(ctx, why)
    async with transaction(ctx):
        row = await _locked(ctx, payment)
        rest = row["granted"] - row["paid_out"]
        if rest <= 0:
            raise Conflict(
                Text("รายการนี้ไม่มีเงินรอจ่ายคืน", "Nothing of this payment is to be paid back.")
            )
        if row["way"] != "bank" or row["standing"] != "confirmed":
            raise Conflict(_AT_A_TILL)
        entry = Entry(
            kind="refunded",
            debit=REFUNDS,
            credit=row["account"],
            amount=rest,
            payment=payment,
            why=reason,
        )
        await post(ctx, [entry])
        await audit.record(
            ctx, "treasury.refund.sent", f"payment/{payment}", amount=rest, why=reason
        )


async def reject(ctx: Context, payment: UUID, *, why: str) -> None:
    """Take out of the books what a bank said and its file does not have.

    :raises Conflict: its money is there, or it was taken out before.
    """
    reason = _reason(ctx, why)
    async with transaction(ctx):
        await be_alone(ctx)
        row = await _locked(ctx, payment)
        if row["standing"] != "provisional":
            raise Conflict(
                Text(
                    "รายการนี้ธนาคารยืนยันแล้วหรือถูกตัดออกแล้ว โหลดหน้านี้ใหม่",
                    "The bank has confirmed it, or it was taken out. Load the page again.",
                )
            )
        await undo(ctx, payment, why=reason, standing="rejected")
        await audit.record(ctx, "treasury.payment.rejected", f"payment/{payment}", why=reason)


async def _locked(ctx: Context, payment: UUID, *bills: UUID) -> dict[str, Any]:
    """Return a payment that is kept as it is, with its bill and some more."""
    async with transaction(ctx):
        await hold(ctx, payment, *bills)
        return await read(ctx, payment)


def _waiting(row: dict[str, Any]) -> dict[str, Any]:
    """Return a payment that waits.

    :raises Conflict: it does not wait any more.
    """
    if not row["waits"] or row["standing"] not in STANDING or row["left"] <= 0:
        raise Conflict(_DONE)
    return row


def _reason(ctx: Context, why: str) -> str:
    if not ctx.actor.may(ASSIGN):
        raise NotAllowed(
            Text(
                "บัญชีของท่านไม่มีสิทธิจัดการเงินพักรอ ติดต่อผู้อำนวยการกองคลัง",
                "Your account may not deal with money in suspense. Ask the director of finance.",
            )
        )
    return read_reason(why)
