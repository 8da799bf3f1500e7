"""Approved requests that wait for an officer, because the register does not fit them."""

from uuid import UUID

from litestar import Response, Router, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from core.api import AppError, Context, Ctx, allow, page, typed
from plugins.waste_fees.routes.sheets import AnyRequest
from plugins.waste_fees.service import requests
from plugins.waste_fees.service.rights import BILL, READ, REGISTER, TARIFF

_READ, _REGISTER = allow(READ), allow(REGISTER)


@get("/desk/waste/requests", guards=[_READ])
async def show_requests(request: AnyRequest, ctx: Ctx) -> Response[str]:
    """Show what waits."""
    return await _show(request, ctx)


async def _show(
    request: AnyRequest, ctx: Context, refusal: AppError | None = None
) -> Response[str]:
    return await page(
        request,
        ctx,
        "waste_fees/requests.html",
        status_code=refusal.status_code if refusal else 200,
        waiting=await requests.waiting(ctx),
        titles=requests.TITLES,
        refusal=refusal.in_short.to(ctx.language) if refusal else None,
        may={name: ctx.actor.may(name) for name in (REGISTER, TARIFF, BILL)},
    )


@post("/desk/waste/requests/{case:uuid}", guards=[_REGISTER])
async def deal(request: AnyRequest, ctx: Ctx, case: FromPath[UUID]) -> Response[str] | Redirect:
    """Carry a request out, or let it be."""
    sent = await typed(request, "do", "number", "why")
    point = None
    try:
        if sent["do"] == "drop":
            await requests.drop(ctx, case, why=sent["why"])
        else:
            point = await requests.carry_out(ctx, case, number=sent["number"].strip())
    except AppError as refusal:
        return await _show(request, ctx, refusal)
    where = f"points/{point}" if point else "requests"
    return Redirect(f"/desk/waste/{where}", status_code=303)


router = Router("/", route_handlers=[show_requests, deal])
