"""Cash that collectors take away from the counter: noted whenever it is told, booked at a till.

A device tells of it later, and by then the cash is there whatever the books say. So it is noted
first, in a transaction of its own, and nothing of it is refused but nonsense. Then the till that
its collector has open today takes it. Where there is none, because the day was closed or not yet
begun, it waits for the next one that its collector opens: what comes later is of a later day. What
nobody owes any more by then is received all the same, gets its receipt, and waits in suspense.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from core.api import Conflict, Context, InvalidInput, NotAllowed, Text, audit, new_id, transaction
from kit.thai import LARGEST_AMOUNT, baht
from kit.treasury.rules.allocation import Owed, allocate
from kit.treasury.rules.moments import counted_at
from kit.treasury.service import receipts, telling, tills
from kit.treasury.service.billing import bills_by_id, read_bill
from kit.treasury.service.ledger import cash
from kit.treasury.service.settling import lock
from kit.treasury.service.taking import receive
from kit.treasury.service.tills import COLLECT, NO_MONEY, demand_open
from kit.treasury.tables.bills import Bill
from kit.treasury.tables.tills import Collected

LONGEST_SLIP = 20

_OTHER = Text(
    "รายการนี้ส่งแล้ว แต่ครั้งนี้จำนวนเงินหรือบ้านต่างไป จึงไม่รับซ้ำ ถ้ารับเงินอีกครั้งจริง ให้กรอกใหม่",
    "This has been sent already, with another amount or house, so it was not taken again. "
    "If more was really taken, fill it in anew.",
)


class Handed(msgspec.Struct, frozen=True, kw_only=True):
    """Cash as its collector tells of it.

    :param bill: one that its payer was asked for; the money also pays what else that payer owes
        for the same subject, the oldest due first.
    :param amount: satang.
    :param tendered: satang that were handed over, change included.
    :param said_at: when it was taken, by the device; None for now.
    :param slip: number of the paper that was given at the door, up to 20 characters; or empty.
    :param key: up to 80 characters; the same is taken once.
    """

    bill: UUID
    amount: int
    tendered: int
    key: str
    said_at: datetime | None = None
    slip: str = ""


async def collect(ctx: Context, handed: Handed) -> UUID:
    """Note cash that was taken, and book it where a till is open; return what it is known by.

    Call it outside a transaction: what is noted stays, whatever becomes of the booking.

    :raises NotAllowed: the actor takes no money.
    :raises NotFound: there is no such bill.
    :raises InvalidInput: no amount, or less handed over than is paid.
    :raises Conflict: something else was told under the key.
    """
    if not ctx.actor.may(COLLECT) or ctx.actor.id is None:
        raise NotAllowed(NO_MONEY)
    _check(handed)
    known = await _note(ctx, handed)
    await book_waiting(ctx)
    return known


def _check(handed: Handed) -> None:
    problems: dict[str, Text] = {}
    if not 0 < handed.amount <= LARGEST_AMOUNT:
        problems["amount"] = Text(
            "จำนวนเงินต้องมากกว่า 0 ตรวจจำนวนเงินอีกครั้ง",
            "The amount is more than 0. Check the amount.",
        )
    elif not handed.amount <= handed.tendered <= LARGEST_AMOUNT:
        problems["tendered"] = Text(
            "เงินที่รับมาน้อยกว่ายอดชำระ ขาดอีก {more} บาท",
            "Less was handed over than is paid: {more} baht are missing.",
        ).format(more=baht(max(0, handed.amount - handed.tendered)))
    if len(handed.slip) > LONGEST_SLIP:
        problems["slip"] = Text(
            "เลขที่ใบรับเงินชั่วคราวยาวไม่เกิน {most} ตัวอักษร",
            "The number of the slip has at most {most} characters.",
        ).format(most=LONGEST_SLIP)
    if problems:
        raise InvalidInput(problems)


_NOTE = """
INSERT INTO treasury.collected (tenant_id, id, key, bill_id, source, subject, payer_name, amount,
  tendered, slip, said_at, taken_at, on_day, arrived_at, collector, collector_name, beyond,
  receipts)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, 0, '[]'::jsonb)
