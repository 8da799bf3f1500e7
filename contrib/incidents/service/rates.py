"""How much was done in time, how often reports are reopened, and how citizens rate the work."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

import msgspec

from contrib.incidents.rules.categories import CATEGORIES
from contrib.incidents.rules.states import Stage
from contrib.incidents.service.limits import limits_on
from core.api import Context, Text, transaction

# What has not ended counts as soon as it is late.
_TIMES = """
SELECT category, stage, count(*) FILTER (WHERE in_time) AS in_time,
  count(*) FILTER (WHERE ended_at IS NOT NULL OR due_at < $3) AS counted
FROM incidents.period WHERE tenant_id = $1 AND begun_at >= $2 GROUP BY category, stage
"""
_REPORTS = """
SELECT r.category, count(*) AS sent, count(*) FILTER (WHERE r.state = 'done') AS done,
  sum(r.reopened) AS reopened, coalesce(sum(v.stars), 0) AS stars, sum(v.rated) AS rated
FROM incidents.report r LEFT JOIN LATERAL (
  SELECT sum(rating) AS stars, count(rating) AS rated FROM incidents.voice v
  WHERE v.tenant_id = r.tenant_id AND v.report_id = r.id) AS v ON true
WHERE r.tenant_id = $1 AND r.sent_at >= $2 AND r.state <> 'merged' GROUP BY r.category
"""


class Rate(msgspec.Struct, frozen=True, kw_only=True):
    """A category, or all of them.

    :ivar percent: of what was done in time, by stage; None where nothing was due.
    :ivar stars: with one decimal; None where nobody rated.
    """

    title: Text
    sent: int
    done: int
    reopened: int
    stars: float | None
    percent: Mapping[Stage, int | None]


async def rates(ctx: Context) -> tuple[int, Sequence[Rate]]:
    """Return over how many days, and the rates: of all first, then of each category."""
    days = (await limits_on(ctx, ctx.today))["rates.days"].whole
    since = ctx.now - timedelta(days=days)
    async with transaction(ctx) as connection:
        times = await connection.fetch(_TIMES, ctx.tenant.id, since, ctx.now)
        reports = await connection.fetch(_REPORTS, ctx.tenant.id, since)
    whole = Text("ทุกเรื่อง", "All")
    each = [
        _rate(CATEGORIES[row["category"]].title, [row], _of(times, row["category"]))
        for row in reports
    ]
    return days, [_rate(whole, reports, times), *sorted(each, key=lambda one: -one.sent)]


def _of(rows: Sequence[Any], category: str) -> list[Any]:
    return [row for row in rows if row["category"] == category]


def _rate(title: Text, reports: Sequence[Any], times: Sequence[Any]) -> Rate:
    rated = sum(int(row["rated"]) for row in reports)
    stars = sum(int(row["stars"]) for row in reports)
    percent: dict[Stage, int | None] = {}
    for stage in Stage:
        counted = sum(row["counted"] for row in times if row["stage"] == stage)
        in_time = sum(row["in_time"] for row in times if row["stage"] == stage)
        percent[stage] = 100 * in_time // counted if counted else None
    return Rate(
        title=title,
        sent=sum(row["sent"] for row in reports),
        done=sum(row["done"] for row in reports),
        reopened=sum(int(row["reopened"]) for row in reports),
        stars=round(stars / rated, 1) if rated else None,
        percent=percent,
    )
