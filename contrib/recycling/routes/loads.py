"""The centre's scale: what collectors bring, and what differs."""

from uuid import UUID

from litestar import Response, Router, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from contrib.recycling.forms.centre import SETTLING
from contrib.recycling.forms.weighing import read_weights
from contrib.recycling.routes.answering import cleaned
from contrib.recycling.rules.materials import UNITS
from contrib.recycling.service import loads, materials
from contrib.recycling.service.loads import QUESTIONED, Carried
from contrib.recycling.service.rights import APPROVE, CENTRE, READ
from core.api import AppError, Context, Ctx, Text, allow, page
from kit.forms import (
    AnyRequest,
    Posted,
    Sheet,
    first,
    form_page,
    read_posted,
    read_sheet,
    show_sheet,
    ungrouped,
)

HOME = "/desk/recycling/loads"


def _sheet(load: UUID) -> Sheet:
    return Sheet(
        title=Text("ตัดสินน้ำหนักที่ต่าง", "Settle the difference"),
        back=(f"{HOME}/{load}", Text("การชั่งซ้ำ", "The load")),
        groups=ungrouped(*SETTLING),
        button=Text("ลงบัญชี", "Book it"),
        danger=True,
    )


@get(HOME, guards=[allow(CENTRE)])
async def show_loads(request: AnyRequest, ctx: Ctx) -> Response[str]:
    """Show who carries what, and the last loads."""
    return await page(
        request,
        ctx,
        "recycling/loads.html",
        carrying=await loads.carrying(ctx),
        loads=await loads.recent_loads(ctx),
    )


@get(f"{HOME}/of/{{collector:uuid}}", guards=[allow(CENTRE)])
async def show_carried(request: AnyRequest, ctx: Ctx, collector: FromPath[UUID]) -> Response[str]:
    """Ask what the scale of the centre shows for what a collector brings."""
    return await _show(request, ctx, await loads.carried_by(ctx, collector))


async def _show(
    request: AnyRequest,
    ctx: Context,
    carried: Carried,
    posted: Posted | None = None,
    refusal: AppError | None = None,
) -> Response[str]:
    return await form_page(
        request,
        ctx,
        "recycling/receive.html",
        refusal=refusal,
        carried=carried,
        units=UNITS,
        posted=posted or {},
    )


@post(f"{HOME}/of/{{collector:uuid}}", guards=[allow(CENTRE)])
async def receive(
    request: AnyRequest, ctx: Ctx, collector: FromPath[UUID]
) -> Response[str] | Redirect:
    """Take in the load."""
    carried = await loads.carried_by(ctx, collector)
    posted = cleaned(await read_posted(request))
    named = [{"code": one["material"], "unit": one["unit"]} for one in carried.sums]
    try:
        found = read_weights(posted, named, zero=True)
        id = await loads.receive(ctx, collector, first(posted, "tickets"), found)
    except AppError as refusal:
        return await _show(request, ctx, carried, posted, refusal)
    return Redirect(f"{HOME}/{id}", status_code=303)


@get(f"{HOME}/{{load:uuid}}", guards=[allow(READ)])
async def show_load(request: AnyRequest, ctx: Ctx, load: FromPath[UUID]) -> Response[str]:
    """Show a load, material by material."""
    row = await loads.get_load(ctx, load)
    known = {one["code"]: one for one in await materials.price_list(ctx, closed=True)}
    return await page(
        request,
        ctx,
        "recycling/load.html",
        load=row,
        known=known,
        units=UNITS,
        questioned=row["state"] == QUESTIONED,
        may=ctx.actor.may(APPROVE),
    )


@get(f"{HOME}/{{load:uuid}}/settle", guards=[allow(APPROVE)])
async def show_settle(request: AnyRequest, ctx: Ctx, load: FromPath[UUID]) -> Response[str]:
    """Ask who bears what is missing."""
    return await show_sheet(request, ctx, _sheet(load))


@post(f"{HOME}/{{load:uuid}}/settle", guards=[allow(APPROVE)])
async def settle(request: AnyRequest, ctx: Ctx, load: FromPath[UUID]) -> Response[str] | Redirect:
    """Book it."""
    sheet = _sheet(load)
    sent = await read_sheet(request, ctx, sheet)
    if sent.problems:
        return await show_sheet(request, ctx, sheet, reading=sent)
    try:
        await loads.settle(ctx, load, **sent.values)
    except AppError as refusal:
        return await show_sheet(request, ctx, sheet, reading=sent, refusal=refusal)
    return Redirect(f"{HOME}/{load}", status_code=303)


router = Router(
    "/", route_handlers=[show_loads, show_carried, receive, show_load, show_settle, settle]
)
