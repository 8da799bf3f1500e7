"""Incidents: what they are, and where they join the platform."""

from collections.abc import Sequence
from pathlib import Path

from litestar import Router
from piccolo.conf.apps import AppConfig

from contrib.incidents import routes
from contrib.incidents.piccolo_app import APP_CONFIG
from contrib.incidents.service import demo, doors, jobs, telling
from contrib.incidents.service.acts import ACTIONS
from contrib.incidents.service.rights import PERMISSIONS, ROLES
from core.api import Card, Context, Job, Manifest, Message, NavItem, Text, hookimpl

MANIFEST = Manifest(
    name="incidents",
    title=Text("แจ้งเหตุ Smart City", "Incident reports"),
    summary=Text(
        "ประชาชนแจ้งเหตุด้วย QR บนเสาหรือปักหมุด ติดตามได้ทุกขั้น มีเวลามาตรฐาน และ Open311",
        "Citizens report by the QR on a pole or a pin and follow every step; times are promised",
    ),
    permissions=PERMISSIONS,
    roles=ROLES,
    actions=ACTIONS,
)


@hookimpl
def register_routes() -> Sequence[Router]:
    """Serve the pages for everybody, the work at the desk and in the field, and Open311."""
    return routes.routers


@hookimpl
def register_tables() -> AppConfig:
    """Keep incidents in the schema ``incidents``."""
    return APP_CONFIG


@hookimpl
def register_papers() -> Path:
    """Give the template of the labels."""
    return Path(__file__).parent / "papers"


@hookimpl
def register_messages() -> Sequence[Message]:
    """Give the texts of messages to reporters and officers."""
    return telling.MESSAGES


@hookimpl
def register_jobs() -> Sequence[Job]:
    """Remind of what is late and forget who reported, by the clock."""
    return jobs.JOBS


@hookimpl
async def cards_for_home(ctx: Context, area: str) -> Sequence[Card]:
    """Lead from the start page to a report."""
    return [doors.DOOR] if area == "public" else []


@hookimpl
async def links_for_navigation(ctx: Context, area: str) -> Sequence[NavItem]:
    """Lead officers to their page of incidents."""
    return await doors.links(ctx) if area == "desk" else []


@hookimpl
async def seed_demo(ctx: Context) -> None:
    """Fill the demonstration with poles and reports, and what became of them."""
    await demo.fill(ctx)
