"""What is kept of a point beside its facts: discounts and exemptions, meters, jobs done once."""

from datetime import date
from secrets import token_hex
from typing import Any
from uuid import UUID

from litestar import Response, Router, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from core.api import AppError, Ctx, NotFound, Text, allow
from kit.forms import AnyRequest, read_sheet, show_sheet
from plugins.waste_fees.forms import point as forms
from plugins.waste_fees.rules.months import month_of
from plugins.waste_fees.service import jobs, privileges, readings
from plugins.waste_fees.service.points import read_point
from plugins.waste_fees.service.rights import BILL, REGISTER
from plugins.waste_fees.service.tariffs import kinds_of

_REGISTER, _BILL = allow(REGISTER), allow(BILL)
_NO_METER = Text(
    "ยังไม่มีค่าธรรมเนียมที่คิดตามมาตร เพิ่มที่หน้าอัตราค่าธรรมเนียมก่อน",
    "No fee goes by meter yet. Add one on the page of fees first.",
)
_NO_JOB = Text(
    "อัตราวันนี้ไม่มีรายการครั้งเดียว เพิ่มในอัตราก่อน",
    "The tariffs of today have no job done once. Add it to a tariff first.",
)


def _point(point: UUID) -> Redirect:
    return Redirect(f"/desk/waste/points/{point}", status_code=303)


@get("/desk/waste/points/{point:uuid}/privileges", guards=[_REGISTER])
async def show_privilege(request: AnyRequest, ctx: Ctx, point: FromPath[UUID]) -> Response[str]:
    """Ask for which programme a point is registered."""
    row = await read_point(ctx, point)
    sheet = forms.privilege_sheet(point, await privileges.offers(ctx))
    first = {"from_on": ctx.today.isoformat()}
    return await show_sheet(request, ctx, sheet, values=first, about=row["payer_name"])


@post("/desk/waste/points/{point:uuid}/privileges", guards=[_REGISTER])
async def give_privilege(
    request: AnyRequest, ctx: Ctx, point: FromPath[UUID]
) -> Response[str] | Redirect:
    """Register a point for a programme."""
    sheet = forms.privilege_sheet(point, await privileges.offers(ctx))
    reading = await read_sheet(request, ctx, sheet)
    if reading.problems:
        return await show_sheet(request, ctx, sheet, reading=reading)
    values = reading.values
    offer, day = forms.offer_of(values["offer"]), date.fromisoformat(values["from_on"])
    try:
        await privileges.register(ctx, point, offer, from_on=day, why=values["why"])
    except AppError as refusal:
        return await show_sheet(request, ctx, sheet, reading=reading, refusal=refusal)
    return _point(point)


@get("/desk/waste/points/{point:uuid}/privileges/{privilege:uuid}", guards=[_REGISTER])
async def show_revoke(
    request: AnyRequest, ctx: Ctx, point: FromPath[UUID], privilege: FromPath[UUID]
) -> Response[str]:
    """Ask from when a point has a programme no more."""
    row = await read_point(ctx, point)
    first = {"from_on": ctx.today.isoformat()}
    sheet = forms.revoke_sheet(point)
    return await show_sheet(request, ctx, sheet, values=first, about=row["payer_name"])


@post("/desk/waste/points/{point:uuid}/privileges/{privilege:uuid}", guards=[_REGISTER])
async def revoke(
    request: AnyRequest, ctx: Ctx, point: FromPath[UUID], privilege: FromPath[UUID]
) -> Response[str] | Redirect:
    """End a programme."""
    sheet = forms.revoke_sheet(point)
    reading = await read_sheet(request, ctx, sheet)
    if reading.problems:
        return await show_sheet(request, ctx, sheet, reading=reading)
    values = reading.values
    day, broken = date.fromisoformat(values["from_on"]), values.get("broken", False)
    try:
        await privileges.revoke(ctx, privilege, until_on=day, why=values["why"], broken=broken)
    except AppError as refusal:
        return await show_sheet(request, ctx, sheet, reading=reading, refusal=refusal)
    return _point(point)


