"""The map of service points at the desk, with its list."""

from typing import Any
from urllib.parse import urlencode

from litestar import Response, Router, get

from core.api import Context, Ctx, allow, page
from kit.forms import AnyRequest
from kit.geo import Cluster, Point
from kit.thai import Unreadable
from plugins.waste_fees.rules.months import add_months, month_of, month_of_period, period_of, said
from plugins.waste_fees.service import finding, mapping
from plugins.waste_fees.service.mapping import CLOSEST, Asked
from plugins.waste_fees.service.rights import BILL, READ, REGISTER, TARIFF

_READ = allow(READ)
_MONTHS = 18
_PATH = "/desk/waste/map"


def _asked(request: AnyRequest) -> Asked:
    given = request.query_params
    period = given.get("month", "")
    return Asked(
        zone=given.get("zone", "")[:60],
        route=given.get("route", "")[:60],
        period=period if month_of_period(period) else "",
        only=given.get("only", "") if given.get("only") in ("paid", "unpaid") else "",
        at=_place(given.get("at", "")),
        near=_number(given.get("near", ""), CLOSEST),
        skip=_number(given.get("skip", ""), 10**6),
    )


def _place(typed: str) -> Point | None:
    try:
        return Point.parse(typed[:60]) if typed else None
    except Unreadable:
        return None


def _number(typed: str, most: int) -> int:
    plain = typed.isascii() and typed.isdigit() and len(typed) < 8
    return min(int(typed), most) if plain else 0


def _address(asked: Asked, **other: Any) -> str:
    values = {
        "zone": asked.zone,
        "route": asked.route,
        "month": asked.period,
        "only": asked.only,
        "at": str(asked.at) if asked.at else "",
        "near": asked.near or "",
    }
    kept = {name: value for name, value in (values | other).items() if value not in ("", None)}
    return f"{_PATH}?{urlencode(kept)}"


@get(_PATH, guards=[_READ])
async def show_map(request: AnyRequest, ctx: Ctx) -> Response[str]:
    """Show where who owes what, on a map and in a list."""
    asked = _asked(request)
    zones, routes = await finding.places(ctx)
    mapped = await mapping.show_map(ctx, asked)
    last = asked.skip + len(mapped.points)
    return await page(
        request,
        ctx,
        "waste_fees/map.html",
        asked=asked,
        mapped=mapped,
        marks=[(one, _leads(asked, one)) for one in mapped.marks],
        ways=_ways(asked),
        zones=[(one, one) for one in zones],
        routes=[(one, one) for one in routes],
        months=_months(ctx),
        previous=_address(asked, skip=max(0, asked.skip - mapping.PAGE)) if asked.skip else None,
        next=_address(asked, skip=last) if last < mapped.total else None,
        may={name: ctx.actor.may(name) for name in (REGISTER, TARIFF, BILL)},
    )


def _leads(asked: Asked, mark: Cluster) -> str:
    """Return where a mark leads: to its only point, or closer, or to the list of what is here."""
    if mark.count == 1:
        return f"/desk/waste/points/{mark.first}"
    near = min(asked.near + 1, CLOSEST)
    return _address(asked, at=str(mark.centre), near=near) + (
        "#points" if asked.near >= CLOSEST else ""
    )


def _ways(asked: Asked) -> dict[str, str | None]:
    """Return the ways out of a part of the map."""
    if not asked.at:
        return {"out": None, "whole": None}
    near = asked.near - 1
    out = _address(asked, near=near) if near > 0 else _address(asked, at="", near="")
    return {"out": out, "whole": _address(asked, at="", near="")}


def _months(ctx: Context) -> list[tuple[str, str]]:
    months = [add_months(month_of(ctx.today), -back) for back in range(_MONTHS)]
    return [(period_of(one), said([one]).to(ctx.language)) for one in months]


router = Router("/", route_handlers=[show_map])
