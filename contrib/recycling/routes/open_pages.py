"""What everybody sees: today's prices, what is kept out of the landfill, both as open data."""

from collections.abc import Sequence

from litestar import Response, Router, get

from contrib.recycling.rules.materials import UNITS
from contrib.recycling.service import figures, materials
from core.api import Ctx, page, public
from kit.documents import Cell, csv_of
from kit.forms import AnyRequest
from kit.thai import baht

OPEN = "/recycling"
_PRICES = ("code", "group", "title_th", "title_en", "grade", "unit", "baht", "from", "source")
_KEPT = ("month", "group", "kilograms", "pieces", "baht", "kg_co2e_avoided", "factor_verified")


@get(OPEN, guards=[public])
async def show_prices(request: AnyRequest, ctx: Ctx) -> Response[str]:
    """Show today's prices, and how to become a member."""
    rows = await materials.price_list(ctx)
    kept = await figures.kept(ctx)
    return await page(
        request,
        ctx,
        "recycling/prices.html",
        groups=materials.grouped(rows),
        units=UNITS,
        examples=materials.are_examples(rows),
        kept=kept[:24],
        total=await figures.total(ctx, kept),
        verified=all(one.verified for one in kept),
        member=ctx.actor.id is not None,
    )


@get(f"{OPEN}/prices.csv", guards=[public])
async def give_prices(ctx: Ctx) -> Response[bytes]:
    """Give today's prices as a table."""
    rows = [
        [
            one["code"],
            one["kind"],
            one["title_th"],
            one["title_en"],
            one["grade"],
            one["unit"],
            baht(one["amount"]).replace(",", ""),
            one["from_at"].astimezone(ctx.tenant.zone).isoformat(),
            one["source"],
        ]
        for one in await materials.price_list(ctx)
    ]
    return _table("prices.csv", _PRICES, rows)


@get(f"{OPEN}/kept.csv", guards=[public])
async def give_kept(ctx: Ctx) -> Response[bytes]:
    """Give what is kept out of the landfill as a table, by month and group."""
    rows = [
        [
            one.month.isoformat()[:7],
            one.kind,
            f"{one.grams / 1000:.3f}",
            one.pieces,
            baht(one.amount).replace(",", ""),
            f"{one.co2 / 1000:.3f}",
            "yes" if one.verified else "no",
        ]
        for one in await figures.kept(ctx)
    ]
    return _table("kept.csv", _KEPT, rows)


def _table(name: str, heads: Sequence[str], rows: Sequence[Sequence[Cell]]) -> Response[bytes]:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(csv_of(heads, rows), media_type="text/csv; charset=utf-8", headers=headers)


router = Router("/", route_handlers=[show_prices, give_prices, give_kept])
