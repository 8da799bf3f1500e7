"""The own page of who runs food premises."""

from uuid import UUID

from litestar import Response, Router, get
from litestar.params import FromPath

from core.api import Ctx, page, signed_in
from kit.forms import AnyRequest
from plugins.food_cert.routes.places import as_pdf, words
from plugins.food_cert.service import mine
from plugins.food_cert.service.overview import PAPERS


@get(mine.PATH, guards=[signed_in])
async def show_mine(request: AnyRequest, ctx: Ctx) -> Response[str]:
    """Show the places of the account."""
    return await page(
        request,
        ctx,
        "food_cert/mine.html",
        mine=await mine.my_places(ctx),
        papers={code: text.to(ctx.language) for code, text in PAPERS.items()},
        **words(ctx),
    )


@get(f"{mine.PATH}/{{id:uuid}}/papers/{{paper:uuid}}", guards=[signed_in])
async def give_my_paper(ctx: Ctx, id: FromPath[UUID], paper: FromPath[UUID]) -> Response[bytes]:
    """Give a paper about a place of the account."""
    return as_pdf(*await mine.my_paper(ctx, id, paper))


router = Router("/", route_handlers=[show_mine, give_my_paper])
