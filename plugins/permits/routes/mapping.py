"""The map of permits at the desk, with its list."""

from collections import Counter

import msgspec
from litestar import Response, Router, get

from core.api import Ctx, allow, page
from kit.forms import AnyRequest
from kit.geo import Mark, Ways, look_of
from plugins.permits.routes.register import HOME, sought_of, words
from plugins.permits.service import mapping
from plugins.permits.service.finding import Sought
from plugins.permits.service.rights import READ

PATH = "/desk/permits/map"


def _sought(request: AnyRequest) -> Sought:
    # At first what counts now: the permits of past years would hide it.
    sought, chosen = sought_of(request), "state" in request.query_params
    return msgspec.structs.replace(sought, words="", stands=sought.stands if chosen else "valid")


@get(PATH, guards=[allow(READ)])
async def show_map(request: AnyRequest, ctx: Ctx) -> Response[str]:
    """Show where what may be built, on a map and in a list."""
    sought = _sought(request)
    view = await mapping.show_map(ctx, sought, look_of(request.query_params))
    ways = Ways(PATH, {"work": sought.work, "state": sought.stands}, view)
    return await page(
        request,
        ctx,
        "permits/map.html",
        sought=sought,
        view=view,
        marks=[(one, _works(one), ways.into(one, f"{HOME}/", "permits")) for one in view.marks],
        ways=ways,
        **words(ctx),
    )


def _works(mark: Mark) -> Counter[str]:
    return Counter(permit["work"] for permit in mark.things)


router = Router("/", route_handlers=[show_map])
