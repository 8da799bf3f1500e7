"""One's own account: what is known, where one is signed in, who looked."""

from typing import Any
from uuid import UUID

from litestar import Request, Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from core.context import Context
from core.errors import NotFound
from core.http.guards import signed_in
from core.http.inject import Ctx
from core.http.pages import page
from core.http.shell import LANGUAGE_COOKIE
from core.identity import accounts, credentials, people, sessions
from core.identity.browsers import describe_browser
from core.identity.cookies import CODE, SESSION, drop_cookie, read_cookie, set_cookie
from core.identity.entering import browser_of
from core.identity.forms import REFUSALS, show_form, typed
from core.identity.readings import readings_of
from core.identity.routes.entry import ask_code, code_page
from core.text import Language

AnyRequest = Request[Any, Any, Any]

_YEAR = 365 * 24 * 3600
_DONE = "/account?done="


@get("/account", guards=[signed_in])
async def show_account(request: AnyRequest, ctx: Ctx) -> Response[str]:
    """Show what is known of the reader, and who opened it."""
    here = sessions.hashed(read_cookie(request, ctx, SESSION))
    return await page(
        request,
        ctx,
        "core/account.html",
        account=await _own(ctx),
        sessions=[
            row | {"here": row["token"] == here, "words": describe_browser(row["browser"])}
            for row in await sessions.running_sessions(ctx)
        ],
        readings=await readings_of(ctx),
        done=request.query_params.get("done", ""),
    )


async def _own(ctx: Context) -> people.Known:
    known = await people.find_account(ctx, ctx.actor.id) if ctx.actor.id else None
    if known is None:
        raise NotFound(accounts.NO_ACCOUNT)
    return known


@get("/account/password", guards=[signed_in])
async def show_password(request: AnyRequest, ctx: Ctx) -> Response[str]:
    """Show the form of a new password."""
    return await show_form(request, ctx, "core/password.html")


@post("/account/password", guards=[signed_in])
async def change_password(request: AnyRequest, ctx: Ctx) -> Response[Any]:
    """Change the password; every other device is signed out."""
    given = await typed(request, "current", "new")
    token = read_cookie(request, ctx, SESSION)
    try:
        fresh = await credentials.change_password(
            ctx, current=given["current"], new=given["new"], token=token
        )
    except REFUSALS as wrong:
        return await show_form(request, ctx, "core/password.html", wrong=wrong)
    answer = Redirect(f"{_DONE}password", status_code=303)
    _keep_session(answer, ctx, fresh)
    return answer


def _keep_session(answer: Response[Any], ctx: Context, token: str) -> None:
    citizen = ctx.actor.kind == "citizen"
    seconds = int(sessions.limits(ctx, "citizen").whole.total_seconds()) if citizen else None
    set_cookie(answer, ctx, SESSION, token, seconds=seconds)


@get("/account/contact", guards=[signed_in])
async def show_contact(request: AnyRequest, ctx: Ctx) -> Response[str]:
    """Show the form of a new phone, or of a new e-mail."""
    way = "email" if request.query_params.get("way") == "email" else "phone"
    return await show_form(request, ctx, "core/contact.html", way=way)


@post("/account/contact", guards=[signed_in])
async def ask_contact(request: AnyRequest, ctx: Ctx) -> Response[Any]:
    """Send a code to the new phone or e-mail."""
    given = await typed(request, "way", "phone", "email", "current")
    way = "email" if given["way"] == "email" else "phone"
    try:
        token = await credentials.ask_contact(ctx, password=given["current"], **{way: given[way]})
    except REFUSALS as wrong:
        return await show_form(request, ctx, "core/contact.html", typed=given, wrong=wrong, way=way)
    return ask_code(ctx, token, "/account/contact/code")


@get("/account/contact/code", guards=[signed_in])
async def show_contact_code(request: AnyRequest, ctx: Ctx) -> Response[str]:
    """Ask for the code that was sent to the new phone or e-mail."""
    return await code_page(request, ctx, "/account/contact/code", given={"next": ""})


@post("/account/contact/code", guards=[signed_in])
async def confirm_contact(request: AnyRequest, ctx: Ctx) -> Response[Any]:
    """Keep the new phone or e-mail."""
    given = await typed(request, "code", "next")
    token = read_cookie(request, ctx, CODE)
    try:
        await credentials.confirm_contact(ctx, token=token, code=given["code"])
    except REFUSALS as wrong:
        return await code_page(request, ctx, "/account/contact/code", given=given, wrong=wrong)
    answer = Redirect(f"{_DONE}contact", status_code=303)
    drop_cookie(answer, ctx, CODE)
    return answer


@post("/account/language", guards=[signed_in])
async def set_language(request: AnyRequest, ctx: Ctx) -> Redirect:
    """Keep the language of pages and messages."""
    language: Language = "en" if (await typed(request, "language"))["language"] == "en" else "th"
    await credentials.set_language(ctx, language=language)
    answer = Redirect(f"{_DONE}language", status_code=303)
    answer.set_cookie(LANGUAGE_COOKIE, language, max_age=_YEAR)
    return answer


@post("/account/sessions/{session:uuid}/end", guards=[signed_in])
async def end_session(ctx: Ctx, session: FromPath[UUID]) -> Redirect:
    """Sign out a device."""
    await sessions.end_session(ctx, session)
    return Redirect(f"{_DONE}session", status_code=303)


@post("/account/sessions/end-others", guards=[signed_in])
async def end_other_sessions(request: AnyRequest, ctx: Ctx) -> Redirect:
    """Sign out every other device."""
    if ctx.actor.id is not None:
        token = browser_of(request, ctx).token
        await sessions.sign_out_everywhere(ctx, ctx.actor.id, but=token)
    return Redirect(f"{_DONE}sessions", status_code=303)
