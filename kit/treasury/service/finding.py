"""How officers find a bill: by what is on it, by who owes, or in lists of how it stands."""

import re
from datetime import date
from typing import Any
from uuid import UUID

import msgspec
from piccolo.columns.combination import WhereRaw

from core.api import Context, transaction
from kit.documents import read_code
from kit.thai import ascii_digits
from kit.treasury.codes.payments import BillPayment
from kit.treasury.codes.references import parse_reference
from kit.treasury.codes.thai_qr import parse
from kit.treasury.rules.standing import LABELS, TONES, Standing, standing
from kit.treasury.service.billing import find_bill
from kit.treasury.tables.bills import Bill

ON_A_PAGE = 50
# Of so many payers the bills are listed; whoever finds more is asked for a longer name.
MOST_PAYERS = 500

Condition = Any

# Scanners send the line ends of a barcode as they like; the biller has 15 digits, ours 12.
_BARCODE = re.compile(r"\|[0-9]{15}\s*([0-9]{12})")


class Wanted(msgspec.Struct, frozen=True, kw_only=True):
    """What an officer looks for.

    :param words: as typed or scanned.
    :param only: a word of ``LISTS``.
    :param after: the last one of the page before, as ``Found`` gave it.
    """

    words: str = ""
    only: str = ""
    after: str = ""


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """A page of bills.

    :param bills: each with its ``standing``, ``label`` and ``tone``.
    :param after: where the next page begins; empty on the last one.
    :param narrow: so many payers have the name that not all bills are listed.
    """

    bills: list[dict[str, Any]]
    after: str = ""
    narrow: bool = False


async def find_exactly(ctx: Context, typed: str) -> UUID | None:
    """Return the bill whose reference, code, QR or barcode was typed or scanned.

    Of twelve letters nobody knows whether they are a code or a name: what is no code is None.

    :raises NotFound: it is a reference, but of no bill.
    """
    text = ascii_digits(typed).strip()
    scanned = _BARCODE.match(text)
    if scanned:
        return await find_bill(ctx, scanned[1])
    if text.startswith("0002"):
        return await _scanned(ctx, text)
    plain = re.sub(r"[\s-]", "", text)
    if re.fullmatch("[0-9]{12}", plain):
        return await find_bill(ctx, plain)
    return await _coded(ctx, typed)


async def _coded(ctx: Context, typed: str) -> UUID | None:
    code = read_code(typed)
    async with transaction(ctx):
        row = await Bill.select(Bill.id).where(Bill.of(ctx), Bill.code == code).first()
    return row["id"] if row else None


async def _scanned(ctx: Context, payload: str) -> UUID | None:
    """Return the bill of a Thai QR that names one.

    :raises Malformed: it is damaged, or of another kind.
    """
    payment = parse(payload)
    if not isinstance(payment, BillPayment):
        return None
    parse_reference(payment.ref1)
    return await find_bill(ctx, payment.ref1)


async def list_bills(ctx: Context, wanted: Wanted) -> Found:
    """Return a page of bills: what is owed by its due day, everything else the newest first."""
    payers = await _payers(ctx, wanted.words) if wanted.words.strip() else None
    if payers == []:
        return Found(bills=[])
    by_due = wanted.only in (Standing.OWED, Standing.OVERDUE)
    condition = _standing(ctx, wanted.only)
    if payers:
        condition = condition & Bill.payer_id.is_in(payers[:MOST_PAYERS])
    if wanted.after:
        condition = condition & _past(wanted.after, by_due=by_due)
    query = Bill.select().where(Bill.of(ctx), condition).limit(ON_A_PAGE + 1)
    query = (
        query.order_by(Bill.due_on).order_by(Bill.id)
        if by_due
        else query.order_by(Bill.id, ascending=False)
    )
    async with transaction(ctx):
        rows = await query
    more = len(rows) > ON_A_PAGE
    rows = rows[:ON_A_PAGE]
    return Found(
        bills=[row | _stands(ctx, row) for row in rows],
        after=f"{rows[-1]['due_on']}_{rows[-1]['id']}" if more else "",
        narrow=len(payers or ()) > MOST_PAYERS,
    )


def _stands(ctx: Context, row: dict[str, Any]) -> dict[str, Any]:
    stands = standing(row["state"], due_on=row["due_on"], today=ctx.today)
    return {"standing": stands, "label": LABELS[stands].to(ctx.language), "tone": TONES[stands]}


_PAYERS = """
SELECT id FROM treasury.payer WHERE tenant_id = $1 AND NOT EXISTS (
  SELECT 1 FROM unnest($2::text[]) AS word
  WHERE strpos(lower(name || ' ' || address), word) = 0)
ORDER BY changed_at DESC LIMIT $3
"""


async def _payers(ctx: Context, words: str) -> list[UUID]:
    """Return who has every one of the words in name or address."""
    some = ascii_digits(words).lower().split()[:8]
    async with transaction(ctx) as connection:
        rows = await connection.fetch(_PAYERS, ctx.tenant.id, some, MOST_PAYERS + 1)
    return [row["id"] for row in rows]


_ALL: Condition = WhereRaw("true")
_NOTHING: Condition = WhereRaw("false")


# Written out, so that the index of what is open is used however often it is asked.
_OPEN: Condition = WhereRaw("state = 'open'")


def _standing(ctx: Context, only: str) -> Condition:
    return {
        Standing.OWED.value: _OPEN,
        Standing.OVERDUE.value: _OPEN & (Bill.due_on < ctx.today),
        Standing.PAID.value: Bill.state == "settled",
        Standing.CANCELLED.value: Bill.state == "cancelled",
    }.get(only, _ALL)


def _past(after: str, *, by_due: bool) -> Condition:
    day, _, id = after.partition("_")
    try:
        due_on, last = date.fromisoformat(day), UUID(id)
    except ValueError:
        return _NOTHING
    if not by_due:
        return Bill.id < last
    return (Bill.due_on > due_on) | ((Bill.due_on == due_on) & (Bill.id > last))
