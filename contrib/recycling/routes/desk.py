"""The page from which officers reach every part of the waste bank, and its figures."""

from typing import Any

import msgspec
from litestar import Response, Router, get, post

from contrib.recycling.forms.members import CAPITAL
from contrib.recycling.rules.book import BOOK
from contrib.recycling.rules.books import ACCOUNTS
from contrib.recycling.service import books, doors
from contrib.recycling.service.figures import kept as kept_of
from contrib.recycling.service.figures import total
from contrib.recycling.service.rights import APPROVE, FIGURES, PERMISSIONS, READ
from core.api import AppError, Ctx, Text, allow, new_id, officer, page
from kit.forms import AnyRequest, Sheet, read_sheet, show_sheet, ungrouped
from kit.law import figures_router
from kit.offline import Answer, once, read_sending, reply

KEY = "idempotency_key"
_CAPITAL = Sheet(
    title=Text("บันทึกเงินทุนเข้า", "Note capital"),
    back=(doors.HOME, doors.TITLE),
    groups=ungrouped(*CAPITAL),
    button=Text("บันทึก", "Save"),
    intro=Text(
        "เงินของวิสาหกิจชุมชนที่ใช้จ่ายสมาชิกก่อนขายให้โรงงาน ไม่ใช่รายได้ของเทศบาล",
        "Money of the community enterprise from which members are paid before anything is sold. "
        "It is no revenue of the municipality.",
    ),
)


def _sheet(key: str) -> Sheet:
    return msgspec.structs.replace(_CAPITAL, hidden={KEY: key})


@get(doors.HOME, guards=[officer])
async def show_desk(request: AnyRequest, ctx: Ctx) -> Response[str]:
    """Show the parts of the work that the officer may do, and the books."""
    may = {one: ctx.actor.may(one) for one in PERMISSIONS}
    kept = await kept_of(ctx)
    return await page(
        request,
        ctx,
        "recycling/desk.html",
        may=may,
        books=await books.read_books(ctx) if may[READ] else {},
        accounts=ACCOUNTS,
        total=await total(ctx, kept),
    )


@get(f"{doors.HOME}/capital", guards=[allow(APPROVE)])
async def show_capital(request: AnyRequest, ctx: Ctx) -> Response[str]:
    """Ask how much capital came in."""
    return await show_sheet(request, ctx, _sheet(str(new_id())))


@post(f"{doors.HOME}/capital", guards=[allow(APPROVE)])
async def pay_in(request: AnyRequest, ctx: Ctx) -> Response[Any]:
    """Note it, once, however often it is sent."""
    sending = await read_sending(request, ctx)
    sent = await read_sheet(request, ctx, sheet := _sheet(sending.key))
    if sent.problems:
        return await show_sheet(request, ctx, sheet, reading=sent)

    async def act() -> Answer:
        await books.pay_in(ctx, sent.values["amount"], to_bank=sent.values["into"] == "bank")
        return Answer(doors.HOME)

    try:
        return reply(request, ctx, await once(ctx, sending, act))
    except AppError as refusal:
        return await show_sheet(request, ctx, sheet, reading=sent, refusal=refusal)


router = Router("/", route_handlers=[show_desk, show_capital, pay_in])
figures = figures_router(
    BOOK,
    permission=FIGURES,
    title=Text("เกณฑ์ของธนาคารขยะ", "Figures of the waste bank"),
    intro=Text(
        "น้ำหนักที่ต่างได้ ส่วนที่เฉลี่ยคืน และค่าการลดก๊าซเรือนกระจก ค่าที่ยังไม่ยืนยันแสดงไว้ชัดเจน",
        "How far weights may differ, what is shared, and the factors of carbon dioxide. "
        "What nobody has read is called unverified.",
    ),
)
