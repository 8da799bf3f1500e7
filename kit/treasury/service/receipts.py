"""Receipts: one for each payment, numbered without gaps within the fiscal year, never erased.

Law: Regulation of the Ministry of Interior on receipt, disbursement, deposit, custody and audit
of money of local governments B.E. 2566 (unverified clause by clause): numbered books, no
erasure, a cancelled receipt stays in its book.
"""

from typing import Any
from uuid import UUID

import msgspec

from core.api import (
    Conflict,
    Context,
    NotAllowed,
    NotFound,
    Text,
    add_all,
    audit,
    new_id,
    numbers,
    read_reason,
    transaction,
)
from kit.thai import fiscal_year
from kit.treasury.rules.quoting import quote
from kit.treasury.service.ledger import REFUNDS
from kit.treasury.service.receipting import SERIES, SURPLUS
from kit.treasury.service.settling import STANDING
from kit.treasury.service.undoing import hold, loosen, mark_cancelled, undo
from kit.treasury.tables.bills import Charge
from kit.treasury.tables.books import Payment, Receipt

CANCEL = "treasury.cancel"

_NOT_FOUND = Text("ไม่พบใบเสร็จนี้", "There is no such receipt.")


class Given(msgspec.Struct, frozen=True):
    """A receipt that was given: its number as people quote it."""

    id: UUID
    number: str


async def issue(ctx: Context, payment: UUID) -> Given:
    """Give the receipt of a payment in the payment's own transaction; a second time the same.

    One that was cancelled is followed by another only while the money is there: that of a bank
    stays when its receipt was wrong.

    :raises NotFound: there is no such payment, or none that was ever there.
    """
    async with transaction(ctx):
        paid = await Payment.select().where(Payment.of(ctx), Payment.id == payment).first()
        if paid is None:
            raise NotFound(Text("ไม่พบการชำระนี้", "There is no such payment."))
        before = (
            await Receipt.select(Receipt.id, Receipt.year, Receipt.number)
            .where(Receipt.of(ctx), Receipt.payment_id == payment, Receipt.cancelled_at.is_null())
            .first()
        )
        if before is None and paid["standing"] not in STANDING:
            before = await _last(ctx, payment)
        if before is not None:
            return Given(before["id"], quote(before["year"], before["number"]))
        lines = await _lines(ctx, paid)
        year = fiscal_year(ctx.today)
        number = await numbers.draw(ctx, f"treasury/receipt/{SERIES}/{year}")
        row = await _row(ctx, paid, lines, year, number)
        await add_all(Receipt, [row])
        given = Given(row["id"], quote(year, number))
        await audit.record(
            ctx,
            "treasury.receipt.issued",
            f"receipt/{given.id}",
            number=given.number,
            amount=paid["amount"],
        )
    return given


async def _last(ctx: Context, payment: UUID) -> dict[str, Any]:
    """Return the last receipt of money that went back.

    :raises NotFound: it had none, for it was never there.
    """
    row: dict[str, Any] | None = (
        await Receipt.select(Receipt.id, Receipt.year, Receipt.number)
        .where(Receipt.of(ctx), Receipt.payment_id == payment)
        .order_by(Receipt.issued_at, ascending=False)
        .first()
    )
    if row is None:
        raise NotFound(_NOT_FOUND)
    return row


_SHARES = """
SELECT p.charge_id, sum(CASE p.credit WHEN 'receivable' THEN p.amount ELSE -p.amount END)::bigint
  AS amount
FROM treasury.posting p
WHERE p.tenant_id = $1 AND p.payment_id = $2 AND p.charge_id IS NOT NULL
GROUP BY p.charge_id
"""


async def _lines(ctx: Context, paid: dict[str, Any]) -> list[dict[str, Any]]:
    """Return what the money paid: title, period, revenue and amount of each line."""
    async with transaction(ctx) as connection:
        shares = await connection.fetch(_SHARES, ctx.tenant.id, paid["id"])
    amounts = {row["charge_id"]: row["amount"] for row in shares if row["amount"]}
    charges = (
        await Charge.select()
        .where(Charge.of(ctx), Charge.id.is_in(list(amounts)))
        .order_by(Charge.place)
        if amounts
        else []
    )
    lines = [
        {
            "revenue": one["revenue"],
            "title": {"th": one["title_th"], "en": one["title_en"]},
            "period": one["period"],
            "amount": amounts[one["id"]],
        }
        for one in charges
    ]
    rest = paid["amount"] - sum(amounts.values())
    if rest:
        lines.append(SURPLUS | {"amount": rest})
    return lines


