"""The one-stop service: what it is, and where it joins the platform."""

from collections.abc import Sequence
from pathlib import Path
from uuid import UUID

from litestar import Router
from piccolo.conf.apps import AppConfig

from core.api import Card, Context, FrontPage, Job, Manifest, Message, NavItem, Text, hookimpl
from kit.casework import Service
from kit.forms import OfficeSettings
from plugins.oss import routes, services
from plugins.oss.forms.settings import SETTINGS
from plugins.oss.piccolo_app import APP_CONFIG
from plugins.oss.service import cards, chosen, front, own, publishing, visits

MANIFEST = Manifest(
    name="oss",
    title=Text("บริการจุดเดียวเบ็ดเสร็จ", "One-stop service"),
    summary=Text(
        "คำร้อง นัดหมาย เคาน์เตอร์ และบริการพื้นฐาน",
        "Requests, appointments, the counter and the basic services",
    ),
    law=("พ.ร.บ.การอำนวยความสะดวกในการพิจารณาอนุญาตของทางราชการ พ.ศ. 2558",),
    settings=chosen.DEFAULTS,
    permissions={own.BUILD: Text("สร้างบริการ", "Make services")},
    roles={"administrator": (own.BUILD,), "clerk": (own.BUILD,)},
    actions={
        "oss.appointments.read": Text("เปิดดูรายการนัดหมาย", "Looked at appointments"),
        "oss.counter.taken": Text("เข้าประจำช่องบริการ", "Took a place at the counter"),
        "oss.service.changed": Text("แก้ร่างบริการ", "Changed the draft of a service"),
        "oss.service.created": Text("สร้างบริการ", "Made a service"),
        "oss.service.discarded": Text("ทิ้งร่างบริการ", "Discarded the draft of a service"),
        "oss.service.published": Text("เปิดให้บริการ", "Published a service"),
        "oss.service.retired": Text("ปิดบริการ", "Retired a service"),
    },
)


@hookimpl
def register_services() -> Sequence[Service]:
    """Offer the general request and the commonest services of a municipality."""
    return services.ALL


@hookimpl
async def services_of_office(ctx: Context) -> Sequence[Service]:
    """Offer what the municipality made and published for itself."""
    return await publishing.services_in_force(ctx)


@hookimpl
def register_routes() -> Sequence[Router]:
    """Serve the pages of the one-stop service."""
    return routes.routers


@hookimpl
def register_tables() -> AppConfig:
    """Keep appointments, the queue and services of the office's own in the schema ``oss``."""
    return APP_CONFIG


@hookimpl
def register_settings() -> OfficeSettings:
    """Let an administrator set the counters and how far ahead visits are booked."""
    return SETTINGS


@hookimpl
def register_jobs() -> Sequence[Job]:
    """Remind of tomorrow's appointments every morning."""
    return [Job(name="oss.remind", run=visits.send_reminders, every="0 10 * * *")]


@hookimpl
def register_messages() -> Sequence[Message]:
    """Give the texts in which people are told of their appointments."""
    return [visits.TOMORROW]


@hookimpl
def register_papers() -> Path:
    """Give the templates of slips from the counter."""
    return Path(__file__).parent / "papers"


@hookimpl
async def page_for_home(ctx: Context) -> FrontPage:
    """Be the municipality's front door."""
    return await front.start_page(ctx)


@hookimpl
async def cards_for_home(ctx: Context, area: str) -> Sequence[Card]:
    """Lead from the start page to the services."""
    return [front.DOOR] if area == "public" else []


@hookimpl
async def cards_for_case(
    ctx: Context, case: UUID, service: str, status: str, step: str | None, track: str, area: str
) -> Sequence[Card]:
    """Lead from a case to its visit at the counter."""
    return await cards.cards_of(
        ctx, case=case, service=service, status=status, step=step, track=track, area=area
    )


@hookimpl
async def on_case_moved(ctx: Context, case: UUID, status: str) -> None:
    """Give back the visit of a case that has ended without it."""
    await visits.give_back(ctx, case, status=status)


@hookimpl
async def links_for_navigation(ctx: Context, area: str) -> Sequence[NavItem]:
    """Lead citizens to the services, officers to the counter and to services of their own."""
    return [front.LINK] if area == "public" else [*await visits.links(ctx), *own.links(ctx)]
