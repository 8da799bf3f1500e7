"""The operator's page of how the offices do."""

from typing import Any

from litestar import Request, Response, Router, get

from core.http.guards import allow_operator
from core.http.inject import Ctx
from core.http.pages import page
from core.operator import states
from core.operator.tenant_routes import number

AnyRequest = Request[Any, Any, Any]


@get("/desk/operator/health", guards=[allow_operator("core.operator")])
async def show_health(request: AnyRequest, ctx: Ctx) -> Response[str]:
    """Show modules, queues, storage and failures: all together, by module, by office."""
    asked = request.query_params
    at, search = max(number(asked.get("page", "1")), 1), asked.get("q", "")
    found, total = await states.by_office(ctx, search=search, page=at)
    return await page(
        request,
        ctx,
        "core/operator-health.html",
        whole=await states.whole(ctx),
        modules=await states.modules(ctx),
        refused=list(ctx.host.refused.values()),
        found=found,
        total=total,
        search=search,
        at=at,
        most=states.PAGE,
    )


router = Router("/", route_handlers=[show_health])
