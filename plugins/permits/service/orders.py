"""Orders of the local official: issued as a signed letter, served, obeyed or withdrawn."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

import msgspec

from core.api import (
    Conflict,
    Context,
    InvalidInput,
    NotFound,
    Text,
    add,
    audit,
    need,
    new_id,
    read_reason,
    transaction,
)
from kit.documents import issue, revoke
from kit.law import limits_on
from kit.thai import calendar_of
from plugins.permits.rules.dated import BOOK
from plugins.permits.rules.orders import (
    Ground,
    check_days,
    decide_by,
    grounds_on,
    known_on,
    obey_by,
)
from plugins.permits.service.order_paper import SERIES, TEMPLATE, Facts, order_paper
from plugins.permits.service.order_reading import need_to_read, read_order
from plugins.permits.service.register import get_permit
from plugins.permits.service.rights import ORDER
from plugins.permits.tables.orders import Order

_NO_GROUND = Text("เลือกฐานตามกฎหมายของคำสั่งนี้", "Choose the legal basis of this order.")
_SERVED = Text(
    "คำสั่งนี้บันทึกการส่งไว้แล้ว หรือปิดไปแล้ว เปิดหน้าคำสั่งดูก่อน",
    "How this order was served is noted already, or it is closed. Look at its page first.",
)
_CLOSED = Text(
    "คำสั่งนี้ปิดไปแล้ว เปิดหน้าคำสั่งดูก่อน",
    "This order is closed already. Look at its page first.",
)
_NOT_KNOWN = Text(
    "คำสั่งนี้ยังไม่ได้บันทึกการส่ง จึงยังปฏิบัติตามไม่ได้ บันทึกการส่งก่อน หรือเลือกยกเลิกคำสั่ง",
    "It is not noted that this order was served, so nobody can have obeyed it. Note that first, or "
    "withdraw it.",
)
_DECIDED = Text(
    "คำสั่งระงับฉบับนี้ปิดหรือมีคำสั่งต่อเนื่องแล้ว เปิดดูก่อนออกคำสั่งอีกฉบับ",
    "This order to stop is closed, or was followed by another. Look at it before you issue one.",
)


class Wanted(msgspec.Struct, frozen=True, kw_only=True):
    """An order that is to be issued.

    :param ground: code of its legal basis.
    :param days: to obey; not looked at where the order counts at once.
    :param permit: number as it was typed; empty for a building without one.
    :param place: of a building without a permit.
    :param pin: degrees, as forms keep it.
    :param to_name: empty for the holder of the permit, or whoever owns it.
    :param wanted: what exactly is to be done; may be empty.
    :param follows: an order to stop that this one decides.
    """

    ground: str
    days: int
    facts: str
    permit: str = ""
    place: str = ""
    pin: Mapping[str, float] | None = None
    to_name: str = ""
    wanted: str = ""
    follows: UUID | None = None


async def issue_order(ctx: Context, wanted: Wanted) -> UUID:
    """Sign an order and issue its letter; return what it is known by.

    :raises NotAllowed: the actor does not sign orders.
    :raises InvalidInput: there is no such permit, or the period is shorter than the law allows.
    :raises Conflict: the order to stop is closed, or was decided before.
    """
    need(ctx, ORDER)
    ground = _ground(ctx, wanted.ground)
    days = wanted.days if ground.least_days else 0
    check_days(ground, days)
    about = await _about(ctx, wanted)
    facts = Facts(
        ground=ground,
        days=days,
        to_name=about["to_name"],
        place=about["place"],
        permit=about["permit"],
        facts=wanted.facts,
        wanted=wanted.wanted,
        limits=await limits_on(ctx, BOOK, ctx.today),
    )
    id = new_id()
    async with transaction(ctx):
        if wanted.follows is not None:
            await _decide(ctx, wanted.follows)
        letter = await issue(
            ctx,
            TEMPLATE,
            subject=f"order/{id}",
            make=lambda stamp: order_paper(ctx, facts, stamp),
            series=SERIES,
        )
        row = _row(ctx, ground, wanted, days) | about
        await add(Order, row | {"id": id, "number": letter.number, "paper": letter.id})
        await audit.record(
            ctx,
            "permits.order.issued",
            f"order/{id}",
            number=letter.number,
            kind=ground.kind,
            ground=ground.code,
            permit=about["permit"],
        )
    return id


def _ground(ctx: Context, code: str) -> Ground:
    ground = grounds_on(ctx.today).get(code)
    if ground is None:
        raise InvalidInput({"kind": _NO_GROUND})
    return ground


async def _about(ctx: Context, wanted: Wanted) -> dict[str, Any]:
    """Return whose building it is, and where; of a permit as the register has it."""
    if not wanted.permit:
        pin = dict(wanted.pin) if wanted.pin else None
        return {
            "permit": "",
            "case_id": None,
            "place": wanted.place,
            "pin": pin,
            "to_name": wanted.to_name,
        }
    try:
        permit = await get_permit(ctx, wanted.permit)
    except NotFound as wrong:
        raise InvalidInput({"permit": wrong.sentence}) from None
    return {
        "permit": permit["number"],
        "case_id": permit["case_id"],
        "place": permit["place"],
        "pin": permit["pin"],
        "to_name": wanted.to_name or permit["holder"],
    }


def _row(ctx: Context, ground: Ground, wanted: Wanted, days: int) -> dict[str, Any]:
    empty = ("decided_on", "served_on", "known_on", "due_on", "closed_on")
    blank = ("served_how", "served_note", "served_by_name", "closed_why", "closed_by_name")
    return {
        "tenant_id": ctx.tenant.id,
        "kind": ground.kind,
        "ground": msgspec.to_builtins(ground),
        "facts": wanted.facts,
        "wanted": wanted.wanted,
        "days": days,
        "follows": wanted.follows,
        "issued_on": ctx.today,
        "issued_at": ctx.now,
        "made_by_name": ctx.actor.name,
        "decide_by": decide_by(ground, ctx.today),
        "state": "open",
        **dict.fromkeys(empty),
        **dict.fromkeys(blank, ""),
    }


async def _decide(ctx: Context, stop: UUID) -> None:
    """Note that an order to stop was followed by what the office decided."""
    decided = (
        await Order.update({Order.decided_on: ctx.today})
        .where(
            Order.of(ctx),
            Order.id == stop,
            Order.kind == "stop",
            Order.state == "open",
            Order.decided_on.is_null(),
        )
        .returning(Order.id)
    )
    if not decided:
        raise Conflict(_DECIDED)


async def serve(ctx: Context, id: UUID, *, how: str, on: date, note: str) -> date:
    """Note how an order was served; return the day on which it counts as known.

    Law: Building Control Act B.E. 2522, s. 47 and 47 bis.

    :param on: on which it was signed for, received by post, or posted at the building.
    :raises Conflict: that is noted already, or the order is closed.
    """
    need_to_read(ctx)
    row = await read_order(ctx, id)
    known = known_on(msgspec.convert(row["ground"], Ground), how, on)
    values: dict[Any, Any] = {
        Order.served_how: how,
        Order.served_on: on,
        Order.served_note: note,
        Order.served_by_name: ctx.actor.name,
        Order.known_on: known,
        Order.due_on: obey_by(row["days"], known, calendar_of(ctx.tenant)),
    }
    async with transaction(ctx):
        served = (
            await Order.update(values)
            .where(Order.of(ctx), Order.id == id, Order.state == "open", Order.served_on.is_null())
            .returning(Order.id)
        )
        if not served:
            raise Conflict(_SERVED)
        await audit.record(
            ctx,
            "permits.order.served",
            f"order/{id}",
            how=how,
            on=on.isoformat(),
            known=known.isoformat(),
        )
    return known


async def close(ctx: Context, id: UUID, *, state: str, why: str) -> None:
    """Close an order that was obeyed, or withdraw it; its letter then says so when it is checked.

    :param state: ``complied`` or ``withdrawn``.
    :raises NotAllowed: the actor does not sign orders.
    :raises Conflict: it is closed already, or obeyed before anybody could know of it.
    """
    need(ctx, ORDER)
    said = read_reason(why)
    row = await read_order(ctx, id)
    if state == "complied" and row["state"] == "open" and row["known_on"] is None:
        raise Conflict(_NOT_KNOWN)
    values: dict[Any, Any] = {
        Order.state: state,
        Order.closed_on: ctx.today,
        Order.closed_why: said,
        Order.closed_by_name: ctx.actor.name,
    }
    async with transaction(ctx):
        closed = (
            await Order.update(values)
            .where(Order.of(ctx), Order.id == id, Order.state == "open")
            .returning(Order.paper)
        )
        if not closed:
            raise Conflict(_CLOSED)
        if state == "withdrawn":
            await revoke(ctx, closed[0]["paper"], subject=f"order/{id}", why=said)
        await audit.record(ctx, f"permits.order.{state}", f"order/{id}", why=said)
