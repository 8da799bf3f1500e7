"""The page on which a paper of a case is taken back."""

from typing import Any
from uuid import UUID

from litestar import Request, Response, Router, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from core.api import Context, Ctx, InvalidInput, allow, page
from kit.casework.service import revoking
from kit.forms import first, read_posted


@get("/desk/cases/{case:uuid}/papers/{paper:uuid}/revoke", guards=[allow(revoking.REVOKE)])
async def show_revoking(
    request: Request[Any, Any, Any], ctx: Ctx, case: FromPath[UUID], paper: FromPath[UUID]
) -> Response[str]:
    """Say what taking back a paper changes, and ask why."""
    return await _show(request, ctx, case, paper)


async def _show(
    request: Request[Any, Any, Any],
    ctx: Context,
    case: UUID,
    paper: UUID,
    refusal: InvalidInput | None = None,
    typed: str = "",
) -> Response[str]:
    problems = refusal.problems if refusal else {}
    return await page(
        request,
        ctx,
        "casework/revoke.html",
        status_code=422 if refusal else 200,
        case=case,
        paper=await revoking.paper_to_revoke(ctx, case, paper),
        typed=typed,
        problems={name: text.to(ctx.language) for name, text in problems.items()},
    )


@post("/desk/cases/{case:uuid}/papers/{paper:uuid}/revoke", guards=[allow(revoking.REVOKE)])
async def revoke_paper(
    request: Request[Any, Any, Any], ctx: Ctx, case: FromPath[UUID], paper: FromPath[UUID]
) -> Response[str] | Redirect:
    """Take the paper back; without a reason the page comes back."""
    reason = first(await read_posted(request), "reason")
    try:
        await revoking.revoke_paper(ctx, case, paper, reason=reason)
    except InvalidInput as refusal:
        return await _show(request, ctx, case, paper, refusal, reason)
    return Redirect(f"/desk/cases/{case}", status_code=303)


router = Router("/", route_handlers=[show_revoking, revoke_paper])
