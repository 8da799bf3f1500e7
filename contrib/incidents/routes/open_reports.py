"""Reports for everybody: the list with its map and figures, one report, and the open data set."""

from urllib.parse import urlencode
from uuid import UUID

from litestar import Response, Router, get
from litestar.params import FromPath
from litestar.response import Stream

from contrib.incidents.routes.words import WORDS
from contrib.incidents.rules.states import ACT_WORDS
from contrib.incidents.service import pictures, public
from contrib.incidents.service.following import seen
from contrib.incidents.service.matters import report_of_code
from contrib.incidents.service.public import COLUMNS, FILES, sought_of
from contrib.incidents.service.rates import rates
from core.api import Context, Ctx, page
from core.api import public as everybody
from kit.forms import AnyRequest
from kit.geo import Ways, look_of

HOME = "/incidents"
# Whoever asks often for all of it is answered from what was kept; so nothing of a browser is in it.
_KEPT = {"Cache-Control": "public, max-age=300"}


@get(HOME, guards=[everybody])
async def show_reports(request: AnyRequest, ctx: Ctx) -> Response[str]:
    """Show where which reports are and how they stand, with the figures."""
    sought = sought_of(request.query_params)
    view = await public.show_map(ctx, sought, look_of(request.query_params))
    ways = Ways(HOME, sought.asked, view)
    days, [whole, *_] = await rates(ctx)
    return await page(
        request,
        ctx,
        "incidents/open.html",
        sought=sought,
        view=view,
        marks=[(one, ways.into(one, f"{HOME}/r/", "reports")) for one in view.marks],
        ways=ways,
        days=days,
        whole=whole,
        columns=COLUMNS,
        files={kind: f"{HOME}.{kind}?{urlencode(sought.asked)}" for kind in FILES},
        **WORDS,
    )


@get(f"{HOME}.csv", guards=[everybody], exclude_from_csrf=True)
async def give_csv(request: AnyRequest, ctx: Ctx) -> Stream:
    """Give them as a table."""
    return _given(request, ctx, "csv")


@get(f"{HOME}.geojson", guards=[everybody], exclude_from_csrf=True)
async def give_geojson(request: AnyRequest, ctx: Ctx) -> Stream:
    """Give them as places."""
    return _given(request, ctx, "geojson")


def _given(request: AnyRequest, ctx: Context, kind: str) -> Stream:
    pieces = public.export(ctx, sought_of(request.query_params), kind)
    headers = _KEPT | {"Content-Disposition": f'attachment; filename="incidents.{kind}"'}
    return Stream(pieces, media_type=FILES[kind], headers=headers)


@get(f"{HOME}/r/{{code:str}}", guards=[everybody])
async def show_report(request: AnyRequest, ctx: Ctx, code: FromPath[str]) -> Response[str]:
    """Show one report, without anything of a person."""
    found = await seen(ctx, await report_of_code(ctx, code))
    template = "incidents/open_one.html"
    return await page(request, ctx, template, seen=found, acts=ACT_WORDS, **WORDS)


@get(f"{HOME}/r/{{code:str}}/photos/{{photo:uuid}}", guards=[everybody], exclude_from_csrf=True)
async def open_photo(
    request: AnyRequest, ctx: Ctx, code: FromPath[str], photo: FromPath[UUID]
) -> Response[bytes]:
    """Give a photo of the crew."""
    report = await report_of_code(ctx, code)
    small = "small" in request.query_params
    data, media_type = await pictures.read_for_all(ctx, report["id"], photo, small=small)
    headers = {"Content-Disposition": "inline", "Cache-Control": "public, max-age=86400"}
    return Response(data, media_type=media_type, headers=headers)


router = Router(
    "/",
    route_handlers=[show_reports, give_csv, give_geojson, show_report, open_photo],
)
