"""Surcharges: what comes on top of a fee that was not paid in time, once, as a bill of its own."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from core.api import Context, Text, audit, transaction
from kit.thai import said_day
from kit.treasury import Due, Wanted, bill_all, still_owed
from plugins.food_cert.rules.fees import surcharge
from plugins.food_cert.service.limits import limits_on
from plugins.food_cert.service.revenues import SOURCE, SURCHARGE, subject_of

JOB = "food_cert.surcharge"
SLICE = 500

_TITLE = Text(
    "{fee} ร้อยละ {percent} ของยอดที่ค้างเมื่อพ้นกำหนด", "{fee}, {percent} per cent of what is in arrears"
)
_LINE = Text(
    "{title} ครบกำหนด {due} ค้าง {name}", "{title}, due {due}, no. {number} of the register"
)
# Whoever surcharges at the same moment waits, and then finds the years surcharged.
_OVERDUE = """
SELECT f.place_id, f.year, f.bill, f.due_on, p.payer, p.number, p.name FROM food_cert.fee_year f
JOIN food_cert.place p ON p.tenant_id = f.tenant_id AND p.id = f.place_id
WHERE f.tenant_id = $1 AND f.state = 'billed' AND f.bill IS NOT NULL AND f.surcharge = 0
  AND f.told_on IS NULL AND f.due_on < $2 AND (f.place_id, f.year) > ($3, $4)
ORDER BY f.place_id, f.year LIMIT $5 FOR UPDATE OF f
"""
_NOTE = """
UPDATE food_cert.fee_year f SET surcharge = w.amount, surcharge_bill = w.bill
FROM unnest($2::uuid[], $3::smallint[], $4::bigint[], $5::uuid[]) AS w(place, year, amount, bill)
WHERE f.tenant_id = $1 AND f.place_id = w.place AND f.year = w.year
"""


async def surcharge_overdue(ctx: Context) -> None:
    """Bill surcharges of fees that are overdue for so many days; every morning, without harm again.

    The days are for files of banks that are still on their way. An agreement to pay in
    instalments moves the due day with it.
    """
    limits = await limits_on(ctx, ctx.today)
    last = ctx.today - timedelta(days=limits["surcharge.wait_days"].whole)
    due_on = ctx.today + timedelta(days=limits["billing.first_days"].whole)
    after: tuple[UUID, int] | None = (UUID(int=0), 0)
    while after is not None:
        after = await _slice(ctx, limits["surcharge.percent"].whole, last, due_on, after)


async def _slice(
    ctx: Context, percent: int, last: date, due_on: date, after: tuple[UUID, int]
) -> tuple[UUID, int] | None:
    async with transaction(ctx) as connection:
        rows = await connection.fetch(_OVERDUE, ctx.tenant.id, last, *after, SLICE)
        bills = {row["bill"]: row for row in rows}
        owing = [
            (bills[one["id"]], more)
            for one in (await still_owed(ctx, list(bills)) if bills else [])
            if one["due_on"] < last and (more := surcharge(one["owed"], percent))
        ]
        if owing:
            await _bill(ctx, percent, due_on, owing)
    return (rows[-1]["place_id"], rows[-1]["year"]) if len(rows) == SLICE else None


async def _bill(
    ctx: Context, percent: int, due_on: date, owing: Sequence[tuple[Mapping[str, Any], int]]
) -> None:
    title = _TITLE.format(fee=SURCHARGE.title, percent=percent)
    async with transaction(ctx) as connection:
        made = await bill_all(
            ctx,
            source=SOURCE,
            kind=SURCHARGE.kind,
            title=title,
            due_on=due_on,
            wanted=[_wanted(row, more, title, due_on) for row, more in owing],
        )
        known = [(owing[one.place], one.id) for one in made]
        await connection.execute(
            _NOTE,
            ctx.tenant.id,
            [row["place_id"] for (row, _), _ in known],
            [row["year"] for (row, _), _ in known],
            [more for (_, more), _ in known],
            [bill for _, bill in known],
        )
        await audit.record(
            ctx,
            "food_cert.fees.surcharged",
            f"tenant/{ctx.tenant.id}",
            bills=len(known),
            total=sum(more for (_, more), _ in known),
        )


def _wanted(row: Mapping[str, Any], more: int, title: Text, due_on: date) -> Wanted:
    due = said_day(row["due_on"])
    return Wanted(
        subject=subject_of(row["place_id"]),
        payer=row["payer"],
        dues=(
            Due(
                reference=f"{row['place_id'].hex}/surcharge/{row['year']}",
                revenue=SURCHARGE.code,
                title=_LINE.format(title=title, due=due, name=row["name"], number=row["number"]),
                amount=more,
                due_on=due_on,
            ),
        ),
    )
