"""One slice of a billing run after another: what a thousand points owe, counted or billed."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

import msgspec

from core.api import Actor, Context, Text, transaction
from kit.treasury import Due, Made, Wanted, bill_all, charged
from plugins.waste_fees.rules.fees import Fee
from plugins.waste_fees.rules.months import period_of, said, span
from plugins.waste_fees.rules.register import in_force
from plugins.waste_fees.service.entries import SOURCE
from plugins.waste_fees.service.known import Known, known_of
from plugins.waste_fees.service.reference import charge_reference
from plugins.waste_fees.service.tariffs import FoundKind, get_kind

SLICE = 1_000
SAMPLES = 50

_LOCK = """
SELECT kind, first_month, months, zone, due_on, state, "cursor", odd, samples, begun_by,
  begun_by_name
FROM waste_fees.run WHERE tenant_id = $1 AND id = $2 FOR UPDATE
"""
_NEXT = """
SELECT id, number FROM waste_fees.point
WHERE tenant_id = $1 AND ($2::uuid IS NULL OR id > $2) AND ($3 = '' OR zone = $3)
ORDER BY id LIMIT $4
"""
_NOTE = """
UPDATE waste_fees.run SET "cursor" = coalesce($3, "cursor"), looked_at = looked_at + $4,
  bills = bills + $5, amount = amount + $6, odd = $7, samples = $8, state = $9, ended_at = $10
WHERE tenant_id = $1 AND id = $2
"""
_KEEP = """
INSERT INTO waste_fees.billed (tenant_id, bill_id, run_id, point_id, lines)
SELECT $1, w.bill, $2, w.point, w.lines::jsonb
FROM unnest($3::uuid[], $4::uuid[], $5::text[]) AS w(bill, point, lines)
"""
_encode = msgspec.json.Encoder().encode


class _Owing(msgspec.Struct, frozen=True):
    """A point that owes something for the months of a run."""

    point: UUID
    wanted: Wanted
    lines: list[dict[str, Any]]


async def go_on(ctx: Context, run: UUID, *, slices: int) -> bool:
    """Count or bill some more slices; return whether nothing is left to do now."""
    for _ in range(slices):
        if await _slice(ctx, run):
            return True
    return False


async def _slice(ctx: Context, run: UUID) -> bool:
    async with transaction(ctx) as connection:
        row = await connection.fetchrow(_LOCK, ctx.tenant.id, run)
        if row is None or row["state"] not in ("counting", "running"):
            return True
        points = await connection.fetch(_NEXT, ctx.tenant.id, row["cursor"], row["zone"], SLICE)
        kind = await get_kind(ctx, row["kind"])
        months = span(row["first_month"], row["months"])
        odd, samples = Counter(msgspec.json.decode(row["odd"])), msgspec.json.decode(row["samples"])
        known = await known_of(ctx, kind, [one["id"] for one in points])
        owing = _owing(known, points, months, row["due_on"], odd, samples)
        if row["state"] == "running":
            here = replace(ctx, actor=_whose(ctx, row))
            bills, amount = await _bill(here, run, kind, months, row["due_on"], owing)
            odd["before"] += len(owing) - bills
        else:
            bills, amount = await _count(ctx, owing, odd)
        over = len(points) < SLICE
        ends = {"counting": "counted", "running": "done"}
        await connection.execute(
            _NOTE,
            *(ctx.tenant.id, run, points[-1]["id"] if points else None, len(points), bills, amount),
            *(_encode(+odd).decode(), _encode(samples).decode()),
            ends[row["state"]] if over else row["state"],
            ctx.now if over else None,
        )
    return over


def _whose(ctx: Context, row: Any) -> Actor:
    """Return in whose name bills are made: who confirmed the run, though a job makes them."""
    if ctx.actor.kind != "system" or row["begun_by"] is None:
        return ctx.actor
    return replace(ctx.actor, id=row["begun_by"], name=row["begun_by_name"])


def _owing(
    known: Known,
    points: Sequence[Any],
    months: Sequence[date],
    due_on: date,
    odd: "Counter[str]",
    samples: list[Any],
) -> list[_Owing]:
    """Return who owes something, and note in ``odd`` and ``samples`` who does not, and why."""
    found = []
    for id, number in points:
        fees = [(month, known.fee(id, month)) for month in months]
        due = [(month, fee) for month, fee in fees if fee.total]
        wrong = {fee.odd for _, fee in fees if fee.odd}
        for one in sorted(wrong):
            odd[one] += 1
            if len(samples) < SAMPLES:
                samples.append([str(id), number, one])
        if due:
            found.append(_of_point(known, id, due, due_on))
    return found


def _of_point(known: Known, point: UUID, fees: Sequence[tuple[date, Fee]], due_on: date) -> _Owing:
    kind = known.kind
    dues = tuple(
        Due(
            reference=charge_reference(point, kind.code, month),
            revenue=kind.revenue,
            title=kind.title,
            amount=fee.total,
            due_on=due_on,
            period=period_of(month),
        )
        for month, fee in fees
    )
    facts = in_force(known.histories[point], fees[-1][0])
    if facts is None:
        raise RuntimeError(f"{point} owes something without facts")
    lines = [
        {"month": month, "why": [one.why.th, one.why.en], "amount": one.amount}
        for month, fee in fees
        for one in fee.lines
    ]
    wanted = Wanted(subject=f"point/{point}", payer=UUID(facts.payer), dues=dues)
    return _Owing(point, wanted, lines)


async def _count(ctx: Context, owing: Sequence[_Owing], odd: "Counter[str]") -> tuple[int, int]:
    references = [due.reference for one in owing for due in one.wanted.dues]
    before = await charged(ctx, SOURCE, references)
    sums = [
        sum(due.amount for due in one.wanted.dues if due.reference not in before) for one in owing
    ]
    odd["before"] += sums.count(0)
    return len(sums) - sums.count(0), sum(sums)


async def _bill(
    ctx: Context,
    run: UUID,
    kind: FoundKind,
    months: Sequence[date],
    due_on: date,
    owing: Sequence[_Owing],
) -> tuple[int, int]:
    words = said(months)
    made: list[Made] = await bill_all(
        ctx,
        source=SOURCE,
        kind=kind.digits,
        title=Text(f"{kind.title.th} {words.th}", f"{kind.title.en}, {words.en}"),
        due_on=due_on,
        wanted=[one.wanted for one in owing],
        ref2=period_of(months[0]),
    )
    if made:
        async with transaction(ctx) as connection:
            await connection.execute(
                _KEEP,
                *(ctx.tenant.id, run, [one.id for one in made]),
                [owing[one.place].point for one in made],
                [_encode(owing[one.place].lines).decode() for one in made],
            )
    return len(made), sum(one.total for one in made)
