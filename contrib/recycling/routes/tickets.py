"""Tickets at the desk."""

from uuid import UUID

from litestar import Response, Router, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from contrib.recycling.routes.answering import pdf_response, photo_response
from contrib.recycling.service import papers, tickets, voiding
from contrib.recycling.service.rights import APPROVE
from core.api import AppError, Ctx, Text, allow, officer, page
from kit.forms import AnyRequest, Line, Sheet, read_sheet, show_sheet, ungrouped

HOME = "/desk/recycling"


def _sheet(ticket: UUID) -> Sheet:
    return Sheet(
        title=Text("ยกเลิกบัตรชั่ง", "Void the ticket"),
        back=(f"{HOME}/tickets/{ticket}", Text("บัตรชั่ง", "The ticket")),
        groups=ungrouped(Line("why", Text("เหตุผล", "Reason"), longest=300)),
        button=Text("ยกเลิกบัตรนี้", "Void this ticket"),
        intro=Text(
            "บัตรยังอยู่ในทะเบียน เงินในบัญชีสมาชิกถูกตั้งกลับ แล้วชั่งและออกบัตรใหม่ได้",
            "The ticket stays, its money is posted back, and a new one can be written.",
        ),
        danger=True,
    )


@get(f"{HOME}/tickets/{{ticket:uuid}}", guards=[officer])
async def show_ticket(request: AnyRequest, ctx: Ctx, ticket: FromPath[UUID]) -> Response[str]:
    """Show a ticket to an officer, or to its collector."""
    seen = await tickets.read_ticket(ctx, ticket)
    return await page(
        request,
        ctx,
        "recycling/ticket.html",
        seen=seen,
        frame="core/desk.html",
        home=HOME,
        may=ctx.actor.may(APPROVE),
    )


@get(f"{HOME}/tickets/{{ticket:uuid}}/ticket.pdf", guards=[officer])
async def print_ticket(ctx: Ctx, ticket: FromPath[UUID]) -> Response[bytes]:
    """Give a ticket as a paper."""
    return pdf_response(await papers.ticket_pdf(ctx, ticket), "ticket.pdf")


@get(f"{HOME}/tickets/{{ticket:uuid}}/photos/{{number:int}}", guards=[officer])
async def open_photo(ctx: Ctx, ticket: FromPath[UUID], number: FromPath[int]) -> Response[bytes]:
    """Give a photo of the scale."""
    return photo_response(*await tickets.read_photo(ctx, ticket, number))


@get(f"{HOME}/tickets/{{ticket:uuid}}/void", guards=[allow(APPROVE)])
async def show_void(request: AnyRequest, ctx: Ctx, ticket: FromPath[UUID]) -> Response[str]:
    """Ask why a ticket is to be voided."""
    seen = await tickets.read_ticket(ctx, ticket)
    return await show_sheet(request, ctx, _sheet(ticket), about=seen.row["number"])


@post(f"{HOME}/tickets/{{ticket:uuid}}/void", guards=[allow(APPROVE)])
async def void(request: AnyRequest, ctx: Ctx, ticket: FromPath[UUID]) -> Response[str] | Redirect:
    """Void it."""
    sheet = _sheet(ticket)
    sent = await read_sheet(request, ctx, sheet)
    if sent.problems:
        return await show_sheet(request, ctx, sheet, reading=sent)
    try:
        await voiding.void(ctx, ticket, why=sent.values["why"])
    except AppError as refusal:
        return await show_sheet(request, ctx, sheet, reading=sent, refusal=refusal)
    return Redirect(f"{HOME}/tickets/{ticket}", status_code=303)


router = Router("/", route_handlers=[show_ticket, print_ticket, open_photo, show_void, void])