ON CONFLICT (tenant_id, key) DO NOTHING RETURNING id
"""


async def _note(ctx: Context, handed: Handed) -> UUID:
    """Keep what was told, once for each key."""
    async with transaction(ctx) as connection:
        asked = await read_bill(ctx, handed.bill)
        id: UUID | None = await connection.fetchval(
            _NOTE,
            ctx.tenant.id,
            new_id(),
            handed.key,
            handed.bill,
            *(asked[name] for name in ("source", "subject", "payer_name")),
            handed.amount,
            handed.tendered,
            handed.slip,
            handed.said_at,
            counted_at(handed.said_at, now=ctx.now, zone=ctx.tenant.zone),
            ctx.today,
            ctx.now,
            ctx.actor.id,
            ctx.actor.name,
        )
        if id is None:
            return await _known(ctx, handed)
        await audit.record(
            ctx,
            "treasury.cash.collected",
            f"collected/{id}",
            amount=handed.amount,
            bill=str(handed.bill),
            slip=handed.slip,
        )
    return id


async def _known(ctx: Context, handed: Handed) -> UUID:
    [row] = await Collected.select().where(Collected.of(ctx), Collected.key == handed.key)
    told = (handed.bill, handed.amount, ctx.actor.id)
    if (row["bill_id"], row["amount"], row["collector"]) != told:
        raise Conflict(_OTHER)
    known: UUID = row["id"]
    return known


async def open_till(ctx: Context, code: str, *, change: int = 0) -> UUID:
    """Open a till as ``tills.open_till`` does, and book what its collector has collected before.

    Call it outside a transaction: the opening stays, whatever becomes of the booking.
    """
    opened = await tills.open_till(ctx, code, change=change)
    await book_waiting(ctx)
    return opened


async def book_waiting(ctx: Context) -> int:
    """Book what the actor has collected into the till that is open today; return how many.

    It comes after the opening is committed, or after the note is: of two at once, the later one
    sees what the other has done.
    """
    mine = await tills.till_of(ctx)
    if mine is None or mine["day"] != ctx.today:
        return 0
    async with transaction(ctx):
        waiting = (
            await Collected.select(Collected.id)
            .where(
                Collected.of(ctx),
                Collected.collector == ctx.actor.id,
                Collected.booked_at.is_null(),
            )
            .order_by(Collected.taken_at)
            .order_by(Collected.id)
        )
    booked = 0
    for row in waiting:
        try:
            booked += await _book(ctx, row["id"], mine["till"])
        except Conflict:
            # The till was closed meanwhile: what is left waits for the next one.
            break
    return booked


_TAKE = """
SELECT id, bill_id, source, subject, amount, taken_at FROM treasury.collected
WHERE tenant_id = $1 AND id = $2 AND booked_at IS NULL FOR UPDATE
"""


async def _book(ctx: Context, id: UUID, till: str) -> bool:
    """Take what waits into the till; False where somebody else has done it meanwhile."""
    async with transaction(ctx) as connection:
        row = await connection.fetchrow(_TAKE, ctx.tenant.id, id)
        if row is None:
            return False
        bills = await _bills(ctx, row)
        await demand_open(ctx, till)
        shares, beyond = _share_out(row, bills)
        given = []
        for place, (bill, amount) in enumerate(shares.items()):
            payment = await receive(
                ctx,
                bills[bill],
                amount=amount,
                account=cash(till),
                key=f"collected/{id}/{place}",
                till=till,
                paid_at=row["taken_at"],
            )
            given.append(await receipts.issue(ctx, payment))
        await _note_booked(ctx, id, till, beyond, [str(one.id) for one in given])
        await telling.tell_payer(
            ctx,
            bills[row["bill_id"]],
            amount=row["amount"],
            receipts=[one.number for one in given],
            key=f"collected/{id}",
        )
    return True


async def _bills(ctx: Context, row: Mapping[str, Any]) -> dict[UUID, dict[str, Any]]:
    """Return, locked, the bill that was asked for and what else its payer owes for the subject."""
    asked = (await bills_by_id(ctx, [row["bill_id"]]))[row["bill_id"]]
    others = await Bill.select(Bill.id).where(
        Bill.of(ctx),
        Bill.payer_id == asked["payer_id"],
        Bill.source == row["source"],
        Bill.subject == row["subject"],
        Bill.state == "open",
    )
    ids = {row["bill_id"], *(one["id"] for one in others)}
    await lock(ctx, *ids)
    return await bills_by_id(ctx, list(ids))


def _share_out(
    row: Mapping[str, Any], bills: Mapping[UUID, Mapping[str, Any]]
) -> tuple[dict[UUID, int], int]:
    """Return what goes to each bill, satang, and what of it nobody owes any more.

    That stays with the bill that is paid last, or with the one that was asked for.
    """
    owed = [
        Owed(charge=str(id), amount=one["owed"], due_on=one["due_on"])
        for id, one in sorted(bills.items())
        if one["state"] == "open"
    ]
    found = allocate(owed, row["amount"])
    shares = {UUID(one.charge): one.amount for one in found.shares}
    if found.surplus:
        last = next(reversed(shares), row["bill_id"])
        shares[last] = shares.get(last, 0) + found.surplus
    return shares, found.surplus


async def _note_booked(
    ctx: Context, id: UUID, till: str, beyond: int, receipts_given: list[str]
) -> None:
    values: dict[Any, Any] = {
        "booked_at": ctx.now,
        "till": till,
        "beyond": beyond,
        "receipts": receipts_given,
    }
    await Collected.update(values).where(
        Collected.of(ctx), Collected.id == id, Collected.booked_at.is_null()
    )
