"""The map of service points at the desk, with its list."""

from litestar import Response, Router, get

from core.api import Context, Ctx, allow, page
from kit.forms import AnyRequest
from kit.geo import Ways, look_of
from plugins.waste_fees.rules.months import add_months, month_of, month_of_period, period_of, said
from plugins.waste_fees.service import finding, mapping
from plugins.waste_fees.service.mapping import Asked
from plugins.waste_fees.service.rights import BILL, READ, REGISTER, TARIFF

_READ = allow(READ)
_MONTHS = 18
_HOME, _PATH = "/desk/waste/points", "/desk/waste/map"


def _asked(request: AnyRequest) -> Asked:
    given = request.query_params
    period = given.get("month", "")
    return Asked(
        zone=given.get("zone", "")[:60],
        route=given.get("route", "")[:60],
        period=period if month_of_period(period) else "",
        only=given.get("only", "") if given.get("only") in ("paid", "unpaid") else "",
    )


def _sought(asked: Asked) -> dict[str, str]:
    values = {"zone": asked.zone, "route": asked.route, "month": asked.period, "only": asked.only}
    return {name: value for name, value in values.items() if value}


@get(_PATH, guards=[_READ])
async def show_map(request: AnyRequest, ctx: Ctx) -> Response[str]:
    """Show where who owes what, on a map and in a list."""
    asked = _asked(request)
    zones, routes = await finding.places(ctx)
    mapped = await mapping.show_map(ctx, asked, look_of(request.query_params))
    ways = Ways(_PATH, _sought(asked), mapped.view)
    return await page(
        request,
        ctx,
        "waste_fees/map.html",
        asked=asked,
        mapped=mapped,
        marks=[(one, ways.into(one, f"{_HOME}/", "points")) for one in mapped.view.marks],
        ways=ways,
        zones=[(one, one) for one in zones],
        routes=[(one, one) for one in routes],
        months=_months(ctx),
        may={name: ctx.actor.may(name) for name in (REGISTER, TARIFF, BILL)},
    )


def _months(ctx: Context) -> list[tuple[str, str]]:
    months = [add_months(month_of(ctx.today), -back) for back in range(_MONTHS)]
    return [(period_of(one), said([one]).to(ctx.language)) for one in months]


router = Router("/", route_handlers=[show_map])
