"""What a device asks for: the worker, the way to send, and the page of what waits."""

from pathlib import Path
from typing import Any

from litestar import MediaType, Request, Response, Router, get
from litestar.params import FromQuery

from core.api import Ctx, page, public, token_of
from kit.offline.receipts import find_answer
from kit.offline.receiving import account_mark, told

_WORKER = (Path(__file__).parent / "static" / "worker.js").read_bytes()


@get("/offline-worker.js", guards=[public])
async def give_worker() -> Response[bytes]:
    """Give the worker from the root of the site, so that it may serve all of its pages."""
    headers = {"Service-Worker-Allowed": "/", "Cache-Control": "no-cache"}
    return Response(_WORKER, media_type="text/javascript; charset=utf-8", headers=headers)


@get("/offline/token", guards=[public])
async def give_token(
    request: Request[Any, Any, Any], ctx: Ctx, key: FromQuery[str] = ""
) -> Response[dict[str, Any]]:
    """Tell the worker who is signed in, how to send, and whether a key was answered already."""
    answer = await find_answer(ctx, key) if key else None
    content = {
        "token": token_of(request),
        "account": account_mark(ctx),
        "answer": told(ctx, answer) if answer else None,
    }
    headers = {"Cache-Control": "no-store"}
    return Response(content, media_type=MediaType.JSON, headers=headers)


@get("/offline", guards=[public])
async def show_waiting(request: Request[Any, Any, Any], ctx: Ctx) -> Response[str]:
    """Show what waits on this device and which pages open without a signal."""
    return await page(request, ctx, "offline/waiting.html")


router = Router("/", route_handlers=[give_worker, give_token, show_waiting])
