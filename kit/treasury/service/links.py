"""The links of the treasury in the main navigation."""

from collections.abc import Sequence

from core.api import Card, Context, NavItem, Text
from kit.treasury.service import suspense
from kit.treasury.service.payee import SETTINGS
from kit.treasury.service.tills import COLLECT

READ = "treasury.read"
DOOR = Card(
    Text("ชำระเงิน", "Pay a bill"),
    Text("ใช้รหัสบนใบแจ้ง ไม่ต้องเข้าสู่ระบบ", "With the code on the bill, without an account"),
    "/b",
    Text("ดูใบแจ้ง", "See the bill"),
    order=30,
    sign="pay",
)


_PAYEE = NavItem(Text("บัญชีรับเงิน", "Where money goes"), "/desk/treasury", order=76)


def links_for_module(ctx: Context) -> list[NavItem]:
    """Lead an administrator to where money is paid to."""
    return [_PAYEE] if ctx.actor.may(SETTINGS) else []


async def links(ctx: Context, area: str) -> Sequence[NavItem]:
    """Lead officers to bills, tills, books and banks, administrators to where money is paid to."""
    if area != "desk":
        return []
    items = []
    if ctx.actor.may(READ):
        items += [
            NavItem(Text("ใบแจ้งและรับเงิน", "Bills"), "/desk/bills", order=30),
            NavItem(Text("ใบเสร็จ", "Receipts"), "/desk/receipts", order=31),
        ]
        waiting = sum((await suspense.counts(ctx)).values())
        items += [
            NavItem(Text("การเงินรายวัน", "Day of the books"), "/desk/treasury/day", order=35),
            NavItem(Text("ธนาคาร", "Banks"), "/desk/bank", order=36, count=waiting),
        ]
    if ctx.actor.may(COLLECT):
        items.append(NavItem(Text("ช่องรับเงิน", "My till"), "/desk/till", order=32))
    return items + links_for_module(ctx)
