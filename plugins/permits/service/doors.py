"""The links that lead to the pages of permits."""

from core.api import Card, Context, NavItem, Text
from plugins.permits.service.rights import PLANS, READ

DOOR = Card(
    Text("ขออนุญาตก่อสร้าง", "Building permits"),
    Text("สร้าง ต่อเติม หรือรื้อบ้าน ตอบ 4 ข้อแล้วรู้ว่าต้องยื่นทางใด", "Four questions tell which way is yours"),
    "/permits",
    Text("เริ่ม", "Begin"),
    order=25,
    sign="home",
)


def links(ctx: Context) -> list[NavItem]:
    """Lead officers to what they may read or care for: the register, and the standard plans."""
    doors = (
        (READ, NavItem(Text("ใบอนุญาตก่อสร้าง", "Permits"), "/desk/permits/register", order=46)),
        (PLANS, NavItem(Text("แบบบ้าน", "House plans"), "/desk/permits/plans", order=47)),
    )
    return [door for right, door in doors if ctx.actor.may(right)]
