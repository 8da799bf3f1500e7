"""The open data of the office: a page that describes them, and the data for other systems."""

from typing import Any

from litestar import Request, Response, Router, get

from core.api import Ctx, page, public
from kit.casework.service import opendata
from kit.casework.service.opendata import OpenData

# The set changes once a month; whoever asks often is answered from what was kept. So nothing of a
# browser is in it.
_KEPT = {"Cache-Control": "public, max-age=3600"}


@get("/open-data", guards=[public])
async def show_open_data(request: Request[Any, Any, Any], ctx: Ctx) -> Response[str]:
    """Describe the open data and lead to them."""
    return await page(
        request,
        ctx,
        "casework/open_data.html",
        columns=opendata.COLUMNS,
        period=opendata.period_given(ctx.today).text(ctx.language),
        updated_on=ctx.today.replace(day=1),
        small_counts=opendata.SMALL_COUNTS.to(ctx.language),
        title=opendata.TITLE.to(ctx.language),
        licence_url=opendata.LICENCE_URL,
    )


@get("/open-data/services.json", guards=[public], exclude_from_csrf=True)
async def give_json(ctx: Ctx) -> Response[OpenData]:
    """Give the monthly figures of every service, with what the columns mean."""
    return Response(await opendata.open_data(ctx), headers=_KEPT)


@get("/open-data/services.csv", guards=[public], media_type="text/csv", exclude_from_csrf=True)
async def give_csv(ctx: Ctx) -> Response[bytes]:
    """Give the same rows as CSV in UTF-8."""
    headers = _KEPT | {"Content-Disposition": 'attachment; filename="services.csv"'}
    data = opendata.open_csv(await opendata.open_data(ctx))
    return Response(data, media_type="text/csv", headers=headers)


router = Router("/", route_handlers=[show_open_data])
api_router = Router(
    "/api", route_handlers=[give_json, give_csv], include_in_schema=True, tags=["open data"]
)
