"""A household's own pages: joining, balance, calls, statement."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from litestar import Response, Router, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from contrib.recycling.forms import calling
from contrib.recycling.forms.calling import CALLING, MOST_PHOTOS
from contrib.recycling.forms.members import JOINING, facts_of
from contrib.recycling.routes.answering import pdf_response, photo_response, photos_of
from contrib.recycling.rules.books import WAYS, WHAT
from contrib.recycling.rules.calls import ACCEPTED, OPEN, SLOTS, STATES, TONES
from contrib.recycling.service import books, calls, members, papers, tickets
from contrib.recycling.service.calls import Asked
from contrib.recycling.service.members import Facts
from core.api import AppError, Context, Ctx, InvalidInput, Text, page, signed_in
from kit.forms import (
    AnyRequest,
    Place,
    Sheet,
    fill,
    form_page,
    read,
    read_posted,
    read_sheet,
    show_sheet,
)
from kit.offline import Answer, once, read_sending, reply

MINE = "/my/recycling"
_BACK = (MINE, Text("ธนาคารขยะของฉัน", "My waste bank"))
_UPLOADS = 60_000_000  # bytes: four photos as a camera makes them
_JOIN = Sheet(
    title=Text("สมัครสมาชิกธนาคารขยะ", "Join the waste bank"),
    back=("/recycling", Text("ราคารับซื้อ", "Prices")),
    groups=JOINING,
    button=Text("สมัครสมาชิก", "Join"),
    intro=Text(
        "สมัครในชื่อบัญชีนี้ แก้วิธีรับเงินภายหลังได้",
        "You join by the name of this account. How you are paid can be changed later.",
    ),
)
_CHANGE = Sheet(
    title=Text("แก้ข้อมูลสมาชิก", "Change your details"),
    back=_BACK,
    groups=JOINING,
    button=Text("บันทึก", "Save"),
)
_CALLED = Text("เรียกรถรับซื้อ", "call for a collector")


@get(MINE, guards=[signed_in])
async def show_mine(request: AnyRequest, ctx: Ctx) -> Response[str]:
    """Show the household's balance, calls and tickets; or how to join."""
    member = await members.my_member(ctx)
    id = member["id"] if member else None
    return await page(
        request,
        ctx,
        "recycling/mine.html",
        member=member,
        balance=await books.balance_of(ctx, id) if id else 0,
        posted=(await books.statement_of(ctx, id))[:20] if id else [],
        calls=(await calls.my_calls(ctx, id))[:10] if id else [],
        ways=WAYS,
        what=WHAT,
        states=STATES,
        tones=TONES,
        slots=SLOTS,
        alive=(OPEN, ACCEPTED),
    )


@get(f"{MINE}/join", guards=[signed_in])
async def show_join(request: AnyRequest, ctx: Ctx) -> Response[str] | Redirect:
    """Ask what is needed to join."""
    if await members.my_member(ctx) is not None:
        return Redirect(MINE, status_code=303)
    return await show_sheet(request, ctx, _JOIN, about=ctx.actor.name)


@post(f"{MINE}/join", guards=[signed_in])
async def join(request: AnyRequest, ctx: Ctx) -> Response[str] | Redirect:
    """Make the household a member."""
    sent = await read_sheet(request, ctx, _JOIN)
    if sent.problems:
        return await show_sheet(request, ctx, _JOIN, reading=sent)
    try:
        await members.join(ctx, Facts(**facts_of(sent.values)))
    except AppError as refusal:
        return await show_sheet(request, ctx, _JOIN, reading=sent, refusal=refusal)
    return Redirect(MINE, status_code=303)


@get(f"{MINE}/change", guards=[signed_in])
async def show_change(request: AnyRequest, ctx: Ctx) -> Response[str]:
    """Show what is known of the household."""
    member = await members.own_member(ctx)
    known = {name: value for name, value in facts_of(member).items() if value and name != "name"}
    return await show_sheet(request, ctx, _CHANGE, values=known, about=member["name"])


