"""Which paper a place needs, what can be asked for after it, and a place whose size changes."""

from litestar import Response, Router, get, post
from litestar.response import Redirect

from core.api import AppError, Context, Ctx, InvalidInput, page, public
from kit.casework import to_draft
from kit.forms import AnyRequest, Place, Reading, read, read_posted
from plugins.food_cert.service import start
from plugins.food_cert.service.start import QUESTIONS, RESIZED

_CONTROLS = [control for field in QUESTIONS for control in field.controls]
_LONGEST = 60


@get("/food", guards=[public])
async def show_start(request: AnyRequest, ctx: Ctx) -> Response[str]:
    """Ask about the place, or say what it needs, and why."""
    asked = request.query_params
    typed = {one: [asked[one][:_LONGEST]] for one in _CONTROLS if one in asked}
    place = Place.of(ctx)
    reading = read(QUESTIONS, typed, place) if typed else None
    wrong = reading.problems if reading else {}
    return await page(
        request,
        ctx,
        "food_cert/start.html",
        fields=QUESTIONS,
        typed=typed,
        wrong=wrong,
        problems={name: text.to(ctx.language) for name, text in wrong.items()},
        place=place,
        found=await start.open_way(ctx, reading.values) if reading and not wrong else None,
    )


@get("/food/after", guards=[public])
async def show_after(request: AnyRequest, ctx: Ctx) -> Response[str]:
    """Show what can be asked for once a place has its paper."""
    number = request.query_params.get("paper", "")[:20]
    services = await start.after_paper(ctx)
    return await page(request, ctx, "food_cert/after.html", services=services, number=number)


@get("/food/change", guards=[public])
async def show_resize(request: AnyRequest, ctx: Ctx) -> Response[str]:
    """Ask how large a place will be."""
    number = request.query_params.get("paper", "")[:20]
    return await _ask(request, ctx, Reading({}, {}, {"paper": [number]} if number else {}))


@post("/food/change", guards=[public])
async def resize(request: AnyRequest, ctx: Ctx) -> Response[str] | Redirect:
    """Begin what the new size needs, filled in with what is known."""
    reading = read(RESIZED, await read_posted(request), Place.of(ctx))
    if reading.problems:
        return await _ask(request, ctx, reading)
    try:
        return to_draft(ctx, *await start.begin_resized(ctx, reading.values))
    except InvalidInput as refusal:
        return await _ask(request, ctx, reading, refusal)


async def _ask(
    request: AnyRequest, ctx: Context, reading: Reading, refusal: AppError | None = None
) -> Response[str]:
    wrong = dict(reading.problems)
    if isinstance(refusal, InvalidInput):
        wrong |= refusal.problems
    return await page(
        request,
        ctx,
        "food_cert/resize.html",
        status_code=422 if wrong else 200,
        fields=RESIZED,
        typed=reading.typed,
        wrong=wrong,
        problems={name: text.to(ctx.language) for name, text in wrong.items()},
        place=Place.of(ctx),
    )


router = Router("/", route_handlers=[show_start, show_after, show_resize, resize])
