"""Bills for the demonstration, in every state, made by calling the services."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from core.api import EVERYWHERE, Actor, Context, Text, people
from kit.treasury.revenues import OTHER
from kit.treasury.rules.denominations import fewest
from kit.treasury.service import (
    adjusting,
    agreements,
    billing,
    charging,
    closing,
    demo_banks,
    finding,
    payee,
    receipts,
    taking,
    tills,
)
from kit.treasury.service.billing import Asked
from kit.treasury.service.charging import Due, Who
from kit.treasury.service.days import CLOSE

BILLS = 36
DAYS_BACK = 50
_CITIZEN = "1234545678781"
_PAYERS = (
    ("นางสาววิภาดา แสงคำ", "88/12 หมู่ที่ 5"),
    ("นายสมชาย ใจดี", "14 หมู่ที่ 2"),
    ("นางบัวผัน ใจยา", "201/3 หมู่ที่ 5"),
    ("ร้านป้าแดงอาหารตามสั่ง", "แผง ก 12 ตลาดสด"),
    ("นายคำปัน ใจยา", "77 หมู่ที่ 8"),
    ("บริษัท ดอยคำรุ่งเรือง จำกัด", "9/9 หมู่ที่ 1"),
    ("นางสุมาลี ปัญญา", "5/41 หมู่ที่ 3"),
)
_STALL = Text("ค่าเช่าแผงตลาดสด", "Rent of a stall at the market")
_CLEANING = Text("ค่าทำความสะอาดตลาด", "Cleaning of the market")
# No bank has given this number to anybody: its tax ID is one that is never given out.
_PAYEE = {"biller": "000000000000100", "tax_id": "0000000000001"}
_RIGHTS = (tills.COLLECT, receipts.CANCEL, adjusting.ADJUST, CLOSE)

_End = Callable[[Context, Context, Asked], Awaitable[None]]


async def fill(ctx: Context) -> None:
    """Say whom bills are paid to, and make bills over the last weeks, each with its end."""
    name = f"{ctx.tenant.id.upper()} DEMO"
    await payee.set_payee(ctx, {**_PAYEE, "merchant": name[:25], "city": "DEMO"})
    cashier, director = [await _actor(ctx, right) for right in (tills.COLLECT, adjusting.ADJUST)]
    payers = [await _payer(ctx, number) for number in range(len(_PAYERS))]
    for number in range(BILLS):
        moment = ctx.now - timedelta(days=DAYS_BACK - number * DAYS_BACK / BILLS)
        here = replace(ctx, now=moment)
        made = await _bill(here, payers[number % len(payers)], number)
        # Two turns more after each round of payers, so that every payer meets every end.
        end = _ENDS[(number + 2 * (number // len(payers))) % len(_ENDS)]
        # It is done before the next bill is made, so that receipts are numbered by time.
        later = min(moment + timedelta(hours=2), ctx.now)
        theirs = replace(here, now=later, actor=cashier), replace(here, now=later, actor=director)
        await end(*theirs, made)
        await _close(*theirs)
    paid = [await _bill(ctx, payers[0], BILLS + n) for n in range(demo_banks.BILLS)]
    await demo_banks.fill(replace(ctx, actor=cashier), _PAYERS[0][0], paid)
    await _agree(replace(ctx, actor=director))


async def _agree(director: Context) -> None:
    """Let the payer of the oldest bill that is owed pay in instalments."""
    oldest = (await finding.list_bills(director, finding.Wanted(only="overdue"))).bills
    if not oldest:
        return
    free = await agreements.bills_to_agree(director, oldest[0]["id"])
    first_on = director.today + timedelta(days=15)
    ids = [one["id"] for one in free]
    await agreements.agree(director, ids, count=4, first_on=first_on, why="รายได้ลดลง ตามคำร้อง")


async def _actor(ctx: Context, right: str) -> Actor:
    """Return an officer who has the right, or the system under it."""
    held = dict.fromkeys(_RIGHTS, EVERYWHERE)
    holders = await people.holders_of(ctx, right)
    if not holders:
        return Actor(kind="system", name="system", permissions=held)
    one = holders[0]
    return Actor(kind="officer", id=one["id"], name=one["name"], post=one["post"], permissions=held)


async def _payer(ctx: Context, number: int) -> UUID:
    name, address = _PAYERS[number]
    citizen = await people.find_citizen(ctx, national_id=_CITIZEN) if number == 0 else None
    who = Who(
        source="treasury",
        subject=f"demonstration/{number}",
        name=name,
        address=address,
        account=citizen.id if citizen else None,
    )
    return await charging.keep_payer(ctx, who)


async def _bill(ctx: Context, payer: UUID, number: int) -> Asked:
    due_on = ctx.today + timedelta(days=20)
    dues = [
        Due(
            reference=f"demonstration/{number}/{place}",
            revenue=OTHER.code,
            title=title,
            amount=amount,
            due_on=due_on,
            period=f"{ctx.today.year + 543}{ctx.today.month:02}",
        )
        for place, (title, amount) in enumerate(((_STALL, 60_000), (_CLEANING, 4_050)))
    ]
    raised = await charging.raise_charges(ctx, source="treasury", payer=payer, dues=dues)
    return await billing.make_bill(
        ctx,
        source="treasury",
        subject=f"demonstration/{number}",
        kind=OTHER.kind,
        title=_STALL,
        charges=[raised[one.reference] for one in dues],
        due_on=due_on,
        ref2=dues[0].period,
    )


async def _leave(_cashier: Context, _director: Context, _made: Asked) -> None:
    """Leave it owed; the older ones are overdue by now."""


async def _pay(cashier: Context, _director: Context, made: Asked) -> None:
    await _take(cashier, made, made.total)


async def _pay_half(cashier: Context, _director: Context, made: Asked) -> None:
    await _take(cashier, made, made.total // 2)


async def _cancel(_cashier: Context, director: Context, made: Asked) -> None:
    await adjusting.cancel_bill(director, made.id, why="ออกผิดราย")


async def _pay_and_waive(cashier: Context, director: Context, made: Asked) -> None:
    await _take(cashier, made, made.total)
    shown = await billing.read_bill(director, made.id)
    last = shown["charges"][-1]["id"]
    await adjusting.waive(director, last, amount=4_050, why="ตลาดปิดปรับปรุง")


async def _take_back(cashier: Context, director: Context, made: Asked) -> None:
    taken = await _take(cashier, made, made.total)
    await receipts.cancel(director, taken.receipt.id, why="รับผิดราย")


async def _close(cashier: Context, director: Context) -> None:
    """Close the till of the day where money was taken, and hand it over."""
    if (mine := await tills.till_of(cashier)) is None:
        return
    till = await closing.read_till(cashier, mine["id"])
    pieces, _ = fewest(till.cash)
    await closing.close_till(cashier, mine["id"], pieces=pieces, why="")
    await closing.receive(director, mine["id"])


async def _take(cashier: Context, made: Asked, amount: int) -> taking.Taken:
    await tills.open_till(cashier, tills.FIRST)
    return await taking.take_cash(
        cashier,
        made.id,
        amount=amount,
        tendered=amount,
        till=tills.FIRST,
        key=f"demonstration/{made.ref1}",
    )


_ENDS: tuple[_End, ...] = (
    _leave,
    _pay,
    _pay_half,
    _pay,
    _cancel,
    _pay_and_waive,
    _leave,
    _take_back,
)
