"""The services of an office with its own plans, and what their rules find in a request."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import msgspec

from core.api import Context, Text
from kit.casework import CaseVisit, Examination, Service
from kit.law import in_force, limits_on, of_office
from plugins.permits.rules.after import AFTER
from plugins.permits.rules.asked import asked_of
from plugins.permits.rules.dated import BOOK
from plugins.permits.rules.ways import BUILD, SMALL
from plugins.permits.service import afterwards
from plugins.permits.service.examining import examine
from plugins.permits.service.paper import parts_of
from plugins.permits.service.plans import drawings_of, plans_in_force
from plugins.permits.services import declared

VISIT = "permits.counter"
_BRING = (
    Text("บัตรประชาชนตัวจริง", "Your national ID card"),
    Text("โทรศัพท์ที่ใช้แอปธนาคาร หรือเงินสด", "A phone with a banking app, or cash"),
)


async def services(ctx: Context) -> Sequence[Service]:
    """Return the services as the office offers them today."""
    plans = await plans_in_force(ctx, ctx.today)
    return declared(list(plans.values()), await limits_on(ctx, BOOK, ctx.today))


async def examined(
    ctx: Context, service: Service, answers: Mapping[str, Any], on: date
) -> Examination:
    """Return what the rules find in a request, and what its permit would say."""
    if service.code in AFTER:
        return await afterwards.examined(ctx, service, answers, on)
    plans = await plans_in_force(ctx, on)
    data = await of_office(ctx, BOOK)
    found = examine(service.code, answers, plans=plans, data=data, on=on)
    if service.code not in (SMALL, BUILD) or found.problems:
        return found
    limits = in_force((*BOOK.starting, *data), on)
    asked = asked_of(answers, plans)
    drawings = await drawings_of(ctx, asked.plan.code, on) if asked.plan else ""
    paper = parts_of(answers, asked, limits, drawings=drawings, fields=service.form)
    return msgspec.structs.replace(found, paper=paper)


async def visit(ctx: Context) -> CaseVisit:
    """Return the visit at which a checked house gets its permit."""
    limits = await limits_on(ctx, BOOK, ctx.today)
    return CaseVisit(
        code=VISIT,
        title=Text("รับใบอนุญาตก่อสร้าง", "Get the building permit"),
        service=SMALL,
        steps=("counter",),
        minutes=limits["fast.minutes"].whole,
        bring=_BRING,
    )
