"""Sign in, with a code where one is needed, sign out, and send what was kept meanwhile."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from litestar import Request, Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from core.context import Context
from core.http.guards import AWAKE, officer, public, signed_in
from core.http.inject import Ctx
from core.http.pages import page
from core.http.reentry import safe_path
from core.http.site import navigation
from core.identity import codes, parking, sessions, sign_in
from core.identity.cookies import CODE, PARKED, SESSION, drop_cookie, read_cookie, set_cookie
from core.identity.entering import browser_of, enter
from core.identity.forms import REFUSALS, show_form, typed
from core.identity.sign_in import CodeNeeded
from core.notifications.service import can_reach

AnyRequest = Request[Any, Any, Any]

# The pages that ask for a code.
_ASKING = ("/sign-in/code", "/register/code", "/forgot/code", "/account/contact/code")


@get("/sign-in", guards=[public], opt=AWAKE)
async def show_sign_in(request: AnyRequest, ctx: Ctx) -> Response[str]:
    """Show the sign-in page, and why the last session is over."""
    wanted = safe_path(request.query_params.get("next", ""), otherwise="")
    return await _sign_in_page(request, ctx, given={"next": wanted})


async def _sign_in_page(
    request: AnyRequest, ctx: Context, *, given: dict[str, str], wrong: Any = None
) -> Response[str]:
    over = await sessions.find_over(ctx, read_cookie(request, ctx, SESSION))
    idle = sessions.limits(ctx, over.kind).idle if over else None
    answers = await ctx.host.ask(ctx, "ways_to_sign_in", next=given["next"])
    return await show_form(
        request,
        ctx,
        "core/sign-in.html",
        typed=given,
        wrong=wrong,
        over=over.why if over else None,
        idle_minutes=int(idle.total_seconds() // 60) if idle else None,
        parked=await parking.is_parked(ctx, read_cookie(request, ctx, PARKED)),
        ways=[way for answer in answers for way in answer.value or ()],
    )


@post("/sign-in", guards=[public], opt=AWAKE)
async def take_sign_in(request: AnyRequest, ctx: Ctx) -> Response[Any]:
    """Compare the password; let in, or ask for a code."""
    given = await typed(request, "who", "password", "next")
    browser = browser_of(request, ctx)
    try:
        step = await sign_in.sign_in(
            ctx, who=given["who"], password=given["password"], browser=browser
        )
    except REFUSALS as wrong:
        return await _sign_in_page(request, ctx, given=given, wrong=wrong)
    if isinstance(step, CodeNeeded):
        return ask_code(ctx, step.token, "/sign-in/code", to=given["next"])
    return await enter(request, ctx, step, browser=browser, to=given["next"])


def ask_code(ctx: Context, token: str, page: str, *, to: str = "") -> Redirect:
    """Go on to a page that asks for the code."""
    wanted = safe_path(to, otherwise="")
    answer = Redirect(f"{page}?{urlencode({'next': wanted})}" if wanted else page, status_code=303)
    set_cookie(answer, ctx, CODE, token, seconds=int(codes.LIFE.total_seconds()))
    return answer


@get("/sign-in/code", guards=[public], opt=AWAKE)
async def show_code(request: AnyRequest, ctx: Ctx) -> Response[str]:
    """Ask for the code that was sent."""
    wanted = safe_path(request.query_params.get("next", ""), otherwise="")
    return await code_page(request, ctx, "/sign-in/code", given={"next": wanted})


async def code_page(
    request: AnyRequest, ctx: Context, action: str, *, given: dict[str, str], wrong: Any = None
) -> Response[str]:
    """Show the page that asks for a code, and where the code went.

    :param action: where it is posted to.
    """
    sent = await codes.find_sent(ctx, read_cookie(request, ctx, CODE))
    answers = await ctx.host.ask(ctx, "further_factors") if action == "/sign-in/code" else []
    return await show_form(
        request,
        ctx,
        "core/code.html",
        typed=given,
        wrong=wrong,
        action=action,
        sent=sent,
        stuck=sent and not can_reach(ctx, phone=bool(sent.phone), email=bool(sent.email)),
        ways=[way for answer in answers for way in answer.value or ()],
    )


@post("/sign-in/code", guards=[public], opt=AWAKE)
async def take_code(request: AnyRequest, ctx: Ctx) -> Response[Any]:
    """Let in whoever types the code."""
    given = await typed(request, "code", "next")
    browser = browser_of(request, ctx)
    token = read_cookie(request, ctx, CODE)
    try:
        opened = await sign_in.finish_with_code(
            ctx, token=token, code=given["code"], browser=browser
        )
    except REFUSALS as wrong:
        return await code_page(request, ctx, "/sign-in/code", given=given, wrong=wrong)
    return await enter(request, ctx, opened, browser=browser, to=given["next"])


@get("/desk", guards=[officer])
async def show_desk(request: AnyRequest, ctx: Ctx) -> Redirect:
    """Lead an officer to the first of the pages that the menu offers."""
    links = await navigation(request, ctx)
    return Redirect(links[0]["href"] if links else "/account", status_code=303)


@post("/code/again", guards=[public], opt=AWAKE)
async def send_code_again(request: AnyRequest, ctx: Ctx) -> Response[Any]:
    """Send another code, and go back to the page that asks for it."""
    given = await typed(request, "action", "next")
    action = given["action"] if given["action"] in _ASKING else _ASKING[0]
    try:
        await codes.send_again(ctx, read_cookie(request, ctx, CODE))
    except REFUSALS as wrong:
        return await code_page(request, ctx, action, given=given, wrong=wrong)
    wanted = safe_path(given["next"], otherwise="")
    query = f"?{urlencode({'next': wanted})}" if wanted else ""
    return Redirect(f"{action}{query}", status_code=303)


@post("/sign-out", guards=[public], opt=AWAKE)
async def sign_out(request: AnyRequest, ctx: Ctx) -> Redirect:
    """End the session of this browser."""
    if ctx.actor.id is not None:
        await sessions.sign_out(ctx, read_cookie(request, ctx, SESSION))
    answer = Redirect("/", status_code=303)
    for name in (SESSION, CODE, PARKED):
        drop_cookie(answer, ctx, name)
    return answer


@get("/sign-in/kept/{form:uuid}", guards=[signed_in])
async def show_kept(request: AnyRequest, ctx: Ctx, form: FromPath[UUID]) -> Response[str]:
    """Show that what was filled in is still there, with a button that sends it."""
    kept = await parking.get_parked(ctx, form)
    return await page(request, ctx, "core/kept.html", kept=kept, form=form)


@post("/sign-in/kept/{form:uuid}/drop", guards=[signed_in])
async def drop_kept(ctx: Ctx, form: FromPath[UUID]) -> Redirect:
    """Throw away what was filled in."""
    await parking.throw_away(ctx, form)
    return Redirect("/desk" if ctx.actor.kind == "officer" else "/", status_code=303)
