"""Tickets at the desk."""

from uuid import UUID

from litestar import Response, Router, get
from litestar.params import FromPath

from contrib.recycling.routes.answering import pdf_response, photo_response
from contrib.recycling.service import papers, tickets
from core.api import Ctx, officer, page
from kit.forms import AnyRequest

HOME = "/desk/recycling"


@get(f"{HOME}/tickets/{{ticket:uuid}}", guards=[officer])
async def show_ticket(request: AnyRequest, ctx: Ctx, ticket: FromPath[UUID]) -> Response[str]:
    """Show a ticket to an officer, or to its collector."""
    seen = await tickets.read_ticket(ctx, ticket)
    return await page(
        request, ctx, "recycling/ticket.html", seen=seen, frame="core/desk.html", home=HOME
    )


@get(f"{HOME}/tickets/{{ticket:uuid}}/ticket.pdf", guards=[officer])
async def print_ticket(ctx: Ctx, ticket: FromPath[UUID]) -> Response[bytes]:
    """Give a ticket as a paper."""
    return pdf_response(await papers.ticket_pdf(ctx, ticket), "ticket.pdf")


@get(f"{HOME}/tickets/{{ticket:uuid}}/photos/{{number:int}}", guards=[officer])
async def open_photo(ctx: Ctx, ticket: FromPath[UUID], number: FromPath[int]) -> Response[bytes]:
    """Give a photo of the scale."""
    return photo_response(*await tickets.read_photo(ctx, ticket, number))


router = Router("/", route_handlers=[show_ticket, print_ticket, open_photo])
