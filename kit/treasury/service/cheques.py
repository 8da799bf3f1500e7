"""Cheques at the counter: taken as money, and taken back when the bank does not pay them.

Law: the rules on taking cheques for government money (unverified clause by clause): crossed,
payable to the office, neither dated ahead nor stale.
"""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from core.api import Conflict, Context, InvalidInput, NotFound, Text, add, audit, transaction
from kit.thai import ascii_digits
from kit.treasury.rules.quoting import quote
from kit.treasury.service import receipts
from kit.treasury.service.ledger import CHEQUES, cheque
from kit.treasury.service.receipts import Given
from kit.treasury.service.taking import note
from kit.treasury.tables.books import Receipt
from kit.treasury.tables.tills import Cheque

# A bank may refuse what is older (unverified).
STALE = timedelta(days=180)

_NOT_FOUND = Text("ไม่พบเช็คนี้", "There is no such cheque.")


async def take_cheque(
    ctx: Context,
    bill: UUID,
    *,
    amount: int,
    till: str,
    key: str,
    number: str,
    bank: str,
    dated_on: date,
) -> Given:
    """Take a cheque for a bill and give the receipt, which counts once the cheque is paid.

    :param amount: satang on the cheque, no more than is owed.
    :param number: as printed on it, digits.
    :param dated_on: not after today, and not stale.
    :raises InvalidInput: the cheque cannot be taken, or is of more than is owed.
    :raises Conflict: the actor has not opened the till today, or has closed it.
    """
    digits, name = ascii_digits("".join(number.split())), " ".join(bank.split())
    _check(ctx, digits, name, dated_on)
    async with transaction(ctx):
        payment, new = await note(
            ctx,
            bill,
            amount=amount,
            tendered=amount,
            till=till,
            key=key,
            account=cheque(till),
            way="cheque",
        )
        if new:
            row = {"number": digits, "bank": name, "dated_on": dated_on}
            await add(Cheque, {"tenant_id": ctx.tenant.id, "payment_id": payment} | row)
        return await receipts.issue(ctx, payment)


def _check(ctx: Context, number: str, bank: str, dated_on: date) -> None:
    problems: dict[str, Text] = {}
    if not (number.isdecimal() and 5 <= len(number) <= 20):
        problems["number"] = Text(
            "กรอกเลขที่เช็คเป็นตัวเลขตามที่พิมพ์บนเช็ค 5 ถึง 20 หลัก",
            "Give the number as it is printed on the cheque, 5 to 20 digits.",
        )
    if not 1 <= len(bank) <= 100:
        problems["bank"] = Text(
            "กรอกชื่อธนาคารและสาขาตามเช็ค ไม่เกิน 100 ตัวอักษร",
            "Give bank and branch as on the cheque, in at most 100 letters.",
        )
    if dated_on > ctx.today:
        problems["day"] = Text(
            "เช็คลงวันที่ล่วงหน้ารับไม่ได้ ขอเช็คที่ลงวันที่ไม่เกินวันนี้",
            "A cheque dated ahead cannot be taken. Ask for one dated today or before.",
        )
    elif ctx.today - dated_on > STALE:
        problems["day"] = Text(
            "เช็คฉบับนี้เก่าเกิน 6 เดือน ธนาคารอาจไม่จ่าย ขอเช็คฉบับใหม่",
            "This cheque is older than 6 months and may not be paid. Ask for a new one.",
        )
    if problems:
        raise InvalidInput(problems)


async def bounce(ctx: Context, payment: UUID, *, why: str) -> None:
    """Take back a cheque that the bank did not pay: its receipt is cancelled, its charge owed.

    :raises NotAllowed: the actor may not cancel receipts.
    :raises NotFound: the payment is no cheque.
    :raises Conflict: it was taken back before.
    """
    async with transaction(ctx):
        which = (Cheque.of(ctx), Cheque.payment_id == payment)
        if not await Cheque.exists().where(*which):
            raise NotFound(_NOT_FOUND)
        receipt = (
            await Receipt.select(Receipt.id)
            .where(Receipt.of(ctx), Receipt.payment_id == payment)
            .first()
        )
        if receipt is None:
            raise NotFound(_NOT_FOUND)
        # The cheque itself is given back: out of the till, or out of the treasury's hands.
        await receipts.cancel(ctx, receipt["id"], why=why, afterwards=CHEQUES)
        bounced = (
            await Cheque.update(
                {
                    Cheque.bounced_at: ctx.now,
                    Cheque.bounced_by: ctx.actor.id,
                    Cheque.bounced_by_name: ctx.actor.name,
                    Cheque.bounced_why: " ".join(why.split()),
                }
            )
            .where(*which, Cheque.bounced_at.is_null())
            .returning(Cheque.number)
        )
        if not bounced:
            raise Conflict(Text("เช็คนี้คืนแล้ว", "This cheque was taken back already."))
        await audit.record(
            ctx, "treasury.cheque.bounced", f"payment/{payment}", number=bounced[0]["number"]
        )


_CHEQUES = """
SELECT c.payment_id, c.number, c.bank, c.dated_on, c.bounced_at, c.bounced_why, p.amount,
  p.payer_name, p.on_day, r.number AS receipt, r.year, r.cancelled_at
FROM treasury.cheque c
JOIN treasury.payment p ON p.tenant_id = c.tenant_id AND p.id = c.payment_id
JOIN treasury.receipt r ON r.tenant_id = c.tenant_id AND r.payment_id = c.payment_id
WHERE c.tenant_id = $1 AND ($2 = '' OR c.number = $2) ORDER BY c.payment_id DESC LIMIT $3
"""
SHOWN = 100


async def cheques(ctx: Context, number: str = "") -> list[dict[str, Any]]:
    """Return cheques, the newest first, at most ``SHOWN``, each with its receipt's ``no``.

    :param number: of the cheque; empty for all.
    """
    asked = ascii_digits("".join(number.split()))[:20]
    async with transaction(ctx) as connection:
        rows = await connection.fetch(_CHEQUES, ctx.tenant.id, asked, SHOWN)
    return [dict(row) | {"no": quote(row["year"], row["receipt"])} for row in rows]


async def read_cheque(ctx: Context, payment: UUID) -> dict[str, Any]:
    """Return one cheque as :func:`cheques` does.

    :raises NotFound: there is none.
    """
    async with transaction(ctx):
        row = await Cheque.select(Cheque.number).where(Cheque.of(ctx), Cheque.payment_id == payment)
    for one in await cheques(ctx, row[0]["number"]) if row else []:
        if one["payment_id"] == payment:
            return one
    raise NotFound(_NOT_FOUND)
