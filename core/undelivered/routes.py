"""What an administrator does about work that failed."""

from typing import Any
from uuid import UUID

from litestar import Request, Response, Router, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from core.http.guards import allow
from core.http.inject import Ctx
from core.http.pages import page
from core.undelivered import service


@get("/desk/undelivered", guards=[allow("core.modules")])
async def show_undelivered(request: Request[Any, Any, Any], ctx: Ctx) -> Response[str]:
    """Show what failed, by the plugin whose code failed."""
    return await page(
        request, ctx, "core/undelivered.html", failures=await service.undelivered(ctx)
    )


@post("/desk/undelivered/{failed:uuid}/again", guards=[allow("core.modules")])
async def deliver_again(ctx: Ctx, failed: FromPath[UUID]) -> Redirect:
    """Have one of them done again."""
    await service.deliver_again(ctx, failed=failed)
    return Redirect("/desk/undelivered", status_code=303)


router = Router("/", route_handlers=[show_undelivered, deliver_again])
