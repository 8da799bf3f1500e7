"""The links that lead to the pages of permits."""

from core.api import Card, Context, NavItem, Text
from plugins.permits.service.rights import PLANS, READ
from plugins.permits.service.rights import FIGURES, PLANS
from plugins.permits.service.inspections import may_inspect
from plugins.permits.service.order_reading import may_read
from plugins.permits.service.rights import PLANS, UNIT

DOOR = Card(
    Text("ขออนุญาตก่อสร้าง", "Building permits"),
    Text("สร้าง ต่อเติม หรือรื้อบ้าน ตอบ 4 ข้อแล้วรู้ว่าต้องยื่นทางใด", "Four questions tell which way is yours"),
    "/permits",
    Text("เริ่ม", "Begin"),
    order=25,
    sign="home",
)


_LINKS = (
    ("casework.read", Text("ช่องทางเร่งด่วน", "Fast lane"), "fast"),
    (PLANS, Text("แบบบ้าน", "House plans"), "plans"),
    (FIGURES, Text("เกณฑ์อาคาร", "Building rules"), "figures"),
)


def links(ctx: Context) -> list[NavItem]:
    """Lead officers to what they may read or care for: the register, and the standard plans."""
    doors = (
        (READ, NavItem(Text("ใบอนุญาตก่อสร้าง", "Permits"), "/desk/permits/register", order=46)),
        (PLANS, NavItem(Text("แบบบ้าน", "House plans"), "/desk/permits/plans", order=47)),
    )
    return [door for right, door in doors if ctx.actor.may(right)]
    """Lead officers to the pages of permits that they care for."""
    return [
        NavItem(title, f"/desk/permits/{page}", order=45 + place)
        for place, (permission, title, page) in enumerate(_LINKS)
        if ctx.actor.may(permission)
    ]
    """Lead officers to what they care for: inspections, the library of standard plans."""
    found = []
    if may_inspect(ctx, UNIT):
        title = Text("ตรวจสถานที่", "Inspections")
        found.append(NavItem(title, "/desk/permits/inspect", order=45))
    if may_read(ctx):
        found.append(NavItem(Text("คำสั่งอาคาร", "Orders"), "/desk/permits/orders", order=47))
    if ctx.actor.may(PLANS):
        found.append(NavItem(Text("แบบบ้าน", "House plans"), "/desk/permits/plans", order=46))
    return found
