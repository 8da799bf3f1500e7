"""What committees resolve: a list of claims is ticked, with number and day of the resolution."""

from uuid import UUID

from litestar import Response, Router, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from contrib.disaster.forms.claims import RESOLVED, resolved_of
from contrib.disaster.routes.claims import words
from contrib.disaster.service import claim_list, events, resolving
from contrib.disaster.service.rights import CLAIMS, RESOLVE
from core.api import AppError, Context, Ctx, InvalidInput, allow
from kit.forms import AnyRequest, Place, Reading, form_page, read, read_posted

HOME = "/desk/disaster/resolutions"
_CLAIMS, _RESOLVE = allow(CLAIMS), allow(RESOLVE)


@get(f"{HOME}/{{event:uuid}}", guards=[_CLAIMS])
async def show_waiting(request: AnyRequest, ctx: Ctx, event: FromPath[UUID]) -> Response[str]:
    """Show what waits for the committee, and what it resolved before."""
    return await _show(request, ctx, event, Reading({}, {}, {}), set())


async def _show(
    request: AnyRequest,
    ctx: Context,
    event: UUID,
    reading: Reading,
    ticked: set[UUID],
    refusal: AppError | None = None,
) -> Response[str]:
    return await form_page(
        request,
        ctx,
        "disaster/resolution.html",
        refusal=refusal,
        event=await events.get_event(ctx, event),
        waiting=await claim_list.valued_claims(ctx, event),
        resolutions=await resolving.read_resolutions(ctx, event),
        ticked=ticked,
        fields=RESOLVED,
        typed=reading.typed,
        may_resolve=ctx.actor.may(RESOLVE),
        **words(ctx),
    )


@post(f"{HOME}/{{event:uuid}}", guards=[_RESOLVE])
async def resolve(request: AnyRequest, ctx: Ctx, event: FromPath[UUID]) -> Response[str] | Redirect:
    """Enter a resolution about the claims that are ticked."""
    posted = await read_posted(request)
    known = {str(one["id"]): one["id"] for one in await claim_list.valued_claims(ctx, event)}
    ticked = {known[one] for one in posted.get("claims", []) if one in known}
    reading = read(RESOLVED, posted, Place.of(ctx))
    try:
        if reading.problems:
            raise InvalidInput(reading.problems)
        await resolving.resolve(ctx, event, ticked, **resolved_of(reading.values))
    except AppError as refusal:
        return await _show(request, ctx, event, reading, ticked, refusal)
    return Redirect(f"{HOME}/{event}", status_code=303)


router = Router("/", route_handlers=[show_waiting, resolve])
