"""Members at the desk: the register, one household, its money."""

from uuid import UUID

from litestar import Response, Router, get, post
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect

from contrib.recycling.forms.members import ADVANCE, REGISTERING, WITHDRAWING, facts_of
from contrib.recycling.routes.answering import pdf_response
from contrib.recycling.rules.books import WAYS, WHAT
from contrib.recycling.service import accounts, books, members, papers, tickets
from contrib.recycling.service.accounts import Wanted
from contrib.recycling.service.members import PAGE, Facts
from contrib.recycling.service.rights import APPROVE, MEMBERS, PAY, PERMISSIONS, READ
from core.api import AppError, Ctx, Text, allow, new_id, page
from kit.forms import AnyRequest, Sheet, clean, line, read_sheet, show_sheet, ungrouped
from kit.offline import read_sending

HOME = "/desk/recycling/members"
KEY = "idempotency_key"
_LIST = (HOME, Text("สมาชิก", "Members"))
_NEW = Sheet(
    title=Text("รับสมาชิก", "Take in a member"),
    back=_LIST,
    groups=REGISTERING,
    button=Text("รับเป็นสมาชิก", "Take in"),
)


def _sheet_to_change(member: UUID) -> Sheet:
    return Sheet(
        title=Text("แก้ข้อมูลสมาชิก", "Change the member"),
        back=(f"{HOME}/{member}", Text("สมาชิก", "The member")),
        groups=REGISTERING,
        button=Text("บันทึก", "Save"),
    )


def _sheet_to_pay(member: UUID, key: str) -> Sheet:
    return Sheet(
        title=Text("ถอนเงิน", "Withdraw"),
        back=(f"{HOME}/{member}", Text("สมาชิก", "The member")),
        groups=ungrouped(*WITHDRAWING),
        button=Text("จ่ายเงิน", "Pay"),
        hidden={KEY: key},
    )


def _sheet_to_advance(member: UUID) -> Sheet:
    return Sheet(
        title=Text("อนุมัติเงินทดรอง", "Approve an advance"),
        back=(f"{HOME}/{member}", Text("สมาชิก", "The member")),
        groups=ungrouped(*ADVANCE),
        button=Text("อนุมัติ", "Approve"),
        intro=Text(
            "บัญชีจะติดลบได้ถึงวงเงินนี้ กรอก 0 เพื่อเลิก",
            "The account may go so far below zero. 0 ends it.",
        ),
    )


@get(HOME, guards=[allow(READ)])
async def show_members(request: AnyRequest, ctx: Ctx, q: FromQuery[str] = "") -> Response[str]:
    """Show the members, or those that fit what was typed."""
    words = line(clean(q))
    found = await members.find_members(ctx, words)
    may = {one: ctx.actor.may(one) for one in PERMISSIONS}
    return await page(
        request, ctx, "recycling/members.html", found=found, words=words, most=PAGE, may=may
    )


@get(f"{HOME}/new", guards=[allow(MEMBERS)])
async def show_new(request: AnyRequest, ctx: Ctx) -> Response[str]:
    """Ask what is needed of a household at the counter."""
    return await show_sheet(request, ctx, _NEW)


@post(f"{HOME}/new", guards=[allow(MEMBERS)])
async def register(request: AnyRequest, ctx: Ctx) -> Response[str] | Redirect:
    """Take in a household."""
    sent = await read_sheet(request, ctx, _NEW)
    if sent.problems:
        return await show_sheet(request, ctx, _NEW, reading=sent)
    try:
        id = await members.register(ctx, Facts(**facts_of(sent.values)))
    except AppError as refusal:
        return await show_sheet(request, ctx, _NEW, reading=sent, refusal=refusal)
    return Redirect(f"{HOME}/{id}", status_code=303)


@get(f"{HOME}/{{member:uuid}}", guards=[allow(READ)])
async def show_member(request: AnyRequest, ctx: Ctx, member: FromPath[UUID]) -> Response[str]:
    """Show a household, its account and its tickets."""
    row = await members.get_member(ctx, member)
    return await page(
        request,
        ctx,
        "recycling/member.html",
        member=row,
        balance=await books.balance_of(ctx, member),
        posted=await books.statement_of(ctx, member),
        tickets=await tickets.tickets_of(ctx, member),
        ways=WAYS,
        what=WHAT,
        may={one: ctx.actor.may(one) for one in PERMISSIONS},
    )


