"""Pages of support access at the operator's: ask, enter, give up, look back."""

from typing import Any
from uuid import UUID

from litestar import Request, Response, Router, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from core.context import Context
from core.errors import AppError, NotFound
from core.http.guards import allow_operator
from core.http.inject import Ctx
from core.http.pages import page
from core.identity.defaults import default_roles
from core.identity.forms import REFUSALS, show_form, typed
from core.operator import support
from core.operator.consent import DURATIONS
from core.operator.tenants import get_served
from core.runtime import RUNTIME
from core.tenants.service import others_here

AnyRequest = Request[Any, Any, Any]
MAY = allow_operator("core.support")
HOME = "/desk/operator/support"


@get(HOME, guards=[MAY])
async def show_accesses(request: AnyRequest, ctx: Ctx) -> Response[str]:
    """List what was asked, the newest first."""
    found = await support.accesses(ctx)
    names = await others_here(ctx)
    return await page(request, ctx, "core/operator-support.html", found=found, names=names)


@get("/desk/operator/tenants/{tenant:str}/support", guards=[MAY])
async def show_ask(request: AnyRequest, ctx: Ctx, tenant: FromPath[str]) -> Response[str]:
    """Show the form by which access to a tenant is asked for."""
    return await _ask_page(request, ctx, tenant, {})


@post("/desk/operator/tenants/{tenant:str}/support", guards=[MAY])
async def ask(request: AnyRequest, ctx: Ctx, tenant: FromPath[str]) -> Response[Any]:
    """Ask for access."""
    given = await typed(request, "role", "why", "minutes")
    try:
        access = await support.ask(ctx, tenant, given)
    except REFUSALS as wrong:
        return await _ask_page(request, ctx, tenant, given, wrong)
    return Redirect(f"{HOME}/{access}?done=asked", status_code=303)


async def _ask_page(
    request: AnyRequest,
    ctx: Context,
    tenant: str,
    given: dict[str, str],
    wrong: AppError | None = None,
) -> Response[str]:
    served = await get_served(ctx, tenant)
    return await show_form(
        request,
        ctx,
        "core/operator-support-ask.html",
        typed=given,
        wrong=wrong,
        tenant=served,
        roles=default_roles(served.kind),
        durations=DURATIONS,
    )


@get(HOME + "/{access:uuid}", guards=[MAY])
async def show_access(request: AnyRequest, ctx: Ctx, access: FromPath[UUID]) -> Response[str]:
    """Show one access, and what was opened under it."""
    return await _access_page(request, ctx, access)


async def _access_page(
    request: AnyRequest,
    ctx: Context,
    access: UUID,
    *,
    wrong: AppError | None = None,
    link: str | None = None,
) -> Response[str]:
    found = await support.get_access(ctx, access)
    return await show_form(
        request,
        ctx,
        "core/operator-support-access.html",
        wrong=wrong,
        access=found,
        tenant=(office := await get_served(ctx, found["office"])),
        roles=dict(default_roles(office.kind)),
        uses=await support.uses(ctx, access),
        durations=DURATIONS,
        link=link,
        done=request.query_params.get("done", ""),
    )


@post(HOME + "/{access:uuid}/close", guards=[MAY])
async def close(request: AnyRequest, ctx: Ctx, access: FromPath[UUID]) -> Response[Any]:
    """Take back what was asked, or give up what was given."""
    try:
        await support.close(ctx, access)
    except REFUSALS as wrong:
        return await _access_page(request, ctx, access, wrong=wrong)
    return Redirect(f"{HOME}/{access}?done=closed", status_code=303)


@post(HOME + "/{access:uuid}/link", guards=[MAY], status_code=200)
async def make_link(request: AnyRequest, ctx: Ctx, access: FromPath[UUID]) -> Response[Any]:
    """Show the link by which the actor enters the office: a form cannot lead to another site."""
    found = await support.get_access(ctx, access)
    tenant = await request.scope[RUNTIME].directory.get(found["office"])  # type: ignore[literal-required]
    if tenant is None:
        raise NotFound(support.NO_ACCESS)
    try:
        path = await support.link(ctx, ctx.elsewhere(tenant), access)
    except REFUSALS as wrong:
        return await _access_page(request, ctx, access, wrong=wrong)
    link = ctx.settings.origin(tenant.id) + path
    return await _access_page(request, ctx, access, link=link)


router = Router(
    "/",
    route_handlers=[show_accesses, show_ask, ask, show_access, close, make_link],
)
