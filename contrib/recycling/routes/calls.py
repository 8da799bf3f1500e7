"""Calls that wait for a collector."""

from uuid import UUID

from litestar import Response, Router, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from contrib.recycling.routes.answering import photo_response
from contrib.recycling.rules.calls import SLOTS
from contrib.recycling.rules.materials import GROUPS
from contrib.recycling.service import calls
from contrib.recycling.service.rights import COLLECT
from core.api import AppError, Context, Ctx, allow, page
from kit.forms import AnyRequest

HOME = "/desk/recycling/calls"
ROUND = "/desk/recycling/round"


@get(HOME, guards=[allow(COLLECT)])
async def show_calls(request: AnyRequest, ctx: Ctx) -> Response[str]:
    """Show the calls that nobody has taken."""
    return await _show(request, ctx)


async def _show(
    request: AnyRequest, ctx: Context, refusal: AppError | None = None
) -> Response[str]:
    return await page(
        request,
        ctx,
        "recycling/calls.html",
        status_code=refusal.status_code if refusal else 200,
        calls=await calls.waiting_calls(ctx),
        slots=SLOTS,
        kinds=GROUPS,
        refusal=refusal.sentence.to(ctx.language) if refusal else None,
    )


@post(f"{HOME}/{{call:uuid}}/accept", guards=[allow(COLLECT)])
async def accept(request: AnyRequest, ctx: Ctx, call: FromPath[UUID]) -> Response[str] | Redirect:
    """Take a call."""
    try:
        await calls.accept(ctx, call)
    except AppError as refusal:
        return await _show(request, ctx, refusal)
    return Redirect(HOME, status_code=303)


@post(f"{HOME}/{{call:uuid}}/return", guards=[allow(COLLECT)])
async def give_back(ctx: Ctx, call: FromPath[UUID]) -> Redirect:
    """Let another collector take it."""
    await calls.give_back(ctx, call)
    return Redirect(ROUND, status_code=303)


@get(f"{HOME}/{{call:uuid}}/photos/{{number:int}}", guards=[allow(COLLECT)])
async def open_photo(ctx: Ctx, call: FromPath[UUID], number: FromPath[int]) -> Response[bytes]:
    """Give a photo that came with a call."""
    return photo_response(*await calls.read_photo(ctx, call, number))


router = Router("/", route_handlers=[show_calls, accept, give_back, open_photo])
