"""Disasters: what they are, and where they join the platform."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from litestar import Router
from piccolo.conf.apps import AppConfig

from contrib.disaster import routes
from contrib.disaster.piccolo_app import APP_CONFIG
from contrib.disaster.service import acting, demo, doors, following, forgetting
from contrib.disaster.service.acts import ACTIONS
from contrib.disaster.service.rights import PERMISSIONS, ROLES
from contrib.disaster.services import ALL
from core.api import Card, Context, Job, Manifest, Message, NavItem, Text, hookimpl
from kit.casework import Examination, Service

MANIFEST = Manifest(
    name="disaster",
    title=Text("ระบบจัดการสาธารณภัย", "Disasters"),
    summary=Text(
        "เหตุการณ์ ครัวเรือนเปราะบาง คำขอความช่วยเหลือตามลำดับความเร่งด่วน ศูนย์พักพิง และเงินช่วยเหลือ",
        "Disasters, vulnerable households, requests for help by urgency, shelters, and aid",
    ),
    law=("พ.ร.บ.ป้องกันและบรรเทาสาธารณภัย พ.ศ. 2550",),
    permissions=PERMISSIONS,
    roles=ROLES,
    actions=ACTIONS,
)


@hookimpl
def register_routes() -> Sequence[Router]:
    """Serve the work at the desk."""
    return routes.routers


@hookimpl
def register_tables() -> AppConfig:
    """Keep disasters in the schema ``disaster``."""
    return APP_CONFIG


@hookimpl
def register_jobs() -> Sequence[Job]:
    """Remove contacts that are not needed any more, by the clock."""
    return (Job(name=forgetting.JOB, run=forgetting.forget, every="50 3 * * *"),)


@hookimpl
def register_messages() -> Sequence[Message]:
    """Give the text that tells who asked for help where the request stands."""
    return (acting.MESSAGE,)


@hookimpl
def register_services() -> Sequence[Service]:
    """Offer to ask for aid."""
    return ALL


@hookimpl
async def examine_request(
    ctx: Context, service: Service, answers: Mapping[str, Any]
) -> Examination:
    """Refuse a claim that the household has made already."""
    return await following.examined(ctx, answers)


@hookimpl
async def on_case_filed(ctx: Context, event: UUID, case: UUID, service: str) -> None:
    """Enter the claim of a case."""
    await following.follow_filed(ctx, case, service)


@hookimpl
async def on_case_moved(ctx: Context, event: UUID, case: UUID, service: str, status: str) -> None:
    """Take back the claim of a case that ended without an approval."""
    await following.follow_moved(ctx, case, service, status)


@hookimpl
async def cards_for_case(ctx: Context, case: UUID, service: str, area: str) -> Sequence[Card]:
    """Say beside a case how its claim stands."""
    return await following.cards(ctx, case, service, area)


@hookimpl
async def cards_for_home(ctx: Context, area: str) -> Sequence[Card]:
    """Lead to help from the start page while a disaster goes on."""
    return await doors.cards(ctx) if area == "public" else []


@hookimpl
async def links_for_navigation(ctx: Context, area: str) -> Sequence[NavItem]:
    """Lead officers to the work with disasters."""
    return doors.links(ctx) if area == "desk" else []


@hookimpl
async def seed_demo(ctx: Context) -> None:
    """Fill the demonstration with a flood, where there is one."""
    await demo.fill(ctx)
