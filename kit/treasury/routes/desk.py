"""Bills at the officers' desk: find one, see all of it, waive a part, cancel it."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from litestar import Request, Response, Router, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from core.api import (
    AppError,
    Conflict,
    Context,
    Ctx,
    InvalidInput,
    NotFound,
    Text,
    allow,
    page,
    read_reason,
    show_form,
    typed,
)
from kit.thai import Unreadable, parse_baht
from kit.treasury.refusals import Malformed
from kit.treasury.rules.standing import LABELS
from kit.treasury.service import adjusting, finding, links, showing
from kit.treasury.service.agreed import agreement_of
from kit.treasury.service.finding import Wanted
from kit.treasury.service.tills import COLLECT

AnyRequest = Request[Any, Any, Any]

READ = allow(links.READ)
_ADJUST = allow(adjusting.ADJUST)

_NO_CHARGE = Text("เลือกรายการที่จะยกเว้น", "Choose what is waived.")


@get("/desk/bills", guards=[READ])
async def list_bills(request: AnyRequest, ctx: Ctx) -> Response[str] | Redirect:
    """List bills; a reference, a code or a scan of one leads to it at once."""
    asked = request.query_params
    wanted = Wanted(
        words=asked.get("q", "")[:600],
        only=asked.get("only", "")[:20],
        after=asked.get("after", "")[:60],
    )
    problem = None
    try:
        if (bill := await finding.find_exactly(ctx, wanted.words)) is not None:
            return Redirect(f"/desk/bills/{bill}", status_code=303)
    except (NotFound, Malformed) as refusal:
        problem = refusal.sentence.to(ctx.language)
    return await _list(request, ctx, wanted, problem)


async def _list(
    request: AnyRequest, ctx: Context, wanted: Wanted, problem: str | None
) -> Response[str]:
    found = finding.Found(bills=[]) if problem else await finding.list_bills(ctx, wanted)
    more = {"q": wanted.words, "only": wanted.only, "after": found.after}
    return await page(
        request,
        ctx,
        "treasury/bills.html",
        wanted=wanted,
        found=found,
        problem=problem,
        labels={name.value: label.to(ctx.language) for name, label in LABELS.items()},
        more=f"/desk/bills?{urlencode(more)}" if found.after else None,
    )


@get("/desk/bills/{bill:uuid}", guards=[READ])
async def show_bill(request: AnyRequest, ctx: Ctx, bill: FromPath[UUID]) -> Response[str]:
    """Show a bill with its charges, its money and what was done to it."""
    return await _show(request, ctx, bill)


async def _show(
    request: AnyRequest,
    ctx: Context,
    bill: UUID,
    given: Mapping[str, str] | None = None,
    wrong: AppError | None = None,
) -> Response[str]:
    return await show_form(
        request,
        ctx,
        "treasury/bill_desk.html",
        typed=given,
        wrong=wrong,
        shown=await showing.open_bill(ctx, bill),
        history=await showing.history_of(ctx, bill),
        agreement=await agreement_of(ctx, bill),
        may_collect=ctx.actor.may(COLLECT),
        may_adjust=ctx.actor.may(adjusting.ADJUST),
        done=request.query_params.get("done", ""),
    )


@post("/desk/bills/{bill:uuid}/waive", guards=[_ADJUST])
async def waive(request: AnyRequest, ctx: Ctx, bill: FromPath[UUID]) -> Response[str] | Redirect:
    """Let the payer off a part of a charge; the page comes back where something is wrong."""
    given = await typed(request, "charge", "amount", "why")
    try:
        charge, amount = await _waived(ctx, bill, given)
        await adjusting.waive(ctx, charge, amount=amount, why=given["why"])
    except (InvalidInput, Conflict) as wrong:
        return await _show(request, ctx, bill, given | {"act": "waive"}, wrong)
    return Redirect(f"/desk/bills/{bill}?done=waived", status_code=303)


async def _waived(ctx: Context, bill: UUID, given: Mapping[str, str]) -> tuple[UUID, int]:
    shown = await showing.show_bill(ctx, bill)
    problems: dict[str, Text] = {}
    charges = [one.id for one in shown.lines if str(one.id) == given["charge"]]
    if not charges:
        problems["charge"] = _NO_CHARGE
    amount = 0
    try:
        amount = parse_baht(given["amount"])
    except Unreadable as refusal:
        problems["amount"] = refusal.sentence
    try:
        read_reason(given["why"])
    except InvalidInput as refusal:
        problems |= refusal.problems
    if problems:
        raise InvalidInput(problems)
    return charges[0], amount


@post("/desk/bills/{bill:uuid}/cancel", guards=[_ADJUST])
async def cancel(request: AnyRequest, ctx: Ctx, bill: FromPath[UUID]) -> Response[str] | Redirect:
    """Cancel the bill; the page comes back where something is wrong."""
    given = await typed(request, "cancel_why")
    try:
        await adjusting.cancel_bill(ctx, bill, why=given["cancel_why"])
    except InvalidInput as wrong:
        told = InvalidInput({"cancel_why": wrong.problems["why"]})
        return await _show(request, ctx, bill, given | {"act": "cancel"}, told)
    except Conflict as wrong:
        return await _show(request, ctx, bill, given, wrong)
    return Redirect(f"/desk/bills/{bill}?done=cancelled", status_code=303)


router = Router("/", route_handlers=[list_bills, show_bill, waive, cancel])
