"""Food premises for everybody: the register without anything of a person, and one of its places."""

from litestar import Response, Router, get
from litestar.params import FromPath
from litestar.response import Stream

from core.api import Ctx, page, public
from kit.forms import AnyRequest
from plugins.food_cert.routes.places import given, listed, sought_of, words
from plugins.food_cert.service.exporting import OPEN as COLUMNS
from plugins.food_cert.service.positions import EXACT, decimals
from plugins.food_cert.service.public import districts, open_place

OPEN = "/food/places"


@get(OPEN, guards=[public])
async def show_open_places(request: AnyRequest, ctx: Ctx) -> Response[str]:
    """Show the food premises, a page at a time."""
    return await page(
        request,
        ctx,
        "food_cert/open_places.html",
        columns=COLUMNS,
        districts=districts(ctx),
        exact=decimals(ctx) == EXACT,
        **await listed(ctx, OPEN, sought_of(request, public=True)),
    )


@get(f"{OPEN}.csv", guards=[public])
async def give_open_csv(request: AnyRequest, ctx: Ctx) -> Stream:
    """Give them as a table."""
    return await given(ctx, sought_of(request, public=True), "csv")


@get(f"{OPEN}.geojson", guards=[public])
async def give_open_geojson(request: AnyRequest, ctx: Ctx) -> Stream:
    """Give them as places."""
    return await given(ctx, sought_of(request, public=True), "geojson")


@get(f"{OPEN}/{{code:str}}", guards=[public])
async def show_open_place(request: AnyRequest, ctx: Ctx, code: FromPath[str]) -> Response[str]:
    """Tell a guest whether a place may be run, and how clean it was found."""
    one = await open_place(ctx, code)
    return await page(request, ctx, "food_cert/open_place.html", one=one, **words(ctx))


router = Router(
    "/", route_handlers=[show_open_places, give_open_csv, give_open_geojson, show_open_place]
)
