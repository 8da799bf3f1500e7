"""The queue: the display in the hall, tickets, and who is announced for a day."""

from typing import Any
from uuid import UUID

from litestar import Request, Response, Router, get, post
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect

from core.api import Context, Ctx, InvalidInput, allow, page, public
from kit.documents import qr_svg
from kit.forms import first, read_posted
from plugins.oss.forms.visits import read_day
from plugins.oss.service import offering, queue, tickets, visits

AnyRequest = Request[Any, Any, Any]

_COUNTER = allow("casework.counter")


@get("/queue", guards=[public])
async def show_board(request: AnyRequest, ctx: Ctx) -> Response[str]:
    """Show who is called to which counter, and how long the wait is."""
    return await page(
        request,
        ctx,
        "oss/queue.html",
        fragment="board",
        called=await queue.called(ctx),
        turn=(await queue.in_turn(ctx))[:8],
        wait=await queue.waiting(ctx),
    )


@get("/desk/queue", guards=[_COUNTER])
async def show_tickets(request: AnyRequest, ctx: Ctx) -> Response[str]:
    """Show what tickets can be given out."""
    return await _show_tickets(request, ctx, {})


async def _show_tickets(
    request: AnyRequest, ctx: Context, problems: dict[str, str]
) -> Response[str]:
    return await page(
        request,
        ctx,
        "oss/queue_tickets.html",
        status_code=422 if problems else 200,
        kinds=offering.kinds(ctx),
        called=await queue.called(ctx),
        turn=await queue.in_turn(ctx),
        wait=await queue.waiting(ctx),
        problems=problems,
    )


@post("/desk/queue", guards=[_COUNTER])
async def issue_ticket(request: AnyRequest, ctx: Ctx) -> Response[str] | Redirect:
    """Give out a ticket."""
    try:
        place = await queue.issue(ctx, kind=first(await read_posted(request), "kind"))
    except InvalidInput as refusal:
        told = {name: text.to(ctx.language) for name, text in refusal.problems.items()}
        return await _show_tickets(request, ctx, told)
    return Redirect(f"/desk/queue/{place.id}", status_code=303)


@get("/desk/queue/{ticket:uuid}", guards=[_COUNTER])
async def show_ticket(request: AnyRequest, ctx: Ctx, ticket: FromPath[UUID]) -> Response[str]:
    """Show a ticket as it stands on its slip."""
    place = await queue.find_ticket(ctx, ticket)
    return await page(
        request,
        ctx,
        "oss/queue_ticket.html",
        ticket=place,
        wait=await queue.ahead_of(ctx, place),
        qr=qr_svg(f"{ctx.origin}/queue"),
    )


@get("/desk/queue/{ticket:uuid}/slip", guards=[_COUNTER])
async def print_ticket(ctx: Ctx, ticket: FromPath[UUID]) -> Response[bytes]:
    """Give the slip for the printer of the counter."""
    pdf = await tickets.print_ticket(ctx, ticket)
    headers = {"Content-Disposition": 'inline; filename="ticket.pdf"'}
    return Response(pdf, media_type="application/pdf", headers=headers)


@get("/desk/appointments", guards=[_COUNTER])
async def show_visits(request: AnyRequest, ctx: Ctx, day: FromQuery[str] = "") -> Response[str]:
    """Show who is announced for a day."""
    chosen = read_day(day) or ctx.today
    return await page(
        request,
        ctx,
        "oss/appointments_desk.html",
        day=chosen,
        visits=await visits.of_day(ctx, chosen),
    )


@post("/desk/appointments/{visit:uuid}/arrived", guards=[_COUNTER])
async def arrive(ctx: Ctx, visit: FromPath[UUID]) -> Redirect:
    """Note that somebody has come, and lead to the ticket."""
    place = await visits.arrive(ctx, visit)
    return Redirect(f"/desk/queue/{place.id}", status_code=303)


@post("/desk/appointments/{visit:uuid}/absent", guards=[_COUNTER])
async def miss(ctx: Ctx, visit: FromPath[UUID]) -> Redirect:
    """Note that somebody has not come."""
    await visits.miss(ctx, visit)
    return Redirect("/desk/appointments", status_code=303)


router = Router(
    "/",
    route_handlers=[
        show_board,
        show_tickets,
        issue_ticket,
        show_ticket,
        print_ticket,
        show_visits,
        arrive,
        miss,
    ],
)
