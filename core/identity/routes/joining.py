"""Register as a citizen, and set a password that was forgotten."""

from typing import Any

from litestar import Request, Response, get, post
from litestar.response import Redirect

from core.context import Context
from core.errors import AppError
from core.http.guards import public
from core.http.inject import Ctx
from core.http.reentry import safe_path
from core.identity import credentials, registration
from core.identity.cookies import CODE, drop_cookie, read_cookie
from core.identity.entering import browser_of, enter
from core.identity.forms import REFUSALS, show_form, typed
from core.identity.routes.entry import ask_code, code_page
from core.identity.sign_in import CodeNeeded
from core.notifications.service import can_reach

AnyRequest = Request[Any, Any, Any]

PERSON = ("title", "first_name", "last_name", "national_id", "phone", "email")


@get("/register", guards=[public])
async def show_register(request: AnyRequest, ctx: Ctx) -> Response[str]:
    """Show the form by which a citizen makes an account."""
    wanted = safe_path(request.query_params.get("next", ""), otherwise="")
    return await show_form(request, ctx, "core/register.html", typed={"next": wanted})


@post("/register", guards=[public])
async def register(request: AnyRequest, ctx: Ctx) -> Response[Any]:
    """Take the form, and send a code to the phone or e-mail."""
    given = await typed(request, *PERSON, "password", "next")
    person = {name: given[name] for name in PERSON}
    browser = browser_of(request, ctx)
    try:
        step = await registration.begin(ctx, password=given["password"], browser=browser, **person)
    except REFUSALS as wrong:
        return await show_form(request, ctx, "core/register.html", typed=given, wrong=wrong)
    if isinstance(step, CodeNeeded):
        return ask_code(ctx, step.token, "/register/code", to=given["next"])
    return await enter(request, ctx, step, browser=browser, to=given["next"])


@get("/register/code", guards=[public])
async def show_register_code(request: AnyRequest, ctx: Ctx) -> Response[str]:
    """Ask for the code that was sent."""
    wanted = safe_path(request.query_params.get("next", ""), otherwise="")
    return await code_page(request, ctx, "/register/code", given={"next": wanted})


@post("/register/code", guards=[public])
async def finish_register(request: AnyRequest, ctx: Ctx) -> Response[Any]:
    """Make the account, and let the citizen in."""
    given = await typed(request, "code", "next")
    browser = browser_of(request, ctx)
    token = read_cookie(request, ctx, CODE)
    try:
        opened = await registration.finish(ctx, token=token, code=given["code"], browser=browser)
    except REFUSALS as wrong:
        return await code_page(request, ctx, "/register/code", given=given, wrong=wrong)
    return await enter(request, ctx, opened, browser=browser, to=given["next"])


@get("/forgot", guards=[public])
async def show_forgot(request: AnyRequest, ctx: Ctx) -> Response[str]:
    """Ask whose password was forgotten."""
    return await show_form(request, ctx, "core/forgot.html")


@post("/forgot", guards=[public])
async def ask_reset(request: AnyRequest, ctx: Ctx) -> Response[Any]:
    """Send a code, if there is such an account; say the same if there is none."""
    given = await typed(request, "who")
    try:
        token = await credentials.ask_reset(ctx, who=given["who"])
    except REFUSALS as wrong:
        return await show_form(request, ctx, "core/forgot.html", typed=given, wrong=wrong)
    return ask_code(ctx, token, "/forgot/code")


@get("/forgot/code", guards=[public])
async def show_reset(request: AnyRequest, ctx: Ctx) -> Response[str]:
    """Ask for the code and the new password."""
    return await _reset_page(request, ctx)


async def _reset_page(
    request: AnyRequest, ctx: Context, wrong: AppError | None = None
) -> Response[str]:
    stuck = not can_reach(ctx, phone=True, email=True)
    return await show_form(request, ctx, "core/reset.html", wrong=wrong, stuck=stuck)


@post("/forgot/code", guards=[public])
async def reset_password(request: AnyRequest, ctx: Ctx) -> Response[Any]:
    """Set the new password; signing in with it comes next."""
    given = await typed(request, "code", "password")
    token = read_cookie(request, ctx, CODE)
    try:
        await credentials.reset_password(
            ctx, token=token, code=given["code"], password=given["password"]
        )
    except REFUSALS as wrong:
        return await _reset_page(request, ctx, wrong)
    answer = Redirect("/sign-in?set=1", status_code=303)
    drop_cookie(answer, ctx, CODE)
    return answer
