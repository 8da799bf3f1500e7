"""Building permits: what they are, and where they join the platform."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from litestar import Router
from piccolo.conf.apps import AppConfig

from core.api import Card, Context, Job, Manifest, Message, NavItem, Text, hookimpl
from kit.casework import CaseVisit, Examination, Service, follow_granted
from kit.documents import PaperStanding
from kit.treasury import Revenue
from plugins.permits import routes
from plugins.permits.piccolo_app import APP_CONFIG
from plugins.permits.service import (
    carrying,
    casecards,
    counter,
    demo,
    doors,
    offering,
    register,
    reminders,
    revenues,
    standing,
)
from plugins.permits.service.rights import PERMISSIONS, ROLES
from plugins.permits.services import declared

MANIFEST = Manifest(
    name="permits",
    title=Text("ขออนุญาตก่อสร้างอาคาร", "Building permits"),
    summary=Text(
        "บ้านไม่เกิน 150 ตร.ม. ตรวจล่วงหน้าแล้วรับใบอนุญาตที่เคาน์เตอร์ และใบอนุญาตแบบปกติ",
        "Houses up to 150 m² at the counter after a check from afar, and ordinary permits",
    ),
    law=("พ.ร.บ.ควบคุมอาคาร พ.ศ. 2522",),
    permissions=PERMISSIONS,
    settings=reminders.DEFAULTS,
    roles=ROLES,
    actions={
        # Of entries from before the kit kept figures of law.
        "permits.figure.set": Text("กำหนดเกณฑ์ตามกฎหมาย", "Set a figure of law"),
        "permits.figure.withdrawn": Text("ถอนเกณฑ์ที่ยังไม่เริ่มใช้", "Withdrew a figure before it began"),
        "permits.inspection.read": Text("ดูบันทึกการตรวจสถานที่", "Opened the record of an inspection"),
        "permits.inspection.recorded": Text("บันทึกการตรวจสถานที่", "Recorded an inspection"),
        "permits.order.complied": Text("ปิดคำสั่งที่ปฏิบัติตามแล้ว", "Closed an order that was obeyed"),
        "permits.order.issued": Text("ออกคำสั่ง", "Issued an order"),
        "permits.order.served": Text("บันทึกการส่งคำสั่ง", "Noted how an order was served"),
        "permits.order.withdrawn": Text("ยกเลิกคำสั่ง", "Withdrew an order"),
        "permits.permit.certified": Text("ออกใบรับรองการก่อสร้าง", "Certified a building"),
        "permits.permit.completed": Text("รับแจ้งแล้วเสร็จ", "Closed a permit as completed"),
        "permits.permit.entered": Text("ลงทะเบียนใบอนุญาต", "Entered a permit into the register"),
        "permits.permit.read": Text("เปิดดูใบอนุญาต", "Looked at a permit"),
        "permits.permit.renewed": Text("ต่ออายุใบอนุญาต", "Renewed a permit"),
        "permits.permit.replaced": Text("ออกใบแทนใบอนุญาต", "Replaced a permit"),
        "permits.permit.revoked": Text("บันทึกการเพิกถอนใบอนุญาต", "Noted that a permit was revoked"),
        "permits.permit.supervised": Text("บันทึกผู้ควบคุมงาน", "Noted a supervisor"),
        "permits.permit.transferred": Text("โอนใบอนุญาต", "Transferred a permit"),
        "permits.plan.added": Text("เพิ่มแบบบ้าน", "Added a plan"),
        "permits.plan.changed": Text("แก้แบบบ้านเป็นฉบับใหม่", "Changed a plan"),
        "permits.plan.withdrawn": Text("ถอนแบบบ้าน", "Withdrew a plan"),
        "permits.register.exported": Text("ส่งออกทะเบียนใบอนุญาต", "Took a copy of the register"),
        "permits.reminders.sent": Text("เตือนว่าใบอนุญาตใกล้หมดอายุ", "Reminded holders of permits"),
        "permits.reminders.set": Text("ตั้งวันเตือนก่อนหมดอายุ", "Set the days of reminders"),
    },
)


@hookimpl
def register_services() -> Sequence[Service]:
    """Offer the ways to a permit, and what can be asked for after it."""
    return declared()


@hookimpl
async def services_of_office(ctx: Context) -> Sequence[Service]:
    """Offer them with the standard plans of the office."""
    return await offering.services(ctx)


@hookimpl
async def examine_request(
    ctx: Context, service: Service, answers: Mapping[str, Any], on: date
) -> Examination:
    """Hold a request against the rules of building."""
    return await offering.examined(ctx, service, answers, on)


@hookimpl
async def visits_for_cases(ctx: Context) -> Sequence[CaseVisit]:
    """Let who was checked book the visit at which the permit is handed over."""
    return [await offering.visit(ctx)]


@hookimpl
def register_revenues() -> Sequence[Revenue]:
    """Give the kinds of revenue of permits and of the check of plans."""
    return revenues.REVENUES


@hookimpl
def register_routes() -> Sequence[Router]:
    """Serve plans and the register, to the desk and to everybody, and the way into both."""
    return routes.routers


@hookimpl
def register_tables() -> AppConfig:
    """Keep plans, their versions and files in the schema ``permits``."""
    return APP_CONFIG


@hookimpl
def register_papers() -> Path:
    """Give the templates of permits, and of the drawings of the demonstration."""
    return Path(__file__).parent / "papers"


@hookimpl
def register_jobs() -> Sequence[Job]:
    """Remind holders every morning that their permits expire."""
    return [Job(name=reminders.JOB, run=reminders.remind, every="10 9 * * *")]


@hookimpl
def register_messages() -> Sequence[Message]:
    """Give the text of that reminder."""
    return [reminders.MESSAGE]


@hookimpl
async def standing_for_paper(ctx: Context, paper: UUID) -> PaperStanding | None:
    """Say on the page of a permit's paper whether it has expired."""
    return await standing.standing(ctx, paper)


@hookimpl
async def on_paper_revoked(ctx: Context, event: UUID, paper: UUID) -> None:
    """Note in the register that a permit was taken back."""
    await register.follow_revoked(ctx, paper)


@hookimpl
async def on_case_moved(ctx: Context, event: UUID, case: UUID, service: str, status: str) -> None:
    """Enter what was issued into the register, carry out what was granted, note the times."""
    await register.follow(ctx, case, service, status)
    await follow_granted(ctx, carrying.CARRIER, case, service, status)
    await counter.follow_case(ctx, case, service)


@hookimpl
async def on_visit_changed(
    ctx: Context, event: UUID, case: UUID, state: str, starts_at: datetime, code: str, at: datetime
) -> None:
    """Note when somebody is awaited at the counter, and when they came."""
    await counter.follow_visit(ctx, case, code=code, state=state, starts_at=starts_at, at=at)


@hookimpl
async def cards_for_case(
    ctx: Context, case: UUID, service: str, status: str, step: str | None, area: str
) -> Sequence[Card]:
    """Lead on from a case: to the inspection, the register, what comes after a permit."""
    return await casecards.cards(ctx, case, service, status, step, area)


@hookimpl
async def cards_for_home(ctx: Context, area: str) -> Sequence[Card]:
    """Lead from the start page to the question which way a permit takes."""
    return [doors.DOOR] if area == "public" else []


@hookimpl
async def links_for_navigation(ctx: Context, area: str) -> Sequence[NavItem]:
    """Lead officers to the pages of permits."""
    return await doors.links(ctx) if area == "desk" else []


@hookimpl
async def seed_demo(ctx: Context) -> None:
    """Fill the demonstration with example plans."""
    await demo.fill(ctx)
