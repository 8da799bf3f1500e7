"""The map of food premises at the desk, with its list."""

from collections import Counter

import msgspec
from litestar import Response, Router, get

from core.api import Ctx, allow, page
from kit.forms import AnyRequest
from kit.geo import Mark, Ways, look_of
from plugins.food_cert.routes.places import HOME, sifts_of, sought_of, words
from plugins.food_cert.service import mapping
from plugins.food_cert.service.rights import READ

PATH = "/desk/food/map"


@get(PATH, guards=[allow(READ)])
async def show_map(request: AnyRequest, ctx: Ctx) -> Response[str]:
    """Show where which places are and how they stand, on a map and in a list."""
    sought = msgspec.structs.replace(sought_of(request), words="", page=1)
    view = await mapping.show_map(ctx, sought, look_of(request.query_params))
    ways = Ways(PATH, sifts_of(sought), view)
    return await page(
        request,
        ctx,
        "food_cert/map.html",
        sought=sought,
        view=view,
        marks=[(one, _kinds(one), ways.into(one, f"{HOME}/", "places")) for one in view.marks],
        ways=ways,
        **words(ctx),
    )


def _kinds(mark: Mark) -> Counter[str]:
    return Counter(place["kind"] for place in mark.things)


router = Router("/", route_handlers=[show_map])
