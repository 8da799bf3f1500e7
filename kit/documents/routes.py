"""The public page on which anybody checks a paper."""

from typing import Any

from litestar import Request, Response, Router, get
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect

from core.api import Ctx, page, public
from kit.documents.codes import read_code
from kit.documents.verifying import verify


@get("/v", guards=[public])
async def ask_for_code(
    request: Request[Any, Any, Any], ctx: Ctx, code: FromQuery[str] = ""
) -> Response[str] | Redirect:
    """Ask for a code; a code that was typed leads to its page."""
    if (read := read_code(code)) is not None:
        return Redirect(f"/v/{read}", status_code=303)
    return await page(
        request, ctx, "documents/verify.html", verdict=None, typed=code, status_code=200
    )


@get("/v/{code:str}", guards=[public])
async def show_verdict(
    request: Request[Any, Any, Any], ctx: Ctx, code: FromPath[str]
) -> Response[str]:
    """Say whether the paper is real and still counts, and show what must stand on it."""
    verdict = await verify(ctx, code)
    status = 404 if verdict.state == "unknown" else 200
    return await page(
        request, ctx, "documents/verify.html", verdict=verdict, typed=code, status_code=status
    )


router = Router("/", route_handlers=[ask_for_code, show_verdict])
