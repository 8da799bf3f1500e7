"""Which way a permit takes: four questions, and the answer with its reason."""

from typing import Any

from litestar import Request, Response, Router, get

from core.api import Ctx, page, public
from kit.forms import Place, read
from plugins.permits.service.start import QUESTIONS, open_ways

_CONTROLS = [control for field in QUESTIONS for control in field.controls]
_LONGEST = 60


@get("/permits", guards=[public])
async def show_start(request: Request[Any, Any, Any], ctx: Ctx) -> Response[str]:
    """Ask about the work, or say which services it is asked for by, and why."""
    asked = request.query_params
    typed = {one: [asked[one][:_LONGEST]] for one in _CONTROLS if one in asked}
    place = Place.of(ctx)
    reading = read(QUESTIONS, typed, place) if typed else None
    wrong = reading.problems if reading else {}
    return await page(
        request,
        ctx,
        "permits/start.html",
        fields=QUESTIONS,
        typed=typed,
        wrong=wrong,
        problems={name: text.to(ctx.language) for name, text in wrong.items()},
        place=place,
        found=await open_ways(ctx, reading.values) if reading and not wrong else None,
    )


router = Router("/", route_handlers=[show_start])
