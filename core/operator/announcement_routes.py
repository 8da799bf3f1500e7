"""Pages of announcements: the operator's, and those of the administrators they are for."""

from typing import Any
from uuid import UUID

from litestar import Request, Response, Router, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from core import db
from core.context import Context
from core.errors import AppError
from core.http.guards import AWAKE, allow, allow_operator
from core.http.inject import Ctx
from core.http.pages import page
from core.identity.forms import REFUSALS, show_form, ticked, typed
from core.operator import announced, announcing

AnyRequest = Request[Any, Any, Any]
MAY = allow_operator("core.operator")
ADMINISTRATOR = allow(announced.PERMISSION)
HOME, DESK = "/desk/operator/announcements", "/desk/announcements"


@get(HOME, guards=[MAY])
async def show_announcements(request: AnyRequest, ctx: Ctx) -> Response[str]:
    """List what was announced, with how far it came."""
    found = await announcing.announcements(ctx)
    return await page(request, ctx, "core/operator-announcements.html", found=found)


@get(HOME + "/new", guards=[MAY])
async def show_form_of_announcement(request: AnyRequest, ctx: Ctx) -> Response[str]:
    """Show the form of an announcement."""
    return await _form_page(request, ctx, {"once": str(db.new_id())})


@post(HOME + "/new", guards=[MAY])
async def announce(request: AnyRequest, ctx: Ctx) -> Response[Any]:
    """Send it; the same form sent again is the same announcement."""
    given = await typed(request, "once", *announcing.FIELDS)
    chosen = {name: await ticked(request, name) for name in ("kinds", "provinces")}
    try:
        id = _id(given["once"])
        await announcing.announce(ctx, given, id=id, **chosen)
    except REFUSALS as wrong:
        return await _form_page(request, ctx, given, wrong=wrong, **chosen)
    return Redirect(f"{HOME}/{id}?done=sent", status_code=303)


def _id(text: str) -> UUID:
    """Return the id that came with the form; a new one where it is none of ours."""
    try:
        return UUID(text)
    except ValueError:
        return db.new_id()


async def _form_page(
    request: AnyRequest,
    ctx: Context,
    given: dict[str, str],
    *,
    kinds: list[str] | None = None,
    provinces: list[str] | None = None,
    wrong: AppError | None = None,
) -> Response[str]:
    places = await announcing.places(ctx)
    return await show_form(
        request,
        ctx,
        "core/operator-announcement-form.html",
        typed=given,
        wrong=wrong,
        kinds=sorted({one.kind for one in places}),
        provinces=sorted({one.province for one in places}),
        chosen={"kinds": kinds or [], "provinces": provinces or []},
        total=len(places),
    )


@get(HOME + "/{announcement:uuid}", guards=[MAY])
async def show_standing(
    request: AnyRequest, ctx: Ctx, announcement: FromPath[UUID]
) -> Response[str]:
    """Show one announcement, whom it reached and who has read it."""
    found = await announcing.get_announcement(ctx, announcement)
    done = request.query_params.get("done", "")
    return await page(
        request, ctx, "core/operator-announcement.html", announcement=found, done=done
    )


@get(DESK, guards=[ADMINISTRATOR])
async def show_announced(request: AnyRequest, ctx: Ctx) -> Response[str]:
    """List what the operator has announced to the office."""
    found = await announced.announcements(ctx)
    return await page(request, ctx, "core/announcements.html", found=found)


@get(DESK + "/{announcement:uuid}", guards=[ADMINISTRATOR])
async def show_announcement(
    request: AnyRequest, ctx: Ctx, announcement: FromPath[UUID]
) -> Response[str]:
    """Show one announcement."""
    found = await announced.get_announcement(ctx, announcement)
    return await page(request, ctx, "core/announcement.html", announcement=found)


@post(DESK + "/{announcement:uuid}/read", guards=[ADMINISTRATOR], opt=AWAKE)
async def read_announcement(ctx: Ctx, announcement: FromPath[UUID]) -> Redirect:
    """Note that the actor has read it."""
    await announced.read(ctx, announcement)
    return Redirect(f"{DESK}/{announcement}", status_code=303)


router = Router(
    "/",
    route_handlers=[
        show_announcements,
        show_form_of_announcement,
        announce,
        show_standing,
        show_announced,
        show_announcement,
        read_announcement,
    ],
)
