"""The ways into the pages of permits: for everybody one card, for officers one page of doors."""

from collections.abc import Sequence

import msgspec

from core.api import Card, Context, NavItem, Text
from kit.casework import count_grants
from plugins.permits.service.carrying import CARRIER
from plugins.permits.service.inspections import may_inspect
from plugins.permits.service.order_reading import may_read
from plugins.permits.service.rights import CARRY, FIGURES, PLANS, READ, REMINDERS, UNIT

HOME = "/desk/permits"
DOOR = Card(
    Text("ขออนุญาตก่อสร้าง", "Building permits"),
    Text("สร้าง ต่อเติม หรือรื้อบ้าน ตอบ 4 ข้อแล้วรู้ว่าต้องยื่นทางใด", "Four questions tell which way is yours"),
    "/permits",
    Text("เริ่ม", "Begin"),
    order=25,
    sign="home",
)


class Door(msgspec.Struct, frozen=True):
    """A way into a part of the work.

    :ivar count: of what waits behind it; 0 for nothing, or where nothing is counted.
    """

    title: Text
    body: Text
    href: str
    count: int = 0


# In the order of a permit's life.
_PARTS = (
    (
        "inspect",
        Text("ตรวจสถานที่", "Inspections"),
        Text("จดผลที่หน้างานได้แม้ไม่มีสัญญาณ", "Noted on the site, also without a signal"),
    ),
    (
        "fast",
        Text("ช่องทางเร่งด่วน", "Fast lane"),
        Text("ใครมาวันนี้ และใช้เวลาที่เคาน์เตอร์กี่นาที", "Who comes today, and how long it takes"),
    ),
    (
        "register",
        Text("ทะเบียนใบอนุญาต", "Register of permits"),
        Text("ค้นหา ดูบนแผนที่ และส่งออก", "Find, see on the map, export"),
    ),
    (
        "requests",
        Text("คำขอที่รอแก้ทะเบียน", "Requests to put right"),
        Text("อนุมัติแล้ว แต่ยังแก้ทะเบียนไม่ได้", "Granted, and the register does not fit"),
    ),
    (
        "orders",
        Text("คำสั่งระงับ แก้ไข รื้อถอน", "Orders"),
        Text("ออกคำสั่ง ส่งคำสั่ง และติดตามกำหนด", "Issue, serve and follow them"),
    ),
    (
        "plans",
        Text("แบบบ้านมาตรฐาน", "Standard house plans"),
        Text("แบบที่ประชาชนเลือกใช้ได้", "From which citizens choose"),
    ),
    (
        "figures",
        Text("เกณฑ์ตามกฎหมาย", "Figures of law"),
        Text("ระยะ พื้นที่ ค่าธรรมเนียม และแบบฟอร์ม", "Distances, areas, fees and forms"),
    ),
    (
        "reminders",
        Text("วันเตือนก่อนหมดอายุ", "Days of reminders"),
        Text("เตือนผู้รับใบอนุญาตก่อนวันหมดอายุ", "Holders are told before a permit expires"),
    ),
)


async def doors(ctx: Context) -> Sequence[Door]:
    """Return the parts of the work that an officer may see."""
    waiting = await count_grants(ctx, CARRIER) if ctx.actor.may(CARRY) else 0
    may = {
        "inspect": may_inspect(ctx, UNIT),
        "fast": ctx.actor.may("casework.read", UNIT),
        "register": ctx.actor.may(READ),
        "requests": bool(waiting),
        "orders": may_read(ctx),
        "plans": ctx.actor.may(PLANS),
        "figures": ctx.actor.may(FIGURES),
        "reminders": ctx.actor.may(REMINDERS),
    }
    return [
        Door(title, body, f"{HOME}/{page}", waiting if page == "requests" else 0)
        for page, title, body in _PARTS
        if may[page]
    ]


async def links(ctx: Context) -> list[NavItem]:
    """Lead officers who may see any of it to the page of doors."""
    found = await doors(ctx)
    if not found:
        return []
    title = Text("ใบอนุญาตก่อสร้าง", "Permits")
    return [NavItem(title, HOME, order=45, count=sum(door.count for door in found))]
