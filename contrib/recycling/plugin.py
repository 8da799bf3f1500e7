"""The waste bank: what it is, and where it joins the platform."""

from collections.abc import Sequence
from pathlib import Path
from uuid import UUID

from litestar import Router
from piccolo.conf.apps import AppConfig

from contrib.recycling import routes
from contrib.recycling.piccolo_app import APP_CONFIG
from contrib.recycling.service import calls, demo, doors, materials
from contrib.recycling.service.messages import MESSAGES
from contrib.recycling.service.rights import PERMISSIONS, ROLES
from core.api import Card, Context, Job, Manifest, Message, NavItem, Text, hookimpl

MANIFEST = Manifest(
    name="recycling",
    title=doors.TITLE,
    summary=Text(
        "ราคารับซื้อ เรียกรถ ชั่งที่บ้าน บัญชีสมาชิก ขายให้โรงงาน",
        "Prices, calls, weighing at houses, members' accounts, sales to factories",
    ),
    permissions=PERMISSIONS,
    roles=ROLES,
    actions={
        "recycling.advance.approved": Text("อนุมัติเงินทดรอง", "Approved an advance"),
        "recycling.call.accepted": Text("รับงานเรียกรถ", "Took a call"),
        "recycling.call.cancelled": Text("ยกเลิกการเรียกรถ", "Cancelled a call"),
        "recycling.call.lapsed": Text("การเรียกรถพ้นวันนัด", "A call's day passed"),
        "recycling.call.made": Text("เรียกรถรับซื้อ", "Called for a collector"),
        "recycling.call.returned": Text("คืนงานเรียกรถ", "Gave a call back"),
        "recycling.capital.paid": Text("บันทึกเงินทุนเข้า", "Noted capital"),
        "recycling.dividend.given": Text("เฉลี่ยคืนสมาชิก", "Gave a dividend"),
        "recycling.load.booked": Text("ชั่งซ้ำและรับเข้าคลัง", "Weighed a load again"),
        "recycling.load.questioned": Text("ชั่งซ้ำแล้วน้ำหนักต่าง", "Found a load to differ"),
        "recycling.load.settled": Text("ตัดสินน้ำหนักที่ต่าง", "Settled a difference"),
        "recycling.lot.sold": Text("ขายให้โรงงาน", "Sold a lot"),
        "recycling.material.made": Text("เพิ่มวัสดุ", "Added a material"),
        "recycling.material.switched": Text("เปิดหรือปิดการรับซื้อวัสดุ", "Switched a material"),
        "recycling.member.changed": Text("แก้ข้อมูลสมาชิก", "Changed a member"),
        "recycling.member.joined": Text("รับสมาชิก", "Took in a member"),
        "recycling.member.read": Text("เปิดดูสมาชิก", "Looked at a member"),
        "recycling.money.withdrawn": Text("จ่ายเงินถอน", "Paid a withdrawal"),
        "recycling.price.set": Text("ตั้งราคารับซื้อ", "Set prices"),
        "recycling.round.read": Text("เปิดรอบรับซื้อ", "Took a round along"),
        "recycling.statement.read": Text("พิมพ์รายการบัญชี", "Printed a statement"),
        "recycling.ticket.read": Text("เปิดบัตรชั่ง", "Looked at a ticket"),
        "recycling.ticket.voided": Text("ยกเลิกบัตรชั่ง", "Voided a ticket"),
        "recycling.ticket.written": Text("ออกบัตรชั่ง", "Wrote a ticket"),
    },
)


@hookimpl
def register_routes() -> Sequence[Router]:
    """Serve the prices, the pages of members, and the desk."""
    return routes.routers


@hookimpl
def register_tables() -> AppConfig:
    """Keep members, tickets and books in the schema ``recycling``."""
    return APP_CONFIG


@hookimpl
def register_papers() -> Path:
    """Give the templates of tickets and statements."""
    return Path(__file__).parent / "papers"


@hookimpl
def register_messages() -> Sequence[Message]:
    """Give the texts that members are sent."""
    return list(MESSAGES.values())


@hookimpl
def register_jobs() -> Sequence[Job]:
    """End every morning the calls whose day has passed."""
    return [Job(name=calls.JOB, run=calls.lapse, every="20 5 * * *")]


@hookimpl
async def on_plugin_switched(ctx: Context, event: UUID, plugin: str, on: bool) -> None:
    """Begin with the price list of the example."""
    if plugin == MANIFEST.name and on:
        await materials.begin_with(ctx)


@hookimpl
async def links_for_navigation(ctx: Context, area: str) -> Sequence[NavItem]:
    """Lead officers to the waste bank."""
    return await doors.links(ctx, area)


@hookimpl
async def cards_for_home(ctx: Context, area: str) -> Sequence[Card]:
    """Lead everybody to the prices, and members to their accounts."""
    return doors.cards(area)


@hookimpl
async def seed_demo(ctx: Context) -> None:
    """Fill the demonstration of the municipality that has such a bank."""
    await demo.fill(ctx)
