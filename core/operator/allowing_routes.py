"""Pages of support access at an office: consent, refuse, end, look back; and the way in."""

from typing import Any
from uuid import UUID

from litestar import Request, Response, Router, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from core.context import Context
from core.errors import AppError, Conflict
from core.http.guards import AWAKE, allow, officer, public
from core.http.inject import Ctx
from core.http.pages import page
from core.identity import roles
from core.identity.entering import browser_of, enter
from core.identity.forms import REFUSALS, show_form, typed
from core.identity.holders import PEOPLE
from core.operator import allowing, support
from core.operator.consent import DURATIONS
from core.text import Text

AnyRequest = Request[Any, Any, Any]
MAY = allow(PEOPLE)
HOME = "/desk/support"

_NO_SUPPORT = Text("ท่านไม่ได้เข้าใช้ในฐานะฝ่ายสนับสนุน", "You do not act here as support.")


@get(HOME, guards=[MAY])
async def show_asks(request: AnyRequest, ctx: Ctx) -> Response[str]:
    """List who asked to act here, the newest first."""
    found = await support.accesses(ctx)
    return await page(request, ctx, "core/support.html", found=found)


@get(HOME + "/{access:uuid}", guards=[MAY])
async def show_asked(request: AnyRequest, ctx: Ctx, access: FromPath[UUID]) -> Response[str]:
    """Show one ask with what is to be decided, or what was opened under it."""
    return await _asked_page(request, ctx, access)


async def _asked_page(
    request: AnyRequest,
    ctx: Context,
    access: UUID,
    *,
    given: dict[str, str] | None = None,
    wrong: AppError | None = None,
) -> Response[str]:
    found = await support.get_access(ctx, access)
    known = {"role": found["role"], "minutes": str(found["minutes"])}
    return await show_form(
        request,
        ctx,
        "core/support-access.html",
        typed=given or known,
        wrong=wrong,
        access=found,
        roles=await roles.list_roles(ctx),
        durations={n: text for n, text in DURATIONS.items() if n <= found["minutes"]},
        uses=await support.uses(ctx, access),
        done=request.query_params.get("done", ""),
    )


@post(HOME + "/{access:uuid}/give", guards=[MAY], opt=AWAKE)
async def give(request: AnyRequest, ctx: Ctx, access: FromPath[UUID]) -> Response[Any]:
    """Consent, in a role and for a time."""
    given = await typed(request, "role", "minutes")
    try:
        await allowing.give(ctx, access, given)
    except REFUSALS as wrong:
        return await _asked_page(request, ctx, access, given=given, wrong=wrong)
    return Redirect(f"{HOME}/{access}?done=given", status_code=303)


@post(HOME + "/{access:uuid}/refuse", guards=[MAY], opt=AWAKE)
async def refuse(request: AnyRequest, ctx: Ctx, access: FromPath[UUID]) -> Response[Any]:
    """Refuse."""
    try:
        await allowing.refuse(ctx, access)
    except REFUSALS as wrong:
        return await _asked_page(request, ctx, access, wrong=wrong)
    return Redirect(f"{HOME}/{access}?done=refused", status_code=303)


@post(HOME + "/{access:uuid}/end", guards=[MAY], opt=AWAKE)
async def end(request: AnyRequest, ctx: Ctx, access: FromPath[UUID]) -> Response[Any]:
    """End it now; whoever is in there is out with the next page."""
    try:
        await allowing.end(ctx, access)
    except REFUSALS as wrong:
        return await _asked_page(request, ctx, access, wrong=wrong)
    return Redirect(f"{HOME}/{access}?done=ended", status_code=303)


@get("/support/enter/{token:str}", guards=[public], opt=AWAKE)
async def show_entry(request: AnyRequest, ctx: Ctx, token: FromPath[str]) -> Response[str]:
    """Ask to enter; to open the link does not use it up."""
    return await _entry_page(request, ctx, token)


@post("/support/enter/{token:str}", guards=[public], opt=AWAKE)
async def take_entry(request: AnyRequest, ctx: Ctx, token: FromPath[str]) -> Response[Any]:
    """Let the holder of the link in."""
    browser = browser_of(request, ctx)
    try:
        opened = await allowing.enter(ctx, token, browser=browser)
    except REFUSALS as wrong:
        return await _entry_page(request, ctx, token, wrong=wrong)
    return await enter(request, ctx, opened, browser=browser)


async def _entry_page(
    request: AnyRequest, ctx: Context, token: str, *, wrong: AppError | None = None
) -> Response[str]:
    access = await allowing.expected(ctx, token)
    return await show_form(
        request, ctx, "core/support-enter.html", wrong=wrong, access=access, token=token
    )


@post("/support/end", guards=[officer], opt=AWAKE)
async def end_own(ctx: Ctx) -> Redirect:
    """End the access under which one acts."""
    if ctx.actor.support is None:
        raise Conflict(_NO_SUPPORT)
    await allowing.end(ctx, ctx.actor.support.access)
    return Redirect("/", status_code=303)


router = Router(
    "/",
    route_handlers=[
        show_asks,
        show_asked,
        give,
        refuse,
        end,
        show_entry,
        take_entry,
        end_own,
    ],
)
