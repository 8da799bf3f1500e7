"""The list of orders: what is overdue stands first, then what comes next."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import msgspec

from core.api import Card, Context, Text, need, transaction
from kit.thai import said_day_short
from plugins.food_cert.rules.orders import KINDS
from plugins.food_cert.rules.places import OWES
from plugins.food_cert.service.rights import ORDER, READ
from plugins.food_cert.tables.orders import Order

HOME = "/desk/food/orders"
MOST = 200
_ORDER = 30
_OBEY = Text("ผู้รับต้องปฏิบัติตาม", "It must be obeyed")
_SERVE = Text("ยังไม่ได้บันทึกการส่งคำสั่ง", "Not noted how it was served")
_WATCH = Text("มีผลอยู่ ดูแลให้ปฏิบัติตาม", "In force; see that it is obeyed")
_RUNS = Text("มีผลอยู่", "In force")
_BY, _UNTIL, _ON = Text("ภายใน", "by"), Text("ถึง", "until"), Text("เมื่อ", "on")
_TITLE = Text("คำสั่งที่ {number} {kind}", "Order {number}: {kind}")
_OPEN = Text("เปิดคำสั่ง", "Open the order")
_LATE = Text("เกินกำหนดแล้ว", "(overdue)")
_NEW = Card(
    Text("คำสั่งเกี่ยวกับสถานที่นี้", "Orders about this place"),
    Text(
        "สั่งให้ปรับปรุงแก้ไข หยุดดำเนินกิจการ พักใช้ หรือเพิกถอนใบอนุญาต",
        "Order it to be put right or to stop; suspend or revoke its licence.",
    ),
    "",
    Text("ออกคำสั่ง", "Issue an order"),
    order=_ORDER + 1,
    sign="file",
)
_CLOSED = {
    "complied": Text("ปฏิบัติตามแล้ว", "Obeyed"),
    "withdrawn": Text("ยกเลิกแล้ว", "Withdrawn"),
}


class Standing(msgspec.Struct, frozen=True):
    """How an order stands on a day.

    :ivar words: what is to be done next, or how it ended.
    :ivar by: until when; None where there is no day.
    :ivar link: the word before that day.
    """

    words: Text
    by: date | None = None
    link: Text = _BY
    late: bool = False
    open: bool = True


def standing(row: Mapping[str, Any], today: date) -> Standing:
    """Return how an order stands on a day."""
    if row["state"] != "open":
        return Standing(_CLOSED[row["state"]], row["closed_on"], _ON, open=False)
    if row["served_on"] is None:
        return Standing(_SERVE)
    if row["due_on"]:
        return Standing(_OBEY, row["due_on"], late=row["due_on"] < today)
    return Standing(_RUNS, row["until"], _UNTIL) if row["until"] else Standing(_WATCH)


async def list_orders(ctx: Context, *, closed: bool = False) -> list[dict[str, Any]]:
    """Return open orders with their ``standing``: overdue ones first, then those not served.

    :param closed: the closed ones in their place, the newest first.
    """
    need(ctx, READ)
    state = Order.state != "open" if closed else Order.state == "open"
    async with transaction(ctx):
        rows = (
            await Order.select()
            .where(Order.of(ctx), state)
            .order_by(Order.issued_at, ascending=not closed)
            .order_by(Order.id)
            .limit(MOST)
            .output(load_json=True)
        )
    found = [row | {"standing": standing(row, ctx.today)} for row in rows]
    if not closed:
        found.sort(key=_urgency)
    return found


def _urgency(row: Mapping[str, Any]) -> tuple[bool, bool, date, date]:
    now = row["standing"]
    return not now.late, row["served_on"] is not None, now.by or date.max, row["issued_on"]


async def cards_of_place(ctx: Context, place: Mapping[str, Any]) -> list[Card]:
    """Return the orders about a place that are in force, and the way to a new one.

    :param place: of the register.
    """
    if not ctx.actor.may(READ):
        return []
    async with transaction(ctx):
        rows = (
            await Order.select()
            .where(Order.of(ctx), Order.place_id == place["id"], Order.state == "open")
            .order_by(Order.issued_at)
            .order_by(Order.id)
            .output(load_json=True)
        )
    found = [_card(ctx, row) for row in rows]
    if ctx.actor.may(ORDER) and place["state"] in OWES:
        found.append(msgspec.structs.replace(_NEW, href=f"{HOME}/new?place={place['id']}"))
    return found


def _card(ctx: Context, row: Mapping[str, Any]) -> Card:
    now = standing(row, ctx.today)
    title = _TITLE.format(number=row["number"], kind=KINDS[row["kind"]])
    day = [now.link, said_day_short(now.by)] if now.by else []
    said = [now.words, *day, *([_LATE] if now.late else [])]
    body = Text.joined(said, " ")
    return Card(title, body, f"{HOME}/{row['id']}", _OPEN, order=_ORDER, sign="file")
