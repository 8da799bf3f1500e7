"""Take money at the counter: payment, postings and receipt in one transaction, once.

It goes to a till that the collector has opened today, and to none that is closed.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from core.api import Context, InvalidInput, NotAllowed, Text, add, audit, new_id, transaction
from kit.thai import baht
from kit.treasury.rules.denominations import fewest
from kit.treasury.service import receipts
from kit.treasury.service.billing import read_bill
from kit.treasury.service.ledger import SUSPENSE, Entry, cash, post
from kit.treasury.service.receipts import Given
from kit.treasury.service.settling import lock, settle
from kit.treasury.service.tills import COLLECT, NO_MONEY, demand_open
from kit.treasury.tables.books import Payment


class Taken(msgspec.Struct, frozen=True, kw_only=True):
    """What comes of money that was taken.

    :param change: satang to give back.
    :param pieces: the notes and coins that make it, by value in satang.
    """

    receipt: Given
    change: int = 0
    pieces: dict[int, int] = msgspec.field(default_factory=dict)


async def take_cash(
    ctx: Context, bill: UUID, *, amount: int, tendered: int, till: str, key: str
) -> Taken:
    """Take cash for a bill and give the receipt.

    :param amount: satang that are paid, no more than is owed.
    :param tendered: satang that were handed over; the rest is given back.
    :param till: code of the till, which its collector closes at the end of the day.
    :param key: up to 100 characters; the same is taken once.
    :raises NotAllowed: the actor takes no money.
    :raises InvalidInput: nothing, more than is owed, or less handed over than is paid.
    :raises Conflict: the actor has not opened the till today, or has closed it.
    """
    async with transaction(ctx):
        payment, _ = await note(
            ctx, bill, amount=amount, tendered=tendered, till=till, key=key, account=cash(till)
        )
        receipt = await receipts.issue(ctx, payment)
    pieces, _ = fewest(max(0, tendered - amount))
    return Taken(receipt=receipt, change=max(0, tendered - amount), pieces=pieces)


async def note(
    ctx: Context,
    bill: UUID,
    *,
    amount: int,
    tendered: int,
    till: str,
    key: str,
    account: str,
    way: str = "counter",
) -> tuple[UUID, bool]:
    """Return the payment and whether it is new: else it came under the same key before.

    :param account: of the ledger, to which the money goes.
    """
    if not ctx.actor.may(COLLECT):
        raise NotAllowed(NO_MONEY)
    mark = f"counter/{key}"
    async with transaction(ctx):
        await lock(ctx, bill)
        before = await Payment.select(Payment.id).where(
            Payment.of(ctx), Payment.key == mark, Payment.key != ""
        )
        if before:
            known: UUID = before[0]["id"]
            return known, False
        await demand_open(ctx, till)
        asked = await read_bill(ctx, bill)
        _check(asked["owed"], amount, tendered)
        payment = await receive(
            ctx, asked, amount=amount, account=account, key=mark, way=way, till=till
        )
    return payment, True


async def receive(
    ctx: Context,
    asked: Mapping[str, Any],
    *,
    amount: int,
    account: str,
    key: str,
    till: str,
    way: str = "counter",
    paid_at: datetime | None = None,
) -> UUID:
    """Note money that is there, whatever the bill owes, and let it pay; return the payment.

    :param asked: the bill, which the caller keeps locked, as its till.
    :param key: of the payment, which is not there yet.
    :param paid_at: when it was taken; None for now.
    """
    async with transaction(ctx):
        payment = await _add(ctx, asked, amount, account, key, way, paid_at or ctx.now)
        received = Entry(
            kind="received", debit=account, credit=SUSPENSE, amount=amount, payment=payment
        )
        await post(ctx, [received])
        await settle(ctx, [asked["id"]])
        await audit.record(
            ctx, "treasury.payment.taken", f"payment/{payment}", amount=amount, till=till
        )
    return payment


async def _add(
    ctx: Context,
    asked: Mapping[str, Any],
    amount: int,
    account: str,
    key: str,
    way: str,
    paid_at: datetime,
) -> UUID:
    id = new_id()
    row = {
        "tenant_id": ctx.tenant.id,
        "id": id,
        "key": key,
        "way": way,
        "account": account,
        "standing": "confirmed",
        "on_day": ctx.today,
        "paid_at": paid_at,
        "amount": amount,
        "ref1": asked["ref1"],
        "ref2": asked["ref2"],
        "payer_name": asked["payer_name"],
        "bill_id": asked["id"],
        "waits": "",
        "taken_by": ctx.actor.id,
        "taken_by_name": ctx.actor.name,
        "noted_at": ctx.now,
    }
    await add(Payment, row)
    return id


def _check(owed: int, amount: int, tendered: int) -> None:
    problems: dict[str, Text] = {}
    if not 0 < amount <= owed:
        problems["amount"] = Text(
            "รับเงินได้ไม่เกินยอดค้าง {owed} บาท ตรวจจำนวนเงินอีกครั้ง",
            "No more than the {owed} baht owed can be taken. Check the amount.",
        ).format(owed=baht(owed))
    elif tendered < amount:
        problems["tendered"] = Text(
            "เงินที่รับมาน้อยกว่ายอดชำระ ขาดอีก {more} บาท",
            "Less was handed over than is paid: {more} baht are missing.",
        ).format(more=baht(amount - tendered))
    if problems:
        raise InvalidInput(problems)
