"""Dividends at the desk: reckoned, looked at, given."""

from datetime import date
from typing import Any

from litestar import Response, Router, get, post
from litestar.response import Redirect

from contrib.recycling.forms.centre import SHARING
from contrib.recycling.service import dividends
from contrib.recycling.service.dividends import Proposed
from contrib.recycling.service.rights import APPROVE
from core.api import AppError, Context, Ctx, InvalidInput, allow
from kit.forms import AnyRequest, Place, Posted, first, form_page, read, read_posted

HOME = "/desk/recycling/dividends"


@get(HOME, guards=[allow(APPROVE)])
async def show_dividends(request: AnyRequest, ctx: Ctx) -> Response[str]:
    """Show the dividends that were given, and ask for which days to reckon one."""
    return await _show(request, ctx, {})


async def _show(
    request: AnyRequest,
    ctx: Context,
    typed: Posted,
    refusal: AppError | None = None,
    proposed: Proposed | None = None,
) -> Response[str]:
    return await form_page(
        request,
        ctx,
        "recycling/dividends.html",
        refusal=refusal,
        given=await dividends.dividends(ctx),
        fields=SHARING,
        typed=typed,
        proposed=proposed,
    )


@post(HOME, guards=[allow(APPROVE)], status_code=200)
async def reckon(request: AnyRequest, ctx: Ctx) -> Response[Any]:
    """Reckon a dividend; with the sum that was looked at, give it."""
    posted = await read_posted(request)
    reading = read(SHARING, posted, Place.of(ctx))
    seen = first(posted, "seen")
    try:
        if reading.problems:
            raise InvalidInput(reading.problems)
        days = [date.fromisoformat(reading.values[name]) for name in ("first_on", "last_on")]
        if seen.isascii() and seen.isdigit() and len(seen) < 16:
            await dividends.give(ctx, *days, seen=int(seen))
            return Redirect(HOME, status_code=303)
        proposed = await dividends.propose(ctx, *days)
    except AppError as refusal:
        return await _show(request, ctx, reading.typed, refusal)
    return await _show(request, ctx, reading.typed, proposed=proposed)


router = Router("/", route_handlers=[show_dividends, reckon])
