"""The administrator's pages of modules: all of them, each by itself, and the switch."""

from typing import Any

from litestar import Request, Response, Router, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from core.catalog.offering import offering
from core.context import Context
from core.errors import Conflict
from core.http.guards import allow
from core.http.inject import Ctx
from core.http.pages import page
from core.identity.forms import ticked, typed
from core.identity.holders import PEOPLE
from core.modules.listing import module, modules, stopped_away
from core.modules.preview import preview
from core.modules.rights import rights_of
from core.tenants.service import must_be_decided, switch_plugin

AnyRequest = Request[Any, Any, Any]

MAY = allow("core.modules")
HOME = "/desk/modules"


@get(HOME, guards=[MAY])
async def show_modules(request: AnyRequest, ctx: Ctx) -> Response[str]:
    """Show all modules, those that rest first."""
    found = await modules(ctx)
    away = await stopped_away(ctx)
    gone = {name for name, _, _ in away}
    return await page(
        request,
        ctx,
        "core/modules.html",
        modules=[one for one in found if not one.fixed],
        fixed=[one for one in found if one.fixed],
        resting=[one for one in found if one.resting_since],
        away=away,
        catalog=await offering(ctx),
        refused=[one for one in ctx.host.refused.values() if one.plugin not in gone],
        done=request.query_params.get("done", ""),
    )


@get(HOME + "/{name:str}", guards=[MAY])
async def show_module(request: AnyRequest, ctx: Ctx, name: FromPath[str]) -> Response[str]:
    """Show one module: what it does, how it does, what it costs, who may do what in it."""
    found = await module(ctx, name)
    manifest = ctx.host.plugins[name]
    answers = await ctx.host.ask(ctx, "links_for_module", plugin=name)
    return await page(
        request,
        ctx,
        "core/module.html",
        module=found,
        law=manifest.law,
        rights=await rights_of(ctx, manifest),
        links=sorted(
            (link for answer in answers for link in answer.value or ()), key=lambda one: one.order
        ),
        costs=ctx.host.costs.of(name),
        since=ctx.host.costs.since,
        processes=ctx.settings.workers,
        people=ctx.actor.may(PEOPLE),
        trail=ctx.actor.may("core.audit"),
    )


@get(HOME + "/{name:str}/switch", guards=[MAY])
async def show_switch(request: AnyRequest, ctx: Ctx, name: FromPath[str]) -> Response[Any]:
    """Show what switching a module would change, before it is done."""
    on = request.query_params.get("on") == "yes"
    return await _preview_page(request, ctx, name, on=on)


@post(HOME + "/{name:str}/switch", guards=[MAY])
async def switch_module(request: AnyRequest, ctx: Ctx, name: FromPath[str]) -> Response[Any]:
    """Switch a module with those that go along, or show again what has changed meanwhile."""
    on = (await typed(request, "on"))["on"] == "yes"
    along = await ticked(request, "along")
    why = (await typed(request, "why"))["why"]
    try:
        await switch_plugin(ctx, plugin=name, on=on, along=along, why=why)
    except Conflict as refusal:
        return await _preview_page(request, ctx, name, on=on, refusal=refusal)
    return Redirect(f"{HOME}?done={name}", status_code=303)


async def _preview_page(
    request: AnyRequest, ctx: Context, name: str, *, on: bool, refusal: Conflict | None = None
) -> Response[str]:
    found = await preview(ctx, name, on=on)
    changes = [*found.first, found.change]
    return await page(
        request,
        ctx,
        "core/module-switch.html",
        status_code=refusal.status_code if refusal else 200,
        preview=found,
        module=found.change.module,
        local=[one.module for one in changes if on and must_be_decided(ctx, one.module.name)],
        refusal=refusal.sentence.to(ctx.language) if refusal else None,
    )


router = Router("/", route_handlers=[show_modules, show_module, show_switch, switch_module])
