"""The register of permits for everybody, without anything of a person."""

from typing import Any

from litestar import Request, Response, Router, get
from litestar.response import Stream

from core.api import Ctx, page, public
from plugins.permits.routes.register import OPEN, given, listed, sought_of
from plugins.permits.service.exporting import OPEN as COLUMNS
from plugins.permits.service.finding import names_of

AnyRequest = Request[Any, Any, Any]


@get(OPEN, guards=[public])
async def show_open_register(request: AnyRequest, ctx: Ctx) -> Response[str]:
    """Show which permits were issued, a page at a time."""
    shown = await listed(ctx, OPEN, sought_of(request, public=True))
    shown["places"] = names_of(shown["found"].permits, ctx.language)
    return await page(request, ctx, "permits/open_register.html", columns=COLUMNS, **shown)


@get(f"{OPEN}.csv", guards=[public])
async def give_open_csv(request: AnyRequest, ctx: Ctx) -> Stream:
    """Give them as a table."""
    return await given(ctx, sought_of(request, public=True), "csv")


@get(f"{OPEN}.geojson", guards=[public])
async def give_open_geojson(request: AnyRequest, ctx: Ctx) -> Stream:
    """Give them as places."""
    return await given(ctx, sought_of(request, public=True), "geojson")


router = Router("/", route_handlers=[show_open_register, give_open_csv, give_open_geojson])
