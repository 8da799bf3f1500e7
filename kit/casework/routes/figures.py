"""The figures at the desk: the whole, each division, each service, each step, each officer."""

from datetime import date
from typing import Any
from urllib.parse import urlencode

from litestar import Request, Response, Router, get
from litestar.params import FromPath

from core.api import Context, Ctx, NotFound, Text, allow, page
from kit.casework.periods import LOOKED_BACK, SPANS, Period, months_back, period_of
from kit.casework.service import figures
from kit.casework.service.catalogue import known_services
from kit.casework.service.monthly import count_months
from kit.casework.service.sheets import Sheet
from kit.casework.service.tabling import by_step, sheets_of, stars_of
from kit.documents import csv_of
from kit.thai import short_day

_FIGURES = allow(figures.PERMISSION)
_ASKED = ("span", "from", "to", "unit", "service")


def _asked(request: Request[Any, Any, Any]) -> dict[str, str]:
    """Return what the page was asked for; a span that there is not is this budget year."""
    given = {name: request.query_params.get(name, "")[:80] for name in _ASKED}
    return given if given["span"] in SPANS else given | {"span": "year"}


def _period(ctx: Context, asked: dict[str, str]) -> Period:
    span = next(one for one in SPANS if one == asked["span"])
    begin, end = (_month(ctx, asked[name]) for name in ("from", "to"))
    return period_of(span, today=ctx.today, begin=begin, end=end)


def _month(ctx: Context, text: str) -> date:
    """Return the first day of a month that can be chosen, of this one where it is none."""
    known = {f"{day:%Y-%m}": day for day in months_back(ctx.today, LOOKED_BACK)}
    return known.get(text, ctx.today.replace(day=1))


@get("/desk/figures", guards=[_FIGURES])
async def show_figures(request: Request[Any, Any, Any], ctx: Ctx) -> Response[str]:
    """Show the figures of a period, of the divisions whose figures the officer may see."""
    asked = _asked(request)
    found, sheets, services = await _figures(ctx, asked)
    return await page(
        request,
        ctx,
        "casework/figures.html",
        asked=asked,
        period=_period(ctx, asked).text(ctx.language),
        spans=[(span, words.to(ctx.language)) for span, words in SPANS.items()],
        months=_months(ctx),
        units=_units(ctx),
        services=services,
        whole=found.whole,
        stars=stars_of(found.whole),
        channels=found.channels,
        sheets=[sheets[name] for name in _shown(asked)],
        back=_back(asked),
        sifted=urlencode(asked),
    )


def _shown(asked: dict[str, str]) -> list[str]:
    """Return the tables of a page: from the whole down to a division, a service, its steps."""
    if asked["service"]:
        return ["months", "steps", "officers", "units"]
    return ["months", "services", "officers"] if asked["unit"] else ["months", "units", "services"]


def _back(asked: dict[str, str]) -> str | None:
    """Return the way one level up; None on the highest."""
    for name in ("service", "unit"):
        if asked[name]:
            return f"/desk/figures?{urlencode(asked | {name: ''})}"
    return None


async def _figures(
    ctx: Context, asked: dict[str, str]
) -> tuple[figures.Figures, dict[str, Sheet], list[tuple[str, str]]]:
    period = _period(ctx, asked)
    sieve = figures.sieve_of(ctx, period=period, unit=asked["unit"], service=asked["service"])
    services = await known_services(ctx)
    found = await figures.count_figures(ctx, sieve)
    sheets = sheets_of(
        ctx,
        found,
        await count_months(ctx, sieve),
        services,
        await figures.names_of(ctx, found.officers),
        lambda **more: f"/desk/figures?{urlencode(asked | more)}",
    )
    return found, sheets, [(code, one.title.to(ctx.language)) for code, one in services.items()]


def _months(ctx: Context) -> list[tuple[str, str]]:
    """Return the months that can be chosen, short enough for a narrow list."""
    return [
        (f"{day:%Y-%m}", short_day(day, ctx.language).removeprefix("1 "))
        for day in months_back(ctx.today, LOOKED_BACK)
    ]


def _units(ctx: Context) -> list[tuple[str, str]]:
    """Return the divisions whose figures the officer may see."""
    return [
        (unit.id, unit.name.to(ctx.language))
        for unit in ctx.tenant.units.values()
        if ctx.actor.may(figures.PERMISSION, unit.id)
    ]


@get("/desk/figures/{table:str}", guards=[_FIGURES])
async def export_figures(
    request: Request[Any, Any, Any], ctx: Ctx, table: FromPath[str]
) -> Response[bytes]:
    """Give one table of the page as CSV.

    :raises NotFound: there is no such table.
    """
    asked = _asked(request)
    _, sheets, _ = await _figures(ctx, asked)
    sheet = sheets.get(table.removesuffix(".csv"))
    if sheet is None:
        raise NotFound(Text("ไม่มีตารางนี้", "There is no such table."))
    return _csv(sheet, _period(ctx, asked))


def _csv(sheet: Sheet, period: Period) -> Response[bytes]:
    name = f"{sheet.name}-{period.first:%Y%m}-{period.last:%Y%m}.csv"
    return Response(
        csv_of(sheet.heads, [row.cells for row in sheet.rows]),
        media_type="text/csv",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@get("/desk/my-figures", guards=[allow("casework.read")])
async def show_own(request: Request[Any, Any, Any], ctx: Ctx) -> Response[str]:
    """Show officers what they themselves have ended in a period, and nobody else's work."""
    asked = _asked(request)
    period = _period(ctx, asked)
    ended = await figures.count_own(ctx, period)
    return await page(
        request,
        ctx,
        "casework/figures_own.html",
        asked=asked,
        period=period.text(ctx.language),
        spans=[(span, words.to(ctx.language)) for span, words in SPANS.items()],
        months=_months(ctx),
        whole=figures.together(ended.values()),
        steps=by_step(ctx, ended, await known_services(ctx)),
    )


router = Router("/", route_handlers=[show_figures, export_figures, show_own])
