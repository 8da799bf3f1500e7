"""The list of services, searched as one types; without a script it is a form."""

from typing import Any

from litestar import Request, Response, Router, get
from litestar.params import FromQuery

from core.api import Ctx, page, public
from plugins.oss.service import front


@get("/services", guards=[public])
async def show_services(
    request: Request[Any, Any, Any], ctx: Ctx, q: FromQuery[str] = "", topic: FromQuery[str] = ""
) -> Response[str]:
    """Show the services that can be asked for, all or those that are looked for."""
    values = await front.listing(ctx, query=q, topic=topic)
    return await page(request, ctx, "oss/services.html", fragment="results", **values)


router = Router("/", route_handlers=[show_services])
