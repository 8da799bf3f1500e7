"""A bill as a page shows it: what it is for, how it stands, what was paid, what can be done."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

import msgspec

from core.api import Context, Language, NotFound, Text, attempts, audit, transaction
from kit.documents import read_code
from kit.thai import TITLES, mask_name
from kit.treasury.codes.payments import BillPayment, Transfer
from kit.treasury.rules.agreed import Portion
from kit.treasury.rules.quoting import quote
from kit.treasury.rules.standing import LABELS, TONES, Standing, standing
from kit.treasury.service.billing import read_bill
from kit.treasury.service.following import portions_of
from kit.treasury.service.lines import said_line
from kit.treasury.service.paying import code_to_pay
from kit.treasury.tables.bills import Bill

_NOT_FOUND = Text(
    "ไม่พบใบแจ้งนี้ ตรวจรหัสบนใบแจ้งอีกครั้ง หรือสแกน QR ใหม่",
    "There is no such bill. Check the code on the bill, or scan its QR again.",
)

_COMPANIES = (Text("บริษัท", "Company"), Text("ห้างหุ้นส่วน", "Partnership"))


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that a bill asks for.

    :param amount: satang that were charged.
    :param owes: of these, what is still owed.
    """

    id: UUID
    title: str
    amount: int
    owes: int
    due_on: date


class Shown(msgspec.Struct, frozen=True, kw_only=True):
    """A bill on a page, in the reader's language.

    :param row: the bill as it is kept.
    :param money: its payments, oldest first, with what of each ``rests`` in suspense.
    :param paid: satang of the charges that money has paid.
    :param let_off: satang that were waived or cancelled.
    :param beyond: satang that were paid and no charge took.
    :param part: what is asked for first where it is paid in instalments.
    :param code: what asks an app to pay it, or that part of it; None where it is paid at the
        counter only.
    """

    row: dict[str, Any]
    title: str
    standing: Standing
    label: str
    tone: str
    masked_name: str
    lines: list[Line]
    money: list[dict[str, Any]]
    paid: int
    let_off: int
    beyond: int
    part: Portion | None
    code: BillPayment | Transfer | None


async def find_by_code(ctx: Context, typed: str) -> UUID:
    """Return the bill that a code opens; references can be counted up, so they open nothing.

    :raises NotFound: no bill has this code.
    :raises TooMany: many wrong ones came from this address.
    """
    code = read_code(typed)
    if code is not None:
        async with transaction(ctx):
            row = await Bill.select(Bill.id).where(Bill.of(ctx), Bill.code == code).first()
        if row is not None:
            found: UUID = row["id"]
            return found
    # Nobody guesses twelve signs; who tries is slowed down all the same.
    await attempts.take(ctx, "codes from", ctx.address, attempts.ADDRESS)
    raise NotFound(_NOT_FOUND)


async def show_bill(ctx: Context, bill: UUID) -> Shown:
    """Return a bill for a page.

    :raises NotFound: there is none.
    """
    async with transaction(ctx):
        row = await read_bill(ctx, bill)
        money = await money_of(ctx, bill)
        part = (await portions_of(ctx, [bill])).get(bill)
    charges = row.pop("charges")
    lines = [
        Line(
            id=one["id"],
            title=said_line(one[f"title_{ctx.language}"], one["period"], ctx.language),
            amount=one["amount"],
            owes=one["owes"],
            due_on=one["due_on"],
        )
        for one in charges
    ]
    paid = sum(one["used"] for one in money)
    stands = standing(row["state"], due_on=row["due_on"], today=ctx.today, paid=paid > 0)
    return Shown(
        row=row,
        title=row[f"title_{ctx.language}"],
        standing=stands,
        label=LABELS[stands].to(ctx.language),
        tone=TONES[stands],
        masked_name=mask_payer(row["payer_name"], ctx.language),
        lines=lines,
        money=money,
        paid=paid,
        let_off=row["total"] - row["owed"] - paid,
        beyond=sum(one["rests"] for one in money),
        part=part,
        code=code_to_pay(ctx, row | {"owed": part.amount} if part else row),
    )


async def open_bill(ctx: Context, bill: UUID) -> Shown:
    """Return a bill for an officer; that it was opened is recorded.

    :raises NotFound: there is none.
    """
    async with transaction(ctx):
        shown = await show_bill(ctx, bill)
        await audit.record(ctx, "treasury.bill.read", f"bill/{bill}")
    return shown


