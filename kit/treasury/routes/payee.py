"""The page on which the office says where its money goes."""

from collections.abc import Mapping
from typing import Any

import msgspec
from litestar import Request, Response, Router, get, post
from litestar.response import Redirect

from core.api import AppError, Context, Ctx, InvalidInput, allow, show_form, typed
from kit.treasury.codes.pictures import payment_svg
from kit.treasury.service import payee
from kit.treasury.service.paying import trial_code

AnyRequest = Request[Any, Any, Any]

_SETTINGS = allow(payee.SETTINGS)


@get("/desk/treasury", guards=[_SETTINGS])
async def show_payee(request: AnyRequest, ctx: Ctx) -> Response[str]:
    """Show who is paid, with a code to try it by."""
    return await _show(request, ctx)


async def _show(
    request: AnyRequest,
    ctx: Context,
    given: Mapping[str, str] | None = None,
    wrong: AppError | None = None,
) -> Response[str]:
    known = payee.payee(ctx)
    trial = trial_code(known)
    return await show_form(
        request,
        ctx,
        "treasury/payee.html",
        typed=given or msgspec.to_builtins(known),
        wrong=wrong,
        svg=payment_svg(trial) if trial else None,
        done=request.query_params.get("done", ""),
    )


@post("/desk/treasury", guards=[_SETTINGS])
async def change_payee(request: AnyRequest, ctx: Ctx) -> Response[str] | Redirect:
    """Keep who is paid, or say what is wrong."""
    given = await typed(request, *payee.DEFAULTS)
    try:
        await payee.set_payee(ctx, given)
    except InvalidInput as wrong:
        return await _show(request, ctx, given, wrong)
    return Redirect("/desk/treasury?done=yes", status_code=303)


router = Router("/", route_handlers=[show_payee, change_payee])
