"""Stock, and what is sold of it to factories."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from litestar import Response, Router, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from contrib.recycling.forms.centre import SALE
from contrib.recycling.forms.weighing import read_prices, read_weights
from contrib.recycling.routes.answering import cleaned
from contrib.recycling.rules.materials import UNITS
from contrib.recycling.service import lots, materials
from contrib.recycling.service.lots import Sale, Sold
from contrib.recycling.service.rights import CENTRE, READ
from core.api import AppError, Context, Ctx, InvalidInput, allow, new_id, page
from kit.forms import AnyRequest, Place, Posted, fill, form_page, read, read_posted
from kit.offline import read_sending

HOME = "/desk/recycling/lots"
KEY = "idempotency_key"


@get(HOME, guards=[allow(READ)])
async def show_lots(request: AnyRequest, ctx: Ctx) -> Response[str]:
    """Show what is in stock, and the last sales."""
    return await page(
        request,
        ctx,
        "recycling/lots.html",
        stock=await lots.stock_of(ctx),
        lots=await lots.recent_lots(ctx),
        units=UNITS,
        may=ctx.actor.may(CENTRE),
    )


@get(f"{HOME}/new", guards=[allow(CENTRE)])
async def show_new(request: AnyRequest, ctx: Ctx) -> Response[str]:
    """Ask what is sold."""
    posted = fill(SALE, {"sold_on": ctx.today.isoformat()}) | {KEY: [str(new_id())]}
    return await _show(request, ctx, posted)


async def _show(
    request: AnyRequest, ctx: Context, posted: Posted, refusal: AppError | None = None
) -> Response[str]:
    return await form_page(
        request,
        ctx,
        "recycling/sell.html",
        refusal=refusal,
        stock=await lots.stock_of(ctx),
        units=UNITS,
        fields=SALE,
        posted=posted,
    )


@post(f"{HOME}/new", guards=[allow(CENTRE)])
async def sell(request: AnyRequest, ctx: Ctx) -> Response[str] | Redirect:
    """Sell it, once, however often it is sent."""
    sending = await read_sending(request, ctx)
    posted = cleaned(await read_posted(request))
    try:
        sale = await _sale(ctx, posted)
        id = await lots.sell(ctx, sale, key=sending.key)
    except AppError as refusal:
        return await _show(request, ctx, posted, refusal)
    return Redirect(f"{HOME}/{id}", status_code=303)


async def _sale(ctx: Context, posted: Posted) -> Sale:
    """Return what is sold.

    :raises InvalidInput: naming every field that is wrong.
    """
    reading = read(SALE, posted, Place.of(ctx))
    problems = dict(reading.problems)
    quantities, prices = dict[str, int](), dict[str, int]()
    try:
        quantities = read_weights(posted, await materials.price_list(ctx, closed=True))
        prices = read_prices(posted, list(quantities))
    except InvalidInput as refusal:
        problems |= refusal.problems
    if problems:
        raise InvalidInput(problems)
    values: Mapping[str, Any] = reading.values
    return Sale(
        sold_on=date.fromisoformat(values["sold_on"]),
        **{name: values[name] for name in ("factory", "note", "truck")},
        sold={code: Sold(quantity, prices[code]) for code, quantity in quantities.items()},
    )


@get(f"{HOME}/{{lot:uuid}}", guards=[allow(READ)])
async def show_lot(request: AnyRequest, ctx: Ctx, lot: FromPath[UUID]) -> Response[str]:
    """Show a sale with its margin."""
    known = {one["code"]: one for one in await materials.price_list(ctx, closed=True)}
    return await page(
        request,
        ctx,
        "recycling/lot.html",
        lot=await lots.get_lot(ctx, lot),
        known=known,
        units=UNITS,
    )


router = Router("/", route_handlers=[show_lots, show_new, sell, show_lot])
