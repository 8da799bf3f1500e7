"""Take cash for a bill at the counter, by keyboard: amount, what was handed over, Enter."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode
from uuid import UUID, uuid4

from litestar import Request, Response, Router, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from core.api import AppError, Conflict, Context, Ctx, InvalidInput, Text, allow, show_form, typed
from kit.thai import Unreadable, baht, parse_baht
from kit.treasury.service import receipts, showing, taking, tills

AnyRequest = Request[Any, Any, Any]

_COLLECT = allow(tills.COLLECT)


@get("/desk/bills/{bill:uuid}/take", guards=[_COLLECT])
async def show_taking(request: AnyRequest, ctx: Ctx, bill: FromPath[UUID]) -> Response[str]:
    """Show what is owed, filled in, and ask what was handed over."""
    return await _show(request, ctx, bill)


async def _show(
    request: AnyRequest,
    ctx: Context,
    bill: UUID,
    given: Mapping[str, str] | None = None,
    wrong: AppError | None = None,
) -> Response[str]:
    shown = await showing.open_bill(ctx, bill)
    mine = await tills.till_of(ctx)
    fresh = {"amount": baht(shown.row["owed"]), "tendered": "", "key": str(uuid4())}
    return await show_form(
        request,
        ctx,
        "treasury/take.html",
        typed={**fresh, **(given or {})},
        wrong=wrong,
        shown=shown,
        # One that was not closed the day before takes nothing more.
        till=mine is not None and mine["day"] == ctx.today,
    )


@post("/desk/bills/{bill:uuid}/take", guards=[_COLLECT])
async def take(request: AnyRequest, ctx: Ctx, bill: FromPath[UUID]) -> Response[str] | Redirect:
    """Take the money and show the receipt; sent twice it is taken once."""
    given = await typed(request, "amount", "tendered", "key", "exact")
    try:
        amount, tendered = _read(given)
        mine = await tills.till_of(ctx)
        taken = await taking.take_cash(
            ctx,
            bill,
            amount=amount,
            tendered=tendered,
            till=mine["till"] if mine else tills.FIRST,
            key=f"{bill}/{given['key'][:36]}",
        )
    except (InvalidInput, Conflict) as wrong:
        return await _show(request, ctx, bill, given, wrong)
    # What is not of this moment was taken before, under the same form.
    issued_at = (await receipts.read_receipt(ctx, taken.receipt.id))["issued_at"]
    before = {} if issued_at == ctx.now else {"before": "yes"}
    told = urlencode({"tendered": tendered, **before})
    return Redirect(f"/desk/receipts/{taken.receipt.id}?{told}", status_code=303)


def _read(given: Mapping[str, str]) -> tuple[int, int]:
    """Return what is paid and what was handed over, satang."""
    problems: dict[str, Text] = {}
    amounts: dict[str, int] = {}
    for name in ("amount", "tendered"):
        try:
            text = given["amount"] if name == "tendered" and given["exact"] else given[name]
            amounts[name] = parse_baht(text)
        except Unreadable as refusal:
            problems[name] = refusal.sentence
    if problems:
        raise InvalidInput(problems)
    return amounts["amount"], amounts["tendered"]


router = Router("/", route_handlers=[show_taking, take])