_MONEY = """
SELECT p.id, p.way, p.standing, p.on_day, p.paid_at, p.amount, p.waits, p.taken_by_name,
  p.standing IN ('provisional', 'confirmed') AS stands,
  r.id AS receipt, r.year, r.number, r.issued_on, r.cancelled_at,
  coalesce(q.rests, 0)::bigint AS rests, coalesce(q.used, 0)::bigint AS used
FROM treasury.payment p
LEFT JOIN LATERAL (
  SELECT sum((credit = 'suspense')::int * amount - (debit = 'suspense')::int * amount) AS rests,
    sum((credit = 'receivable')::int * amount - (debit = 'receivable')::int * amount) AS used
  FROM treasury.posting WHERE tenant_id = p.tenant_id AND payment_id = p.id
) q ON true
LEFT JOIN LATERAL (
  SELECT id, year, number, issued_on, cancelled_at FROM treasury.receipt
  WHERE tenant_id = p.tenant_id AND payment_id = p.id
  ORDER BY cancelled_at IS NULL DESC, id DESC LIMIT 1
) r ON true
WHERE p.tenant_id = $1 AND p.bill_id = $2 ORDER BY p.paid_at, p.id
"""


async def money_of(ctx: Context, bill: UUID) -> list[dict[str, Any]]:
    """Return the payments of a bill, oldest first, each with the quoted ``no`` of its receipt.

    ``used`` is what of it has paid charges, ``rests`` what waits in suspense, ``stands`` whether
    the money is there.
    """
    async with transaction(ctx) as connection:
        rows = await connection.fetch(_MONEY, ctx.tenant.id, bill)
    return [dict(row) | {"no": row["number"] and quote(row["year"], row["number"])} for row in rows]


_HISTORY = """
SELECT q.at, q.kind, q.amount, q.why, q.actor_name, r.id AS receipt, r.year, r.number
FROM treasury.posting q
LEFT JOIN LATERAL (
  SELECT id, year, number FROM treasury.receipt
  WHERE tenant_id = q.tenant_id AND payment_id = q.payment_id
  ORDER BY cancelled_at IS NULL DESC, id DESC LIMIT 1
) r ON true
WHERE q.tenant_id = $1 AND q.kind = ANY($3) AND (
  q.charge_id IN (SELECT id FROM treasury.charge WHERE tenant_id = $1 AND bill_id = $2)
  OR q.payment_id IN (SELECT id FROM treasury.payment WHERE tenant_id = $1 AND bill_id = $2))
ORDER BY q.id
"""
# Of the postings those that somebody did; what follows from them by arithmetic is left out.
_DONE: Mapping[str, Text] = {
    "raised": Text("ตั้งหนี้", "Charged"),
    "waived": Text("ยกเว้นหนี้", "Waived"),
    "cancelled": Text("ยกเลิกหนี้", "Cancelled"),
    "received": Text("รับเงิน", "Money came"),
    "paid": Text("รับเงินชำระหนี้", "Money came and paid"),
    "reversed": Text("คืนรายการรับเงิน", "Money taken back"),
    "confirmed": Text("ธนาคารยืนยันยอด", "Confirmed by the bank"),
    "rejected": Text("ธนาคารปฏิเสธยอด", "Rejected by the bank"),
    "granted": Text("อนุมัติให้คืนเงิน", "Granted a refund"),
    "refund": Text("จ่ายเงินคืน", "Paid back at a till"),
    "refunded": Text("โอนเงินคืน", "Sent back through the bank"),
}


async def history_of(ctx: Context, bill: UUID) -> Sequence[dict[str, Any]]:
    """Return what was done to a bill by the books: ``at``, ``title``, ``amount``, ``why``, who."""
    async with transaction(ctx) as connection:
        rows = await connection.fetch(_HISTORY, ctx.tenant.id, bill, list(_DONE))
    return [dict(row) | {"title": _DONE[row["kind"]].to(ctx.language)} for row in rows]


def mask_payer(name: str, language: Language) -> str:
    """Return a payer's name so that its bearer knows it and nobody else learns it.

    Companies are no persons: theirs is public.
    """
    if name.startswith(tuple(one.th for one in _COMPANIES)):
        return name
    for title in sorted((one.th for one in TITLES), key=len, reverse=True):
        if name.startswith(title) and len(name) > len(title):
            name = name.removeprefix(title).strip()
            break
    first, _, last = name.partition(" ")
    return mask_name(first, last, language)
