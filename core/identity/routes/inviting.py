"""Hand an officer a link, and the page behind it, on which the password is set."""

from typing import Any
from uuid import UUID

from litestar import Request, Response, get, post
from litestar.params import FromPath

from core.context import Context
from core.errors import AppError
from core.http.guards import AWAKE, allow, public
from core.http.inject import Ctx
from core.http.pages import page
from core.identity import accounts, holders, invitations
from core.identity.entering import browser_of, enter
from core.identity.forms import REFUSALS, show_form, typed
from core.identity.names import full_name
from core.identity.routes.people import officer_page

AnyRequest = Request[Any, Any, Any]


@post("/desk/people/{officer:uuid}/invitation", guards=[allow(holders.PEOPLE)], status_code=200)
async def invite(request: AnyRequest, ctx: Ctx, officer: FromPath[UUID]) -> Response[Any]:
    """Make the link and show it, this once, to be given to the officer."""
    try:
        path = await invitations.invite(ctx, officer)
    except REFUSALS as wrong:
        return await officer_page(request, ctx, officer, wrong=wrong)
    row = await accounts.get(ctx, officer)
    return await page(
        request,
        ctx,
        "core/invitation.html",
        name=_name(row),
        officer=officer,
        link=ctx.settings.origin(ctx.tenant.id) + path,
        until=ctx.now + invitations.LIFE,
    )


@get("/invited/{token:str}", guards=[public], opt=AWAKE)
async def show_invited(request: AnyRequest, ctx: Ctx, token: FromPath[str]) -> Response[str]:
    """Ask for the password; to open the link does not use it up."""
    return await _invited_page(request, ctx, token)


@post("/invited/{token:str}", guards=[public], opt=AWAKE)
async def accept(request: AnyRequest, ctx: Ctx, token: FromPath[str]) -> Response[Any]:
    """Set the password and let the officer in."""
    given = await typed(request, "password")
    browser = browser_of(request, ctx)
    try:
        opened = await invitations.accept(ctx, token, password=given["password"], browser=browser)
    except REFUSALS as wrong:
        return await _invited_page(request, ctx, token, wrong=wrong)
    return await enter(request, ctx, opened, browser=browser)


async def _invited_page(
    request: AnyRequest, ctx: Context, token: str, *, wrong: AppError | None = None
) -> Response[str]:
    row = await invitations.find_invited(ctx, token)
    return await show_form(
        request,
        ctx,
        "core/invited.html",
        wrong=wrong,
        token=token,
        name=_name(row) if row else None,
    )


def _name(row: dict[str, Any]) -> str:
    return full_name(row["title"], row["first_name"], row["last_name"])
