"""The office's month: what was charged, let off and collected by revenue, and each of its days."""

from calendar import monthrange
from collections.abc import AsyncIterator, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import msgspec

from core.api import Context, Text, transaction
from kit.documents import Lines
from kit.thai import short_day
from kit.treasury.rules.quoting import quote
from kit.treasury.service.flows import Flows, flows
from kit.treasury.service.titles import revenue_title


class Kind(msgspec.Struct, frozen=True, kw_only=True):
    """One kind of revenue in a month, satang."""

    code: str
    title: str
    charged: int = 0
    let_off: int = 0
    collected: int = 0


class OneDay(msgspec.Struct, frozen=True, kw_only=True):
    """One day of a month: receipts that were given, those cancelled since, and money, satang."""

    day: date
    receipts: int
    cancelled: int
    counter: int
    cheques: int
    banks: int
    locked: bool

    @property
    def total(self) -> int:
        """All money of the day."""
        return self.counter + self.cheques + self.banks


class Month(msgspec.Struct, frozen=True, kw_only=True):
    """A month of the books."""

    flows: Flows
    kinds: Sequence[Kind]
    days: Sequence[OneDay]


def days_of(month: date) -> tuple[date, date]:
    """Return the first and the last day of the month in which a day is."""
    return month.replace(day=1), month.replace(day=monthrange(month.year, month.month)[1])


_CHARGED = """
SELECT c.revenue, sum(CASE p.kind WHEN 'raised' THEN p.amount ELSE 0 END)::bigint AS charged,
  sum(CASE p.credit WHEN 'receivable' THEN p.amount ELSE 0 END)::bigint AS let_off
FROM treasury.posting p
JOIN treasury.charge c ON c.tenant_id = p.tenant_id AND c.id = p.charge_id
WHERE p.tenant_id = $1 AND p.on_day BETWEEN $2 AND $3 AND p.payment_id IS NULL
GROUP BY c.revenue
"""
_DAYS = """
SELECT d.day, coalesce(r.receipts, 0) AS receipts, coalesce(r.cancelled, 0) AS cancelled,
  coalesce(m.counter, 0)::bigint AS counter, coalesce(m.cheques, 0)::bigint AS cheques,
  coalesce(m.banks, 0)::bigint AS banks, d.locked_at IS NOT NULL AS locked
FROM treasury.book_day d
LEFT JOIN (
  SELECT issued_on, count(*) AS receipts, count(cancelled_at) AS cancelled
  FROM treasury.receipt WHERE tenant_id = $1 AND issued_on BETWEEN $2 AND $3 GROUP BY issued_on
) r ON r.issued_on = d.day
LEFT JOIN (
  SELECT on_day, sum(amount) FILTER (WHERE account LIKE 'cash/%' OR account = 'vault/cash')
    AS counter,
    sum(amount) FILTER (WHERE account LIKE 'cheque/%' OR account = 'vault/cheque') AS cheques,
    sum(amount) FILTER (WHERE account LIKE 'bank/%' OR account LIKE 'transit/%') AS banks
  FROM (
    SELECT on_day, debit AS account, amount FROM treasury.posting
    WHERE tenant_id = $1 AND on_day BETWEEN $2 AND $3 AND payment_id IS NOT NULL
    UNION ALL SELECT on_day, credit, -amount FROM treasury.posting
    WHERE tenant_id = $1 AND on_day BETWEEN $2 AND $3 AND payment_id IS NOT NULL
  ) AS sides GROUP BY on_day
) m ON m.on_day = d.day
WHERE d.tenant_id = $1 AND d.day BETWEEN $2 AND $3 ORDER BY d.day
"""


async def read_month(ctx: Context, month: date) -> Month:
    """Return the month in which a day is."""
    first, last = days_of(month)
    async with transaction(ctx) as connection:
        moved = await flows(ctx, first, last)
        charged = await connection.fetch(_CHARGED, ctx.tenant.id, first, last)
        days = await connection.fetch(_DAYS, ctx.tenant.id, first, last)
    known = {row["revenue"]: row for row in charged}
    kinds = [
        Kind(
            code=code,
            title=revenue_title(ctx, code),
            charged=known[code]["charged"] if code in known else 0,
            let_off=known[code]["let_off"] if code in known else 0,
            collected=moved.revenues.get(code, 0),
        )
        for code in sorted(known.keys() | moved.revenues.keys())
    ]
    return Month(flows=moved, kinds=kinds, days=[OneDay(**dict(row)) for row in days])


HEADS = (
    Text("วันที่", "Day"),
    Text("เล่มที่/เลขที่", "Receipt"),
    Text("ได้รับเงินจาก", "Received from"),
    Text("รายการ", "For"),
    Text("ประเภท", "Revenue"),
    Text("วิธีชำระ", "Way"),
    Text("จำนวนเงิน (บาท)", "Amount (baht)"),
    Text("ผู้รับเงิน", "Received by"),
    Text("หมายเหตุ", "Remark"),
)
_WAYS = {
    "counter": Text("เงินสด", "Cash"),
    "cheque": Text("เช็ค", "Cheque"),
}
_BANK_WAY = Text("โอนผ่านธนาคาร", "Bank")
_CANCELLED = Text("ยกเลิก {why}", "Cancelled: {why}")
_PAGE = 1_000
_REGISTER = """
SELECT r.year, r.number, r.issued_on, r.payer_name, r.lines::text AS lines, r.amount,
  r.issued_by_name, r.cancelled_why, p.way
FROM treasury.receipt r
JOIN treasury.payment p ON p.tenant_id = r.tenant_id AND p.id = r.payment_id
WHERE r.tenant_id = $1 AND r.issued_on BETWEEN $2 AND $3 AND (r.year, r.number) > ($4, $5)
ORDER BY r.year, r.number LIMIT $6
"""


async def register(ctx: Context, month: date) -> AsyncIterator[Lines]:
    """Yield the register of a month's receipts (ทะเบียนคุมใบเสร็จ), a page at a time.

    A line for each kind of revenue of a receipt; of a cancelled one the amount is 0.
    """
    first, last = days_of(month)
    after = (0, 0)
    while True:
        async with transaction(ctx) as connection:
            rows = await connection.fetch(_REGISTER, ctx.tenant.id, first, last, *after, _PAGE)
        if not rows:
            return
        yield [line for row in rows for line in _lines(ctx, row)]
        after = (rows[-1]["year"], rows[-1]["number"])


def _lines(ctx: Context, row: Any) -> Lines:
    why = row["cancelled_why"]
    said = _CANCELLED.to(ctx.language).format(why=why) if why is not None else ""
    return [
        (
            short_day(row["issued_on"], ctx.language),
            quote(row["year"], row["number"]),
            row["payer_name"],
            line["title"][ctx.language],
            revenue_title(ctx, line["revenue"]),
            _WAYS.get(row["way"], _BANK_WAY).to(ctx.language),
            in_baht(0 if why is not None else line["amount"]),
            row["issued_by_name"],
            said,
        )
        for line in msgspec.json.decode(row["lines"])
    ]


def in_baht(satang: int) -> Decimal:
    """Return an amount as other programs take it: baht with two decimals."""
    return Decimal(satang).scaleb(-2)
