"""The desk of money that waits: the queue, one payment with its suggestions, what is done to it."""

from collections.abc import Awaitable, Callable
from typing import Any
from uuid import UUID

from litestar import Request, Response, Router, get, post
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect

from core.api import AppError, Context, Ctx, InvalidInput, Text, allow, page
from kit.treasury.service import billing, refunds, suspense
from kit.treasury.service.receipts import CANCEL
from kit.treasury.service.suggesting import suggestions

_READ, _ASSIGN = allow("treasury.read"), allow("treasury.assign")
STANDINGS = {
    "provisional": (Text("ธนาคารแจ้งแล้ว รอไฟล์สิ้นวัน", "Said, not in a file yet"), "run"),
    "confirmed": (Text("เงินเข้าแล้ว", "Received"), "ok"),
    "reversed": (Text("ถูกยกเลิก", "Taken back"), "bad"),
    "rejected": (Text("ตัดออกแล้ว", "Rejected"), "bad"),
}
KINDS = {
    "received": Text("รับเงิน", "Received"),
    "paid": Text("รับเงินชำระหนี้", "Received, and paid a charge"),
    "confirmed": Text("ไฟล์ธนาคารยืนยัน", "Confirmed by the bank's file"),
    "applied": Text("ชำระหนี้", "Paid a charge"),
    "taken_back": Text("ถอนจากหนี้", "Taken off a charge"),
    "reversed": Text("ยกเลิกการรับ", "Taken back"),
    "rejected": Text("ตัดออก ไม่มีในไฟล์", "Rejected, not in the file"),
    "granted": Text("อนุมัติให้คืน", "Granted to be paid back"),
    "kept": Text("เลิกการคืน", "No longer to be paid back"),
    "refund": Text("จ่ายคืนที่ช่องรับเงิน", "Paid back at a till"),
    "refunded": Text("โอนคืนแล้ว", "Sent back through the bank"),
}
# Where the reason is typed: two of the forms may stand on one page.
_REASON = {"grant": "grant_why", "reject": "reject_why"}
_WHICH = Text(
    "เลือกใบแจ้ง หรือพิมพ์เลขอ้างอิงของใบแจ้งที่ต้องการ",
    "Choose a bill, or type the reference of the one that is meant.",
)


@get("/desk/suspense", guards=[_READ])
async def show_queue(
    request: Request[Any, Any, Any], ctx: Ctx, reason: FromQuery[str] = ""
) -> Response[str]:
    """List the money that waits, and what is to be paid back."""
    return await page(
        request,
        ctx,
        "treasury/suspense.html",
        reason=reason,
        rows=await suspense.queue(ctx, reason=reason),
        counts=await suspense.counts(ctx),
        refunds=await refunds.refunds_due(ctx),
        reasons=suspense.REASONS,
        most=suspense.MOST,
    )


@get("/desk/suspense/{payment:uuid}", guards=[_READ])
async def show_payment(
    request: Request[Any, Any, Any], ctx: Ctx, payment: FromPath[UUID]
) -> Response[str]:
    """Show a payment, which bills it may be meant for, and what was done with it."""
    return await _payment(request, ctx, payment, {}, {})


async def _payment(
    request: Request[Any, Any, Any],
    ctx: Context,
    payment: UUID,
    problems: dict[str, Text],
    typed: dict[str, str],
) -> Response[str]:
    row = await suspense.read(ctx, payment)
    moved = row["left"] + row["granted"] < row["amount"]
    return await page(
        request,
        ctx,
        "treasury/suspense_one.html",
        status_code=422 if problems else 200,
        payment=row,
        moved=moved,
        suggestions=await suggestions(ctx, row) if row["waits"] and not moved else [],
        reasons=suspense.REASONS,
        standings=STANDINGS,
        kinds=KINDS,
        may=ctx.actor.may("treasury.assign"),
        grants=ctx.actor.may(CANCEL),
        typed=typed,
        problems={name: text.to(ctx.language) for name, text in problems.items()},
    )


@post("/desk/suspense/{payment:uuid}/{act:str}", guards=[_ASSIGN])
async def act_on_payment(
    request: Request[Any, Any, Any], ctx: Ctx, payment: FromPath[UUID], act: FromPath[str]
) -> Response[str] | Redirect:
    """Give a payment to a bill, grant that it goes back, note that it did, or reject it."""
    form = await request.form()
    reason = _REASON.get(act, "why")
    typed = {name: str(form.get(name, "")) for name in ("bill", "other", reason)}
    try:
        await _acts(act)(ctx, payment, typed | {"why": typed[reason]})
    except InvalidInput as refusal:
        problems = {reason if one == "why" else one: text for one, text in refusal.problems.items()}
        return await _payment(request, ctx, payment, problems, typed)
    return Redirect(f"/desk/suspense/{payment}", status_code=303)


_Act = Callable[[Context, UUID, dict[str, str]], Awaitable[None]]


def _acts(act: str) -> _Act:
    known: dict[str, _Act] = {
        "assign": _assign,
        "grant": _grant,
        "refunded": lambda ctx, payment, typed: suspense.note_refund(
            ctx, payment, why=typed["why"]
        ),
        "reject": lambda ctx, payment, typed: suspense.reject(ctx, payment, why=typed["why"]),
    }
    if act not in known:
        raise InvalidInput({"act": Text("ไม่มีการดำเนินการนี้", "There is no such act.")})
    return known[act]


async def _grant(ctx: Context, payment: UUID, typed: dict[str, str]) -> None:
    await refunds.grant_refund(ctx, payment, why=typed["why"])


async def _assign(ctx: Context, payment: UUID, typed: dict[str, str]) -> None:
    wanted = typed["other"].strip() or typed["bill"]
    if not wanted:
        raise InvalidInput({"other": _WHICH})
    try:
        bill = await billing.find_bill(ctx, wanted)
    except AppError as refusal:
        raise InvalidInput({"other": refusal.sentence}) from refusal
    await suspense.assign(ctx, payment, bill, why=typed["why"])


router = Router("/", route_handlers=[show_queue, show_payment, act_on_payment])
