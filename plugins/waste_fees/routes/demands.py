"""Reminders and letters at the desk: the days, a set of letters, how each stands."""

from uuid import UUID

from litestar import Response, Router, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from core.api import AppError, Context, Ctx, allow, page
from kit.forms import AnyRequest, read_sheet, show_sheet
from plugins.waste_fees.forms.dues import count_sheet, dues_of, dues_sheet
from plugins.waste_fees.service import chosen, demands, finding, posted
from plugins.waste_fees.service.rights import BILL, DEMAND, READ, REGISTER, TARIFF

_READ, _BILL, _TARIFF = allow(READ), allow(BILL), allow(TARIFF)


def _may(ctx: Context) -> dict[str, bool]:
    return {name: ctx.actor.may(name) for name in (REGISTER, TARIFF, BILL, DEMAND)}


@get("/desk/waste/demands", guards=[_READ])
async def show_sets(request: AnyRequest, ctx: Ctx) -> Response[str]:
    """Show the days and the newest sets of letters."""
    return await page(
        request,
        ctx,
        "waste_fees/demands.html",
        runs=await demands.newest_runs(ctx),
        states=demands.STATES,
        dues=chosen.dues(ctx),
        may=_may(ctx),
    )


@get("/desk/waste/demands/days", guards=[_TARIFF])
async def show_days(request: AnyRequest, ctx: Ctx) -> Response[str]:
    """Show the days of the office."""
    known = chosen.dues(ctx)
    values = {name: getattr(known, name) for name in chosen.NAMES}
    return await show_sheet(request, ctx, dues_sheet(), values=values)


@post("/desk/waste/demands/days", guards=[_TARIFF])
async def change_days(request: AnyRequest, ctx: Ctx) -> Response[str] | Redirect:
    """Keep the days of the office."""
    reading = await read_sheet(request, ctx, dues_sheet())
    if reading.problems:
        return await show_sheet(request, ctx, dues_sheet(), reading=reading)
    await chosen.set_dues(ctx, dues_of(reading.values))
    return Redirect("/desk/waste/demands", status_code=303)


@get("/desk/waste/demands/new", guards=[_BILL])
async def show_new(request: AnyRequest, ctx: Ctx) -> Response[str]:
    """Ask for which zone letters are counted."""
    zones, _ = await finding.places(ctx)
    return await show_sheet(request, ctx, count_sheet(zones), values={"zone": "all"})


@post("/desk/waste/demands/new", guards=[_BILL])
async def begin(request: AnyRequest, ctx: Ctx) -> Response[str] | Redirect:
    """Count whom letters would go to."""
    zones, _ = await finding.places(ctx)
    sheet = count_sheet(zones)
    reading = await read_sheet(request, ctx, sheet)
    if reading.problems:
        return await show_sheet(request, ctx, sheet, reading=reading)
    zone = reading.values.get("zone", "all")
    run = await demands.begin(ctx, zone="" if zone == "all" else zones[int(zone[1:])])
    return Redirect(f"/desk/waste/demands/{run}", status_code=303)


@get("/desk/waste/demands/{run:uuid}", guards=[_READ])
async def show_set(request: AnyRequest, ctx: Ctx, run: FromPath[UUID]) -> Response[str]:
    """Show how far a set is, and how each of its letters stands."""
    return await _show(request, ctx, run)


async def _show(
    request: AnyRequest, ctx: Context, id: UUID, refusal: AppError | None = None
) -> Response[str]:
    asked = request.query_params.get("skip", "0")
    skip = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 8 else 0
    run = await demands.read_run(ctx, id)
    total = sum(run["counts"].values()) - run["counts"]["skipped"]
    return await page(
        request,
        ctx,
        "waste_fees/demands_set.html",
        fragment="progress",
        status_code=refusal.status_code if refusal else 200,
        run=run,
        letters=await posted.letters_of(ctx, id, skip=skip),
        skip=skip,
        size=posted.PAGE,
        total=total,
        states=demands.STATES,
        reasons=demands.ODD,
        files=await posted.files_of(ctx, id),
        refusal=refusal.sentence.to(ctx.language) if refusal else None,
        may=_may(ctx),
    )


@post("/desk/waste/demands/{run:uuid}/{act:str}", guards=[_BILL])
async def act(
    request: AnyRequest, ctx: Ctx, run: FromPath[UUID], act: FromPath[str]
) -> Response[str] | Redirect:
    """Confirm a set, stop it, go on with it, have it printed, note that it was sent."""
    acts = {
        "confirm": demands.confirm,
        "stop": demands.stop,
        "resume": demands.resume,
        "print": posted.print_all,
        "sent": posted.note_sent,
    }
    try:
        if act in acts:
            await acts[act](ctx, run)
    except AppError as refusal:
        return await _show(request, ctx, run, refusal)
    return Redirect(f"/desk/waste/demands/{run}", status_code=303)


@post("/desk/waste/letters/{letter:uuid}/returned", guards=[_BILL])
async def note_returned(ctx: Ctx, letter: FromPath[UUID]) -> Redirect:
    """Note that a letter came back."""
    run = await posted.note_returned(ctx, letter)
    return Redirect(f"/desk/waste/demands/{run}", status_code=303)


@get("/desk/waste/letters/{letter:uuid}/letter.pdf", guards=[_READ])
async def open_letter(ctx: Ctx, letter: FromPath[UUID]) -> Response[bytes]:
    """Give a letter."""
    return _pdf(*await posted.read_letter(ctx, letter))


@get("/desk/waste/demands/{run:uuid}/files/{file:uuid}", guards=[_READ])
async def open_file(ctx: Ctx, run: FromPath[UUID], file: FromPath[UUID]) -> Response[bytes]:
    """Give the letters of a set in one file."""
    return _pdf(*await posted.read_file(ctx, file))


def _pdf(data: bytes, name: str) -> Response[bytes]:
    headers = {"Content-Disposition": f'inline; filename="{name}"', "Cache-Control": "no-store"}
    return Response(data, media_type="application/pdf", headers=headers)


router = Router(
    "/",
    route_handlers=[
        show_sets,
        show_days,
        change_days,
        show_new,
        begin,
        show_set,
        act,
        note_returned,
        open_letter,
        open_file,
    ],
)
