"""Appointments as people make them: booked by anybody, opened and changed by their code."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import msgspec
from litestar import Request, Response, Router, get, post
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect

from core.api import Context, Ctx, InvalidInput, NotFound, Text, page, public
from kit.documents import qr_svg
from kit.forms import AnyField, Place, Posted, first, read_posted
from plugins.oss.forms.visits import (
    PERSON,
    read_day,
    read_moment,
    read_wish,
    still_asked,
)
from plugins.oss.rules.cases import CaseKind, is_for_cases
from plugins.oss.rules.slots import Kind
from plugins.oss.service import appointments, cases, offering
from plugins.oss.service.booked import Booked
from plugins.oss.service.cases import About
from plugins.oss.service.offering import Free

AnyRequest = Request[Any, Any, Any]


@get("/appointments", guards=[public])
async def show_days(
    request: AnyRequest,
    ctx: Ctx,
    kind: FromQuery[str] = "",
    day: FromQuery[str] = "",
    case: FromQuery[str] = "",
) -> Response[str] | Redirect:
    """Show the days that can be booked, or the times of one of them with the form."""
    track = case[:60]
    if is_for_cases(kind):
        elsewhere = await _elsewhere(request, ctx, kind, track)
        if elsewhere is not None:
            return elsewhere
    typed: Posted = {"kind": [kind], "track": [track]} | await offering.own_person(ctx)
    return await _show(request, ctx, read_day(day), typed, {})


async def _elsewhere(
    request: AnyRequest, ctx: Context, kind: str, track: str
) -> Response[str] | Redirect | None:
    """Lead to the visit that a case has already, or say why it can have none.

    :raises NotFound: no case has this tracking code.
    """
    about = await cases.read_about(ctx, track)
    for one in await cases.visits_of(ctx, about.id) if about else ():
        if one.kind == kind and one.open:
            return Redirect(f"/appointments/{one.code}", status_code=303)
    try:
        await cases.choose(ctx, kind, about)
    except InvalidInput as refusal:
        return await _refuse(request, ctx, refusal, about.track if about else "")
    return None


async def _refuse(
    request: AnyRequest, ctx: Context, refusal: InvalidInput, track: str
) -> Response[str]:
    """Say why a case can have no such visit now, and lead back to the case."""
    return await page(
        request,
        ctx,
        "oss/appointments_refused.html",
        status_code=409,
        sentence=refusal.problems["kind"].to(ctx.language),
        track=track,
    )


async def _show(
    request: AnyRequest, ctx: Context, day: date | None, typed: Posted, problems: dict[str, Text]
) -> Response[str]:
    about = await _about(ctx, first(typed, "track"))
    kinds = [*await cases.kinds_of(ctx, about), *offering.kinds(ctx)]
    wanted = first(typed, "kind")
    kind = next((one for one in kinds if one.code == wanted), kinds[0])
    return await _page(
        request,
        ctx,
        kind,
        day,
        problems,
        kinds=kinds,
        track=first(typed, "track"),
        typed=typed,
        fields=still_asked(_known(kind, about)),
        of_case=about,
    )


async def _page(
    request: AnyRequest,
    ctx: Context,
    kind: Kind,
    day: date | None,
    problems: dict[str, Text],
    **values: Any,
) -> Response[str]:
    """Show the days of a kind, or the times of one of them.

    Where the day that was sent is full by now the form stays, filled, with the next free day.
    """
    days = await offering.free_slots(ctx, kind)
    full = day if problems and day and not _is_free(days, day) else None
    if full:
        day = next((one for one in days if one >= full and _is_free(days, one)), full)
    shown: dict[str, Any] = {"booked": None, "track": "", "kinds": (), "of_case": None}
    return await page(
        request,
        ctx,
        "oss/appointments_form.html" if day in days else "oss/appointments.html",
        status_code=422 if problems else 200,
        kind=kind,
        bring=kind.bring if isinstance(kind, CaseKind) else (),
        days=days,
        day=day,
        full=full,
        wrong=problems,
        problems={name: text.to(ctx.language) for name, text in problems.items()},
        place=Place.of(ctx),
        **shown | values,
    )


def _is_free(days: Mapping[date, Sequence[Free]], day: date) -> bool:
    return any(one.left for one in days.get(day, ()))


async def _about(ctx: Context, track: str) -> About | None:
    """Return the case of a tracking code; None where no case has it."""
    try:
        return await cases.read_about(ctx, track)
    except NotFound:
        return None


def _known(kind: Kind, about: About | None) -> dict[str, str]:
    """Return what a case says of who comes on its way."""
    if about is None or not isinstance(kind, CaseKind):
        return {}
    return {"name": about.name, "phone": about.phone}


@post("/appointments", guards=[public])
async def book(request: AnyRequest, ctx: Ctx) -> Response[str] | Redirect:
    """Book a visit."""
    posted = await read_posted(request)
    try:
        wish = read_wish(posted, Place.of(ctx), await _asked(ctx, posted))
        made = await appointments.book(ctx, **msgspec.structs.asdict(wish))
    except InvalidInput as refusal:
        if is_for_cases(first(posted, "kind")) and "kind" in refusal.problems:
            return await _refuse(request, ctx, refusal, first(posted, "track")[:60])
        day = read_day(first(posted, "day"))
        return await _show(request, ctx, day, posted, refusal.problems)
    return Redirect(f"/appointments/{made.code}?booked=1", status_code=303)


async def _asked(ctx: Context, posted: Posted) -> Sequence[AnyField]:
    """Return what must be typed of who comes.

    :raises InvalidInput: under ``kind`` why the case has no such visit.
    """
    code = first(posted, "kind")
    if not is_for_cases(code):
        return PERSON
    about = await cases.read_about(ctx, first(posted, "track")[:60])
    return still_asked(_known(await cases.choose(ctx, code, about), about))


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
    kind = await cases.find_any(ctx, found.kind)
    return await page(
        request,
        ctx,
        "oss/appointments_one.html",
        booked=found,
        new=bool(booked),
        offered=kind is not None,
        bring=kind.bring if isinstance(kind, CaseKind) else (),
        qr=qr_svg(f"{ctx.origin}/appointments/{found.code}"),
    )


@get("/appointments/{code:str}/move", guards=[public])
async def show_move(
    request: AnyRequest, ctx: Ctx, code: FromPath[str], day: FromQuery[str] = ""
) -> Response[str]:
    """Show to which days, or to which times of a day, an appointment can be moved."""
    booked = await appointments.get_booked(ctx, code)
    return await _show_move(request, ctx, booked, read_day(day), {}, {})


async def _show_move(
    request: AnyRequest,
    ctx: Context,
    booked: Booked,
    day: date | None,
    typed: Posted,
    problems: dict[str, Text],
) -> Response[str]:
    kind = await appointments.kind_of(ctx, booked)
    return await _page(request, ctx, kind, day, problems, booked=booked, typed=typed, fields=())


@post("/appointments/{code:str}/move", guards=[public])
async def move(request: AnyRequest, ctx: Ctx, code: FromPath[str]) -> Response[str] | Redirect:
    """Move an appointment."""
    posted = await read_posted(request)
    try:
        booked = await appointments.move(ctx, code, at=read_moment(posted))
    except InvalidInput as refusal:
        booked = await appointments.get_booked(ctx, code)
        day = read_day(first(posted, "day"))
        return await _show_move(request, ctx, booked, day, posted, refusal.problems)
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
