"""What forms of the treasury sent, and who may open its pages."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from litestar import Request

from core.api import Context, InvalidInput, Text, allow
from kit.thai import Unreadable, parse_baht, parse_day
from kit.treasury.rules.denominations import DENOMINATIONS, MOST_PIECES
from kit.treasury.service.days import CLOSE
from kit.treasury.service.links import READ
from kit.treasury.service.receipts import CANCEL
from kit.treasury.service.tills import COLLECT

BOOKS, COLLECTOR, DIRECTOR, APPROVER = allow(READ), allow(COLLECT), allow(CLOSE), allow(CANCEL)

_PIECES = Text(
    "จำนวน{name} ต้องเป็นตัวเลข 0 ถึง {most} ตรวจจำนวนที่นับ",
    "The number of {name} is a figure from 0 to {most}. Check the count.",
)

Sent = dict[str, str]


async def sent(request: Request[Any, Any, Any]) -> Sent:
    """Return the texts of a form by control."""
    items = (await request.form()).multi_items()
    return {name: value for name, value in items if isinstance(value, str)}


def pieces_of(posted: Mapping[str, str]) -> dict[int, int]:
    """Return how many notes and coins were counted; an empty field is none.

    :raises InvalidInput: naming each field that is no number.
    """
    problems, pieces = {}, {}
    for one in DENOMINATIONS:
        name = f"piece-{one.value}"
        typed = posted.get(name, "").replace(",", "").strip() or "0"
        if typed.isdecimal() and len(typed) < 9 and int(typed) <= MOST_PIECES:
            pieces[one.value] = int(typed)
        else:
            problems[name] = _PIECES.format(name=one.name, most=f"{MOST_PIECES:,}")
    if problems:
        raise InvalidInput(problems)
    return pieces


def amount_of(posted: Mapping[str, str], name: str) -> int:
    """Return an amount that was typed, satang; empty is nothing.

    :raises InvalidInput: it is no amount.
    """
    try:
        return parse_baht(posted.get(name, "").strip() or "0")
    except Unreadable as wrong:
        raise InvalidInput({name: wrong.sentence}) from None


def day_of(posted: Mapping[str, str], name: str) -> date:
    """Return a day that was typed in three controls.

    :raises InvalidInput: there is no such day.
    """
    try:
        return parse_day(*(posted.get(f"{name}.{part}", "") for part in ("day", "month", "year")))
    except Unreadable as wrong:
        raise InvalidInput({f"{name}.day": wrong.sentence}) from None


def said(ctx: Context, refusal: InvalidInput | None) -> dict[str, str]:
    """Return the sentences of a refusal in the language of the page."""
    problems = refusal.problems if refusal else {}
    return {name: text.to(ctx.language) for name, text in problems.items()}
