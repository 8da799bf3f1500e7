"""The citizen's guide to a service, before one begins."""

from typing import Any

from litestar import Request, Response, Router, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from core.api import Context, Ctx, page, public
from kit.casework.routes.cookies import to_draft
from kit.casework.service import drafts
from kit.casework.service.catalogue import get_offered
from kit.casework.service.filing import count_filing
from kit.casework.service.guides import guide_pdf, only_when
from kit.forms import read_posted


@get("/services/{code:str}", guards=[public])
async def show_guide(
    request: Request[Any, Any, Any], ctx: Ctx, code: FromPath[str]
) -> Response[str]:
    """Show documents, steps, time and fee of a service.

    What the address says of its form's controls is typed into the draft that is begun here.
    """
    service = await get_offered(ctx, code)
    asked = {name: [value] for name, value in request.query_params.items()}
    return await page(
        request,
        ctx,
        "casework/guide.html",
        service=service,
        unit=_unit(ctx, service.unit),
        only_when={one.code: only_when(service, one) for one in service.documents},
        known=drafts.known_of(service, asked),
        request_saved="saved" in request.query_params,
    )


def _unit(ctx: Context, id: str) -> str:
    unit = ctx.tenant.units.get(id)
    return unit.name.to(ctx.language) if unit else ctx.tenant.name.to(ctx.language)


@get("/services/{code:str}/guide.pdf", guards=[public])
async def print_guide(ctx: Ctx, code: FromPath[str]) -> Response[bytes]:
    """Give the guide as the paper that hangs in the office."""
    pdf = await guide_pdf(ctx, await get_offered(ctx, code))
    headers = {"Content-Disposition": f'inline; filename="{code}.pdf"'}
    return Response(pdf, media_type="application/pdf", headers=headers)


@post("/services/{code:str}", guards=[public])
async def begin(request: Request[Any, Any, Any], ctx: Ctx, code: FromPath[str]) -> Redirect:
    """Begin a draft and go to its first page."""
    service = await get_offered(ctx, code)
    await count_filing(ctx)
    known = drafts.known_of(service, await read_posted(request))
    return to_draft(ctx, *await drafts.begin(ctx, service, known))


router = Router("/", route_handlers=[show_guide, print_guide, begin])
