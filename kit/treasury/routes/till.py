"""A till at the desk: open it, see what was taken, count it, close it, receive its money."""

import re
from typing import Any
from uuid import UUID

from litestar import Request, Response, Router, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from core.api import Context, Ctx, InvalidInput, page
from kit.treasury.routes.sent import (
    BOOKS,
    COLLECTOR,
    DIRECTOR,
    Sent,
    amount_of,
    pieces_of,
    said,
    sent,
)
from kit.treasury.rules.denominations import DENOMINATIONS, Counted, count_till
from kit.treasury.service import closing, collecting, daily, gathered, refunds, tills
from kit.treasury.service.days import CLOSE
from kit.treasury.service.titles import revenue_title

# Of the receipts of a day so many are listed, the newest first; the slip has them all.
LISTED = 50
PDF = "application/pdf"
_BILL = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


@get("/desk/till", guards=[COLLECTOR])
async def show_till(request: Request[Any, Any, Any], ctx: Ctx) -> Response[str]:
    """Show the actor's open till, or offer to open one."""
    mine = await tills.till_of(ctx)
    if mine is None:
        # The bill for which money was about to be taken.
        return await _to_open(request, ctx, {"bill": request.query_params.get("bill", "")[:36]})
    return await _to_count(request, ctx, mine["id"], {})


async def _to_open(
    request: Request[Any, Any, Any], ctx: Context, typed: Sent, refusal: InvalidInput | None = None
) -> Response[str]:
    known = [one for one in await tills.tills_of(ctx) if one["state"] == "open"]
    return await page(
        request,
        ctx,
        "treasury/till_open.html",
        status_code=422 if refusal else 200,
        tills=[(one["code"], f"{one['code']} · {one['name']}") for one in known],
        days=await daily.own_days(ctx),
        waiting=await gathered.waiting_cash(ctx, own=True),
        typed=typed,
        problems=said(ctx, refusal),
    )


@post("/desk/till", guards=[COLLECTOR])
async def open_till(request: Request[Any, Any, Any], ctx: Ctx) -> Response[str] | Redirect:
    """Open a till for the day."""
    typed = await sent(request)
    try:
        change = amount_of(typed, "change")
        await collecting.open_till(ctx, typed.get("till", tills.FIRST)[:20], change=change)
    except InvalidInput as refusal:
        return await _to_open(request, ctx, typed, refusal)
    bill = typed.get("bill", "")
    to = f"/desk/bills/{bill}/take" if _BILL.fullmatch(bill) else "/desk/till"
    return Redirect(to, status_code=303)


@get("/desk/till/{day:uuid}", guards=[BOOKS])
async def show_day_of_till(
    request: Request[Any, Any, Any], ctx: Ctx, day: FromPath[UUID]
) -> Response[str]:
    """Show a till as it was closed, with its slip, or as it stands."""
    till = await closing.read_till(ctx, day)
    if till.row["closed_at"] is None:
        return await _to_count(request, ctx, day, {})
    return await page(
        request,
        ctx,
        "treasury/till_closed.html",
        till=till,
        revenues=_revenues(ctx, till),
        receives=ctx.actor.may(CLOSE)
        and ctx.actor.id not in (till.row["collector"], till.row["closed_by"]),
        pieces=[(one.name.to(ctx.language), one.value) for one in DENOMINATIONS],
    )


async def _to_count(
    request: Request[Any, Any, Any],
    ctx: Context,
    day: UUID,
    typed: Sent,
    refusal: InvalidInput | None = None,
    fragment: str | None = None,
) -> Response[str]:
    till = await closing.read_till(ctx, day)
    own = till.row["collector"] == ctx.actor.id
    return await page(
        request,
        ctx,
        "treasury/till.html",
        fragment=fragment,
        status_code=422 if refusal and fragment is None else 200,
        till=till,
        own=own,
        revenues=_revenues(ctx, till),
        receipts=till.takings.receipts[: -LISTED - 1 : -1],
        pieces=[(f"piece-{one.value}", one) for one in DENOMINATIONS],
        due=await refunds.refunds_due(ctx) if own else [],
        waiting=await gathered.waiting_cash(ctx, own=True) if own else [],
        typed=typed,
        counted=_counted(typed, till.cash) if typed else None,
        problems=said(ctx, refusal),
    )


def _revenues(ctx: Context, till: closing.Till) -> list[tuple[str, int]]:
    return [(revenue_title(ctx, code), sum_) for code, sum_ in till.takings.revenues.items()]


def _counted(typed: Sent, expected: int) -> Counted | None:
    try:
        return count_till(pieces_of(typed), expected=expected)
    except InvalidInput:
        return None


@post("/desk/till/{day:uuid}/close", guards=[BOOKS])
async def close_till(
    request: Request[Any, Any, Any], ctx: Ctx, day: FromPath[UUID]
) -> Response[str] | Redirect:
    """Close the till, or with ``do=sum`` only show the sum of what is counted so far."""
    typed = await sent(request)
    try:
        pieces = pieces_of(typed)
        if typed.get("do") == "sum":
            return await _to_count(request, ctx, day, typed, fragment="sum")
        await closing.close_till(ctx, day, pieces=pieces, why=typed.get("why", ""))
    except InvalidInput as refusal:
        fragment = "sum" if typed.get("do") == "sum" else None
        return await _to_count(request, ctx, day, typed, refusal, fragment)
    return Redirect(f"/desk/till/{day}", status_code=303)


@get("/desk/till/{day:uuid}/slip.pdf", guards=[BOOKS])
async def show_slip(ctx: Ctx, day: FromPath[UUID]) -> Response[bytes]:
    """Give the remittance slip."""
    pdf, name = await closing.slip_pdf(ctx, day)
    told = {"Content-Disposition": f'inline; filename="{name}"', "Cache-Control": "no-store"}
    return Response(pdf, media_type=PDF, headers=told)


@post("/desk/till/{day:uuid}/receive", guards=[DIRECTOR])
async def receive(ctx: Ctx, day: FromPath[UUID]) -> Redirect:
    """Sign for the money of a till."""
    await closing.receive(ctx, day)
    return Redirect(f"/desk/till/{day}", status_code=303)


@post("/desk/till/refunds/{payment:uuid}", guards=[COLLECTOR])
async def pay_refund(ctx: Ctx, payment: FromPath[UUID]) -> Redirect:
    """Pay out a refund from the actor's till."""
    mine = await tills.till_of(ctx)
    await refunds.pay_refund(ctx, payment, till=mine["till"] if mine else tills.FIRST)
    return Redirect("/desk/till", status_code=303)


router = Router(
    "/",
    route_handlers=[
        show_till,
        open_till,
        show_day_of_till,
        close_till,
        show_slip,
        receive,
        pay_refund,
    ],
)
