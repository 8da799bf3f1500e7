"""Food premises: what they are, and where they join the platform."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

from litestar import Router
from piccolo.conf.apps import AppConfig

from core.api import Card, Context, Job, Manifest, Message, NavItem, Text, hookimpl
from kit.casework import Examination, Service
from kit.documents import PaperStanding
from kit.treasury import Revenue
from plugins.food_cert import routes
from plugins.food_cert.piccolo_app import APP_CONFIG
from plugins.food_cert.service import (
    casecards,
    complaints,
    demo,
    doors,
    following,
    jobs,
    offering,
    order_ends,
    owing,
    renewing,
    revenues,
    standing,
)
from plugins.food_cert.service.acts import ACTIONS
from plugins.food_cert.service.rights import PERMISSIONS, ROLES
from plugins.food_cert.services import declared

MANIFEST = Manifest(
    name="food_cert",
    title=Text("สถานที่จำหน่ายและสะสมอาหาร", "Food premises"),
    summary=Text(
        "แจ้งหรือขออนุญาตร้านอาหาร ตรวจสุขลักษณะ ค่าธรรมเนียมรายปี และทะเบียน",
        "Notices and licences of food premises, hygiene, yearly fees and their register",
    ),
    law=("พ.ร.บ.การสาธารณสุข พ.ศ. 2535 มาตรา 38 ถึงมาตรา 66",),
    permissions=PERMISSIONS,
    settings=jobs.SETTINGS,
    roles=ROLES,
    actions=ACTIONS,
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
    """End, bill and remind by the clock; reduce bills and make letters in the background."""
    return jobs.JOBS


@hookimpl
def register_messages() -> Sequence[Message]:
    """Give the texts of reminders."""
    return jobs.MESSAGES


@hookimpl
async def on_bill_settled(ctx: Context, event: UUID, bill: UUID) -> None:
    """Note that a fee was paid, with what follows: no stop for it, and a renewal in time."""
    place = await owing.follow_settled(ctx, bill)
    if place is not None:
        await order_ends.lift_paid(ctx, place)
        await renewing.follow_renewal(ctx, place)


@hookimpl
async def on_bill_reopened(ctx: Context, event: UUID, bill: UUID) -> None:
    """Note that a fee or a surcharge is owed again."""
    await owing.follow_reopened(ctx, bill)


@hookimpl
def register_services() -> Sequence[Service]:
    """Offer what can be asked or told about food places."""
    return declared()


@hookimpl
async def services_of_office(ctx: Context) -> Sequence[Service]:
    """Offer it by the figures of the office."""
    return await offering.services(ctx)


@hookimpl
async def examine_request(
    ctx: Context, service: Service, answers: Mapping[str, Any], on: date
) -> Examination:
    """Hold a request against what the register knows."""
    return await offering.examined(ctx, service, answers, on)


@hookimpl
async def on_case_filed(ctx: Context, event: UUID, case: UUID, service: str, number: str) -> None:
    """Enter the place of a notice or request, and keep which place a case is about."""
    await following.follow_filed(ctx, case, service)
    await complaints.link(ctx, case, service)


@hookimpl
async def on_case_moved(ctx: Context, event: UUID, case: UUID, service: str, status: str) -> None:
    """Carry out in the register what was decided."""
    await following.follow_moved(ctx, case, service, status)


@hookimpl
async def on_paper_revoked(ctx: Context, event: UUID, paper: UUID) -> None:
    """Note in the register that a certificate or licence was taken back."""
    await following.follow_revoked(ctx, paper)


@hookimpl
async def standing_for_paper(ctx: Context, paper: UUID) -> PaperStanding | None:
    """Say where a paper is checked how its place stands today."""
    return await standing.standing(ctx, paper)


@hookimpl
async def cards_for_case(
    ctx: Context, case: UUID, service: str, status: str, step: str | None, area: str
) -> Sequence[Card]:
    """Lead from a case to its place, and to the fee that is to be paid next."""
    return await casecards.cards(ctx, case, service, status, area)


@hookimpl
async def cards_for_home(ctx: Context, area: str) -> Sequence[Card]:
    """Lead from the start page to the question which way is yours, and to one's own places."""
    return await doors.cards(ctx, area)


@hookimpl
async def links_for_navigation(ctx: Context, area: str) -> Sequence[NavItem]:
    """Lead officers to the pages of food premises."""
    return await doors.links(ctx) if area == "desk" else []


@hookimpl
async def seed_demo(ctx: Context) -> None:
    """Fill the demonstration with places, and what became of them."""
    await demo.fill(ctx)


@hookimpl
async def links_for_module(ctx: Context, plugin: str) -> Sequence[NavItem]:
    """Lead from the page of the module to what an administrator sets there."""
    return doors.links_for_module(ctx) if plugin == MANIFEST.name else []
