"""How orders are served and how they end: obeyed, withdrawn, run out, paid."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

import msgspec

from core.api import (
    Conflict,
    Context,
    InvalidInput,
    NotAllowed,
    Text,
    audit,
    need,
    read_reason,
    transaction,
)
from kit.documents import revoke
from kit.thai import calendar_of
from plugins.food_cert.rules.orders import UNPAID, Ground, obey_by
from plugins.food_cert.service.order_effects import follow_closed
from plugins.food_cert.service.order_reading import orders_about, read_order, subject_of
from plugins.food_cert.service.owing import in_arrears
from plugins.food_cert.service.places import get_place
from plugins.food_cert.service.rights import CARRY, INSPECT, ORDER
from plugins.food_cert.tables.orders import Order

JOB = "food_cert.end_orders"
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
_FINAL = Text(
    "คำสั่งเพิกถอนไม่มีสิ่งที่ต้องปฏิบัติตาม ปิดได้โดยยกเลิกคำสั่งเท่านั้น",
    "A revocation asks for nothing that could be obeyed. It can only be withdrawn.",
)
_NOT_YOURS = Text(
    "ผู้บันทึกการส่งคือเจ้าหน้าที่งานสุขาภิบาลหรือผู้ลงนามคำสั่ง ถ้าเป็นงานของท่าน แจ้งผู้ดูแลระบบ",
    "Officers of public health or who signs orders note this. If it is your work, ask the "
    "administrator.",
)
_EARLY = Text("ส่งคำสั่งก่อนวันที่ออกคำสั่งไม่ได้", "It cannot be served before it was issued.")
_OVER = Text("พ้นกำหนดตามคำสั่งแล้ว", "Its days are over.")
_PAID = Text("ชำระค่าธรรมเนียมและค่าปรับครบแล้ว", "Fees and surcharges are paid.")


async def serve(ctx: Context, id: UUID, *, how: str, on: date, note: str) -> date | None:
    """Note how an order was served; return the last day to obey, None where it counts at once.

    It counts as known on the day on which it arrived or was posted.

    Law: Public Health Act B.E. 2535, s. 45, 53 and 61.

    :raises Conflict: that is noted already, or the order is closed.
    """
    if ctx.actor.kind != "system" and not any(map(ctx.actor.may, (CARRY, INSPECT, ORDER))):
        raise NotAllowed(_NOT_YOURS)
    row = await read_order(ctx, id)
    if on < row["issued_on"]:
        raise InvalidInput({"on": _EARLY})
    ground = msgspec.convert(row["ground"], Ground)
    by = obey_by(ground, row["days"], on, calendar_of(ctx.tenant))
    values: dict[Any, Any] = {
        Order.served_how: how,
        Order.served_on: on,
        Order.served_note: note,
        Order.served_by_name: ctx.actor.name,
        Order.due_on: by,
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
            ctx, "food_cert.order.served", subject_of(id), how=how, on=on.isoformat()
        )
    return by


async def close(ctx: Context, id: UUID, *, state: str, why: str) -> None:
    """Close an order that was obeyed, or withdraw it; its letter then says so when it is checked.

    :param state: ``complied`` or ``withdrawn``.
    :raises NotAllowed: the actor does not sign orders.
    :raises Conflict: it is closed already, or obeyed before anybody could know of it.
    """
    need(ctx, ORDER)
    said = read_reason(why)
    row = await read_order(ctx, id)
    if row["state"] == "open" and state == "complied":
        if row["kind"] == "revoke":
            raise Conflict(_FINAL)
        if row["served_on"] is None:
            raise Conflict(_NOT_KNOWN)
    if not await _end(ctx, row, state=state, why=said):
        raise Conflict(_CLOSED)


async def _end(ctx: Context, order: Mapping[str, Any], *, state: str, why: str) -> bool:
    """Close an order with what follows for its place; return whether it was open."""
    values: dict[Any, Any] = {
        Order.state: state,
        Order.closed_on: ctx.today,
        Order.closed_why: why,
        Order.closed_by_name: ctx.actor.name,
    }
    id = order["id"]
    async with transaction(ctx):
        closed = (
            await Order.update(values)
            .where(Order.of(ctx), Order.id == id, Order.state == "open")
            .returning(Order.id)
        )
        if not closed:
            return False
        if state == "withdrawn":
            await revoke(ctx, order["paper"], subject=subject_of(id), why=why)
        if order["place_id"] is not None:
            place = await get_place(ctx, order["place_id"])
            about = await orders_about(ctx, place["id"])
            others = [one for one in about if one["state"] == "open"]
            await follow_closed(ctx, place, order, others, state)
        await audit.record(ctx, f"food_cert.order.{state}", subject_of(id), why=why)
    return True


async def end_lapsed(ctx: Context, place: UUID | None = None) -> int:
    """End suspensions and bans whose last day is over; return how many.

    :param place: only those about it; None for all.
    """
    about = [] if place is None else [Order.place_id == place]
    async with transaction(ctx):
        rows = (
            await Order.select()
            .where(Order.of(ctx), Order.state == "open", Order.until < ctx.today, *about)
            .order_by(Order.id)
            .output(load_json=True)
        )
    ended = [await _end(ctx, row, state="complied", why=_OVER.th) for row in rows]
    return sum(ended)


async def end_orders(ctx: Context) -> None:
    """End what is over; every night, and again without harm."""
    await end_lapsed(ctx)


async def lift_paid(ctx: Context, place_id: UUID) -> bool:
    """End the order to stop for unpaid fees once nothing is owed; return whether one ended.

    Law: Public Health Act B.E. 2535, s. 65: until fees and surcharges are paid in full.
    """
    async with transaction(ctx):
        open_ones = [
            one
            for one in await orders_about(ctx, place_id)
            if one["state"] == "open" and one["code"] == UNPAID
        ]
        if not open_ones or await in_arrears(ctx, place_id):
            return False
        ended = [await _end(ctx, one, state="complied", why=_PAID.th) for one in open_ones]
    return any(ended)
