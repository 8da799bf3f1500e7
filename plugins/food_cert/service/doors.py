"""The ways into the pages of food premises: cards for everybody, a page of doors at the desk."""

from collections.abc import Sequence

import msgspec

from core.api import Card, Context, NavItem, Text
from kit.casework import count_grants
from plugins.food_cert.rules.book import BOOK
from plugins.food_cert.service import mine
from plugins.food_cert.service.carrying import CARRIER
from plugins.food_cert.service.rights import CARRY, FIGURES, INSPECT, READ

HOME = "/desk/food"
DOOR = Card(
    Text("ร้านอาหารและร้านชำ", "Food places"),
    Text(
        "เปิดร้าน ขยาย โอน ต่ออายุ หรือเลิก ตอบ 3 ข้อแล้วรู้ว่าต้องยื่นทางใด",
        "Three questions tell which way is yours",
    ),
    "/food",
    Text("เริ่ม", "Begin"),
    order=26,
    sign="food",
)


class Door(msgspec.Struct, frozen=True):
    """A way into a part of the work.

    :ivar count: of what waits behind it; 0 for nothing, or where nothing is counted.
    """

    title: Text
    body: Text
    href: str
    count: int = 0


# In the order of a place's life: right that opens it, page, title, what is done there.
_PARTS = (
    (
        INSPECT,
        f"{HOME}/inspect",
        Text("ตรวจสุขลักษณะ", "Inspections"),
        Text("จดผลที่หน้าร้านได้แม้ไม่มีสัญญาณ", "Noted at the place, also without a signal"),
    ),
    (
        READ,
        f"{HOME}/places",
        Text("ทะเบียนสถานที่อาหาร", "Register"),
        Text("ค้นหา ดูบนแผนที่ และส่งออก", "Find, see on the map, export"),
    ),
    (
        CARRY,
        CARRIER.path,
        Text("คำขอที่รอแก้ทะเบียน", "Requests to put right"),
        Text("อนุมัติแล้ว แต่ยังแก้ทะเบียนไม่ได้", "Granted, and the register does not fit"),
    ),
    (
        READ,
        f"{HOME}/fees",
        Text("ค่าธรรมเนียมรายปี", "Yearly fees"),
        Text("อัตรา การยกเว้น และผู้ค้างชำระ", "Bands, waivers, who is in arrears"),
    ),
    (
        READ,
        f"{HOME}/letters",
        Text("หนังสือเตือนต่ออายุ", "Letters about renewal"),
        Text("ออกเป็นชุดให้ใบอนุญาตที่ใกล้หมดอายุ", "Made together for licences that end soon"),
    ),
    (
        READ,
        f"{HOME}/orders",
        Text("คำสั่งให้แก้ไข หยุด พักใช้ เพิกถอน", "Orders"),
        Text("ออกคำสั่ง ส่งคำสั่ง และติดตามกำหนด", "Issue, serve and follow them"),
    ),
    (
        CARRY,
        f"{HOME}/import",
        Text("นำเข้าทะเบียนเดิม", "Take over a register"),
        Text("จากไฟล์ Excel หรือ CSV ตรวจก่อนนำเข้า", "From Excel or CSV, checked first"),
    ),
    (
        FIGURES,
        f"/desk/{BOOK.plugin}/figures",
        Text("เกณฑ์ตามกฎหมาย", "Figures of law"),
        Text("พื้นที่ ระยะเวลา และรหัสแบบฟอร์ม", "Areas, times and codes of forms"),
    ),
    (
        FIGURES,
        f"{HOME}/places/positions",
        Text("ตำแหน่งในข้อมูลเปิด", "Positions in open data"),
        Text("ละเอียดเพียงใดเมื่อประชาชนดู", "How exactly everybody sees them"),
    ),
)


async def cards(ctx: Context, area: str) -> Sequence[Card]:
    """Return the cards of a start page: the question for everybody, one's places to who has any."""
    if area == "public":
        return [DOOR]
    return await mine.cards(ctx) if area == "my" else []


async def doors(ctx: Context) -> Sequence[Door]:
    """Return the parts of the work that an officer may see."""
    waiting = await count_grants(ctx, CARRIER) if ctx.actor.may(CARRY) else 0
    return [
        Door(title, body, path, waiting if path == CARRIER.path else 0)
        for right, path, title, body in _PARTS
        if ctx.actor.may(right) and (path != CARRIER.path or waiting)
    ]


async def links(ctx: Context) -> list[NavItem]:
    """Lead officers who may see any of it to the page of doors."""
    found = await doors(ctx)
    if not found:
        return []
    title = Text("สถานที่อาหาร", "Food places")
    return [NavItem(title, HOME, order=46, count=sum(door.count for door in found))]


def links_for_module(ctx: Context) -> list[NavItem]:
    """Lead an administrator to the figures and to how exactly positions are told."""
    held = {FIGURES} if ctx.actor.may(FIGURES) else set()
    return [NavItem(title, path) for right, path, title, _ in _PARTS if right in held]
