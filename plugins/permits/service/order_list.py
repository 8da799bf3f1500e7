"""The list of orders: what is overdue stands first, then what comes next."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

import msgspec

from core.api import Card, Context, Text, transaction
from kit.thai import short_day
from plugins.permits.rules.orders import KINDS
from plugins.permits.service.order_reading import may_read, need_to_read
from plugins.permits.tables.orders import Order

MOST = 200
_DECIDE = Text("ต้องมีคำสั่งต่อเนื่อง", "What follows must be decided")
_OBEY = Text("ผู้รับต้องปฏิบัติตาม", "It must be obeyed")
_SERVE = Text("ยังไม่ได้บันทึกการส่งคำสั่ง", "Not noted how it was served")
_WATCH = Text("มีผลอยู่ ดูแลให้ปฏิบัติตาม", "In force; see that it is obeyed")
_TITLE = Text("คำสั่งที่ {number} {kind}", "Order {number}: {kind}")
_OPEN = Text("เปิดคำสั่ง", "Open the order")
_LATE = Text("เกินกำหนดแล้ว", "(overdue)")
_CLOSED = {
    "complied": Text("ปฏิบัติตามแล้ว", "Obeyed"),
    "withdrawn": Text("ยกเลิกแล้ว", "Withdrawn"),
}


class Standing(msgspec.Struct, frozen=True):
    """How an order stands on a day.

    :ivar words: what is to be done next, or how it ended.
    :ivar by: until when; None where there is no day.
    """

    words: Text
    by: date | None
    late: bool
    open: bool


def standing(row: Mapping[str, Any], today: date) -> Standing:
    """Return how an order stands; of two days that are to be kept the earlier one."""
    if row["state"] != "open":
        return Standing(_CLOSED[row["state"]], row["closed_on"], late=False, open=False)
    days: list[tuple[date, Text]] = []
    if row["decide_by"] and row["decided_on"] is None:
        days.append((row["decide_by"], _DECIDE))
    if row["due_on"]:
        days.append((row["due_on"], _OBEY))
    if days:
        by, words = min(days, key=lambda one: one[0])
        return Standing(words, by, late=by < today, open=True)
    return Standing(_WATCH if row["served_on"] else _SERVE, None, late=False, open=True)


async def list_orders(ctx: Context, *, closed: bool = False) -> list[dict[str, Any]]:
    """Return open orders with their ``standing``: overdue ones first, then by the next day.

    :param closed: the closed ones in their place, the newest first.
    """
    need_to_read(ctx)
    state = Order.state != "open" if closed else Order.state == "open"
    async with transaction(ctx):
        rows = (
            await Order.select()
            .where(Order.of(ctx), state)
            .order_by(Order.id, ascending=not closed)
            .limit(MOST)
            .output(load_json=True)
        )
    found = [row | {"standing": standing(row, ctx.today)} for row in rows]
    if not closed:
        # Without a day: who is ordered has not been told yet, which is to be done first of those.
        found.sort(key=lambda one: (one["standing"].by or date.max, one["issued_on"]))
    return found


async def cards(ctx: Context, case: UUID) -> list[Card]:
    """Return the orders about the permit of a case, for its page."""
    if not may_read(ctx):
        return []
    async with transaction(ctx):
        rows = (
            await Order.select()
            .where(Order.of(ctx), Order.case_id == case)
            .order_by(Order.id)
            .output(load_json=True)
        )
    return [_card(ctx, row) for row in rows]


def _card(ctx: Context, row: Mapping[str, Any]) -> Card:
    now = standing(row, ctx.today)
    days = [short_day(now.by, "th"), short_day(now.by, "en")] if now.by else ["", ""]
    title = _TITLE.format(number=row["number"], kind=KINDS[row["kind"]])
    said = [now.words, Text(*days), *([_LATE] if now.late else [])]
    body = Text.joined(said, " ")
    return Card(title, body, f"/desk/permits/orders/{row['id']}", _OPEN, order=30, sign="file")


async def followed_by(ctx: Context, id: UUID) -> list[dict[str, Any]]:
    """Return the orders that decided an order to stop."""
    async with transaction(ctx):
        rows: list[dict[str, Any]] = await Order.select(Order.id, Order.number, Order.kind).where(
            Order.of(ctx), Order.follows == id
        )
    return rows
