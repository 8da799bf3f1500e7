"""The administrator's pages of the catalog: all that is approved, each by itself, and deeds."""

from typing import Any

from litestar import Request, Response, Router, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from core.catalog.deciding import DEEDS, NotDone, decide
from core.catalog.offering import offer, offering
from core.context import Context
from core.errors import NotFound
from core.http.guards import allow
from core.http.inject import Ctx
from core.http.pages import page
from core.identity.forms import typed
from core.runtime import RUNTIME
from core.text import Text

AnyRequest = Request[Any, Any, Any]

MAY = allow("core.modules")
HOME = "/desk/catalog"
_NO_DEED = Text("ไม่มีคำสั่งนี้", "There is no such deed.")


@get(HOME, guards=[MAY])
async def show_catalog(request: AnyRequest, ctx: Ctx) -> Response[str]:
    """Show all that the catalog has."""
    return await page(request, ctx, "core/catalog.html", catalog=await offering(ctx))


@get(HOME + "/{name:str}", guards=[MAY])
async def show_offer(request: AnyRequest, ctx: Ctx, name: FromPath[str]) -> Response[str]:
    """Show one plugin: what it is, what it can do, who looked at it."""
    done = request.query_params.get("done", "")
    return await _offer_page(request, ctx, name, done=done)


@post(HOME + "/{name:str}", guards=[MAY])
async def decide_on_offer(request: AnyRequest, ctx: Ctx, name: FromPath[str]) -> Response[Any]:
    """Install it, or do another deed with it."""
    deed = (await typed(request, "deed"))["deed"]
    if deed not in DEEDS:
        raise NotFound(_NO_DEED)
    url = request.scope[RUNTIME].database_url  # type: ignore[literal-required]
    try:
        await decide(ctx, url, name, deed)
    except NotDone as refusal:
        return await _offer_page(request, ctx, name, refusal=refusal)
    if deed == "start":
        # Whoever were led on to another page would meet a server that is going down.
        return await _offer_page(request, ctx, name, done=deed)
    return Redirect(f"{HOME}/{name}?done={deed}", status_code=303)


async def _offer_page(
    request: AnyRequest,
    ctx: Context,
    name: str,
    *,
    done: str = "",
    refusal: NotDone | None = None,
) -> Response[str]:
    catalog, found = await offer(ctx, name)
    running = ctx.host.plugins.get(name)
    refused = ctx.host.refused.get(name)
    current = found.installed.current.version if found.installed else None
    return await page(
        request,
        ctx,
        "core/catalog-offer.html",
        status_code=refusal.status_code if refusal else 200,
        catalog=catalog,
        offer=found,
        entry=found.shown.entry,
        running=running,
        current=current,
        refused=refused if current and done != "start" else None,
        waits=(running.version if running else None) != current and not refused,
        stops=[one for one in catalog.stopped if one.entry.plugin == name],
        done=done,
        refusal=refusal,
    )


router = Router("/", route_handlers=[show_catalog, show_offer, decide_on_offer])
