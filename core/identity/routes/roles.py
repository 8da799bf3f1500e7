"""The office's roles: what the holders of each may do."""

from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from core.context import Context
from core.errors import AppError
from core.http.inject import Ctx
from core.http.pages import page
from core.identity import defaults, holders, roles
from core.identity.forms import REFUSALS, show_form, ticked, typed
from core.identity.routes.people import MAY
from core.text import Text

AnyRequest = Request[Any, Any, Any]


@get("/desk/people/roles", guards=[MAY])
async def show_roles(request: AnyRequest, ctx: Ctx) -> Response[str]:
    """List the roles, the lowest post first."""
    return await page(
        request,
        ctx,
        "core/roles.html",
        roles=await roles.list_roles(ctx),
        words=roles.permissions_here(ctx),
    )


@get("/desk/people/roles/new", guards=[MAY])
async def show_new_role(request: AnyRequest, ctx: Ctx) -> Response[str]:
    """Show the form of a new role."""
    return await _role_form(request, ctx)


async def _role_form(
    request: AnyRequest,
    ctx: Context,
    *,
    role: str | None = None,
    given: dict[str, str] | None = None,
    chosen: list[str] | None = None,
    wrong: AppError | None = None,
) -> Response[str]:
    return await show_form(
        request,
        ctx,
        "core/role.html",
        typed=given or {},
        wrong=wrong,
        role=role,
        chosen=chosen or [],
        words=roles.permissions_here(ctx),
        fixed=role in defaults.CODES,
    )


@post("/desk/people/roles/new", guards=[MAY])
async def create_role(request: AnyRequest, ctx: Ctx) -> Response[Any]:
    """Make a role of the office's own."""
    given = await typed(request, "code", "title_th", "title_en")
    chosen = await ticked(request, "permissions")
    try:
        await roles.create_role(
            ctx, code=given["code"].strip(), title=_title(given), permissions=chosen
        )
    except REFUSALS as wrong:
        return await _role_form(request, ctx, given=given, chosen=chosen, wrong=wrong)
    return Redirect("/desk/people/roles", status_code=303)


def _title(given: dict[str, str]) -> Text:
    return Text(given["title_th"], given["title_en"])


@get("/desk/people/roles/{role:str}", guards=[MAY])
async def show_role(request: AnyRequest, ctx: Ctx, role: FromPath[str]) -> Response[str]:
    """Show a role, to be changed."""
    row = await holders.get_role(ctx, role)
    given = {"title_th": row["title_th"], "title_en": row["title_en"]}
    return await _role_form(request, ctx, role=role, given=given, chosen=row["permissions"])


@post("/desk/people/roles/{role:str}", guards=[MAY])
async def change_role(request: AnyRequest, ctx: Ctx, role: FromPath[str]) -> Response[Any]:
    """Change what a role is called and what its holders may do."""
    given = await typed(request, "title_th", "title_en")
    chosen = await ticked(request, "permissions")
    try:
        await roles.change_role(ctx, code=role, title=_title(given), permissions=chosen)
    except REFUSALS as wrong:
        return await _role_form(request, ctx, role=role, given=given, chosen=chosen, wrong=wrong)
    return Redirect("/desk/people/roles", status_code=303)


@post("/desk/people/roles/{role:str}/delete", guards=[MAY])
async def delete_role(request: AnyRequest, ctx: Ctx, role: FromPath[str]) -> Response[Any]:
    """Delete a role that is not in use."""
    try:
        await roles.delete_role(ctx, code=role)
    except REFUSALS as wrong:
        row = await holders.get_role(ctx, role)
        given = {"title_th": row["title_th"], "title_en": row["title_en"]}
        return await _role_form(
            request, ctx, role=role, given=given, chosen=row["permissions"], wrong=wrong
        )
    return Redirect("/desk/people/roles", status_code=303)
