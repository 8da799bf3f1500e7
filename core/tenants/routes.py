"""The administrator's page of modules: what is on, what rests and why, and the switch."""

from typing import Any

from litestar import Request, Response, Router, get, post
from litestar.response import Redirect

from core.context import Context
from core.http.guards import allow
from core.http.inject import Ctx
from core.http.pages import page
from core.tenants import service

_MODULES = allow("core.modules")


@get("/desk/modules", guards=[_MODULES])
async def show_modules(request: Request[Any, Any, Any], ctx: Ctx) -> Response[str]:
    """Show all modules; one that is named in the address is shown with what a switch changes."""
    return await _show(request, ctx, request.query_params.get("module", ""))


async def _show(request: Request[Any, Any, Any], ctx: Context, chosen: str) -> Response[str]:
    modules = await service.modules(ctx)
    return await page(
        request,
        ctx,
        "core/modules.html",
        fragment="modules",
        modules=modules,
        resting=[one for one in modules if one.resting_since],
        chosen=next((one for one in modules if one.name == chosen), None),
        refused=list(ctx.host.refused.values()),
    )


@post("/desk/modules", guards=[_MODULES])
async def switch_module(request: Request[Any, Any, Any], ctx: Ctx) -> Redirect:
    """Switch a module, after the page has shown what that changes."""
    form = await request.form()
    module, on = str(form.get("module", "")), form.get("on") == "yes"
    await service.switch_plugin(ctx, plugin=module, on=on)
    return Redirect("/desk/modules", status_code=303)


router = Router("/", route_handlers=[show_modules, switch_module])
