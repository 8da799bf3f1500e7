"""What banks say at once: each callback noted once, many of them in one transaction."""

from collections.abc import Sequence
from itertools import groupby
from typing import NamedTuple

from core.api import Conflict, Context, Text, add, audit, in_transaction, transaction
from kit.treasury.banking.statement import Kind, Line
from kit.treasury.service import noting
from kit.treasury.service.told import Told
from kit.treasury.tables.banks import Event

_OTHERWISE = Text(
    "ธนาคารเคยแจ้งรายการเลขที่นี้ด้วยจำนวนเงิน วันที่ หรือเลขอ้างอิงอื่น จึงไม่ได้รับรู้เงิน "
    "รายการนี้เก็บไว้ให้เจ้าหน้าที่ตรวจกับไฟล์สิ้นวัน",
    "The bank has told of this number before, with another amount, day or reference. No money "
    "was booked; it is kept for an officer to compare with the end-of-day file.",
)


class _Call(NamedTuple):
    ctx: Context
    told: Told


async def take(ctx: Context, bank: str, line: Line) -> str:
    """Note what a bank said, and return our number of it once it is committed.

    Said again it is noted once, and answered alike.

    :param bank: the code of the bank.
    :raises Conflict: the same number was told before of another payment.
    :raises RuntimeError: within a transaction, whose commit nobody could wait for.
    """
    if in_transaction():
        raise RuntimeError("a callback is noted in a transaction of its own")
    mark = f"{bank}/{line.transaction}"
    kind, other = ("paid", "back") if line.kind == Kind.PAID else ("back", "paid")
    told = Told(line=line, key=f"{mark}/{kind}", undone=f"{mark}/{other}")
    fits: bool = await ctx.host.batches.join(ctx, "treasury.callback", _Call(ctx, told), _note)
    if not fits:
        raise Conflict(_OTHERWISE)
    return mark


async def _note(ctx: Context, calls: Sequence[_Call]) -> list[bool]:
    """Note what has come for a municipality at the same moment; return which of it fits."""
    first: dict[str, Told] = {}
    for call in calls:
        first.setdefault(call.told.key, call.told)
    odd: set[str] = set()
    async with transaction(ctx):
        for (_, account), some in groupby(sorted(first.values(), key=_place), key=_place):
            same = list(some)
            keys = {one.id: one for one in same}
            noted = await noting.note(ctx, "callback", same, account=account)
            odd |= {keys[id].key for id in noted.contradicted}
            for one in same:
                if one.id not in noted.known and one.key not in odd:
                    await _record(ctx, one)
        answers = [_fits(call.told, first[call.told.key], odd) for call in calls]
        for call, fits in zip(calls, answers, strict=True):
            if not fits:
                await _keep(ctx, call.told, account=call.told.line.account)
    return answers


def _place(told: Told) -> tuple[str, str]:
    return told.line.bank, told.line.account


def _fits(told: Told, first: Told, odd: set[str]) -> bool:
    """Return whether it says the same as what is noted under its number."""
    if told is first:
        return told.key not in odd
    return told.key not in odd and _said(told.line) == _said(first.line)


def _said(line: Line) -> tuple[object, ...]:
    return line.amount, line.ref1, line.paid_at.date()


async def _record(ctx: Context, told: Told) -> None:
    await audit.record(
        ctx,
        "treasury.payment.said",
        f"event/{told.id}",
        kind=told.line.kind.value,
        amount=told.line.amount,
        ref1=told.line.ref1,
    )


async def _keep(ctx: Context, told: Told, *, account: str) -> None:
    """Keep what contradicts, without a payment of it; the bank's file decides.

    Nobody else notes anything meanwhile, see ``noting``.
    """
    line = told.line
    day = line.paid_at.astimezone(ctx.tenant.zone).date()
    row = {
        "tenant_id": ctx.tenant.id,
        "id": told.id,
        "way": "callback",
        "key": f"{told.key}/{line.amount}/{line.ref1}/{day}",
        "bank": line.bank,
        "account": account,
        "kind": "credit" if line.kind == Kind.PAID else "debit",
        "amount": line.amount,
        "paid_at": line.paid_at,
        "on_day": day,
        "ref1": line.ref1,
        "ref2": line.ref2,
        "ref3": line.ref3,
        "payer_name": line.payer,
        "told": line.raw,
        "place": 0,
        "stands": "contradicts",
        "noted_at": ctx.now,
    }
    if not await Event.exists().where(Event.of(ctx), Event.key == row["key"], Event.key != ""):
        await add(Event, row)
        await _record(ctx, told)
