"""The office's officers: who they are, and which roles they hold."""

from typing import Any
from uuid import UUID

from litestar import Request, Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from core.context import EVERYWHERE, Context
from core.errors import AppError, NotAllowed
from core.http.guards import allow
from core.http.inject import Ctx
from core.http.pages import page
from core.identity import accounts, acting, holders, officers, people, roles, sessions
from core.identity.cookies import SESSION, read_cookie, set_cookie
from core.identity.forms import REFUSALS, show_form, typed
from core.text import Text

AnyRequest = Request[Any, Any, Any]

OFFICER = ("title", "first_name", "last_name", "phone", "email", "post", "unit")
MAY = allow(holders.PEOPLE)


@get("/desk/people", guards=[MAY])
async def show_people(request: AnyRequest, ctx: Ctx) -> Response[str]:
    """List the officers by name."""
    search = request.query_params.get("q", "")
    unit = request.query_params.get("unit", "")
    found = await people.officers(
        ctx, search=search, unit=unit if unit in ctx.tenant.units else None, closed=True
    )
    return await page(
        request,
        ctx,
        "core/people.html",
        officers=found,
        search=search,
        unit=unit,
        orders=await _orders(ctx),
    )


async def _orders(ctx: Context) -> list[dict[str, Any]]:
    rows = await acting.acting_orders(ctx)
    names = await people.names(ctx, {row["actor"] for row in rows})
    return [row | {"name": names.get(row["actor"], "")} for row in rows]


@get("/desk/people/new", guards=[MAY])
async def show_new_officer(request: AnyRequest, ctx: Ctx) -> Response[str]:
    """Show the form of a new officer."""
    return await show_form(request, ctx, "core/officer-form.html", officer=None)


@post("/desk/people/new", guards=[MAY])
async def register_officer(request: AnyRequest, ctx: Ctx) -> Response[Any]:
    """Make an officer's account; the officer sets the password with a code."""
    given = await typed(request, *OFFICER)
    try:
        _check_unit(ctx, given["unit"])
        officer = await accounts.register_officer(ctx, **given)
    except REFUSALS as wrong:
        return await show_form(
            request, ctx, "core/officer-form.html", typed=given, wrong=wrong, officer=None
        )
    return Redirect(f"/desk/people/{officer}?done=registered", status_code=303)


def _check_unit(ctx: Context, unit: str) -> None:
    where = ctx.actor.permissions.get(holders.PEOPLE, frozenset())
    if where is not EVERYWHERE and unit not in where:
        raise NotAllowed(
            Text(
                "เพิ่มเจ้าหน้าที่ได้เฉพาะในส่วนราชการที่ท่านดูแล เลือกส่วนราชการนั้น",
                "You can add officers in the divisions in your care only. Choose one of those.",
            )
        )


@get("/desk/people/{officer:uuid}", guards=[MAY])
async def show_officer(request: AnyRequest, ctx: Ctx, officer: FromPath[UUID]) -> Response[str]:
    """Show an officer; that this page was opened is recorded."""
    return await officer_page(request, ctx, officer)


async def officer_page(
    request: AnyRequest,
    ctx: Context,
    officer: UUID,
    *,
    given: dict[str, str] | None = None,
    wrong: AppError | None = None,
) -> Response[str]:
    """Show an officer, with what is wrong with what was just asked for."""
    return await show_form(
        request,
        ctx,
        "core/officer.html",
        typed=given or {},
        wrong=wrong,
        officer=await officers.open_officer(ctx, officer),
        holdings=await holders.roles_of(ctx, officer),
        roles=await roles.list_roles(ctx),
        orders=await acting.acting_orders(ctx, actor=officer),
        modes=acting.MODES,
        done=request.query_params.get("done", ""),
    )


@get("/desk/people/{officer:uuid}/edit", guards=[MAY])
async def show_officer_form(
    request: AnyRequest, ctx: Ctx, officer: FromPath[UUID]
) -> Response[str]:
    """Show what is known of an officer, to be corrected."""
    row = await officers.open_officer(ctx, officer)
    known = {name: row[name] or "" for name in OFFICER}
    return await show_form(request, ctx, "core/officer-form.html", typed=known, officer=officer)


@post("/desk/people/{officer:uuid}/edit", guards=[MAY])
async def change_officer(request: AnyRequest, ctx: Ctx, officer: FromPath[UUID]) -> Response[Any]:
    """Correct what is known of an officer."""
    given = await typed(request, *OFFICER)
    try:
        await officers.change_officer(ctx, officer, **given)
    except REFUSALS as wrong:
        return await show_form(
            request, ctx, "core/officer-form.html", typed=given, wrong=wrong, officer=officer
        )
    return Redirect(f"/desk/people/{officer}?done=changed", status_code=303)


@post("/desk/people/{officer:uuid}/active", guards=[MAY])
async def close_officer(request: AnyRequest, ctx: Ctx, officer: FromPath[UUID]) -> Response[Any]:
    """Close an officer's account, or open it again."""
    given = await typed(request, "closed")
    try:
        await officers.close_officer(ctx, officer, closed=given["closed"] == "yes")
    except REFUSALS as wrong:
        return await officer_page(request, ctx, officer, wrong=wrong)
    return Redirect(f"/desk/people/{officer}?done=changed", status_code=303)


@post("/desk/people/{officer:uuid}/roles", guards=[MAY])
async def grant_role(request: AnyRequest, ctx: Ctx, officer: FromPath[UUID]) -> Response[Any]:
    """Give an officer a role, in one division or everywhere."""
    given = await typed(request, "role", "unit")
    try:
        await holders.grant_role(
            ctx, account=officer, role=given["role"], unit=given["unit"] or None
        )
    except REFUSALS as wrong:
        return await officer_page(request, ctx, officer, given=given, wrong=wrong)
    return await changed(request, ctx, officer, "role")


@post("/desk/people/{officer:uuid}/roles/{holding:uuid}/revoke", guards=[MAY])
async def revoke_role(
    request: AnyRequest, ctx: Ctx, officer: FromPath[UUID], holding: FromPath[UUID]
) -> Response[Any]:
    """Take a role from an officer."""
    try:
        await holders.revoke_role(ctx, holding=holding)
    except REFUSALS as wrong:
        return await officer_page(request, ctx, officer, wrong=wrong)
    return await changed(request, ctx, officer, "role")


async def changed(request: AnyRequest, ctx: Context, officer: UUID, done: str) -> Redirect:
    """Go back to the officer's page; whose own rights have changed gets a new session."""
    answer = Redirect(f"/desk/people/{officer}?done={done}", status_code=303)
    if officer == ctx.actor.id:
        fresh = await sessions.renew(ctx, read_cookie(request, ctx, SESSION))
        set_cookie(answer, ctx, SESSION, fresh, seconds=None)
    return answer
