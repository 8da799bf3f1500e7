"""The inbox of whoever has signed in, and what an administrator does about failed messages."""

from typing import Any
from uuid import UUID

from litestar import Request, Response, Router, get, post
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect

from core.http.guards import allow, signed_in
from core.http.inject import Ctx
from core.http.pages import page
from core.notifications import service

AnyRequest = Request[Any, Any, Any]


@get("/notices", guards=[signed_in])
async def show_notices(
    request: AnyRequest, ctx: Ctx, before: FromQuery[UUID | None] = None
) -> Response[str]:
    """Show the inbox, the newest first."""
    found = await service.notices(ctx, before=before)
    older = found[-1]["id"] if len(found) == service.PAGE else None
    return await page(request, ctx, "core/notices.html", notices=found, older=older)


@get("/notices/{notice:uuid}", guards=[signed_in])
async def show_notice(request: AnyRequest, ctx: Ctx, notice: FromPath[UUID]) -> Response[str]:
    """Show one notice, which counts as read."""
    found = await service.read_notice(ctx, notice=notice)
    return await page(request, ctx, "core/notice.html", notice=found)


@post("/notices/read", guards=[signed_in])
async def read_notices(ctx: Ctx) -> Redirect:
    """Count every notice as read."""
    await service.read_all(ctx)
    return Redirect("/notices", status_code=303)


@get("/desk/messages", guards=[allow("core.modules")])
async def show_messages(request: AnyRequest, ctx: Ctx) -> Response[str]:
    """Show the messages that failed or wait for a channel."""
    return await page(
        request,
        ctx,
        "core/messages.html",
        messages=await service.undelivered_messages(ctx),
        counts=await service.count_undelivered(ctx),
    )


@post("/desk/messages/send-again", guards=[allow("core.modules")])
async def send_all_again(ctx: Ctx) -> Redirect:
    """Have all of them sent again."""
    await service.send_again(ctx)
    return Redirect("/desk/messages", status_code=303)


@post("/desk/messages/{message:uuid}/send-again", guards=[allow("core.modules")])
async def send_again(ctx: Ctx, message: FromPath[UUID]) -> Redirect:
    """Have one message sent again."""
    await service.send_again(ctx, message=message)
    return Redirect("/desk/messages", status_code=303)


router = Router(
    "/",
    route_handlers=[
        show_notices,
        show_notice,
        read_notices,
        show_messages,
        send_all_again,
        send_again,
    ],
)
