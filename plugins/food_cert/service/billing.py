"""The billing of every morning: which years are to be billed today, in slices.

A slice is one transaction; a worker that dies leaves whole slices, and the next run finds only
what is not billed yet. On a day on which nothing is due it is some queries that find nothing.
"""

from datetime import timedelta
from typing import Any
from uuid import UUID

from core.api import Context, transaction
from plugins.food_cert.rules.bands import amount_of
from plugins.food_cert.rules.fees import begins
from plugins.food_cert.service.bands import counting, tariffs_of
from plugins.food_cert.service.closing import drop_expired
from plugins.food_cert.service.feeyears import bill_years
from plugins.food_cert.service.limits import limits_on
from plugins.food_cert.service.reducing import reduce

JOB = "food_cert.bill"
SLICE = 500

# Years are counted as the rules count them: ``age`` has a year on 1 March after 29 February.
# A year that runs already is billed to whom a year before it stands in the books of: not to a
# place that was entered from paper in the middle of it, and whose fee was paid on paper too.
_TO_BILL = """
SELECT p.id, p.number, p.name, p.holder, p.address, p.phone, p.account, p.instrument, p.area,
  p.opened_on, y.year
FROM food_cert.place p
CROSS JOIN LATERAL (
  SELECT extract(year FROM age($2::date, p.opened_on))::int + 1 AS runs,
    extract(year FROM age($3::date, p.opened_on))::int + 1 AS comes) a
CROSS JOIN LATERAL generate_series(a.runs, a.comes) AS y(year)
WHERE p.tenant_id = $1 AND p.state IN ('valid', 'suspended') AND p.closed_on IS NULL
  AND (p.instrument = 'certificate' OR p.until >= $2 OR p.renewing IS NOT NULL)
  AND NOT EXISTS (SELECT 1 FROM food_cert.fee_year f WHERE f.tenant_id = $1
    AND f.place_id = p.id AND f.year = y.year AND f.state <> 'void')
  AND (y.year > greatest(a.runs, 1) OR EXISTS (SELECT 1 FROM food_cert.fee_year f
    WHERE f.tenant_id = $1 AND f.place_id = p.id AND f.year <= y.year))
  AND (p.id, y.year) > ($4, $5)
ORDER BY p.id, y.year LIMIT $6
"""
# Whoever closes a place at this moment is waited for, and it is not billed then.
_HELD = f"{_TO_BILL} FOR NO KEY UPDATE OF p"


FIRST = (UUID(int=0), 0)


async def bill(ctx: Context) -> None:
    """Bring bills in step with waivers, drop those of expired licences, bill what is due.

    Every morning, and again without harm.
    """
    await reduce(ctx)
    await drop_expired(ctx)
    after: tuple[UUID, int] | None = FIRST
    while after is not None:
        after = await _slice(ctx, after)


async def _slice(ctx: Context, after: tuple[UUID, int]) -> tuple[UUID, int] | None:
    """Bill some years; return the last one that was looked at, None when it was the end."""
    async with transaction(ctx):
        rows = await _to_bill(ctx, _HELD, after)
        await bill_years(ctx, [(row, row["year"]) for row in rows])
    return (rows[-1]["id"], rows[-1]["year"]) if len(rows) == SLICE else None


async def _to_bill(ctx: Context, query: str, after: tuple[UUID, int]) -> list[Any]:
    before = (await limits_on(ctx, ctx.today))["billing.before_days"].whole
    comes = ctx.today + timedelta(days=before + 1)
    async with transaction(ctx) as connection:
        rows: list[Any] = await connection.fetch(
            query, ctx.tenant.id, ctx.today, comes, *after, SLICE
        )
    return rows


async def without_band(ctx: Context) -> list[dict[str, Any]]:
    """Return places that cannot be billed, for no band has their area; at most a slice of them."""
    rows, tariffs = await _to_bill(ctx, _TO_BILL, FIRST), await tariffs_of(ctx)
    return [
        dict(row)
        for row in rows
        if amount_of(
            counting(tariffs, begins(row["opened_on"], row["year"])), row["instrument"], row["area"]
        )
        is None
    ]
