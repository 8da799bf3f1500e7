"""The fast lane at the desk: who waits, and how long it took."""

from litestar import Response, Router, get

from core.api import Ctx, allow, page
from kit.forms import AnyRequest
from plugins.permits.service import lane


@get("/desk/permits/fast", guards=[allow("casework.read")])
async def show_lane(request: AnyRequest, ctx: Ctx) -> Response[str]:
    """Show who waits at the counter, and how today and this month went."""
    return await page(request, ctx, "permits/fast.html", lane=await lane.read_lane(ctx))


router = Router("/", route_handlers=[show_lane])
