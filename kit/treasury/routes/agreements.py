"""Agreements to pay in instalments at the desk: proposed, made, shown, ended."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from litestar import Request, Response, Router, get, post
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect

from core.api import MONTHS, AppError, Context, Ctx, InvalidInput, allow, page
from kit.thai import BUDDHIST_OFFSET, ascii_digits
from kit.treasury.routes.files import pdf_file
from kit.treasury.routes.sent import BOOKS, day_of, said
from kit.treasury.service import agreed, agreements
from kit.treasury.service.adjusting import ADJUST
from kit.treasury.service.agreements import Proposal

AnyRequest = Request[Any, Any, Any]
_ADJUST = allow(ADJUST)


@get("/desk/treasury/agreements", guards=[BOOKS])
async def show_all(request: AnyRequest, ctx: Ctx) -> Response[str]:
    """List agreements, those with a missed instalment first."""
    return await page(
        request, ctx, "treasury/agreements.html", agreements=await agreed.agreements(ctx)
    )


@get("/desk/treasury/agreements/new", guards=[_ADJUST])
async def show_new(request: AnyRequest, ctx: Ctx, bill: FromQuery[UUID]) -> Response[str]:
    """Ask which bills of a payer are paid in how many parts."""
    month = ctx.today.month % 12 + 1
    year = ctx.today.year + BUDDHIST_OFFSET + (month == 1)
    typed = {"count": "3", "first_on.day": "5", "first_on.month": month, "first_on.year": year}
    return await _new(request, ctx, bill, typed, {str(bill)})


async def _new(
    request: AnyRequest,
    ctx: Context,
    bill: UUID,
    typed: Mapping[str, Any],
    chosen: set[str],
    proposal: Proposal | None = None,
    refusal: AppError | None = None,
) -> Response[str]:
    wrong = refusal if isinstance(refusal, InvalidInput) else None
    return await page(
        request,
        ctx,
        "treasury/agreement_new.html",
        status_code=refusal.status_code if refusal else 200,
        bill=bill,
        bills=await agreements.bills_to_agree(ctx, bill),
        typed=typed,
        chosen=chosen,
        proposal=proposal,
        months=[one.to(ctx.language) for one in MONTHS],
        problems=said(ctx, wrong),
        refusal=refusal.sentence.to(ctx.language) if refusal and not wrong else None,
    )


@post("/desk/treasury/agreements/new", guards=[_ADJUST])
async def make(request: AnyRequest, ctx: Ctx, bill: FromQuery[UUID]) -> Response[str] | Redirect:
    """Show what an agreement would say, or make it."""
    typed, chosen = await _sent(request)
    try:
        bills = [UUID(one) for one in chosen]
        count, first_on = _count(typed.get("count", "")), day_of(typed, "first_on")
        proposal = await agreements.propose(ctx, bills, count=count, first_on=first_on)
        if typed.get("do") != "agree":
            return await _new(request, ctx, bill, typed, set(chosen), proposal)
        why = typed.get("why", "")
        id = await agreements.agree(ctx, bills, count=count, first_on=first_on, why=why)
    except AppError as refusal:
        return await _new(request, ctx, bill, typed, set(chosen), refusal=refusal)
    return Redirect(f"/desk/treasury/agreements/{id}", status_code=303)


async def _sent(request: AnyRequest) -> tuple[dict[str, str], list[str]]:
    """Return the texts of the form, and which bills were ticked; what is no id is left out."""
    items = [one for one in (await request.form()).multi_items() if isinstance(one[1], str)]
    ticked = [value for name, value in items if name == "bills" and _is_id(value)]
    return dict(items), ticked


def _is_id(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True


def _count(typed: str) -> int:
    """Return a number of parts; what is none is 0, which no agreement takes."""
    plain = ascii_digits(typed.strip())
    return int(plain) if plain.isascii() and plain.isdigit() and len(plain) < 5 else 0


@get("/desk/treasury/agreements/{agreement:uuid}", guards=[BOOKS])
async def show_one(request: AnyRequest, ctx: Ctx, agreement: FromPath[UUID]) -> Response[str]:
    """Show an agreement with its instalments and bills."""
    return await _show(request, ctx, agreement)


async def _show(
    request: AnyRequest, ctx: Context, id: UUID, why: str = "", refusal: AppError | None = None
) -> Response[str]:
    wrong = refusal if isinstance(refusal, InvalidInput) else None
    return await page(
        request,
        ctx,
        "treasury/agreement.html",
        status_code=refusal.status_code if refusal else 200,
        seen=await agreed.read_agreement(ctx, id),
        may_adjust=ctx.actor.may(ADJUST),
        why=why,
        problems=said(ctx, wrong),
        refusal=refusal.sentence.to(ctx.language) if refusal and not wrong else None,
    )


@post("/desk/treasury/agreements/{agreement:uuid}/end", guards=[_ADJUST])
async def end(request: AnyRequest, ctx: Ctx, agreement: FromPath[UUID]) -> Response[str] | Redirect:
    """End an agreement."""
    typed, _ = await _sent(request)
    why = typed.get("why", "")
    try:
        await agreements.end(ctx, agreement, why=why)
    except AppError as refusal:
        return await _show(request, ctx, agreement, why, refusal)
    return Redirect(f"/desk/treasury/agreements/{agreement}", status_code=303)


@get("/desk/treasury/agreements/{agreement:uuid}/agreement.pdf", guards=[BOOKS])
async def open_paper(ctx: Ctx, agreement: FromPath[UUID]) -> Response[bytes]:
    """Give the paper that both sides sign."""
    return pdf_file(*await agreed.agreement_pdf(ctx, agreement))


router = Router("/", route_handlers=[show_all, show_new, make, show_one, end, open_paper])
