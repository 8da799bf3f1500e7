"""Which way a permit takes: four questions, and the answer with its reason."""

from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from litestar import Request, Response, Router, get

from core.api import Context, Ctx, page, public
from kit.casework import get_offered
from kit.forms import Place, read
from plugins.permits.forms.start import QUESTIONS
from plugins.permits.rules.ways import SMALL
from plugins.permits.service import figures
from plugins.permits.service.examining import choose_way

AnyRequest = Request[Any, Any, Any]


@get("/permits", guards=[public])
async def show_start(request: AnyRequest, ctx: Ctx) -> Response[str]:
    """Ask about the work, or say which service it is asked for by, and why."""
    typed = {
        control: [request.query_params.get(control, "")[:60]]
        for field in QUESTIONS
        for control in field.controls
    }
    asked = any(texts[0] for texts in typed.values())
    reading = read(QUESTIONS, typed, Place.of(ctx)) if asked else None
    found = None
    if reading and not reading.problems:
        found = await _way(ctx, reading.values)
    wrong = reading.problems if reading else {}
    return await page(
        request,
        ctx,
        "permits/start.html",
        status_code=422 if wrong else 200,
        fields=QUESTIONS,
        typed=typed,
        wrong=wrong,
        problems={name: text.to(ctx.language) for name, text in wrong.items()},
        place=Place.of(ctx),
        found=found,
    )


async def _way(ctx: Context, values: dict[str, Any]) -> dict[str, Any]:
    area = Decimal(values["area"])
    way = choose_way(
        work=values["work"],
        use=values["use"],
        storeys=values["storeys"],
        area=area,
        data=await figures.of_office(ctx),
        on=ctx.today,
    )
    known = {"work": values["work"], "use": values["use"]}
    if values["work"] != "build":
        # Nobody alters or demolishes by a standard plan.
        known["plan"] = "own"
    known |= {"storeys": str(values["storeys"]), "area": values["area"]}
    services = [(await get_offered(ctx, code), why) for code, why in _ways(way) if code is not None]
    return {
        "way": way,
        "services": services,
        "known": urlencode(known),
        "fast": way.service == SMALL,
    }


def _ways(way: Any) -> list[tuple[str | None, Any]]:
    return [(way.service, way.why), (way.other, way.other_why)]


router = Router("/", route_handlers=[show_start])