async def _meters(ctx: Ctx) -> dict[str, Text]:
    found = {one.code: one.title for one in await kinds_of(ctx) if one.measure == "metered"}
    if not found:
        raise NotFound(_NO_METER)
    return found


@get("/desk/waste/points/{point:uuid}/readings", guards=[_REGISTER])
async def show_reading(request: AnyRequest, ctx: Ctx, point: FromPath[UUID]) -> Response[str]:
    """Ask what the meter shows, beginning with what it showed before."""
    row, kinds = await read_point(ctx, point), await _meters(ctx)
    known = await readings.readings_of(ctx, point)
    kind = next(iter(kinds))
    month, before = readings.next_month(known, kind, ctx.today)
    first: dict[str, Any] = {"kind": kind, "month": month.isoformat()}
    first |= {"before": before} if before is not None else {}
    about = " ".join(filter(None, (row["payer_name"], row["meter"])))
    sheet = forms.reading_sheet(point, kinds)
    return await show_sheet(request, ctx, sheet, values=first, about=about)


@post("/desk/waste/points/{point:uuid}/readings", guards=[_REGISTER])
async def note_reading(
    request: AnyRequest, ctx: Ctx, point: FromPath[UUID]
) -> Response[str] | Redirect:
    """Keep what the meter shows."""
    kinds = await _meters(ctx)
    sheet = forms.reading_sheet(point, kinds)
    reading = await read_sheet(request, ctx, sheet)
    if reading.problems:
        return await show_sheet(request, ctx, sheet, reading=reading)
    values = reading.values
    kind, month = values.get("kind", next(iter(kinds))), date.fromisoformat(values["month"])
    figures = {name: values[name] for name in ("before", "after")}
    try:
        await readings.note_reading(ctx, point, kind, month=month_of(month), **figures)
    except AppError as refusal:
        return await show_sheet(request, ctx, sheet, reading=reading, refusal=refusal)
    return _point(point)


async def _jobs(ctx: Ctx) -> dict[str, Text]:
    known = await jobs.jobs_today(ctx)
    if not known:
        raise NotFound(_NO_JOB)
    return {code: jobs.said(job) for code, (_, job) in known.items()}


@get("/desk/waste/points/{point:uuid}/job", guards=[_BILL])
async def show_job(request: AnyRequest, ctx: Ctx, point: FromPath[UUID]) -> Response[str]:
    """Ask which job is charged; the address carries the key under which it is charged once."""
    if "once" not in request.query_params:
        return Response("", status_code=303, headers={"Location": f"?once={token_hex(8)}"})
    row, known = await read_point(ctx, point), await _jobs(ctx)
    sheet = forms.job_sheet(point, known)
    first = {"count": 1}
    return await show_sheet(request, ctx, sheet, values=first, about=row["payer_name"])


@post("/desk/waste/points/{point:uuid}/job", guards=[_BILL])
async def charge_job(
    request: AnyRequest, ctx: Ctx, point: FromPath[UUID]
) -> Response[str] | Redirect:
    """Charge a job and make its bill."""
    known = await _jobs(ctx)
    sheet = forms.job_sheet(point, known)
    reading = await read_sheet(request, ctx, sheet)
    if reading.problems:
        return await show_sheet(request, ctx, sheet, reading=reading)
    values, key = reading.values, request.query_params.get("once", "")[:40]
    code, due_on = values.get("job", next(iter(known))), date.fromisoformat(values["due_on"])
    try:
        await jobs.charge_job(ctx, point, code, count=values["count"], due_on=due_on, key=key)
    except AppError as refusal:
        return await show_sheet(request, ctx, sheet, reading=reading, refusal=refusal)
    return _point(point)


router = Router(
    "/",
    route_handlers=[
        show_privilege,
        give_privilege,
        show_revoke,
        revoke,
        show_reading,
        note_reading,
        show_job,
        charge_job,
    ],
)