@post(f"{MINE}/change", guards=[signed_in])
async def change(request: AnyRequest, ctx: Ctx) -> Response[str] | Redirect:
    """Correct it."""
    member = await members.own_member(ctx)
    sent = await read_sheet(request, ctx, _CHANGE)
    if sent.problems:
        return await show_sheet(request, ctx, _CHANGE, reading=sent, about=member["name"])
    try:
        await members.change(ctx, member["id"], Facts(**facts_of(sent.values)))
    except AppError as refusal:
        return await show_sheet(request, ctx, _CHANGE, reading=sent, refusal=refusal)
    return Redirect(MINE, status_code=303)


@get(f"{MINE}/call", guards=[signed_in])
async def show_call(request: AnyRequest, ctx: Ctx) -> Response[str]:
    """Ask what is to be fetched, where and when."""
    member = await members.own_member(ctx)
    address = " ".join(filter(None, (member["address"], member["village"])))
    begun = {"address": address, "slot_on": ctx.today.isoformat()}
    return await _show_call(request, ctx, fill(CALLING, begun))


async def _show_call(
    request: AnyRequest,
    ctx: Context,
    typed: Mapping[str, list[str]],
    refusal: AppError | None = None,
) -> Response[str]:
    return await form_page(
        request,
        ctx,
        "recycling/call.html",
        refusal=refusal,
        fields=CALLING,
        typed=typed,
        most=MOST_PHOTOS,
    )


@post(f"{MINE}/call", guards=[signed_in], request_max_body_size=_UPLOADS)
async def make_call(request: AnyRequest, ctx: Ctx) -> Response[Any]:
    """Call for a collector, once, however often it is sent."""
    sending = await read_sending(request, ctx)
    reading = read(CALLING, await read_posted(request), Place.of(ctx))
    try:
        if reading.problems:
            raise InvalidInput(reading.problems)
        photos = await photos_of(request, ctx, MOST_PHOTOS)
        asked = Asked(**calling.asked_of(reading.values))

        async def act() -> Answer:
            await calls.call(ctx, asked, photos)
            return Answer(MINE, _CALLED)

        return reply(request, ctx, await once(ctx, sending, act))
    except AppError as refusal:
        return await _show_call(request, ctx, reading.typed, refusal)


@post(f"{MINE}/calls/{{call:uuid}}/cancel", guards=[signed_in])
async def cancel(ctx: Ctx, call: FromPath[UUID]) -> Redirect:
    """Take a call back."""
    await calls.cancel(ctx, call)
    return Redirect(MINE, status_code=303)


@get(f"{MINE}/statement.pdf", guards=[signed_in])
async def print_statement(ctx: Ctx) -> Response[bytes]:
    """Give the household's account as a paper."""
    member = await members.own_member(ctx)
    return pdf_response(await papers.statement_pdf(ctx, member["id"]), "statement.pdf")


@get(f"{MINE}/tickets/{{ticket:uuid}}", guards=[signed_in])
async def show_ticket(request: AnyRequest, ctx: Ctx, ticket: FromPath[UUID]) -> Response[str]:
    """Show a ticket of the household."""
    seen = await tickets.read_ticket(ctx, ticket)
    return await page(
        request,
        ctx,
        "recycling/ticket.html",
        seen=seen,
        frame="core/base.html",
        home=MINE,
        may=False,
    )


@get(f"{MINE}/tickets/{{ticket:uuid}}/ticket.pdf", guards=[signed_in])
async def print_ticket(ctx: Ctx, ticket: FromPath[UUID]) -> Response[bytes]:
    """Give a ticket as a paper."""
    return pdf_response(await papers.ticket_pdf(ctx, ticket), "ticket.pdf")


@get(f"{MINE}/tickets/{{ticket:uuid}}/photos/{{number:int}}", guards=[signed_in])
async def open_photo(ctx: Ctx, ticket: FromPath[UUID], number: FromPath[int]) -> Response[bytes]:
    """Give a photo of the scale."""
    return photo_response(*await tickets.read_photo(ctx, ticket, number))


router = Router(
    "/",
    route_handlers=[
        show_mine,
        show_join,
        join,
        show_change,
        change,
        show_call,
        make_call,
        cancel,
        print_statement,
        show_ticket,
        print_ticket,
        open_photo,
    ],
)
