"""Cheques: take one at the till, list them, take back one that the bank did not pay."""

from typing import Any
from uuid import UUID

from litestar import Request, Response, Router, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from core.api import MONTHS, Context, Ctx, InvalidInput, NotFound, new_id, page
from kit.treasury.routes.sent import (
    APPROVER,
    BOOKS,
    COLLECTOR,
    Sent,
    amount_of,
    day_of,
    said,
    sent,
)
from kit.treasury.service import cheques, tills
from kit.treasury.service.billing import find_bill


@get("/desk/till/cheque", guards=[COLLECTOR])
async def show_taking(request: Request[Any, Any, Any], ctx: Ctx) -> Response[str]:
    """Ask for the bill and what stands on the cheque."""
    typed = {"bill": request.query_params.get("bill", "")[:40]}
    return await _taking(request, ctx, typed)


async def _taking(
    request: Request[Any, Any, Any], ctx: Context, typed: Sent, refusal: InvalidInput | None = None
) -> Response[str]:
    return await page(
        request,
        ctx,
        "treasury/cheque_take.html",
        status_code=422 if refusal else 200,
        till=await tills.till_of(ctx),
        typed={"key": str(new_id())} | typed,
        months=[name.to(ctx.language) for name in MONTHS],
        problems=said(ctx, refusal),
        given=request.query_params.get("given", "")[:20],
    )


@post("/desk/till/cheque", guards=[COLLECTOR])
async def take_cheque(request: Request[Any, Any, Any], ctx: Ctx) -> Response[str] | Redirect:
    """Take the cheque and give the receipt."""
    typed = await sent(request)
    try:
        given = await _take(ctx, typed)
    except InvalidInput as refusal:
        return await _taking(request, ctx, typed, refusal)
    return Redirect(f"/desk/till/cheque?given={given}", status_code=303)


async def _take(ctx: Context, typed: Sent) -> str:
    try:
        bill = await find_bill(ctx, typed.get("bill", ""))
    except NotFound as unknown:
        raise InvalidInput({"bill": unknown.sentence}) from None
    mine = await tills.till_of(ctx)
    try:
        given = await cheques.take_cheque(
            ctx,
            bill,
            amount=amount_of(typed, "amount"),
            till=mine["till"] if mine else tills.FIRST,
            key=typed.get("key", "")[:100],
            number=typed.get("number", ""),
            bank=typed.get("bank", ""),
            dated_on=day_of(typed, "dated"),
        )
    except InvalidInput as refusal:
        # The day has three controls; the first of them is what the sentence leads to.
        raise InvalidInput(
            {
                "dated.day" if name == "day" else name: said
                for name, said in refusal.problems.items()
            }
        ) from None
    return given.number


@get("/desk/treasury/cheques", guards=[BOOKS])
async def show_cheques(request: Request[Any, Any, Any], ctx: Ctx) -> Response[str]:
    """List the cheques, the newest first, or those of a number."""
    asked = request.query_params.get("q", "")[:40]
    return await page(
        request,
        ctx,
        "treasury/cheques.html",
        asked=asked,
        cheques=await cheques.cheques(ctx, asked),
    )


@get("/desk/treasury/cheques/{payment:uuid}", guards=[APPROVER])
async def show_bouncing(
    request: Request[Any, Any, Any], ctx: Ctx, payment: FromPath[UUID]
) -> Response[str]:
    """Say what taking back a cheque changes, and ask why."""
    return await _bouncing(request, ctx, payment, "")


async def _bouncing(
    request: Request[Any, Any, Any],
    ctx: Context,
    payment: UUID,
    typed: str,
    refusal: InvalidInput | None = None,
) -> Response[str]:
    return await page(
        request,
        ctx,
        "treasury/cheque_bounce.html",
        status_code=422 if refusal else 200,
        cheque=await cheques.read_cheque(ctx, payment),
        typed=typed,
        problems=said(ctx, refusal),
    )


@post("/desk/treasury/cheques/{payment:uuid}", guards=[APPROVER])
async def bounce(
    request: Request[Any, Any, Any], ctx: Ctx, payment: FromPath[UUID]
) -> Response[str] | Redirect:
    """Take back a cheque that the bank did not pay."""
    why = (await sent(request)).get("why", "")
    try:
        await cheques.bounce(ctx, payment, why=why)
    except InvalidInput as refusal:
        return await _bouncing(request, ctx, payment, why, refusal)
    return Redirect("/desk/treasury/cheques", status_code=303)


router = Router("/", route_handlers=[show_taking, take_cheque, show_cheques, show_bouncing, bounce])
