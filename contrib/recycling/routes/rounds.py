"""A collector's round on a phone, also without a signal: the houses, and the scale at each."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any
from uuid import UUID

import msgspec
from litestar import Response, Router, get, post
from litestar.params import FromPath

from contrib.recycling.forms.weighing import MOST_PHOTOS, read_said, read_weights
from contrib.recycling.routes.answering import cleaned, photos_of
from contrib.recycling.rules.calls import SLOTS
from contrib.recycling.rules.materials import GROUPS, UNITS
from contrib.recycling.service import calls, materials, members, tickets, weighing
from contrib.recycling.service.rights import COLLECT
from contrib.recycling.service.weighing import Weighed
from core.api import AppError, Context, Ctx, Text, allow, page
from kit.documents import KeptPhoto
from kit.forms import AnyRequest, form_page, read_posted
from kit.offline import Answer, once, read_sending, reply

HOME = "/desk/recycling/round"
HERE = "/desk/recycling/members"
TICKETS = "/desk/recycling/tickets"
_UPLOADS = 60_000_000  # bytes: four photos as a camera makes them
_WRITTEN = Text("บัตรชั่ง {number}", "ticket {number}")

Write = Callable[[Weighed, list[KeptPhoto]], Awaitable[UUID]]


@get(HOME, guards=[allow(COLLECT)])
async def show_round(request: AnyRequest, ctx: Ctx) -> Response[str]:
    """Show the calls that the collector has taken; the page and its forms are kept on a device."""
    return await page(
        request,
        ctx,
        "recycling/round.html",
        calls=await calls.my_round(ctx),
        carried=await tickets.my_load(ctx),
        slots=SLOTS,
        kinds=GROUPS,
    )


@get(f"{HOME}/{{call:uuid}}", guards=[allow(COLLECT)])
async def show_call(request: AnyRequest, ctx: Ctx, call: FromPath[UUID]) -> Response[str]:
    """Ask what the scale shows at a house."""
    return await _show(request, ctx, await calls.round_call(ctx, call))


async def _show(
    request: AnyRequest,
    ctx: Context,
    about: Mapping[str, Any],
    posted: Mapping[str, list[str]] | None = None,
    refusal: AppError | None = None,
) -> Response[str]:
    """Show the form; ``about`` is a call, or a member who came to the centre."""
    rows = await materials.price_list(ctx)
    return await form_page(
        request,
        ctx,
        "recycling/weigh.html",
        refusal=refusal,
        about=about,
        call="slot_on" in about,
        groups=materials.grouped(rows),
        prices=msgspec.json.encode(await materials.coming_prices(ctx)).decode(),
        units=UNITS,
        kinds=GROUPS,
        slots=SLOTS,
        most=MOST_PHOTOS,
        posted=posted or {},
    )


@post(f"{HOME}/{{call:uuid}}", guards=[allow(COLLECT)], request_max_body_size=_UPLOADS)
async def weigh(request: AnyRequest, ctx: Ctx, call: FromPath[UUID]) -> Response[Any]:
    """Write the ticket of a call, once; what is wrong comes back as it was typed."""

    async def write(weighed: Weighed, photos: list[KeptPhoto]) -> UUID:
        return await weighing.weigh_call(ctx, call, weighed, photos)

    return await _weigh(request, ctx, await calls.round_call(ctx, call), write)


async def _weigh(
    request: AnyRequest, ctx: Context, about: Mapping[str, Any], write: Write
) -> Response[Any]:
    sending = await read_sending(request, ctx)
    posted = cleaned(await read_posted(request))
    try:
        quantities = read_weights(posted, await materials.price_list(ctx, closed=True))
        photos = await photos_of(request, ctx, MOST_PHOTOS)
        weighed = Weighed(quantities=quantities, **read_said(posted))

        async def act() -> Answer:
            id = await write(weighed, photos)
            number = (await tickets.read_ticket(ctx, id)).row["number"]
            return Answer(f"{TICKETS}/{id}", _WRITTEN.format(number=number))

        return reply(request, ctx, await once(ctx, sending, act))
    except AppError as refusal:
        if "json" in request.headers.get("accept", ""):
            raise
        return await _show(request, ctx, about, posted, refusal)


@get(f"{HERE}/{{member:uuid}}/weigh", guards=[allow(COLLECT)])
async def show_here(request: AnyRequest, ctx: Ctx, member: FromPath[UUID]) -> Response[str]:
    """Ask what the scale of the centre shows for a member who has come."""
    return await _show(request, ctx, await members.get_member(ctx, member))


@post(f"{HERE}/{{member:uuid}}/weigh", guards=[allow(COLLECT)], request_max_body_size=_UPLOADS)
async def weigh_here(request: AnyRequest, ctx: Ctx, member: FromPath[UUID]) -> Response[Any]:
    """Write the ticket of a member at the centre."""

    async def write(weighed: Weighed, photos: list[KeptPhoto]) -> UUID:
        return await weighing.weigh_here(ctx, member, weighed, photos)

    return await _weigh(request, ctx, await members.get_member(ctx, member), write)


router = Router("/", route_handlers=[show_round, show_call, weigh, show_here, weigh_here])
