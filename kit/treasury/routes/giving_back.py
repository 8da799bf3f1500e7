"""Refunds and the office's tills: what the director of finance decides."""

from typing import Any
from uuid import UUID

from litestar import Request, Response, Router, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from core.api import Context, Ctx, InvalidInput, page
from kit.treasury.routes.sent import BOOKS, DIRECTOR, Sent, said, sent
from kit.treasury.service import refunds, tills
from kit.treasury.service.receipts import CANCEL
from kit.treasury.service.suspense import REASONS


@get("/desk/treasury/refunds", guards=[BOOKS])
async def show_refunds(request: Request[Any, Any, Any], ctx: Ctx) -> Response[str]:
    """List money that can be given back, and what is granted and waits to be paid out."""
    return await _refunds(request, ctx, {})


async def _refunds(
    request: Request[Any, Any, Any], ctx: Context, typed: Sent, refusal: InvalidInput | None = None
) -> Response[str]:
    return await page(
        request,
        ctx,
        "treasury/refunds.html",
        status_code=422 if refusal else 200,
        possible=await refunds.refunds_possible(ctx),
        due=await refunds.refunds_due(ctx),
        grants=ctx.actor.may(CANCEL),
        reasons=REASONS,
        typed=typed,
        problems=said(ctx, refusal),
    )


@post("/desk/treasury/refunds/{payment:uuid}", guards=[BOOKS])
async def grant_refund(
    request: Request[Any, Any, Any], ctx: Ctx, payment: FromPath[UUID]
) -> Response[str] | Redirect:
    """Approve that what a payment has over is given back."""
    typed = await sent(request)
    try:
        await refunds.grant_refund(ctx, payment, why=typed.get("why", ""))
    except InvalidInput as refusal:
        named = InvalidInput({f"why-{payment}": refusal.problems["why"]})
        return await _refunds(request, ctx, typed, named)
    return Redirect("/desk/treasury/refunds", status_code=303)


@get("/desk/treasury/tills", guards=[DIRECTOR])
async def show_tills(request: Request[Any, Any, Any], ctx: Ctx) -> Response[str]:
    """List the tills, and offer to set up another."""
    return await _tills(request, ctx, {})


async def _tills(
    request: Request[Any, Any, Any], ctx: Context, typed: Sent, refusal: InvalidInput | None = None
) -> Response[str]:
    return await page(
        request,
        ctx,
        "treasury/tills.html",
        status_code=422 if refusal else 200,
        tills=await tills.tills_of(ctx),
        units=[(unit.id, unit.name.to(ctx.language)) for unit in ctx.tenant.units.values()],
        typed=typed,
        problems=said(ctx, refusal),
    )


@post("/desk/treasury/tills", guards=[DIRECTOR])
async def add_till(request: Request[Any, Any, Any], ctx: Ctx) -> Response[str] | Redirect:
    """Set up a till."""
    typed = await sent(request)
    unit = typed.get("unit", "")
    try:
        await tills.add_till(
            ctx,
            code=typed.get("code", ""),
            name=typed.get("name", ""),
            unit=unit if unit in ctx.tenant.units else "",
        )
    except InvalidInput as refusal:
        return await _tills(request, ctx, typed, refusal)
    return Redirect("/desk/treasury/tills", status_code=303)


@post("/desk/treasury/tills/{code:str}", guards=[DIRECTOR])
async def retire_till(request: Request[Any, Any, Any], ctx: Ctx, code: FromPath[str]) -> Redirect:
    """Take a till out of use, or back into it."""
    retired = (await sent(request)).get("do") != "reopen"
    await tills.retire_till(ctx, code, retired=retired)
    return Redirect("/desk/treasury/tills", status_code=303)


router = Router("/", route_handlers=[show_refunds, grant_refund, show_tills, add_till, retire_till])
