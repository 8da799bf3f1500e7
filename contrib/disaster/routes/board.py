"""The board of the situation: a page, and the stream by which it renews itself."""

from litestar import Response, Router, get
from litestar.response import ServerSentEvent

from contrib.disaster.routes.requests import words
from contrib.disaster.rules.events import KINDS
from contrib.disaster.service import acting, board
from contrib.disaster.service.rights import READ
from core.api import Ctx, allow, page
from kit.forms import AnyRequest

PATH = "/desk/disaster/board"
_READ = allow(READ)


@get(PATH, guards=[_READ])
async def show_board(request: AnyRequest, ctx: Ctx) -> Response[str]:
    """Show how it stands; without a script by loading the page again."""
    return await page(
        request,
        ctx,
        "disaster/board.html",
        fragment="board",
        board=await board.read_board(ctx),
        kinds={code: text.to(ctx.language) for code, text in KINDS.items()},
        quoted=lambda row: acting.quoted(ctx, row),
        **words(ctx),
    )


@get(f"{PATH}/stream", guards=[_READ])
async def stream(ctx: Ctx) -> ServerSentEvent:
    """Tell a browser whenever something has changed."""
    headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    return ServerSentEvent(board.changes(ctx), headers=headers, retry_duration=2_000)


router = Router("/", route_handlers=[show_board, stream])
