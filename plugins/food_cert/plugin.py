"""Food premises: what they are, and where they join the platform."""

from collections.abc import Sequence
from pathlib import Path
from uuid import UUID

from litestar import Router
from piccolo.conf.apps import AppConfig

from core.api import Context, Job, Manifest, Message, Text, hookimpl
from kit.treasury import Revenue
from plugins.food_cert import routes
from plugins.food_cert.piccolo_app import APP_CONFIG
from plugins.food_cert.service import (
    billing,
    owing,
    reducing,
    reminding,
    revenues,
    surcharges,
    waivers,
)
from plugins.food_cert.service.rights import (
    CARRY,
    FEES,
    FIGURES,
    INSPECT,
    ORDER,
    PERMISSIONS,
    READ,
)

MANIFEST = Manifest(
    name="food_cert",
    title=Text("สถานที่จำหน่ายและสะสมอาหาร", "Food premises"),
    summary=Text(
        "แจ้งหรือขออนุญาตร้านอาหาร ตรวจสุขลักษณะ ค่าธรรมเนียมรายปี และทะเบียน",
        "Notices and licences of food premises, hygiene, yearly fees and their register",
    ),
    law=("พ.ร.บ.การสาธารณสุข พ.ศ. 2535 มาตรา 38 ถึงมาตรา 66",),
    permissions=PERMISSIONS,
    settings=reminding.DEFAULTS,
    roles={
        "officer": (READ, CARRY, INSPECT),
        "head": (READ, INSPECT),
        "director": (READ, CARRY, INSPECT, FEES, FIGURES),
        "treasury": (READ, FEES),
        "deputy_clerk": (READ,),
        "clerk": (READ,),
        "mayor": (READ, ORDER),
        "administrator": (FIGURES,),
    },
    actions={
        "food_cert.bands.set": Text("ตั้งอัตราค่าธรรมเนียมรายปี", "Set yearly fees"),
        "food_cert.bands.withdrawn": Text("ถอนอัตราค่าธรรมเนียมรายปี", "Withdrew yearly fees"),
        "food_cert.fee_days.set": Text("ตั้งวันเตือนค่าธรรมเนียม", "Set the days of reminders"),
        "food_cert.fees.billed": Text("ออกใบแจ้งค่าธรรมเนียมรายปี", "Billed yearly fees"),
        "food_cert.fees.closed": Text("ปรับค่าธรรมเนียมตามการเลิกกิจการ", "Ended fees of a closing"),
        "food_cert.fees.reminded": Text("ส่งข้อความเตือนค่าธรรมเนียม", "Reminded of fees"),
        "food_cert.fees.surcharged": Text("คิดค่าปรับเพิ่ม", "Charged surcharges"),
        "food_cert.inspection.read": Text("ดูบันทึกการตรวจสุขลักษณะ", "Opened an inspection"),
        "food_cert.place.entered": Text("ลงทะเบียนสถานที่อาหาร", "Entered a place"),
        "food_cert.place.inspected": Text("บันทึกการตรวจสุขลักษณะ", "Recorded an inspection"),
        "food_cert.waiver.added": Text("ยกเว้นหรือลดค่าธรรมเนียม", "Waived fees"),
        "food_cert.waiver.withdrawn": Text("ถอนการยกเว้นค่าธรรมเนียม", "Withdrew a waiver"),
    },
)


@hookimpl
def register_routes() -> Sequence[Router]:
    """Serve the way in, the register and the work at the desk."""
    return routes.routers


@hookimpl
def register_tables() -> AppConfig:
    """Keep food premises in the schema ``food_cert``."""
    return APP_CONFIG


@hookimpl
def register_papers() -> Path:
    """Give the templates of certificates, licences and orders."""
    return Path(__file__).parent / "papers"


@hookimpl
def register_revenues() -> Sequence[Revenue]:
    """Give the kinds of revenue that fees and surcharges are booked under."""
    return revenues.REVENUES


@hookimpl
def register_jobs() -> Sequence[Job]:
    """Bill, surcharge and remind every morning; reduce bills by waivers in the background."""
    return [
        Job(name=billing.JOB, run=billing.bill, every="20 5 * * *"),
        Job(name=surcharges.JOB, run=surcharges.surcharge_overdue, every="40 5 * * *"),
        Job(name=reminding.JOB, run=reminding.remind_fees, every="0 9 * * *"),
        Job(name=waivers.JOB, run=reducing.reduce),
    ]


@hookimpl
def register_messages() -> Sequence[Message]:
    """Give the texts of reminders."""
    return list(reminding.MESSAGES.values())


@hookimpl
async def on_bill_settled(ctx: Context, event: UUID, bill: UUID) -> None:
    """Note that a fee or a surcharge was paid."""
    await owing.follow_settled(ctx, bill)


@hookimpl
async def on_bill_reopened(ctx: Context, event: UUID, bill: UUID) -> None:
    """Note that a fee or a surcharge is owed again."""
    await owing.follow_reopened(ctx, bill)
