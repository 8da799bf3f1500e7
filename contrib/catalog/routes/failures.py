"""Installations tell how plugins fail; curators see it by version."""

from litestar import Response, Router, get, post

from contrib.catalog.service import failures
from contrib.catalog.service.doors import HOME
from contrib.catalog.service.rights import CURATE
from core.api import Ctx, allow, page, public
from kit.forms import AnyRequest

_ROOM = 300_000  # bytes of a report


@post("/catalog/failures", guards=[public], exclude_from_csrf=True, request_max_body_size=_ROOM)
async def take_report(request: AnyRequest, ctx: Ctx) -> Response[bytes]:
    """Take what an installation tells."""
    await failures.take(ctx, await request.body())
    return Response(b"", status_code=204, media_type="text/plain")


@get(f"{HOME}/failures", guards=[allow(CURATE)])
async def show_rates(request: AnyRequest, ctx: Ctx) -> Response[str]:
    """Show how versions do where it is told."""
    return await page(
        request,
        ctx,
        "catalog/failures.html",
        rates=await failures.rates(ctx),
        days=failures.SHOWN.days,
        fewest=failures.FEWEST,
    )


router = Router("/", route_handlers=[take_report, show_rates])
