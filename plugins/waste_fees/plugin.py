"""Waste fees: what they are, and where they join the platform."""

from collections.abc import Sequence
from pathlib import Path
from uuid import UUID

from litestar import Router
from piccolo.conf.apps import AppConfig

from core.api import Card, Context, Job, Manifest, Message, NavItem, Text, hookimpl
from kit.casework import Service, follow_granted
from kit.treasury import Revenue
from plugins.waste_fees import routes, services
from plugins.waste_fees.piccolo_app import APP_CONFIG
from plugins.waste_fees.service import (
    chosen,
    demands,
    demo,
    finding,
    mine,
    points,
    posted,
    printing,
    reminders,
    requests,
    runs,
    tariffs,
)
from plugins.waste_fees.service.rights import BILL, DEMAND, PERMISSIONS, READ, REGISTER, TARIFF

_ALL = (READ, REGISTER, TARIFF, BILL)

MANIFEST = Manifest(
    name="waste_fees",
    title=Text("ค่าขยะและน้ำเสีย", "Waste and wastewater fees"),
    summary=Text(
        "ทะเบียนจุดให้บริการ อัตรา ใบแจ้ง และสติกเกอร์",
        "Service points, tariffs, bills and stickers",
    ),
    law=(
        "พ.ร.บ.การสาธารณสุข พ.ศ. 2535 มาตรา 18 และ 20",
        "พ.ร.บ.ส่งเสริมและรักษาคุณภาพสิ่งแวดล้อมแห่งชาติ พ.ศ. 2535 มาตรา 88 และ 89",
    ),
    permissions=PERMISSIONS,
    settings=chosen.DEFAULTS,
    roles={"treasury": _ALL, "director": (READ, TARIFF, DEMAND), "clerk": (READ, TARIFF, DEMAND)},
    actions={
        "waste_fees.demands.confirmed": Text("ลงนามหนังสือทวงถาม", "Signed letters"),
        "waste_fees.demands.counted": Text("นับก่อนออกหนังสือทวงถาม", "Counted letters"),
        "waste_fees.demands.printed": Text("สั่งพิมพ์หนังสือทวงถาม", "Had letters printed"),
        "waste_fees.demands.read": Text("เปิดหนังสือทวงถาม", "Opened letters"),
        "waste_fees.demands.resumed": Text("ออกหนังสือทวงถามต่อ", "Went on with letters"),
        "waste_fees.demands.returned": Text("บันทึกหนังสือตีกลับ", "Noted a letter that came back"),
        "waste_fees.demands.sent": Text("บันทึกการส่งหนังสือทวงถาม", "Noted that letters were sent"),
        "waste_fees.demands.stopped": Text("หยุดออกหนังสือทวงถาม", "Stopped making letters"),
        "waste_fees.dues.set": Text("ตั้งวันเตือนและทวงถาม", "Set the days of reminders"),
        "waste_fees.job.charged": Text("คิดค่าบริการครั้งเดียว", "Charged a job done once"),
        "waste_fees.kind.made": Text("เพิ่มประเภทค่าธรรมเนียม", "Added a kind of fee"),
        "waste_fees.point.changed": Text("แก้จุดให้บริการ", "Changed a service point"),
        "waste_fees.point.closed": Text("ยกเลิกบริการที่จุดหนึ่ง", "Ended the service at a point"),
        "waste_fees.point.opened": Text("เพิ่มจุดให้บริการ", "Added a service point"),
        "waste_fees.point.read": Text("เปิดดูจุดให้บริการ", "Looked at a service point"),
        "waste_fees.point.reopened": Text("กลับมาให้บริการ", "Began the service again"),
        "waste_fees.point.taken": Text("เพิ่มจุดในบัญชีของตน", "Took a point into the account"),
        "waste_fees.point.transferred": Text("เปลี่ยนผู้ชำระของจุด", "Changed the payer of a point"),
        "waste_fees.privilege.registered": Text("ให้ส่วนลดหรือยกเว้น", "Gave a discount"),
        "waste_fees.privilege.revoked": Text("สิ้นสุดส่วนลดหรือยกเว้น", "Ended a discount"),
        "waste_fees.reading.noted": Text("จดมาตร", "Read a meter"),
        "waste_fees.register.imported": Text("นำเข้าทะเบียน", "Took over a register"),
        "waste_fees.reminders.sent": Text("ส่งข้อความเตือน", "Sent reminders"),
        "waste_fees.round.read": Text("เปิดรายการเก็บเงินตามเส้นทาง", "Took a round's list along"),
        "waste_fees.run.confirmed": Text("สั่งออกใบแจ้ง", "Had bills made"),
        "waste_fees.run.counted": Text("นับก่อนออกใบแจ้ง", "Counted a billing run"),
        "waste_fees.run.resumed": Text("ออกใบแจ้งต่อ", "Went on with a billing run"),
        "waste_fees.run.stopped": Text("หยุดออกใบแจ้ง", "Stopped a billing run"),
        "waste_fees.sheets.ordered": Text("สั่งพิมพ์ใบแจ้ง", "Had bills printed"),
        "waste_fees.sheets.read": Text("เปิดไฟล์ใบแจ้ง", "Opened printed bills"),
        "waste_fees.tariff.set": Text("ตั้งอัตราค่าธรรมเนียม", "Set a tariff"),
        "waste_fees.tariff.withdrawn": Text("ถอนอัตราค่าธรรมเนียม", "Withdrew a tariff"),
    },
)


