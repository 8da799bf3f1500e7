"""A citizen's own pages: service points, what they owe, what was paid."""

from uuid import UUID

from litestar import Response, Router, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from core.api import AppError, Context, Ctx, page, signed_in
from kit.forms import AnyRequest
from plugins.waste_fees.rules.months import month_of_period
from plugins.waste_fees.rules.register import USES
from plugins.waste_fees.service import mine


@get("/my/waste", guards=[signed_in])
async def show_mine(request: AnyRequest, ctx: Ctx) -> Response[str]:
    """Show the points of the account."""
    return await _show(request, ctx)


async def _show(
    request: AnyRequest, ctx: Context, refusal: AppError | None = None
) -> Response[str]:
    return await page(
        request,
        ctx,
        "waste_fees/mine.html",
        status_code=refusal.status_code if refusal else 200,
        mine=await mine.my_points(ctx),
        refusal=refusal.sentence.to(ctx.language) if refusal else None,
        taken="taken" in request.query_params,
    )


@get("/my/waste/{point:uuid}", guards=[signed_in])
async def show_my_point(request: AnyRequest, ctx: Ctx, point: FromPath[UUID]) -> Response[str]:
    """Show a point of the account: what to pay, the past months, what can be asked for."""
    return await page(
        request,
        ctx,
        "waste_fees/mine_point.html",
        mine=await mine.my_point(ctx, point),
        uses={code: title.to(ctx.language) for code, title in USES.items()},
        month_of_period=month_of_period,
    )


@post("/my/waste/{point:uuid}", guards=[signed_in])
async def take(request: AnyRequest, ctx: Ctx, point: FromPath[UUID]) -> Response[str] | Redirect:
    """Make a point the account's that names its telephone and person."""
    try:
        await mine.take_point(ctx, point)
    except AppError as refusal:
        return await _show(request, ctx, refusal)
    return Redirect("/my/waste?taken=1", status_code=303)


router = Router("/", route_handlers=[show_mine, show_my_point, take])
