"""The office's day: every till and bank account, by revenue and by range of receipts."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

import msgspec

from core.api import Context, transaction
from kit.treasury.service.days import lock_of
from kit.treasury.service.flows import Flows, flows
from kit.treasury.service.takings import ranges
from kit.treasury.tables.tills import Closing


class Given(msgspec.Struct, frozen=True, kw_only=True):
    """Receipts of one place that were given on a day.

    :ivar amount: of those that stand, satang.
    """

    place: str
    collector: UUID | None
    count: int
    cancelled: int
    amount: int
    ranges: Sequence[str]


class Day(msgspec.Struct, frozen=True, kw_only=True):
    """A day of the books.

    :ivar tills: the tills' days as in the table, each with its ``given``, or None without.
    :ivar banks: receipts for money that came through banks.
    :ivar lock: when and by whom it was locked, or None.
    """

    day: date
    flows: Flows
    tills: Sequence[dict[str, Any]]
    banks: Sequence[Given]
    given: Given
    lock: dict[str, Any] | None


# A file of a bank may bring a million: numbers that follow each other are one row. Money that the
# bank has only told of counts with its account, so that its file changes nothing of the day.
_RECEIPTS = """
WITH given AS (
  SELECT r.year, r.number, r.amount, r.cancelled_at IS NOT NULL AS cancelled,
    CASE WHEN drawer THEN '' ELSE 'bank/' END || split_part(p.account, '/', 2) AS place,
    CASE WHEN drawer THEN p.taken_by END AS collector
  FROM treasury.receipt r
  JOIN treasury.payment p ON p.tenant_id = r.tenant_id AND p.id = r.payment_id,
    LATERAL (SELECT split_part(p.account, '/', 1) IN ('cash', 'cheque') AS drawer) AS kind
  WHERE r.tenant_id = $1 AND r.issued_on = $2
)
SELECT place, collector, year, min(number) AS first, max(number) AS last, count(*) AS count,
  count(*) FILTER (WHERE cancelled) AS cancelled,
  coalesce(sum(amount) FILTER (WHERE NOT cancelled), 0)::bigint AS amount
FROM (
  SELECT *, number - row_number() OVER (PARTITION BY place, collector, year ORDER BY number)
    AS island FROM given
) AS numbered
GROUP BY place, collector, year, island ORDER BY year, first
"""


async def read_day(ctx: Context, day: date) -> Day:
    """Return a day of the books."""
    async with transaction(ctx) as connection:
        rows = await connection.fetch(_RECEIPTS, ctx.tenant.id, day)
        closings = (
            await Closing.select()
            .where(Closing.of(ctx), Closing.day == day)
            .order_by(Closing.till)
            .order_by(Closing.opened_at)
        )
        moved = await flows(ctx, day, day)
        lock = await lock_of(ctx, day)
    places: dict[tuple[str, UUID | None], list[Mapping[str, Any]]] = {}
    for row in rows:
        places.setdefault((row["place"], row["collector"]), []).append(row)
    given = {place: _given(*place, some) for place, some in places.items()}
    tills = [row | {"given": given.get((row["till"], row["collector"]))} for row in closings]
    return Day(
        day=day,
        flows=moved,
        tills=tills,
        banks=[one for (_, collector), one in given.items() if collector is None],
        given=_given("", None, rows),
        lock=lock,
    )


def _given(place: str, collector: UUID | None, rows: Sequence[Mapping[str, Any]]) -> Given:
    return Given(
        place=place,
        collector=collector,
        count=sum(row["count"] for row in rows),
        cancelled=sum(row["cancelled"] for row in rows),
        amount=sum(row["amount"] for row in rows),
        ranges=ranges((row["year"], row["first"], row["last"]) for row in rows),
    )


async def own_days(ctx: Context) -> list[dict[str, Any]]:
    """Return the last days on which the actor closed a till, the newest first."""
    async with transaction(ctx):
        rows: list[dict[str, Any]] = (
            await Closing.select(
                Closing.id,
                Closing.till,
                Closing.day,
                Closing.counted,
                Closing.cheques,
                Closing.received_at,
            )
            .where(
                Closing.of(ctx),
                Closing.collector == ctx.actor.id,
                Closing.closed_at.is_not_null(),
            )
            .order_by(Closing.closed_at, ascending=False)
            .limit(10)
        )
    return rows
