"""The standard plans that anybody may choose: all of them, one of them, its drawings."""

from litestar import Response, Router, get
from litestar.params import FromPath

from core.api import Ctx, NotFound, Text, page, public
from kit.forms import AnyRequest, Place
from plugins.permits.forms import plot as forms
from plugins.permits.routes.giving import give
from plugins.permits.rules.library import figure
from plugins.permits.service import fitting, plans
from plugins.permits.service.files import kept_files

_HOME = "/permits/plans"
_NO_PLAN = Text(
    "ไม่พบแบบบ้านนี้ ดูแบบทั้งหมดได้ที่หน้าแบบบ้านมาตรฐาน",
    "There is no such plan. All plans are on the page of standard plans.",
)


@get(_HOME, guards=[public])
async def show_plans(request: AnyRequest, ctx: Ctx) -> Response[str]:
    """Show the plans that can be chosen today."""
    found = [one.now for one in await plans.offers(ctx, ctx.today) if one.now]
    found.sort(key=lambda one: (one.plan.area, one.plan.code))
    return await page(request, ctx, "permits/plans.html", versions=found, figure=figure)


@get(f"{_HOME}/{{code:str}}", guards=[public])
async def show_plan(request: AnyRequest, ctx: Ctx, code: FromPath[str]) -> Response[str]:
    """Show a plan, and whether it has room on the plot that was typed."""
    offer = await plans.get_offer(ctx, code, ctx.today)
    if offer.begun is None:
        raise NotFound(_NO_PLAN)
    plot = forms.read_plot(request.query_params, Place.of(ctx))
    sides = forms.sides(plot) if plot else None
    return await page(
        request,
        ctx,
        "permits/plan.html",
        version=offer.begun,
        offered=offer.now is not None,
        files=await kept_files(ctx, offer.begun.files),
        plot=plot,
        fields=forms.FIELDS,
        place=Place.of(ctx),
        sides=sides,
        fit=fitting.fit_on(offer.begun.plan, *sides) if sides else None,
        figure=figure,
    )


@get(f"{_HOME}/{{code:str}}/{{number:int}}/drawings.pdf", guards=[public])
async def open_drawings(ctx: Ctx, code: FromPath[str], number: FromPath[int]) -> Response[bytes]:
    """Give the drawings of a version that is or was offered."""
    return await give(ctx, await plans.get_file(ctx, code, number, "drawings", offered=True))


@get(f"{_HOME}/{{code:str}}/{{number:int}}/picture", guards=[public])
async def open_picture(
    request: AnyRequest, ctx: Ctx, code: FromPath[str], number: FromPath[int]
) -> Response[bytes]:
    """Give the picture of a version that is or was offered, or its thumbnail."""
    kept = await plans.get_file(ctx, code, number, "picture", offered=True)
    return await give(ctx, kept, small="small" in request.query_params)


router = Router("/", route_handlers=[show_plans, show_plan, open_drawings, open_picture])
