"""Arrears: what is owed and since when, by age, by kind of revenue, and by who owes it."""

from collections.abc import AsyncIterator, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

import msgspec

from core.api import Context, NotFound, Text, transaction
from kit.documents import Lines
from kit.thai import short_day
from kit.treasury.rules.ageing import BUCKETS, Bucket, bucket
from kit.treasury.service.monthly import in_baht
from kit.treasury.service.titles import revenue_title
from kit.treasury.tables.bills import Payer

SHOWN = 50
_PAGE = 1_000

# Charges of bills that are open, and those that no bill asks for yet; what is owed is a sum of
# postings, as everywhere. Under an agreement a charge is as old as the first part that is owed.
_DUE = "CASE WHEN g.bill_id IS NULL THEN c.due_on ELSE b.due_on END AS due_on"
_AGREED = """LEFT JOIN treasury.agreed_bill g
  ON g.tenant_id = b.tenant_id AND g.bill_id = b.id AND g.active"""
_OPEN = f"""
WITH open_charge AS (
  SELECT c.id, c.revenue, c.payer_id, {_DUE}, c.title_th, c.title_en, c.period, b.ref1
  FROM treasury.bill b
  JOIN treasury.charge c ON c.tenant_id = b.tenant_id AND c.bill_id = b.id
  {_AGREED}
  WHERE b.tenant_id = $1 AND b.state = 'open'
  UNION ALL
  SELECT c.id, c.revenue, c.payer_id, c.due_on, c.title_th, c.title_en, c.period, ''
  FROM treasury.charge c WHERE c.tenant_id = $1 AND c.bill_id IS NULL
), owed AS (
  SELECT c.*, (
    SELECT sum(CASE p.debit WHEN 'receivable' THEN p.amount ELSE -p.amount END)::bigint
    FROM treasury.posting p WHERE p.tenant_id = $1 AND p.charge_id = c.id
    AND 'receivable' IN (p.debit, p.credit)
  ) AS owes FROM open_charge c WHERE $2 = '' OR c.revenue = $2
)
"""  # noqa: S608 - our own words
_AGES = f"""{_OPEN}
SELECT revenue, due_on, count(*) AS count, sum(owes)::bigint AS amount
FROM owed WHERE owes > 0 GROUP BY revenue, due_on
"""  # noqa: S608 - our own words
_DEBTS = f"""{_OPEN}
SELECT * FROM owed WHERE owes > 0 AND payer_id = $3 ORDER BY due_on, id
"""  # noqa: S608


class Aged(msgspec.Struct, frozen=True, kw_only=True):
    """What is owed of one age: number of charges and satang, together and by revenue."""

    bucket: Bucket
    count: int
    amount: int
    revenues: Mapping[str, int]


