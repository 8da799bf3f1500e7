"""The keys of the counter that move the queue: sit down, call, call again, send on."""

from typing import Any
from uuid import UUID

from litestar import Request, Response, Router, get, post
from litestar.response import Redirect

from core.api import Ctx, NotFound, Text, allow, page
from kit.forms import Posted, first, read_posted
from plugins.oss.rules.queue import Turn
from plugins.oss.service import calling, seats

AnyRequest = Request[Any, Any, Any]

_COUNTER = allow("casework.counter")
_BACK = "/desk/counter"


def _number(posted: Posted, name: str) -> int:
    text = first(posted, name)
    return int(text) if text.isascii() and text.isdigit() and len(text) < 4 else 0


def _ticket(posted: Posted, name: str) -> UUID | None:
    try:
        return UUID(first(posted, name))
    except ValueError:
        return None


def _here(posted: Posted) -> UUID:
    """Return the ticket that the officer saw at the counter."""
    ticket = _ticket(posted, "ticket")
    if ticket is None:
        raise NotFound(Text("ไม่มีคิวที่ช่องนี้", "Nobody is at this counter."))
    return ticket


@get("/desk/counter/queue", guards=[_COUNTER])
async def show_queue(request: AnyRequest, ctx: Ctx) -> Response[str]:
    """Give the queue alone, for the page that renews it."""
    desk = await calling.desk(ctx)
    return await page(request, ctx, "oss/counter_queue.html", fragment="queue", desk=desk)


@post("/desk/counter/seat", guards=[_COUNTER])
async def sit(request: AnyRequest, ctx: Ctx) -> Redirect:
    """Take a seat at a counter."""
    await seats.sit(ctx, _number(await read_posted(request), "counter"))
    return Redirect(_BACK, status_code=303)


@post("/desk/counter/next", guards=[_COUNTER])
async def call_next(request: AnyRequest, ctx: Ctx) -> Redirect:
    """Call the next; who is here is done."""
    await calling.call_next(ctx, after=_ticket(await read_posted(request), "after"))
    return Redirect(_BACK, status_code=303)


@post("/desk/counter/recall", guards=[_COUNTER])
async def recall(request: AnyRequest, ctx: Ctx) -> Redirect:
    """Call once more who has not come."""
    await calling.recall(ctx, _here(await read_posted(request)))
    return Redirect(_BACK, status_code=303)


@post("/desk/counter/done", guards=[_COUNTER])
async def finish(request: AnyRequest, ctx: Ctx) -> Redirect:
    """Note that the errand is done, without calling the next."""
    await calling.end(ctx, _here(await read_posted(request)), Turn.DONE)
    return Redirect(_BACK, status_code=303)


@post("/desk/counter/absent", guards=[_COUNTER])
async def miss(request: AnyRequest, ctx: Ctx) -> Redirect:
    """Note that who was called has not come."""
    await calling.end(ctx, _here(await read_posted(request)), Turn.ABSENT)
    return Redirect(_BACK, status_code=303)


@post("/desk/counter/transfer", guards=[_COUNTER])
async def transfer(request: AnyRequest, ctx: Ctx) -> Redirect:
    """Send who is here on to another counter."""
    posted = await read_posted(request)
    await calling.transfer(ctx, _here(posted), to=_number(posted, "to"))
    return Redirect(_BACK, status_code=303)


router = Router("/", route_handlers=[show_queue, sit, call_next, recall, finish, miss, transfer])