async def _row(
    ctx: Context, paid: dict[str, Any], lines: list[dict[str, Any]], year: int, number: int
) -> dict[str, Any]:
    name, address = await _payer(ctx, paid)
    return {
        "tenant_id": ctx.tenant.id,
        "id": new_id(),
        "series": SERIES,
        "year": year,
        "number": number,
        "payment_id": paid["id"],
        "amount": paid["amount"],
        "payer_name": name,
        "payer_address": address,
        "lines": lines,
        "issued_on": ctx.today,
        "issued_at": ctx.now,
        "issued_by": ctx.actor.id,
        "issued_by_name": ctx.actor.name,
        "issued_by_post": ctx.actor.post,
    }


async def _payer(ctx: Context, paid: dict[str, Any]) -> tuple[str, str]:
    async with transaction(ctx) as connection:
        row = await connection.fetchrow(
            "SELECT payer_name, payer_address FROM treasury.bill WHERE tenant_id = $1 AND id = $2",
            ctx.tenant.id,
            paid["bill_id"],
        )
    return (row["payer_name"], row["payer_address"]) if row else (paid["payer_name"], "")


async def read_receipt(ctx: Context, receipt: UUID) -> dict[str, Any]:
    """Return a receipt with its quoted ``no``.

    :raises NotFound: there is none.
    """
    async with transaction(ctx):
        row = (
            await Receipt.select()
            .where(Receipt.of(ctx), Receipt.id == receipt)
            .first()
            .output(load_json=True)
        )
    if row is None:
        raise NotFound(_NOT_FOUND)
    known: dict[str, Any] = row
    return known | {"no": quote(known["year"], known["number"])}


async def receipts_of(ctx: Context, bill: UUID) -> list[dict[str, Any]]:
    """Return the receipts of a bill, the oldest first, each with its quoted ``no``."""
    async with transaction(ctx) as connection:
        rows = await connection.fetch(
            "SELECT r.id, r.year, r.number, r.amount, r.issued_at, r.cancelled_at"
            " FROM treasury.receipt r JOIN treasury.payment p"
            " ON p.tenant_id = r.tenant_id AND p.id = r.payment_id"
            " WHERE r.tenant_id = $1 AND p.bill_id = $2 ORDER BY r.id",
            ctx.tenant.id,
            bill,
        )
    return [dict(row) | {"no": quote(row["year"], row["number"])} for row in rows]


async def cancel(ctx: Context, receipt: UUID, *, why: str, afterwards: str = REFUNDS) -> None:
    """Cancel a receipt; its number stays.

    What a till took leaves it again while it is open; once the till is closed the money is owed
    back, see :func:`kit.treasury.service.refunds.pay_refund`. What came through a bank is still
    there, and waits in suspense.

    :param afterwards: account of the ledger that the money leaves once its till is closed.

    :raises NotAllowed: the actor may not.
    :raises InvalidInput: no reason is given.
    :raises Conflict: it is cancelled already.
    """
    if not ctx.actor.may(CANCEL):
        raise NotAllowed(
            Text(
                "ยกเลิกใบเสร็จได้เฉพาะผู้มีอำนาจอนุมัติ แจ้งผู้อำนวยการกองคลัง",
                "Only who may approve it can cancel a receipt. Tell the director of finance.",
            )
        )
    reason = read_reason(why)
    async with transaction(ctx):
        payment = (await read_receipt(ctx, receipt))["payment_id"]
        await hold(ctx, payment)
        # Another may stand for the same money by now, which is not meant.
        if (await read_receipt(ctx, receipt))["cancelled_at"] is not None:
            raise Conflict(Text("ใบเสร็จนี้ยกเลิกแล้ว", "This receipt is cancelled already."))
        [paid] = await Payment.select(Payment.way).where(Payment.of(ctx), Payment.id == payment)
        if paid["way"] == "bank":
            await mark_cancelled(ctx, payment, reason)
            await loosen(ctx, payment, waits="receipt_cancelled")
        else:
            await undo(ctx, payment, why=reason, afterwards=afterwards)
