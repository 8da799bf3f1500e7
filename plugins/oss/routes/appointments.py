"""Appointments as people make them: booked by anybody, opened and changed by their code."""

from datetime import date
from typing import Any

import msgspec
from litestar import Request, Response, Router, get, post
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect

from core.api import Context, Ctx, InvalidInput, Text, page, public
from kit.casework import first, read_posted
from kit.documents import qr_svg
from kit.forms import Place
from plugins.oss.forms.visits import PERSON, Texts, read_day, read_moment, read_wish
from plugins.oss.service import appointments, offering
from plugins.oss.service.appointments import Booked

AnyRequest = Request[Any, Any, Any]


@get("/appointments", guards=[public])
async def show_days(
    request: AnyRequest,
    ctx: Ctx,
    kind: FromQuery[str] = "",
    day: FromQuery[str] = "",
    case: FromQuery[str] = "",
) -> Response[str]:
    """Show the days that can be booked, or the times of one of them with the form."""
    typed: Texts = {"kind": [kind], "track": [case[:60]]}
    return await _show(request, ctx, read_day(day), typed | await offering.own_person(ctx), {})


async def _show(
    request: AnyRequest,
    ctx: Context,
    day: date | None,
    typed: Texts,
    problems: dict[str, Text],
    booked: Booked | None = None,
) -> Response[str]:
    kinds = offering.kinds(ctx)
    wanted = booked.kind if booked else first(typed, "kind")
    kind = offering.find_kind(ctx, wanted) or kinds[0]
    days = await offering.free_slots(ctx, kind)
    return await page(
        request,
        ctx,
        "oss/appointments_form.html" if day in days else "oss/appointments.html",
        status_code=422 if problems else 200,
        kinds=kinds,
        kind=kind,
        days=days,
        day=day,
        track=first(typed, "track"),
        booked=booked,
        typed=typed,
        fields=() if booked else PERSON,
        wrong=problems,
        problems={name: text.to(ctx.language) for name, text in problems.items()},
        place=Place.of(ctx),
    )


@post("/appointments", guards=[public])
async def book(request: AnyRequest, ctx: Ctx) -> Response[str] | Redirect:
    """Book a visit."""
    posted = await read_posted(request)
    try:
        wish = read_wish(posted, Place.of(ctx))
        made = await appointments.book(ctx, **msgspec.structs.asdict(wish))
    except InvalidInput as refusal:
        day = read_day(first(posted, "day"))
        return await _show(request, ctx, day, posted, refusal.problems)
    return Redirect(f"/appointments/{made.code}?booked=1", status_code=303)


@post("/appointments/find", guards=[public])
async def find(request: AnyRequest, ctx: Ctx) -> Redirect:
    """Lead to the appointment of a code that was typed."""
    code = first(await read_posted(request), "code")[:200]
    booked = await appointments.get_booked(ctx, code)
    return Redirect(f"/appointments/{booked.code}", status_code=303)


@get("/appointments/{code:str}", guards=[public])
async def show_one(
    request: AnyRequest, ctx: Ctx, code: FromPath[str], booked: FromQuery[str] = ""
) -> Response[str]:
    """Show an appointment to who holds its code."""
    found = await appointments.get_booked(ctx, code)
    return await page(
        request,
        ctx,
        "oss/appointments_one.html",
        booked=found,
        new=bool(booked),
        qr=qr_svg(f"{ctx.origin}/appointments/{found.code}"),
    )


@get("/appointments/{code:str}/move", guards=[public])
async def show_move(
    request: AnyRequest, ctx: Ctx, code: FromPath[str], day: FromQuery[str] = ""
) -> Response[str]:
    """Show to which days, or to which times of a day, an appointment can be moved."""
    booked = await appointments.get_booked(ctx, code)
    return await _show(request, ctx, read_day(day), {}, {}, booked)


@post("/appointments/{code:str}/move", guards=[public])
async def move(request: AnyRequest, ctx: Ctx, code: FromPath[str]) -> Response[str] | Redirect:
    """Move an appointment."""
    posted = await read_posted(request)
    try:
        booked = await appointments.move(ctx, code, at=read_moment(posted))
    except InvalidInput as refusal:
        booked = await appointments.get_booked(ctx, code)
        day = read_day(first(posted, "day"))
        return await _show(request, ctx, day, posted, refusal.problems, booked)
    return Redirect(f"/appointments/{booked.code}", status_code=303)


@post("/appointments/{code:str}/cancel", guards=[public])
async def cancel(request: AnyRequest, ctx: Ctx, code: FromPath[str]) -> Response[str] | Redirect:
    """Give an appointment back, after asking once."""
    booked = await appointments.get_booked(ctx, code)
    if first(await read_posted(request), "sure") != "yes":
        return await page(request, ctx, "oss/appointments_cancel.html", booked=booked)
    await appointments.cancel(ctx, code)
    return Redirect(f"/appointments/{booked.code}", status_code=303)


router = Router("/", route_handlers=[show_days, book, find, show_one, show_move, move, cancel])
