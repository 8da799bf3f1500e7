"""The operator's pages of tenants: all of them, one, its founding, its suspension."""

import asyncio
from typing import Any

from litestar import Request, Response, Router, get, post
from litestar.datastructures import UploadFile
from litestar.params import FromPath
from litestar.response import Redirect

from core.context import Context
from core.errors import AppError
from core.http.guards import allow_operator
from core.http.inject import Ctx
from core.http.pages import page
from core.identity import invitations
from core.identity.forms import REFUSALS, show_form, ticked, typed
from core.operator import founding, offices, reading, states, tenants
from core.runtime import RUNTIME

AnyRequest = Request[Any, Any, Any]
MAY = allow_operator("core.operator")
HOME = "/desk/operator"


def number(text: str) -> int:
    """Return the number of a page of a list as it stands in an address; 1 for anything else."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= 6 else 1


@get(HOME + "/tenants", guards=[MAY])
async def show_tenants(request: AnyRequest, ctx: Ctx) -> Response[str]:
    """List the tenants of the installation."""
    asked = request.query_params
    at = max(number(asked.get("page", "1")), 1)
    search, state = asked.get("q", ""), asked.get("state", "")
    found, total = await tenants.served(ctx, search=search, state=state, page=at)
    return await page(
        request,
        ctx,
        "core/operator-tenants.html",
        found=found,
        total=total,
        search=search,
        state=state,
        at=at,
        most=tenants.PAGE,
    )


@get(HOME + "/offices", guards=[MAY])
async def show_offices(request: AnyRequest, ctx: Ctx) -> Response[str]:
    """Search the list of local administrative organisations."""
    return await _offices_page(request, ctx)


@post(HOME + "/offices", guards=[MAY], request_max_body_size=reading.LARGEST + 1_000_000)
async def read_offices(request: AnyRequest, ctx: Ctx) -> Response[Any]:
    """Take a newer list, in place of the one before."""
    file = (await request.form()).get("file")
    data = await file.read() if isinstance(file, UploadFile) else b""
    try:
        read = await asyncio.to_thread(reading.read_list, data)
    except REFUSALS as wrong:
        return await _offices_page(request, ctx, wrong=wrong)
    await offices.keep_list(ctx, read)
    return await _offices_page(request, ctx, read=read)


async def _offices_page(
    request: AnyRequest,
    ctx: Context,
    *,
    wrong: AppError | None = None,
    read: reading.Read | None = None,
) -> Response[str]:
    asked = request.query_params
    at = max(number(asked.get("page", "1")), 1)
    search, kind = asked.get("q", ""), asked.get("kind", "")
    return await show_form(
        request,
        ctx,
        "core/operator-offices.html",
        wrong=wrong,
        known=await offices.offices(ctx, search=search, kind=kind, page=at),
        kinds=reading.KINDS,
        search=search,
        kind=kind,
        at=at,
        most=offices.PAGE,
        read=read,
    )


@get(HOME + "/tenants/new", guards=[MAY])
async def show_founding(request: AnyRequest, ctx: Ctx) -> Response[str]:
    """Show the form of a new tenant, filled in from the list where one was chosen there."""
    known: dict[str, str] = {}
    if code := request.query_params.get("code", ""):
        office = (await offices.get_office(ctx, code)).listed
        place = offices.place_of(office)
        known = {"lao_code": code, "name_th": office.name}
        known |= {"place_th": place.th, "place_en": place.en}
    return await _founding_page(request, ctx, known)


@post(HOME + "/tenants/new", guards=[MAY], status_code=200)
async def found_tenant(request: AnyRequest, ctx: Ctx) -> Response[Any]:
    """Found the tenant, and show this once the link for its first administrator."""
    given = await typed(request, *founding.OFFICE, *founding.ADMINISTRATOR)
    plugins = await ticked(request, "plugins")
    try:
        done = await founding.found(ctx, given, plugins=plugins)
    except REFUSALS as wrong:
        return await _founding_page(request, ctx, given, plugins=plugins, wrong=wrong)
    origin = ctx.settings.origin(done.tenant.id)
    until = ctx.now + invitations.LIFE
    return await page(
        request,
        ctx,
        "core/operator-founded.html",
        founded=done,
        origin=origin,
        link=origin + done.path,
        until=until,
    )


async def _founding_page(
    request: AnyRequest,
    ctx: Context,
    given: dict[str, str],
    *,
    plugins: list[str] | None = None,
    wrong: AppError | None = None,
) -> Response[str]:
    modules = [one for one in ctx.host.plugins.values() if not one.fixed]
    return await show_form(
        request,
        ctx,
        "core/operator-founding.html",
        typed=given,
        wrong=wrong,
        modules=sorted(modules, key=lambda one: one.title.th),
        chosen=plugins or [],
        domain=ctx.settings.base_domain,
    )


@get(HOME + "/tenants/{tenant:str}", guards=[MAY])
async def show_tenant(request: AnyRequest, ctx: Ctx, tenant: FromPath[str]) -> Response[str]:
    """Show one tenant."""
    return await tenant_page(request, ctx, tenant)


async def tenant_page(
    request: AnyRequest,
    ctx: Context,
    tenant: str,
    *,
    given: dict[str, str] | None = None,
    wrong: AppError | None = None,
) -> Response[str]:
    """Show one tenant, with what is wrong with what was just asked for."""
    return await show_form(
        request,
        ctx,
        "core/operator-tenant.html",
        typed=given,
        wrong=wrong,
        tenant=await tenants.get_served(ctx, tenant),
        origin=ctx.settings.origin(tenant),
        state=await states.of_office(ctx, tenant),
        plugins={name: one.title for name, one in ctx.host.plugins.items()},
        done=request.query_params.get("done", ""),
    )


@post(HOME + "/tenants/{tenant:str}/suspend", guards=[MAY])
async def suspend_tenant(request: AnyRequest, ctx: Ctx, tenant: FromPath[str]) -> Response[Any]:
    """Suspend the tenant, with a reason that everybody sees."""
    given = await typed(request, "why_th", "why_en")
    try:
        await tenants.suspend(ctx, tenant, given)
    except REFUSALS as wrong:
        return await tenant_page(request, ctx, tenant, given=given, wrong=wrong)
    return _changed(request, tenant, "suspended")


@post(HOME + "/tenants/{tenant:str}/resume", guards=[MAY])
async def resume_tenant(request: AnyRequest, ctx: Ctx, tenant: FromPath[str]) -> Response[Any]:
    """Serve the tenant again."""
    try:
        await tenants.resume(ctx, tenant)
    except REFUSALS as wrong:
        return await tenant_page(request, ctx, tenant, wrong=wrong)
    return _changed(request, tenant, "resumed")


def _changed(request: AnyRequest, tenant: str, done: str) -> Redirect:
    """Go back to the page of the tenant, which this process reads anew at once."""
    request.scope[RUNTIME].directory.forget(tenant)  # type: ignore[literal-required]
    return Redirect(f"{HOME}/tenants/{tenant}?done={done}", status_code=303)


router = Router(
    "/",
    route_handlers=[
        show_tenants,
        show_offices,
        read_offices,
        show_founding,
        found_tenant,
        show_tenant,
        suspend_tenant,
        resume_tenant,
    ],
)
