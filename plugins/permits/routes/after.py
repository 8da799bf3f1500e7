"""After a permit: what its holder can ask for, and what officers put right in the register."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from litestar import Request, Response, Router, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from core.api import AppError, Context, Ctx, allow, page, public, typed
from kit.casework import offered
from plugins.permits.rules.after import AFTER, RENEW
from plugins.permits.service import granted
from plugins.permits.service.rights import CARRY

AnyRequest = Request[Any, Any, Any]
_CARRY = allow(CARRY)
# What a link may fill in; everything else is asked.
_KNOWN = ("permit", "work")


def _known(request: AnyRequest) -> str:
    given = {one: request.query_params.get(one, "")[:20] for one in _KNOWN}
    return urlencode({name: value for name, value in given.items() if value})


@get("/permits/after", guards=[public])
async def show_after(request: AnyRequest, ctx: Ctx) -> Response[str]:
    """Show what can be asked for once there is a permit."""
    services = await offered(ctx)
    return await page(
        request,
        ctx,
        "permits/after.html",
        services=[services[code] for code in AFTER if code in services],
        known=_known(request),
    )


@get("/permits/renew", guards=[public])
async def show_renewal(request: AnyRequest, ctx: Ctx) -> Redirect:
    """Lead from a reminder to the renewal, with the number filled in."""
    return Redirect(f"/services/{RENEW}?{_known(request)}", status_code=303)


@get("/desk/permits/requests", guards=[_CARRY])
async def show_waiting(request: AnyRequest, ctx: Ctx) -> Response[str]:
    """Show what was granted and waits for an officer."""
    return await _show(request, ctx)


async def _show(
    request: AnyRequest, ctx: Context, refusal: AppError | None = None
) -> Response[str]:
    return await page(
        request,
        ctx,
        "permits/waiting.html",
        status_code=refusal.status_code if refusal else 200,
        waiting=await granted.waiting(ctx),
        titles=granted.TITLES,
        refusal=refusal.in_short.to(ctx.language) if refusal else None,
    )


@post("/desk/permits/requests/{case:uuid}", guards=[_CARRY])
async def deal(request: AnyRequest, ctx: Ctx, case: FromPath[UUID]) -> Response[str] | Redirect:
    """Carry a request out, or let it be."""
    sent = await typed(request, "do", "number", "why")
    try:
        if sent["do"] == "drop":
            await granted.drop(ctx, case, why=sent["why"])
        else:
            await granted.finish(ctx, case, number=sent["number"].strip())
    except AppError as refusal:
        return await _show(request, ctx, refusal)
    return Redirect(granted.PAGE, status_code=303)


router = Router("/", route_handlers=[show_after, show_renewal, show_waiting, deal])
