"""Weighing: a ticket with the prices of its moment, written once and never changed.

A phone that was out of reach sends hours later. What counts is when it stood on the scale: prices
never begin in the past, so the list of that moment is still there, whatever was set since.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from contrib.recycling.rules.amounts import in_coins, worth
from contrib.recycling.rules.books import CASH, MEMBER, ON_WAY
from contrib.recycling.rules.calls import ACCEPTED, CANCELLED, WEIGHED
from contrib.recycling.service.books import balance_of, post
from contrib.recycling.service.materials import price_list
from contrib.recycling.service.members import hold
from contrib.recycling.service.messages import tell
from contrib.recycling.service.rights import COLLECT
from contrib.recycling.tables.register import Call
from contrib.recycling.tables.tickets import Line, Ticket
from core.api import (
    Conflict,
    Context,
    InvalidInput,
    NotFound,
    Text,
    add,
    add_all,
    audit,
    need,
    new_id,
    numbers,
    transaction,
)
from kit.documents import KeptPhoto
from kit.thai import buddhist_year, local

_NOT_YOURS = Text(
    "งานนี้ไม่ได้อยู่ในรอบของท่าน ชั่งไปแล้ว หรือยกเลิกแล้ว เปิดรอบของท่านอีกครั้ง",
    "This call is not on your round, was weighed already, or was cancelled. Open your round again.",
)
_NOTHING = Text("กรอกน้ำหนักอย่างน้อยหนึ่งรายการ", "Give the weight of at least one material.")
_UNKNOWN = Text(
    "วัสดุนี้ไม่อยู่ในรายการราคาตอนที่ชั่ง เลือกวัสดุอื่น",
    "This material was not on the list when it was weighed. Choose another.",
)


class Weighed(msgspec.Struct, frozen=True, kw_only=True):
    """What was on the scale.

    :param quantities: grams, pieces or crates by code of the material.
    :param cash: whether the member takes the money at once, as far as coins go.
    :param said_at: when, as the device tells; None for now.
    :param said: the sum that the device told, satang.
    """

    quantities: Mapping[str, int]
    cash: bool = False
    said_at: datetime | None = None
    said: int | None = None


async def weigh_call(
    ctx: Context, call: UUID, weighed: Weighed, photos: Sequence[KeptPhoto] = ()
) -> UUID:
    """Write the ticket of a call that the actor has taken, and return what it is known by.

    What a device says of the time counts as far as it can be true: not before the call was
    accepted, and not after now. A call that its household cancelled counts as taken until then:
    goods and coins had changed hands before the phone heard of it.

    :raises NotAllowed: the actor collects nothing.
    :raises Conflict: it is not the actor's call, or was weighed already.
    :raises InvalidInput: nothing was weighed, or a material has no price.
    """
    need(ctx, COLLECT)
    async with transaction(ctx):
        said = weighed.said_at or ctx.now
        stood = (Call.state == ACCEPTED) | ((Call.state == CANCELLED) & (Call.ended_at > said))
        taken = (
            await Call.update({Call.state: WEIGHED, Call.ended_at: ctx.now})
            .where(Call.of(ctx), Call.id == call, Call.collector == ctx.actor.id, stood)
            .returning(Call.member_id, Call.accepted_at)
        )
        if not taken:
            raise Conflict(_NOT_YOURS)
        at = min(max(said, taken[0]["accepted_at"]), ctx.now)
        return await _write(ctx, taken[0]["member_id"], call, at, weighed, photos)


async def weigh_here(
    ctx: Context, member: UUID, weighed: Weighed, photos: Sequence[KeptPhoto] = ()
) -> UUID:
    """Write the ticket of a member who has come to the centre, as :func:`weigh_call`."""
    need(ctx, COLLECT)
    async with transaction(ctx):
        return await _write(ctx, member, None, ctx.now, weighed, photos)


async def _write(
    ctx: Context,
    member: UUID,
    call: UUID | None,
    at: datetime,
    weighed: Weighed,
    photos: Sequence[KeptPhoto],
) -> UUID:
    if ctx.actor.id is None:
        raise NotFound(_NOT_YOURS)
    held = await hold(ctx, member)
    lines = await _lines(ctx, at, weighed.quantities)
    total = sum(line["amount"] for line in lines)
    before = await balance_of(ctx, member)
    # An account below zero is filled first, and nobody was handed more than the device told.
    told = total if weighed.said is None else weighed.said
    cash = in_coins(max(min(total, told, before + total), 0)) if weighed.cash else 0
    year = buddhist_year(local(at).date())
    row = {
        "tenant_id": ctx.tenant.id,
        "id": new_id(),
        "number": f"{await numbers.draw(ctx, f'recycling.ticket/{year}')}/{year}",
        "member_id": member,
        "call_id": call,
        "collector": ctx.actor.id,
        "collector_name": ctx.actor.name,
        "weighed_at": at,
        "sent_at": ctx.now,
        "total": total,
        "cash": cash,
        "said": weighed.said,
        "photos": msgspec.to_builtins(list(photos)),
    }
    await add(Ticket, row)
    shared = {"tenant_id": ctx.tenant.id, "ticket_id": row["id"]}
    await add_all(Line, [shared | line for line in lines])
    await _book(ctx, held, row)
    id: UUID = row["id"]
    return id


async def _lines(ctx: Context, at: datetime, quantities: Mapping[str, int]) -> list[dict[str, Any]]:
    if not any(quantities.values()):
        raise InvalidInput({"weights": _NOTHING})
    known = {one["code"]: one for one in await price_list(ctx, at, closed=True)}
    if odd := [code for code in quantities if code not in known]:
        raise InvalidInput({f"q_{code}": _UNKNOWN for code in odd})
    bought = [(one, quantities[code]) for code, one in known.items() if quantities.get(code)]
    return [
        {
            "position": position,
            "material": one["code"],
            "quantity": quantity,
            "price": one["amount"],
            "amount": worth(quantity, one["unit"], one["amount"]),
        }
        for position, (one, quantity) in enumerate(bought)
    ]


async def _book(ctx: Context, member: Mapping[str, Any], row: Mapping[str, Any]) -> None:
    id, whose = row["id"], member["id"]
    await post(ctx, ON_WAY, MEMBER, row["total"], what="bought", subject=id, member=whose)
    await post(ctx, MEMBER, CASH, row["cash"], what="paid", subject=id, member=whose)
    await audit.record(
        ctx,
        "recycling.ticket.written",
        f"ticket/{id}",
        owner=member["account"],
        number=row["number"],
        total=row["total"],
        cash=row["cash"],
    )
    facts = {name: row[name] for name in ("number", "cash")}
    await tell(ctx, member, "weighed", id, amount=row["total"], **facts)