@hookimpl
def register_revenues() -> Sequence[Revenue]:
    """Give the kinds of revenue that the fees of an office are booked under."""
    return tariffs.REVENUES


@hookimpl
def register_routes() -> Sequence[Router]:
    """Serve the desk's pages and the page behind a sticker."""
    return routes.routers


@hookimpl
def register_tables() -> AppConfig:
    """Keep service points, tariffs and runs in the schema ``waste_fees``."""
    return APP_CONFIG


@hookimpl
def register_papers() -> Path:
    """Give the templates of bills and stickers."""
    return Path(__file__).parent / "papers"


@hookimpl
def register_jobs() -> Sequence[Job]:
    """Bill, remind, write and print in the background; show every morning what has changed."""
    return [
        Job(name=runs.JOB, run=runs.work),
        Job(name=printing.JOB, run=printing.work),
        Job(name="waste_fees.take_effect", run=points.take_effect, every="10 0 * * *"),
        Job(name=reminders.JOB, run=reminders.remind, every="0 9 * * *"),
        Job(name=demands.JOB, run=demands.work),
        Job(name=posted.JOB, run=posted.work),
    ]


@hookimpl
def register_services() -> Sequence[Service]:
    """Offer to begin, change and end the collection of waste."""
    return services.ALL


@hookimpl
def register_messages() -> Sequence[Message]:
    """Give the texts of reminders."""
    return list(reminders.MESSAGES.values())


@hookimpl
async def on_case_moved(ctx: Context, event: UUID, case: UUID, service: str, status: str) -> None:
    """Carry out in the register what was approved."""
    await follow_granted(ctx, requests.CARRIER, case, service, status)


@hookimpl
async def cards_for_home(ctx: Context, area: str) -> Sequence[Card]:
    """Lead citizens from their own page to their service points."""
    return [mine.DOOR] if area == "my" else []


@hookimpl
async def on_plugin_switched(ctx: Context, event: UUID, plugin: str, on: bool) -> None:
    """Begin with the fee and the tariff of the example."""
    if plugin == MANIFEST.name and on:
        await tariffs.begin_with(ctx)


@hookimpl
async def links_for_navigation(ctx: Context, area: str) -> Sequence[NavItem]:
    """Lead officers to the register."""
    return finding.links(ctx) if area == "desk" else []


@hookimpl
async def seed_demo(ctx: Context) -> None:
    """Fill the demonstration with a register and its bills."""
    await demo.fill(ctx)
