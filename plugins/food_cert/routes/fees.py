"""Yearly fees at the desk: how they stand, bands, waivers, who is overdue, reminders."""

from uuid import UUID

import msgspec
from litestar import Response, Router, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from core.api import AppError, Context, Ctx, InvalidInput, allow, page
from kit.forms import AnyRequest, Place, first, read_posted, read_sheet, show_sheet
from plugins.food_cert.forms import fees as forms
from plugins.food_cert.forms.fees import HOME, Typed
from plugins.food_cert.rules.fee_days import FeeDays
from plugins.food_cert.rules.places import INSTRUMENTS
from plugins.food_cert.service import bands, fees_seen, owing, reminding, waivers
from plugins.food_cert.service.rights import FEES, READ

_READ, _FEES = allow(READ), allow(FEES)


@get(HOME, guards=[_READ])
async def show_fees(request: AnyRequest, ctx: Ctx) -> Response[str]:
    """Show how the fees of the office stand."""
    return await _show_fees(request, ctx)


async def _show_fees(
    request: AnyRequest, ctx: Context, refusal: AppError | None = None
) -> Response[str]:
    return await page(
        request,
        ctx,
        "food_cert/fees.html",
        status_code=refusal.status_code if refusal else 200,
        seen=await fees_seen.see(ctx),
        days=reminding.fee_days(ctx),
        instruments=INSTRUMENTS,
        refusal=refusal.sentence.to(ctx.language) if refusal else None,
        may_set=ctx.actor.may(FEES),
    )


@get(f"{HOME}/unpaid", guards=[_READ])
async def show_unpaid(request: AnyRequest, ctx: Ctx) -> Response[str]:
    """Show which places are overdue, or those alone that can be ordered to stop."""
    late = await owing.unpaid(ctx)
    to_stop = await owing.to_stop(ctx, late)
    only = "stop" if request.query_params.get("only") == "stop" else ""
    return await page(
        request,
        ctx,
        "food_cert/fees_unpaid.html",
        late=late,
        to_stop=to_stop,
        shown=to_stop if only else late,
        only=only,
    )


@get(f"{HOME}/bands", guards=[_FEES])
async def show_bands(request: AnyRequest, ctx: Ctx) -> Response[str]:
    """Show the bands of today, to be changed into the next."""
    typed = forms.begun(bands.counting(await bands.tariffs_of(ctx), ctx.today), ctx.today)
    return await _show_bands(request, ctx, typed)


async def _show_bands(
    request: AnyRequest, ctx: Context, typed: Typed, refusal: AppError | None = None
) -> Response[str]:
    wrong = dict(typed.reading.problems)
    if isinstance(refusal, InvalidInput):
        wrong |= refusal.problems
    return await page(
        request,
        ctx,
        "food_cert/fee_bands.html",
        status_code=refusal.status_code if refusal else 422 if wrong else 200,
        lines=forms.lines_of(typed.lines),
        day=forms.FROM_ON,
        source=forms.SOURCE,
        typed=typed.reading.typed,
        problems={name: text.to(ctx.language) for name, text in wrong.items()},
        place=Place.of(ctx),
    )


@post(f"{HOME}/bands", guards=[_FEES])
async def set_bands(request: AnyRequest, ctx: Ctx) -> Response[str] | Redirect:
    """Set bands from a day on, or show more lines to fill in."""
    posted = await read_posted(request)
    typed = forms.sent(posted, Place.of(ctx))
    if first(posted, "more"):
        typed.reading.problems.clear()
    if first(posted, "more") or typed.reading.problems:
        return await _show_bands(request, ctx, typed)
    source = typed.reading.values["source"]
    try:
        await bands.set_bands(ctx, typed.bands, from_on=forms.begins(typed), source=source)
    except AppError as refusal:
        return await _show_bands(request, ctx, typed, refusal)
    return Redirect(HOME, status_code=303)


@post(f"{HOME}/bands/{{tariff:uuid}}/withdraw", guards=[_FEES])
async def withdraw_bands(
    request: AnyRequest, ctx: Ctx, tariff: FromPath[UUID]
) -> Response[str] | Redirect:
    """Take back bands that have not begun."""
    try:
        await bands.withdraw_bands(ctx, tariff)
    except AppError as refusal:
        return await _show_fees(request, ctx, refusal)
    return Redirect(HOME, status_code=303)


@get(f"{HOME}/waivers/new", guards=[_FEES])
async def show_waiver(request: AnyRequest, ctx: Ctx) -> Response[str]:
    """Ask what is waived."""
    begun = {"from_on": ctx.today.isoformat(), "instrument": forms.ALL}
    return await show_sheet(request, ctx, forms.WAIVER, values=begun)


@post(f"{HOME}/waivers/new", guards=[_FEES])
async def add_waiver(request: AnyRequest, ctx: Ctx) -> Response[str] | Redirect:
    """Keep a waiver; bills are reduced in the background."""
    reading = await read_sheet(request, ctx, forms.WAIVER)
    if reading.problems:
        return await show_sheet(request, ctx, forms.WAIVER, reading=reading)
    try:
        await waivers.add_waiver(ctx, **forms.waiver_of(reading.values))
    except AppError as refusal:
        return await show_sheet(request, ctx, forms.WAIVER, reading=reading, refusal=refusal)
    return Redirect(HOME, status_code=303)


@post(f"{HOME}/waivers/{{waiver:uuid}}/withdraw", guards=[_FEES])
async def withdraw_waiver(
    request: AnyRequest, ctx: Ctx, waiver: FromPath[UUID]
) -> Response[str] | Redirect:
    """Take back a waiver that has not begun."""
    try:
        await waivers.withdraw_waiver(ctx, waiver)
    except AppError as refusal:
        return await _show_fees(request, ctx, refusal)
    return Redirect(HOME, status_code=303)


@get(f"{HOME}/days", guards=[_FEES])
async def show_days(request: AnyRequest, ctx: Ctx) -> Response[str]:
    """Ask when owners are reminded."""
    days = msgspec.to_builtins(reminding.fee_days(ctx))
    return await show_sheet(request, ctx, forms.DAYS, values=days)


@post(f"{HOME}/days", guards=[_FEES])
async def set_days(request: AnyRequest, ctx: Ctx) -> Response[str] | Redirect:
    """Keep when owners are reminded."""
    reading = await read_sheet(request, ctx, forms.DAYS)
    if reading.problems:
        return await show_sheet(request, ctx, forms.DAYS, reading=reading)
    await reminding.set_fee_days(ctx, FeeDays(**reading.values))
    return Redirect(HOME, status_code=303)


router = Router(
    "/",
    route_handlers=[
        show_fees,
        show_unpaid,
        show_bands,
        set_bands,
        withdraw_bands,
        show_waiver,
        add_waiver,
        withdraw_waiver,
        show_days,
        set_days,
    ],
)