class Owing(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody who owes: number of charges, satang, of that past its day, and since when."""

    payer: UUID
    name: str
    address: str
    count: int
    amount: int
    late: int
    since: date


class Debt(msgspec.Struct, frozen=True, kw_only=True):
    """One charge that is owed, satang."""

    title: str
    revenue: str
    period: str
    ref1: str
    due_on: date
    amount: int
    bucket: Bucket


async def ages(ctx: Context, revenue: str = "") -> list[Aged]:
    """Return what is owed by age, from the youngest; ages of which nothing is owed too.

    :param revenue: code of one kind of revenue, or empty for all.
    """
    async with transaction(ctx) as connection:
        rows = await connection.fetch(
            _AGES,
            ctx.tenant.id,
            revenue,
        )
    sums: dict[str, tuple[int, int, dict[str, int]]] = {one.code: (0, 0, {}) for one in BUCKETS}
    for row in rows:
        code = bucket(row["due_on"], ctx.today).code
        count, amount, by = sums[code]
        by[row["revenue"]] = by.get(row["revenue"], 0) + row["amount"]
        sums[code] = (count + row["count"], amount + row["amount"], by)
    return [
        Aged(
            bucket=one,
            count=sums[one.code][0],
            amount=sums[one.code][1],
            revenues=sums[one.code][2],
        )
        for one in BUCKETS
    ]


_OWING = f"""{_OPEN}, per_payer AS (
  SELECT payer_id, count(*) AS count, sum(owes)::bigint AS amount,
    coalesce(sum(owes) FILTER (WHERE due_on < $3), 0)::bigint AS late, min(due_on) AS since
  FROM owed WHERE owes > 0 AND ($4::date IS NULL OR due_on >= $4) AND ($5::date IS NULL
    OR due_on <= $5) GROUP BY payer_id
)
SELECT q.payer_id AS payer, w.name, w.address, q.count, q.amount, q.late, q.since
FROM per_payer q JOIN treasury.payer w ON w.tenant_id = $1 AND w.id = q.payer_id
ORDER BY q.amount DESC, q.payer_id LIMIT $6 OFFSET $7
"""  # noqa: S608


async def who_owes(
    ctx: Context, revenue: str = "", *, age: str = "", skip: int = 0
) -> tuple[list[Owing], bool]:
    """Return who owes most, ``SHOWN`` at a time, and whether there are more.

    :param age: code of the bucket, or empty for all.
    """
    async with transaction(ctx) as connection:
        rows = await connection.fetch(
            _OWING, ctx.tenant.id, revenue, ctx.today, *_days(ctx, age), SHOWN + 1, skip
        )
    found = [Owing(**dict(row)) for row in rows[:SHOWN]]
    return found, len(rows) > SHOWN


def _days(ctx: Context, age: str) -> tuple[date | None, date | None]:
    """Return the first and the last due day of an age; None where it has no end."""
    codes = [one.code for one in BUCKETS]
    if age not in codes:
        return None, None
    place = codes.index(age)
    younger = BUCKETS[place - 1].last if place else None
    last, today = BUCKETS[place].last, ctx.today.toordinal()
    # The youngest is what falls due today or later; the oldest has no first day.
    first_on = date.fromordinal(today - last) if last is not None else None
    last_on = date.fromordinal(today - younger - 1) if younger is not None else None
    return first_on, last_on


async def debts_of(ctx: Context, payer: UUID) -> tuple[dict[str, Any], list[Debt]]:
    """Return a payer and what they owe, the oldest first.

    :raises NotFound: there is no such payer.
    """
    async with transaction(ctx) as connection:
        who = await Payer.select().where(Payer.of(ctx), Payer.id == payer).first()
        if who is None:
            raise NotFound(Text("ไม่พบผู้ชำระรายนี้", "There is no such payer."))
        rows = await connection.fetch(
            _DEBTS,
            ctx.tenant.id,
            "",
            payer,
        )
    return who, [
        Debt(
            title=row["title_th"] if ctx.language == "th" else row["title_en"],
            revenue=revenue_title(ctx, row["revenue"]),
            period=row["period"],
            ref1=row["ref1"],
            due_on=row["due_on"],
            amount=row["owes"],
            bucket=bucket(row["due_on"], ctx.today),
        )
        for row in rows
    ]


HEADS = (
    Text("ชื่อผู้ค้าง", "Who owes"),
    Text("ที่อยู่", "Address"),
    Text("ประเภท", "Revenue"),
    Text("รายการ", "For"),
    Text("งวด", "Period"),
    Text("เลขอ้างอิง", "Reference"),
    Text("ครบกำหนด", "Due"),
    Text("ค้างกี่วัน", "Days late"),
    Text("ยอดค้าง (บาท)", "Owed (baht)"),
)
# Along the key of all charges, so that a page costs the same however many there are.
_LISTED = f"""
SELECT c.id, c.revenue, c.title_th, c.title_en, c.period, {_DUE}, coalesce(b.ref1, '') AS ref1,
  w.name, w.address, o.owes
FROM treasury.charge c
LEFT JOIN treasury.bill b ON b.tenant_id = c.tenant_id AND b.id = c.bill_id
{_AGREED}
JOIN treasury.payer w ON w.tenant_id = c.tenant_id AND w.id = c.payer_id
CROSS JOIN LATERAL (
  SELECT sum(CASE p.debit WHEN 'receivable' THEN p.amount ELSE -p.amount END)::bigint AS owes
  FROM treasury.posting p WHERE p.tenant_id = c.tenant_id AND p.charge_id = c.id
  AND 'receivable' IN (p.debit, p.credit)
) o
WHERE c.tenant_id = $1 AND c.id > $3 AND ($2 = '' OR c.revenue = $2)
  AND (c.bill_id IS NULL OR b.state = 'open') AND o.owes > 0
ORDER BY c.id LIMIT $4
"""  # noqa: S608
_FIRST = UUID(int=0)


async def listed(ctx: Context, revenue: str = "") -> AsyncIterator[Lines]:
    """Yield every charge that is owed, a page at a time, for other programs."""
    after = _FIRST
    while True:
        async with transaction(ctx) as connection:
            rows: Sequence[Any] = await connection.fetch(
                _LISTED, ctx.tenant.id, revenue, after, _PAGE
            )
        if not rows:
            return
        yield [_line(ctx, row) for row in rows]
        after = rows[-1]["id"]


def _line(ctx: Context, row: Mapping[str, Any]) -> tuple[Any, ...]:
    period = row["period"]
    return (
        row["name"],
        row["address"],
        revenue_title(ctx, row["revenue"]),
        row["title_th"] if ctx.language == "th" else row["title_en"],
        f"{period[4:]}/{period[:4]}" if period else "",
        row["ref1"],
        short_day(row["due_on"], ctx.language),
        max(0, (ctx.today - row["due_on"]).days),
        in_baht(row["owes"]),
    )
