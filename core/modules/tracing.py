"""A page opened once more for an administrator, with word of what answered on it.

The page is asked for within the process, as the person who looks and with nothing but their own
rights; whatever it records of a look at personal data, it records.
"""

import asyncio
import time
from typing import Any
from urllib.parse import quote, unquote, urlsplit

import msgspec
from litestar import Request, Response, Router, get

from core.context import Context
from core.errors import InvalidInput
from core.http.guards import allow
from core.http.inject import Ctx
from core.http.pages import page
from core.http.shell import CONTEXT, COOKIES
from core.runtime import RUNTIME
from core.text import Text
from core.trace import TRACE, Call, Trace

AnyRequest = Request[Any, Any, Any]

PATH = "/desk/trace"
LONGEST = 30.0  # seconds
_MOST = 2000

_OWN_PAGE = Text(
    "พิมพ์ที่อยู่ของหน้าในเว็บนี้ ขึ้นต้นด้วย / เช่น /desk/cases", "Give a page of this site, such as /desk/cases."
)
_TOO_LONG = Text(
    "หน้านี้ใช้เวลานานกว่า 30 วินาที จึงหยุดดู", "The page took longer than 30 seconds, and was left."
)
# What a request says of itself that does not count for a page opened within the process.
_DROPPED = ("hx-", "content-", "accept-encoding", "if-", "range", "transfer-encoding")
_KEPT = (
    "asgi",
    "http_version",
    "scheme",
    "server",
    "client",
    "root_path",
    RUNTIME,
    CONTEXT,
    COOKIES,
)


class Seen(msgspec.Struct, frozen=True, kw_only=True):
    """What was seen of a page.

    :param status: of its answer; 0 where there was none in time.
    :param calls: in the order in which they ended.
    """

    path: str
    status: int
    seconds: float
    queries: int
    bytes: int
    calls: tuple[Call, ...]


@get(PATH, guards=[allow("core.modules")])
async def show_trace(request: AnyRequest, ctx: Ctx) -> Response[str]:
    """Show what answered on the page that is named, or ask for one."""
    typed = request.query_params.get("path", "")[:_MOST].strip()
    seen, problem = None, None
    if typed:
        try:
            seen = await look(request, typed)
        except InvalidInput as refusal:
            problem = refusal.problems["path"]
        except TimeoutError:
            problem = _TOO_LONG
    return await _show(request, ctx, typed, seen, problem)


async def _show(
    request: AnyRequest, ctx: Context, typed: str, seen: Seen | None, problem: Text | None
) -> Response[str]:
    return await page(
        request,
        ctx,
        "core/trace.html",
        status_code=422 if problem else 200,
        typed=typed,
        seen=seen,
        problems={"path": problem.to(ctx.language)} if problem else {},
        titles={name: one.title.to(ctx.language) for name, one in ctx.host.plugins.items()},
    )


async def look(request: AnyRequest, typed: str) -> Seen:
    """Open a page as whoever asks, and return what answered on it.

    :param typed: path and query, as in the address.
    :raises InvalidInput: it is no page of this site, or this one.
    :raises TimeoutError: it took too long.
    """
    try:
        parts = urlsplit(typed)
    except ValueError as problem:
        raise InvalidInput({"path": _OWN_PAGE}) from problem
    if not parts.path.startswith("/") or parts.netloc or unquote(parts.path).startswith(PATH):
        raise InvalidInput({"path": _OWN_PAGE})
    trace, answer = Trace(), {"status": 0, "bytes": 0}
    began = time.perf_counter()
    token = TRACE.set(trace)
    try:
        async with asyncio.timeout(LONGEST):
            await request.app(_scope(request, parts.path, parts.query), _nothing, _into(answer))
    finally:
        TRACE.reset(token)
    return Seen(
        path=typed,
        seconds=time.perf_counter() - began,
        queries=trace.queries,
        calls=tuple(trace.calls),
        **answer,
    )


def _scope(request: AnyRequest, path: str, query: str) -> Any:
    outer: dict[str, Any] = dict(request.scope)
    headers = [
        (name, value)
        for name, value in outer["headers"]
        if not name.decode("latin-1").lower().startswith(_DROPPED)
    ]
    plain = unquote(path).replace("\x00", "")
    return {name: outer[name] for name in _KEPT if name in outer} | {
        "type": "http",
        "method": "GET",
        "path": plain,
        "raw_path": quote(plain).encode(),
        "query_string": quote(query, safe="=&%+;,:@/?!$'()*~-._").encode(),
        "headers": headers,
        "extensions": {},
        "state": {},
    }


async def _nothing() -> Any:
    return {"type": "http.request", "body": b"", "more_body": False}


def _into(answer: dict[str, int]) -> Any:
    async def send(message: Any) -> None:
        answer["status"] = message.get("status", answer["status"])
        answer["bytes"] += len(message.get("body", b""))

    return send


router = Router("/", route_handlers=[show_trace])
