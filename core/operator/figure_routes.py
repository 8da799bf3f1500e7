"""The operator's pages of national figures, and their files."""

from typing import Any

from litestar import Request, Response, Router, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from core.context import Context
from core.errors import AppError
from core.http.guards import allow_operator
from core.http.inject import Ctx
from core.http.pages import page
from core.identity.forms import REFUSALS, show_form, typed
from core.operator import figures

AnyRequest = Request[Any, Any, Any]
MAY = allow_operator("core.operator")
HOME = "/desk/operator/figures"


def _year(request: AnyRequest, ctx: Context) -> figures.Year:
    """Return the fiscal year that is asked for; the current one where it is none of those kept."""
    asked = request.query_params.get("year", "")
    known = figures.years(ctx)
    return next((one for one in known if str(one.number) == asked), known[0])


@get(HOME, guards=[MAY])
async def show_national(request: AnyRequest, ctx: Ctx) -> Response[str]:
    """Show every service of a fiscal year."""
    return await _national_page(request, ctx)


async def _national_page(
    request: AnyRequest,
    ctx: Context,
    *,
    given: dict[str, str] | None = None,
    wrong: AppError | None = None,
) -> Response[str]:
    year = _year(request, ctx)
    return await show_form(
        request,
        ctx,
        "core/operator-figures.html",
        typed=given or {"smallest": str(figures.smallest_of(ctx))},
        wrong=wrong,
        year=year,
        years=figures.years(ctx),
        found=await figures.national(ctx, year),
        gathered=await figures.gathered(ctx),
        smallest=figures.smallest_of(ctx),
    )


@post(HOME, guards=[MAY])
async def set_smallest(request: AnyRequest, ctx: Ctx) -> Response[Any]:
    """Set the smallest count that may be told."""
    given = await typed(request, "smallest")
    try:
        await figures.set_smallest(ctx, given["smallest"])
    except REFUSALS as wrong:
        return await _national_page(request, ctx, given=given, wrong=wrong)
    return Redirect(HOME, status_code=303)


@get(HOME + "/services/{service:str}", guards=[MAY])
async def show_service(request: AnyRequest, ctx: Ctx, service: FromPath[str]) -> Response[str]:
    """Show one service month after month."""
    year = _year(request, ctx)
    return await page(
        request,
        ctx,
        "core/operator-figure.html",
        one=await figures.of_service(ctx, year, service),
        year=year,
        smallest=figures.smallest_of(ctx),
    )


@get(HOME + "/national.csv", guards=[MAY], media_type="text/csv")
async def give_csv(request: AnyRequest, ctx: Ctx) -> Response[bytes]:
    """Give what the page shows as CSV."""
    year = _year(request, ctx)
    data = figures.as_csv(figures.rows_of(year, await figures.national(ctx, year)))
    headers = {"Content-Disposition": f'attachment; filename="national-{year.number}.csv"'}
    return Response(data, media_type="text/csv", headers=headers)


@get(HOME + "/national.json", guards=[MAY])
async def give_json(request: AnyRequest, ctx: Ctx) -> Response[Any]:
    """Give what the page shows as JSON, with what it was hidden by."""
    year = _year(request, ctx)
    rows = figures.rows_of(year, await figures.national(ctx, year))
    told = {"fiscal_year": year.number, "smallest": figures.smallest_of(ctx), "rows": rows}
    return Response(told)


router = Router(
    "/", route_handlers=[show_national, set_smallest, show_service, give_csv, give_json]
)
