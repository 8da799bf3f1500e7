"""Letters about renewals at the desk: the sets, how each stands, what was sent."""

from uuid import UUID

from litestar import Response, Router, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from core.api import AppError, Context, Ctx, allow, page
from kit.forms import AnyRequest, read_sheet, show_sheet
from plugins.food_cert.forms.letters import COUNT
from plugins.food_cert.rules.renewing import AGAIN, REASONS, SPAN
from plugins.food_cert.service import letters, posted, reminders
from plugins.food_cert.service.rights import CARRY, FIGURES, ORDER, READ

PATH = "/desk/food/letters"
_READ, _CARRY = allow(READ), allow(CARRY)


def _may(ctx: Context) -> dict[str, bool]:
    return {
        "carry": ctx.actor.may(CARRY),
        "sign": ctx.actor.may(ORDER),
        "set": ctx.actor.may(FIGURES),
    }


@get(PATH, guards=[_READ])
async def show_sets(request: AnyRequest, ctx: Ctx) -> Response[str]:
    """Show the newest sets of letters, and when holders are reminded."""
    return await page(
        request,
        ctx,
        "food_cert/letters.html",
        runs=await letters.newest_runs(ctx),
        states=letters.STATES,
        days=reminders.reminding(ctx).days,
        may=_may(ctx),
    )


@get(PATH + "/new", guards=[_CARRY])
async def show_new(request: AnyRequest, ctx: Ctx) -> Response[str]:
    """Ask within how many days licences end."""
    return await show_sheet(request, ctx, COUNT, values={"days": SPAN})


@post(PATH + "/new", guards=[_CARRY])
async def begin(request: AnyRequest, ctx: Ctx) -> Response[str] | Redirect:
    """Count whom letters would go to."""
    reading = await read_sheet(request, ctx, COUNT)
    if reading.problems:
        return await show_sheet(request, ctx, COUNT, reading=reading)
    run = await letters.begin(ctx, days=reading.values["days"])
    return Redirect(f"{PATH}/{run}", status_code=303)


@get(PATH + "/{run:uuid}", guards=[_READ])
async def show_set(request: AnyRequest, ctx: Ctx, run: FromPath[UUID]) -> Response[str]:
    """Show how far a set is, and each of its letters."""
    return await _show(request, ctx, run)


async def _show(
    request: AnyRequest, ctx: Context, id: UUID, refusal: AppError | None = None
) -> Response[str]:
    asked = request.query_params.get("skip", "0")
    skip = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 8 else 0
    run = await letters.read_run(ctx, id)
    return await page(
        request,
        ctx,
        "food_cert/letters_set.html",
        fragment="progress",
        status_code=refusal.status_code if refusal else 200,
        run=run,
        letters=await posted.letters_of(ctx, id, skip=skip),
        skip=skip,
        size=posted.PAGE,
        total=sum(run["counts"].values()),
        states=letters.STATES,
        reasons={code: text.format(days=AGAIN) for code, text in REASONS.items()},
        refusal=refusal.sentence.to(ctx.language) if refusal else None,
        may=_may(ctx),
    )


@post(PATH + "/{run:uuid}/{act:str}", guards=[_READ])
async def act(
    request: AnyRequest, ctx: Ctx, run: FromPath[UUID], act: FromPath[str]
) -> Response[str] | Redirect:
    """Sign a set, stop it, go on with it, have it printed, note that it was sent."""
    acts = {
        "confirm": letters.confirm,
        "stop": letters.stop,
        "resume": letters.resume,
        "print": posted.print_all,
        "sent": posted.note_sent,
    }
    try:
        if act in acts:
            await acts[act](ctx, run)
    except AppError as refusal:
        return await _show(request, ctx, run, refusal)
    return Redirect(f"{PATH}/{run}", status_code=303)


@get(PATH + "/{run:uuid}/letters.pdf", guards=[_READ])
async def open_file(ctx: Ctx, run: FromPath[UUID]) -> Response[bytes]:
    """Give all letters of a set in one file."""
    return _pdf(*await posted.read_file(ctx, run))


@get(PATH + "/{run:uuid}/{letter:uuid}/letter.pdf", guards=[_READ])
async def open_letter(ctx: Ctx, run: FromPath[UUID], letter: FromPath[UUID]) -> Response[bytes]:
    """Give a letter."""
    return _pdf(*await posted.read_letter(ctx, letter))


def _pdf(data: bytes, name: str) -> Response[bytes]:
    headers = {"Content-Disposition": f'inline; filename="{name}"', "Cache-Control": "no-store"}
    return Response(data, media_type="application/pdf", headers=headers)


router = Router(
    "/",
    route_handlers=[show_sets, show_new, begin, show_set, act, open_file, open_letter],
)
