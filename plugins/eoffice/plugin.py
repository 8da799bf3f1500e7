"""e-Office: what it is, and where it joins the platform."""

from collections.abc import Sequence
from pathlib import Path
from uuid import UUID

from litestar import Router
from piccolo.conf.apps import AppConfig

from core.api import Card, Context, Job, Manifest, Message, NavItem, Text, hookimpl
from plugins.eoffice import hooks, routes
from plugins.eoffice.piccolo_app import APP_CONFIG
from plugins.eoffice.service import cards, demo, doors, jobs, petitions, pictures
from plugins.eoffice.service.acts import ACTIONS
from plugins.eoffice.service.rights import PERMISSIONS, ROLES

MANIFEST = Manifest(
    name="eoffice",
    title=Text("สำนักงานอิเล็กทรอนิกส์", "e-Office"),
    summary=Text(
        "รับ เสนอ สั่งการ ลงนาม ออกเลข ส่ง และเก็บหนังสือราชการโดยไม่ใช้กระดาษ",
        "Receive, route, sign, number, send and keep official letters without paper",
    ),
    law=("ระเบียบสำนักนายกรัฐมนตรีว่าด้วยงานสารบรรณ พ.ศ. 2526 และที่แก้ไขเพิ่มเติม",),
    permissions=PERMISSIONS,
    roles=ROLES,
    settings=pictures.DEFAULTS | petitions.DEFAULTS,
    actions=ACTIONS,
    hookspecs=(hooks,),
)


@hookimpl
def register_routes() -> Sequence[Router]:
    """Serve the desk of correspondence."""
    return routes.routers


@hookimpl
def register_tables() -> AppConfig:
    """Keep letters in the schema ``eoffice``."""
    return APP_CONFIG


@hookimpl
def register_jobs() -> Sequence[Job]:
    """Send what waits, and take what neighbours hand over."""
    return jobs.JOBS


@hookimpl
def register_papers() -> Path:
    """Give the templates of official documents, registers and stamps."""
    return Path(__file__).parent / "papers"


@hookimpl
def register_messages() -> Sequence[Message]:
    """Give the texts of what officers are told."""
    return jobs.MESSAGES


@hookimpl
async def links_for_navigation(ctx: Context, area: str) -> Sequence[NavItem]:
    """Lead officers to their letters."""
    return await doors.links(ctx) if area == "desk" else []


@hookimpl
async def cards_for_case(ctx: Context, case: UUID, track: str, area: str) -> Sequence[Card]:
    """Show officers the letters of a case, and who filed it those that are for them."""
    return await cards.cards_for(ctx, case, area, track)


@hookimpl
async def on_case_filed(ctx: Context, case: UUID, service: str) -> None:
    """Take what citizens ask of some services in as letters."""
    await petitions.follow_filed(ctx, case, service)


@hookimpl
async def seed_demo(ctx: Context) -> None:
    """Fill the demonstration with letters."""
    await demo.fill(ctx)


@hookimpl
async def links_for_module(ctx: Context, plugin: str) -> Sequence[NavItem]:
    """Lead from the page of the module to its settings."""
    return doors.links_for_module(ctx) if plugin == MANIFEST.name else []
