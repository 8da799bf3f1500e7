"""Casework as a part of the platform: always on, for every municipality."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from litestar import Router
from piccolo.conf.apps import AppConfig

from core.api import (
    Card,
    Check,
    Context,
    Effect,
    Job,
    Manifest,
    Message,
    NavItem,
    Text,
    Volume,
    hookimpl,
)
from kit.casework import conforming, hooks, routes
from kit.casework.messages import MESSAGES
from kit.casework.piccolo_app import APP_CONFIG
from kit.casework.recorded import ACTIONS
from kit.casework.service import (
    demo,
    drafts,
    fees,
    inbox,
    reporting,
    switching,
    tallying,
    tasks,
)
from kit.treasury import Revenue

MANIFEST = Manifest(
    name="casework",
    title=Text("งานบริการ", "Casework"),
    summary=Text("เรื่องที่ประชาชนยื่น ขั้นตอน กำหนดเวลาตามกฎหมาย", "Requests, steps and deadlines"),
    law=("พ.ร.บ.การอำนวยความสะดวกในการพิจารณาอนุญาตของทางราชการ พ.ศ. 2558",),
    fixed=True,
    roles={
        "registry": (
            "casework.read",
            "casework.assign",
            "casework.counter",
            "casework.as_registry",
        ),
        "officer": ("casework.read", "casework.as_officer", "casework.as_inspector"),
        "treasury": ("casework.read", "casework.as_treasury"),
        "head": ("casework.read", "casework.assign", "casework.figures", "casework.as_head"),
        "director": (
            "casework.read",
            "casework.figures",
            "casework.revoke",
            "casework.as_director",
        ),
        "deputy_clerk": ("casework.read", "casework.figures"),
        "clerk": ("casework.read", "casework.figures", "casework.revoke", "casework.as_clerk"),
        "mayor": ("casework.read", "casework.figures", "casework.revoke", "casework.as_mayor"),
        "administrator": ("casework.figures",),
    },
    hookspecs=(hooks,),
    permissions={
        "casework.read": Text("ดูเรื่องของกอง", "Read the cases of the division"),
        "casework.assign": Text("มอบหมายเรื่อง", "Assign cases"),
        "casework.counter": Text("รับเรื่องที่เคาน์เตอร์", "Take requests at the counter"),
        "casework.figures": Text("ดูสถิติการให้บริการ", "See the figures"),
        "casework.revoke": Text("เพิกถอนเอกสารที่ออกในเรื่อง", "Revoke papers issued in a case"),
        "casework.as_registry": Text("ตรวจรับคำขอ", "Receive and check requests"),
        "casework.as_officer": Text("ดำเนินการในขั้นเจ้าหน้าที่", "Act at steps of the officer"),
        "casework.as_inspector": Text("ตรวจสถานที่", "Act at steps of the inspector"),
        "casework.as_head": Text("เสนอความเห็นขั้นหัวหน้าฝ่าย", "Act at steps of the head"),
        "casework.as_director": Text("เสนอความเห็นขั้น ผอ.กอง", "Act at steps of the director"),
        "casework.as_clerk": Text("เสนอความเห็นขั้นปลัด", "Act at steps of the municipal clerk"),
        "casework.as_mayor": Text("ลงนามขั้นนายก", "Act at steps of the mayor"),
        "casework.as_treasury": Text("รับชำระค่าธรรมเนียม", "Act at steps of the treasury"),
    },
    actions=ACTIONS,
)


@hookimpl
def register_routes() -> Sequence[Router]:
    """Serve the guide, the form, the case and the inbox."""
    return routes.routers


@hookimpl
def register_tables() -> AppConfig:
    """Keep cases in the schema ``casework``."""
    return APP_CONFIG


@hookimpl
def register_revenues() -> Sequence[Revenue]:
    """Give the revenue of fees that a declaration states."""
    return fees.REVENUES


@hookimpl
async def on_bill_settled(ctx: Context, event: UUID, bill: UUID) -> None:
    """Issue what waited for its fee."""
    await fees.follow_settled(ctx, bill)


@hookimpl
async def on_bill_reopened(ctx: Context, event: UUID, bill: UUID) -> None:
    """Note on the case that its fee is owed again."""
    await fees.follow_reopened(ctx, bill)


@hookimpl
def register_jobs() -> Sequence[Job]:
    """Set the day's tasks, note what waits before the office opens, forget old drafts."""
    return [
        Job(name="casework.set_tasks", run=tasks.set_tasks, every="15 5 * * *"),
        Job(name="casework.tally", run=tallying.tally, every="5 5 * * *"),
        Job(name="casework.drop_drafts", run=drafts.drop_expired, every="30 2 * * *"),
    ]


@hookimpl
def register_checks() -> Sequence[Check]:
    """Give the checks of services that plugins declare."""
    return conforming.CHECKS


@hookimpl
def register_messages() -> Sequence[Message]:
    """Give the texts in which citizens are told of their cases."""
    return MESSAGES


@hookimpl
async def links_for_navigation(ctx: Context, area: str) -> Sequence[NavItem]:
    """Lead citizens to the services and their cases, officers to their inbox."""
    return await inbox.links(ctx, area)


@hookimpl
async def cards_for_home(ctx: Context, area: str) -> Sequence[Card]:
    """Lead from the start page to where a case is followed."""
    return [inbox.DOOR] if area == "public" else []


@hookimpl
async def effects_of_switch(ctx: Context, plugin: str, on: bool) -> Sequence[Effect]:
    """Tell which services come or go, and what cases are open."""
    return await switching.effects(ctx, plugin, on=on)


@hookimpl
async def volumes_of_services(ctx: Context, first: date, last: date) -> Sequence[Volume]:
    """Give the operator the figures of every service by month."""
    return await reporting.volumes(ctx, first, last)


@hookimpl
async def seed_demo(ctx: Context) -> None:
    """Fill the demonstration with cases in every state."""
    await demo.fill(ctx)
