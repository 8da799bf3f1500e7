"""The desk of correspondence: what waits for one's posts, and the search."""

from uuid import UUID

from litestar import Response, Router, get

from core.api import Ctx, allow, officer, page, posts
from kit.forms import AnyRequest
from plugins.eoffice.rules.endorsing import ASKED
from plugins.eoffice.rules.states import SPEEDS, TONES, WORDS
from plugins.eoffice.service import doors, overview, searching, tasks
from plugins.eoffice.service.rights import OVERSEE, READ

HOME = "/desk/eoffice"


@get(HOME, guards=[officer])
async def show_inbox(request: AnyRequest, ctx: Ctx) -> Response[str]:
    """Show what waits for the posts in which one sits today."""
    seats = await posts.seats_of(ctx, ctx.actor.id) if ctx.actor.id else []
    return await page(
        request,
        ctx,
        "eoffice/inbox.html",
        waiting=await tasks.inbox(ctx),
        seats={seat.post.key: seat for seat in seats},
        doors=await doors.doors(ctx),
        asked=ASKED,
        speeds=SPEEDS,
    )


@get(f"{HOME}/search", guards=[allow(READ)])
async def show_search(request: AnyRequest, ctx: Ctx) -> Response[str]:
    """Show the letters that have every word of a query."""
    q = request.query_params.get("q", "")
    before = _id(request.query_params.get("before", ""))
    found = await searching.search(ctx, q, before=before)
    return await page(
        request,
        ctx,
        "eoffice/search.html",
        query=q[:200],
        found=found,
        more=str(found[-1]["id"]) if len(found) == searching.PAGE else "",
        words=WORDS,
        tones=TONES,
    )


@get(f"{HOME}/overview", guards=[allow(OVERSEE)])
async def show_overview(request: AnyRequest, ctx: Ctx) -> Response[str]:
    """Show what waits where, and how much was done in time."""
    return await page(
        request,
        ctx,
        "eoffice/overview.html",
        posts=await overview.at_posts(ctx),
        nobodys=await overview.nobodys(ctx),
    )


def _id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


router = Router("/", route_handlers=[show_inbox, show_search, show_overview])
