"""The receipts of a day, and a receipt by its number, as officers leaf through the book."""

import re
from datetime import date
from typing import Any
from uuid import UUID

import msgspec

from core.api import Context, audit, transaction
from kit.thai import ascii_digits, baht_text
from kit.treasury.rules.quoting import quote
from kit.treasury.service.lines import said_line
from kit.treasury.service.receipts import read_receipt
from kit.treasury.tables.bills import Bill
from kit.treasury.tables.books import Payment, Receipt

ON_A_PAGE = 100
# With the year, which is tried first, for ``2/2570`` is no page of book 2; and without it.
_NUMBERS = (
    re.compile(r"(?:[0-9]{1,6}/)?([0-9]{1,9})/(2[0-9]{3})"),
    re.compile(r"(?:[0-9]{1,6}/)?([0-9]{1,9})()"),
)
_ROW = (
    Receipt.id,
    Receipt.year,
    Receipt.number,
    Receipt.amount,
    Receipt.payer_name,
    Receipt.issued_at,
    Receipt.issued_by_name,
    Receipt.cancelled_at,
)


class Day(msgspec.Struct, frozen=True, kw_only=True):
    """The receipts of one day.

    :param receipts: a page of them, each with its quoted ``no``, the newest first.
    :param count: of the whole day, without those that were cancelled.
    :param total: satang of these.
    :param cancelled: how many were cancelled.
    :param after: number where the next page begins; 0 on the last one.
    """

    receipts: list[dict[str, Any]]
    count: int
    total: int
    cancelled: int
    after: int = 0


_SUMS = """
SELECT count(*) FILTER (WHERE cancelled_at IS NULL) AS count,
  coalesce(sum(amount) FILTER (WHERE cancelled_at IS NULL), 0)::bigint AS total,
  count(cancelled_at) AS cancelled
FROM treasury.receipt WHERE tenant_id = $1 AND issued_on = $2
"""


async def receipts_on(ctx: Context, day: date, *, after: int = 0) -> Day:
    """Return the receipts that were given on a day, with their sum."""
    which: tuple[Any, ...] = (Receipt.of(ctx), Receipt.issued_on == day)
    if after:
        which = (*which, Receipt.number < after)
    async with transaction(ctx) as connection:
        rows = (
            await Receipt.select(*_ROW)
            .where(*which)
            .order_by(Receipt.number, ascending=False)
            .limit(ON_A_PAGE + 1)
        )
        sums = await connection.fetchrow(_SUMS, ctx.tenant.id, day)
    more = len(rows) > ON_A_PAGE
    rows = rows[:ON_A_PAGE]
    return Day(
        receipts=[_quoted(row) for row in rows],
        after=rows[-1]["number"] if more else 0,
        **dict(sums),
    )


async def receipts_numbered(ctx: Context, typed: str) -> list[dict[str, Any]]:
    """Return the receipts of a number: ``3/0215/2570``, or of any year ``215``; newest first."""
    plain = ascii_digits("".join(typed.split()))
    matches = [found for form in _NUMBERS if (found := form.fullmatch(plain))]
    if not matches:
        return []
    found = matches[0]
    which: tuple[Any, ...] = (Receipt.of(ctx), Receipt.number == int(found[1]))
    if found[2]:
        which = (*which, Receipt.year == int(found[2]))
    async with transaction(ctx):
        rows = (
            await Receipt.select(*_ROW)
            .where(*which)
            .order_by(Receipt.year, ascending=False)
            .limit(ON_A_PAGE)
        )
    return [_quoted(row) for row in rows]


def _quoted(row: dict[str, Any]) -> dict[str, Any]:
    return row | {"no": quote(row["year"], row["number"])}


async def open_receipt(ctx: Context, receipt: UUID) -> dict[str, Any]:
    """Return a receipt for an officer, with the ``bill`` it is of; that it was opened is recorded.

    Each line has what it is ``said`` to be for, the whole its amount in Thai ``words``.

    :raises NotFound: there is none.
    """
    async with transaction(ctx):
        row = await read_receipt(ctx, receipt)
        [paid] = await Payment.select(Payment.bill_id, Payment.way).where(
            Payment.of(ctx), Payment.id == row["payment_id"]
        )
        bill = (
            await Bill.select(Bill.id, Bill.ref1, Bill.owed)
            .where(Bill.of(ctx), Bill.id == paid["bill_id"])
            .first()
        )
        await audit.record(ctx, "treasury.receipt.read", f"receipt/{receipt}")
    for line in row["lines"]:
        line["said"] = said_line(line["title"][ctx.language], line["period"], ctx.language)
    return row | {"way": paid["way"], "bill": bill, "words": baht_text(row["amount"])}
