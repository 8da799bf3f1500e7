"""Receipts at the officers' desk: of a day, by number, printed, cancelled."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from litestar import Request, Response, Router, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from core.api import (
    MONTHS,
    AppError,
    Conflict,
    Context,
    Ctx,
    InvalidInput,
    allow,
    page,
    show_form,
    typed,
)
from kit.thai import Unreadable, buddhist_year, parse_day
from kit.treasury.routes.desk import READ
from kit.treasury.routes.files import pdf_file
from kit.treasury.rules.denominations import DENOMINATIONS, fewest
from kit.treasury.service import booked, receipts
from kit.treasury.service.printing import receipt_pdf
from kit.treasury.service.tills import COLLECT

AnyRequest = Request[Any, Any, Any]


@get("/desk/receipts", guards=[READ])
async def list_receipts(request: AnyRequest, ctx: Ctx) -> Response[str] | Redirect:
    """List the receipts of a day; a number leads to its receipt."""
    asked = request.query_params
    words = asked.get("q", "")[:60].strip()
    day, problem = _day(ctx, asked)
    found = await booked.receipts_numbered(ctx, words) if words else None
    if found and len(found) == 1:
        return Redirect(f"/desk/receipts/{found[0]['id']}", status_code=303)
    return await page(
        request,
        ctx,
        "treasury/receipts.html",
        words=words,
        found=found,
        day=await booked.receipts_on(ctx, day, after=_number(asked.get("after", ""))),
        on=day,
        problem=problem,
        typed=(day.day, day.month, buddhist_year(day)),
        months=[month.to(ctx.language) for month in MONTHS],
        links=_around(ctx, day),
    )


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def _day(ctx: Context, asked: Mapping[str, str]) -> tuple[date, str]:
    """Return the day that is asked for, and what is wrong with it; today where there is none."""
    parts = [asked.get(f"day.{part}", "")[:20] for part in ("day", "month", "year")]
    if not any(parts):
        return ctx.today, ""
    try:
        return parse_day(*parts), ""
    except Unreadable as refusal:
        return ctx.today, refusal.sentence.to(ctx.language)


def _around(ctx: Context, day: date) -> dict[str, str]:
    """Return the addresses of this day, and of the days before and after it up to today."""
    days = {"here": day, "before": day - timedelta(1), "after": day + timedelta(1)}
    return {
        name: f"/desk/receipts?day.day={one.day}&day.month={one.month}"
        f"&day.year={buddhist_year(one)}"
        for name, one in days.items()
        if one <= ctx.today
    }


@get("/desk/receipts/{receipt:uuid}", guards=[READ])
async def show_receipt(request: AnyRequest, ctx: Ctx, receipt: FromPath[UUID]) -> Response[str]:
    """Show a receipt, and after taking cash the change to give."""
    return await _show(request, ctx, receipt)


async def _show(
    request: AnyRequest,
    ctx: Context,
    receipt: UUID,
    given: Mapping[str, str] | None = None,
    wrong: AppError | None = None,
) -> Response[str]:
    row = await booked.open_receipt(ctx, receipt)
    return await show_form(
        request,
        ctx,
        "treasury/receipt.html",
        typed=given,
        wrong=wrong,
        row=row,
        before="before" in request.query_params,
        change=_change(ctx, request.query_params.get("tendered", ""), row["amount"]),
        may_cancel=ctx.actor.may(receipts.CANCEL),
        may_collect=ctx.actor.may(COLLECT),
    )


def _change(ctx: Context, tendered: str, amount: int) -> dict[str, Any] | None:
    """Return what was handed over and what goes back, by notes and coins; None for no change."""
    if not (tendered.isascii() and tendered.isdigit() and len(tendered) < 18):
        return None
    back = int(tendered) - amount
    if back < 0:
        return None
    pieces, below = fewest(back)
    names = {one.value: one.name.to(ctx.language) for one in DENOMINATIONS}
    shown = [(names[value], count) for value, count in pieces.items()]
    return {"tendered": int(tendered), "back": back, "pieces": shown, "below": below}


@get("/desk/receipts/{receipt:uuid}/copy.pdf", guards=[READ])
async def print_copy(request: AnyRequest, ctx: Ctx, receipt: FromPath[UUID]) -> Response[bytes]:
    """Give a copy to print, with ``paper=roll`` 80 mm wide."""
    roll = request.query_params.get("paper") == "roll"
    return pdf_file(*await receipt_pdf(ctx, receipt, roll=roll))


@post("/desk/receipts/{receipt:uuid}/original.pdf", guards=[allow(COLLECT)], status_code=200)
async def print_original(request: AnyRequest, ctx: Ctx, receipt: FromPath[UUID]) -> Response[bytes]:
    """Give the original to print, once, with ``paper=roll`` 80 mm wide; then a copy."""
    roll = (await typed(request, "paper"))["paper"] == "roll"
    return pdf_file(*await receipt_pdf(ctx, receipt, original=True, roll=roll))


@post("/desk/receipts/{receipt:uuid}/cancel", guards=[allow(receipts.CANCEL)])
async def cancel(
    request: AnyRequest, ctx: Ctx, receipt: FromPath[UUID]
) -> Response[str] | Redirect:
    """Cancel a receipt; without a reason the page comes back."""
    given = await typed(request, "why")
    try:
        await receipts.cancel(ctx, receipt, why=given["why"])
    except (InvalidInput, Conflict) as wrong:
        return await _show(request, ctx, receipt, given, wrong)
    return Redirect(f"/desk/receipts/{receipt}", status_code=303)


router = Router(
    "/",
    route_handlers=[list_receipts, show_receipt, print_copy, print_original, cancel],
)