@get(f"{HOME}/{{member:uuid}}/change", guards=[allow(MEMBERS)])
async def show_change(request: AnyRequest, ctx: Ctx, member: FromPath[UUID]) -> Response[str]:
    """Show what is known of a household."""
    row = await members.get_member(ctx, member)
    known = {name: value for name, value in facts_of(row).items() if value}
    return await show_sheet(request, ctx, _sheet_to_change(member), values=known)


@post(f"{HOME}/{{member:uuid}}/change", guards=[allow(MEMBERS)])
async def change(request: AnyRequest, ctx: Ctx, member: FromPath[UUID]) -> Response[str] | Redirect:
    """Correct it."""
    sheet = _sheet_to_change(member)
    sent = await read_sheet(request, ctx, sheet)
    if sent.problems:
        return await show_sheet(request, ctx, sheet, reading=sent)
    try:
        await members.change(ctx, member, Facts(**facts_of(sent.values)))
    except AppError as refusal:
        return await show_sheet(request, ctx, sheet, reading=sent, refusal=refusal)
    return Redirect(f"{HOME}/{member}", status_code=303)


@get(f"{HOME}/{{member:uuid}}/withdraw", guards=[allow(PAY)])
async def show_withdraw(request: AnyRequest, ctx: Ctx, member: FromPath[UUID]) -> Response[str]:
    """Ask what a member takes out, and how the officer knew them."""
    row = await members.get_member(ctx, member)
    sheet = _sheet_to_pay(member, str(new_id()))
    return await show_sheet(request, ctx, sheet, values={"way": row["pay"]}, about=row["name"])


@post(f"{HOME}/{{member:uuid}}/withdraw", guards=[allow(PAY)])
async def withdraw(
    request: AnyRequest, ctx: Ctx, member: FromPath[UUID]
) -> Response[str] | Redirect:
    """Pay it, once, however often it is sent."""
    sending = await read_sending(request, ctx)
    sheet = _sheet_to_pay(member, sending.key)
    sent = await read_sheet(request, ctx, sheet)
    if sent.problems:
        return await show_sheet(request, ctx, sheet, reading=sent)
    facts = {name: value for name, value in sent.values.items() if name != "checked"}
    try:
        await accounts.withdraw(ctx, member, Wanted(**facts), key=sending.key)
    except AppError as refusal:
        return await show_sheet(request, ctx, sheet, reading=sent, refusal=refusal)
    return Redirect(f"{HOME}/{member}", status_code=303)


@get(f"{HOME}/{{member:uuid}}/advance", guards=[allow(APPROVE)])
async def show_advance(request: AnyRequest, ctx: Ctx, member: FromPath[UUID]) -> Response[str]:
    """Ask how far below zero an account may go."""
    row = await members.get_member(ctx, member)
    values = {"amount": row["advance"]}
    return await show_sheet(
        request, ctx, _sheet_to_advance(member), values=values, about=row["name"]
    )


@post(f"{HOME}/{{member:uuid}}/advance", guards=[allow(APPROVE)])
async def advance(
    request: AnyRequest, ctx: Ctx, member: FromPath[UUID]
) -> Response[str] | Redirect:
    """Approve it."""
    sheet = _sheet_to_advance(member)
    sent = await read_sheet(request, ctx, sheet)
    if sent.problems:
        return await show_sheet(request, ctx, sheet, reading=sent)
    try:
        await accounts.approve_advance(ctx, member, **sent.values)
    except AppError as refusal:
        return await show_sheet(request, ctx, sheet, reading=sent, refusal=refusal)
    return Redirect(f"{HOME}/{member}", status_code=303)


@get(f"{HOME}/{{member:uuid}}/statement.pdf", guards=[allow(READ)])
async def print_statement(ctx: Ctx, member: FromPath[UUID]) -> Response[bytes]:
    """Give a member's account as a paper."""
    return pdf_response(await papers.statement_pdf(ctx, member), "statement.pdf")


router = Router(
    "/",
    route_handlers=[
        show_members,
        show_new,
        register,
        show_member,
        show_change,
        change,
        show_withdraw,
        withdraw,
        show_advance,
        advance,
        print_statement,
    ],
)
