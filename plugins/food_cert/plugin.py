"""Food premises: what they are, and where they join the platform."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

from litestar import Router
from piccolo.conf.apps import AppConfig

from core.api import Card, Context, Job, Manifest, Message, Text, hookimpl
from kit.casework import Examination, Service
from kit.treasury import Revenue
from plugins.food_cert import routes
from plugins.food_cert.piccolo_app import APP_CONFIG
from plugins.food_cert.service import (
    billing,
    complaints,
    handler_reminders,
    offering,
    order_ends,
    owing,
    reducing,
    reminding,
    revenues,
    surcharges,
    waivers,
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
    settings=reminding.DEFAULTS,
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
    """End, bill, surcharge and remind by the clock; reduce bills by waivers in the background."""
    return [
        Job(name=order_ends.JOB, run=order_ends.end_orders, every="5 0 * * *"),
        Job(name=billing.JOB, run=billing.bill, every="20 5 * * *"),
        Job(name=surcharges.JOB, run=surcharges.surcharge_overdue, every="40 5 * * *"),
        Job(name=reminding.JOB, run=reminding.remind_fees, every="0 9 * * *"),
        Job(name=handler_reminders.JOB, run=handler_reminders.remind, every="20 9 * * *"),
        Job(name=waivers.JOB, run=reducing.reduce),
    ]


@hookimpl
def register_messages() -> Sequence[Message]:
    """Give the texts of reminders."""
    return [*reminding.MESSAGES.values(), handler_reminders.MESSAGE]


@hookimpl
async def on_bill_settled(ctx: Context, event: UUID, bill: UUID) -> None:
    """Note that a fee or a surcharge was paid; where all is, the place need not stop for it."""
    place = await owing.follow_settled(ctx, bill)
    if place is not None:
        await order_ends.lift_paid(ctx, place)


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
    """Keep which place a complaint is about."""
    await complaints.link(ctx, case, service)


@hookimpl
async def cards_for_case(
    ctx: Context, case: UUID, service: str, status: str, step: str | None, area: str
) -> Sequence[Card]:
    """Lead from a complaint to its place in the register."""
    return await complaints.cards(ctx, case, service, area)
