"""The register of service points at the desk: find, look, add, change, end."""

from datetime import date
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

import msgspec
from litestar import Response, Router, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from core.api import AppError, Ctx, allow, page
from kit.forms import AnyRequest, read_page, read_sheet, show_sheet
from plugins.waste_fees.forms import point as forms
from plugins.waste_fees.rules.register import USES
from plugins.waste_fees.service import finding, overview, points
from plugins.waste_fees.service.finding import Sought
from plugins.waste_fees.service.rights import BILL, READ, REGISTER, TARIFF

_READ, _REGISTER = allow(READ), allow(REGISTER)
_BOTH = {"payer_address": "", "payer_phone": "", "zone": "", "route": "", "meter": "", "owner": ""}


def _sought(request: AnyRequest) -> Sought:
    asked = request.query_params
    return Sought(
        words=asked.get("q", "")[:100],
        zone=asked.get("zone", "")[:60],
        route=asked.get("route", "")[:60],
        use=asked.get("use", "")[:12],
        state=asked.get("state", "open")[:6],
        page=read_page(asked.get("page", "")),
    )


@get("/desk/waste", guards=[_READ])
async def show_points(request: AnyRequest, ctx: Ctx) -> Response[str]:
    """Show the register, a page at a time."""
    sought = _sought(request)
    found = await finding.find_points(ctx, sought)
    zones, routes = await finding.places(ctx)
    last = found.first + len(found.points) - 1
    return await page(
        request,
        ctx,
        "waste_fees/points.html",
        sought=sought,
        found=found,
        last=last,
        previous=_address(sought, sought.page - 1) if sought.page > 1 else None,
        next=_address(sought, sought.page + 1) if last < found.total else None,
        zones=[(one, one) for one in zones],
        routes=[(one, one) for one in routes],
        uses={code: title.to(ctx.language) for code, title in USES.items()},
        may={name: ctx.actor.may(name) for name in (REGISTER, TARIFF, BILL)},
    )


def _address(sought: Sought, page_no: int) -> str:
    asked = {"q": sought.words, **msgspec.structs.asdict(sought), "page": page_no}
    asked.pop("words")
    return f"/desk/waste?{urlencode(asked)}"


@get("/desk/waste/points/new", guards=[_REGISTER])
async def show_new(request: AnyRequest, ctx: Ctx) -> Response[str]:
    """Ask about a new point."""
    first = {"bins": 1, "litres": 20, "from_on": ctx.today.isoformat(), "use": "household"}
    return await show_sheet(request, ctx, forms.new_sheet(), values=first)


@post("/desk/waste/points/new", guards=[_REGISTER])
async def add_point(request: AnyRequest, ctx: Ctx) -> Response[str] | Redirect:
    """Add a point."""
    sheet = forms.new_sheet()
    reading = await read_sheet(request, ctx, sheet)
    if reading.problems:
        return await show_sheet(request, ctx, sheet, reading=reading)
    values, since, why = _parted(reading.values)
    mark = values.pop("mark", "")
    try:
        id = await points.open_point(ctx, values, since=since, why=why, mark=mark)
    except AppError as refusal:
        return await show_sheet(request, ctx, sheet, reading=reading, refusal=refusal)
    return Redirect(f"/desk/waste/points/{id}", status_code=303)


def _parted(values: dict[str, Any]) -> tuple[dict[str, Any], date, str]:
    """Return the facts, the day from which they hold, and why."""
    facts = {"pin": None, **_BOTH, **values}
    return facts, date.fromisoformat(facts.pop("from_on")), facts.pop("why")


@get("/desk/waste/points/{point:uuid}", guards=[_READ])
async def show_point(request: AnyRequest, ctx: Ctx, point: FromPath[UUID]) -> Response[str]:
    """Show a point with its history, what it is let off, and its bills."""
    seen = await overview.see(ctx, point)
    return await page(
        request,
        ctx,
        "waste_fees/point.html",
        seen=seen,
        uses={code: title.to(ctx.language) for code, title in USES.items()},
        may={name: ctx.actor.may(name) for name in (REGISTER, BILL)},
    )


@get("/desk/waste/points/{point:uuid}/change", guards=[_REGISTER])
async def show_change(request: AnyRequest, ctx: Ctx, point: FromPath[UUID]) -> Response[str]:
    """Show the facts of a point to be changed."""
    row = await points.read_point(ctx, point)
    values = {name: row[name] for name in row if row[name] not in ("", None)}
    values["from_on"] = max(ctx.today, row["facts_on"]).isoformat()
    return await show_sheet(request, ctx, forms.change_sheet(point), values=values)


@post("/desk/waste/points/{point:uuid}/change", guards=[_REGISTER])
async def change(request: AnyRequest, ctx: Ctx, point: FromPath[UUID]) -> Response[str] | Redirect:
    """Change a point."""
    sheet = forms.change_sheet(point)
    reading = await read_sheet(request, ctx, sheet)
    if reading.problems:
        return await show_sheet(request, ctx, sheet, reading=reading)
    values, from_on, why = _parted(reading.values)
    try:
        await points.change_point(ctx, point, values, from_on=from_on, why=why)
    except AppError as refusal:
        return await show_sheet(request, ctx, sheet, reading=reading, refusal=refusal)
    return Redirect(f"/desk/waste/points/{point}", status_code=303)


@get("/desk/waste/points/{point:uuid}/close", guards=[_REGISTER])
async def show_close(request: AnyRequest, ctx: Ctx, point: FromPath[UUID]) -> Response[str]:
    """Ask from when a point is served no more, or again."""
    row = await points.read_point(ctx, point)
    sheet = forms.state_sheet(point, open=row["open"])
    first = {"from_on": max(ctx.today, row["facts_on"]).isoformat()}
    return await show_sheet(request, ctx, sheet, values=first, about=row["address"])


@post("/desk/waste/points/{point:uuid}/close", guards=[_REGISTER])
async def close(request: AnyRequest, ctx: Ctx, point: FromPath[UUID]) -> Response[str] | Redirect:
    """End the service of a point, or begin it again."""
    row = await points.read_point(ctx, point)
    sheet = forms.state_sheet(point, open=row["open"])
    reading = await read_sheet(request, ctx, sheet)
    if reading.problems:
        return await show_sheet(request, ctx, sheet, reading=reading, about=row["address"])
    act = points.close_point if row["open"] else points.reopen_point
    day = date.fromisoformat(reading.values["from_on"])
    try:
        await act(ctx, point, from_on=day, why=reading.values["why"])
    except AppError as refusal:
        return await show_sheet(
            request, ctx, sheet, reading=reading, refusal=refusal, about=row["address"]
        )
    return Redirect(f"/desk/waste/points/{point}", status_code=303)


router = Router(
    "/",
    route_handlers=[
        show_points,
        show_new,
        add_point,
        show_point,
        show_change,
        change,
        show_close,
        close,
    ],
)
