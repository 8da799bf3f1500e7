"""Billing runs at the desk: count, look, make, stop, go on, print."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from litestar import Response, Router, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from core.api import AppError, Context, Ctx, allow, page
from kit.forms import AnyRequest, Sheet, read_sheet, show_sheet
from kit.thai import BUDDHIST_OFFSET, buddhist_year
from plugins.waste_fees.forms.run import run_sheet
from plugins.waste_fees.rules.fees import ODD
from plugins.waste_fees.rules.months import add_months, month_of, said, span
from plugins.waste_fees.service import finding, printing, runs, tariffs
from plugins.waste_fees.service.rights import BILL, READ, REGISTER, TARIFF

_READ, _BILL = allow(READ), allow(BILL)


@get("/desk/waste/runs", guards=[_READ])
async def show_runs(request: AnyRequest, ctx: Ctx) -> Response[str]:
    """Show the newest runs."""
    kinds = {one.code: one.title for one in await tariffs.kinds_of(ctx)}
    rows = [row | {"words": _words(row)} for row in await runs.newest_runs(ctx)]
    return await page(
        request,
        ctx,
        "waste_fees/runs.html",
        runs=rows,
        kinds=kinds,
        states=runs.STATES,
        may={name: ctx.actor.may(name) for name in (REGISTER, TARIFF, BILL)},
    )


def _words(row: dict[str, Any]) -> Any:
    return said(span(row["first_month"], row["months"]))


async def _sheet(ctx: Context) -> tuple[Sheet, list[str], str]:
    """Return the form, the zones that it offers, and the first fee."""
    kinds = {one.code: one.title for one in await tariffs.kinds_of(ctx)}
    zones, _ = await finding.places(ctx)
    year = buddhist_year(ctx.today)
    return run_sheet(kinds, zones, [year, year + 1, year - 1]), zones, next(iter(kinds), "")


@get("/desk/waste/runs/new", guards=[_BILL])
async def show_new(request: AnyRequest, ctx: Ctx) -> Response[str]:
    """Ask what is billed."""
    sheet, _, kind = await _sheet(ctx)
    month = month_of(ctx.today)
    first = {
        "kind": kind,
        "month": str(month.month),
        "year": str(buddhist_year(month)),
        "months": "1",
        "zone": "all",
        "due_on": (add_months(month, 2) - timedelta(days=1)).isoformat(),
    }
    return await show_sheet(request, ctx, sheet, values=first)


@post("/desk/waste/runs/new", guards=[_BILL])
async def begin(request: AnyRequest, ctx: Ctx) -> Response[str] | Redirect:
    """Count what would be billed."""
    sheet, zones, kind = await _sheet(ctx)
    reading = await read_sheet(request, ctx, sheet)
    if reading.problems:
        return await show_sheet(request, ctx, sheet, reading=reading)
    values = reading.values
    month = date(int(values["year"]) - BUDDHIST_OFFSET, int(values["month"]), 1)
    zone = values.get("zone", "all")
    try:
        run = await runs.begin_run(
            ctx,
            values.get("kind", kind),
            first_month=month,
            months=int(values["months"]),
            due_on=date.fromisoformat(values["due_on"]),
            zone="" if zone == "all" else zones[int(zone[1:])],
        )
    except AppError as refusal:
        return await show_sheet(request, ctx, sheet, reading=reading, refusal=refusal)
    return Redirect(f"/desk/waste/runs/{run}", status_code=303)


@get("/desk/waste/runs/{run:uuid}", guards=[_READ])
async def show_run(request: AnyRequest, ctx: Ctx, run: FromPath[UUID]) -> Response[str]:
    """Show how far a run is, and what is odd about it."""
    return await _show(request, ctx, run)


async def _show(
    request: AnyRequest, ctx: Context, id: UUID, refusal: AppError | None = None
) -> Response[str]:
    run = await runs.read_run(ctx, id)
    return await page(
        request,
        ctx,
        "waste_fees/run.html",
        fragment="progress",
        status_code=refusal.status_code if refusal else 200,
        run=run,
        kind=await tariffs.get_kind(ctx, run["kind"]),
        words=_words(run),
        states=runs.STATES,
        reasons=ODD,
        sheets=await printing.sheets_of(ctx, id),
        refusal=refusal.sentence.to(ctx.language) if refusal else None,
        may={name: ctx.actor.may(name) for name in (REGISTER, TARIFF, BILL)},
    )


@post("/desk/waste/runs/{run:uuid}/{act:str}", guards=[_BILL])
async def act(
    request: AnyRequest, ctx: Ctx, run: FromPath[UUID], act: FromPath[str]
) -> Response[str] | Redirect:
    """Confirm a run, stop it, go on with it, have its bills or stickers printed."""
    acts = {
        "confirm": runs.confirm_run,
        "stop": runs.stop_run,
        "resume": runs.resume_run,
        "bills": printing.print_bills,
        "stickers": printing.print_stickers,
    }
    try:
        if act in acts:
            await acts[act](ctx, run)
    except AppError as refusal:
        return await _show(request, ctx, run, refusal)
    return Redirect(f"/desk/waste/runs/{run}", status_code=303)


@get("/desk/waste/runs/{run:uuid}/sheets/{sheets:uuid}", guards=[_READ])
async def open_sheets(ctx: Ctx, run: FromPath[UUID], sheets: FromPath[UUID]) -> Response[bytes]:
    """Give a file of printed bills or stickers."""
    pdf, name = await printing.read_sheets(ctx, run, sheets)
    headers = {"Content-Disposition": f'inline; filename="{name}"'}
    return Response(pdf, media_type="application/pdf", headers=headers)


router = Router("/", route_handlers=[show_runs, show_new, begin, show_run, act, open_sheets])
