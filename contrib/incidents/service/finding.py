"""Find reports: for everybody, without anything of a person, and for officers."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

import msgspec

from contrib.incidents.rules.states import OPEN, State
from contrib.incidents.tables.reports import Report
from core.api import Context, transaction

PAGE = 50
LATE, OPEN_ONES = "late", "open"
Row = Mapping[str, Any]

# $3: a state, "open" for all that are, "late" for those of them that are, "" for all.
_FITS = """
r.tenant_id = $1 AND ($2 = '' OR r.category = $2)
AND ($3 = '' OR r.state = $3 OR $3 IN ('open', 'late') AND r.state = ANY ($4::varchar[])
  AND ($3 = 'open' OR r.due_at < $5))
"""
_INBOX = f"""
SELECT r.*, a.code AS asset_code, count(*) OVER () AS total,
  (SELECT count(*) FROM incidents.voice v
    WHERE v.tenant_id = r.tenant_id AND v.report_id = r.id) AS voices
FROM incidents.report r
LEFT JOIN incidents.asset a ON a.tenant_id = r.tenant_id AND a.id = r.asset_id
WHERE {_FITS} AND ($6 = '' OR r.unit = $6)
  AND ($7 = '' OR strpos(lower(concat_ws(' ', r.code, r.description, r.address, r.place, a.code)),
    $7) > 0)
ORDER BY r.state <> ALL ($4::varchar[]), r.due_at, r.id DESC LIMIT $8 OFFSET $9
"""  # noqa: S608 - of constants alone
_COUNTS = """
SELECT state, count(*) AS count, count(*) FILTER (WHERE due_at < $2) AS late
FROM incidents.report WHERE tenant_id = $1 GROUP BY state
"""


class Sought(msgspec.Struct, frozen=True, kw_only=True):
    """What is looked for; empty for all.

    :param state: a state, ``open`` or ``late``.
    :param page: from 1.
    """

    category: str = ""
    state: str = ""
    unit: str = ""
    words: str = ""
    page: int = 1


async def open_of_asset(ctx: Context, asset: UUID) -> Sequence[Row]:
    """Return the reports about an asset that are open, the oldest first."""
    async with transaction(ctx):
        rows: list[dict[str, Any]] = (
            await Report.select(Report.code, Report.category, Report.state, Report.sent_at)
            .where(Report.of(ctx), Report.asset_id == asset, Report.state.is_in(sorted(OPEN)))
            .order_by(Report.sent_at)
        )
    return rows


async def inbox(ctx: Context, sought: Sought) -> tuple[Sequence[Row], int]:
    """Return a page of the reports that fit, what is due first at the top, and how many fit."""
    skip = (sought.page - 1) * PAGE
    async with transaction(ctx) as connection:
        rows = await connection.fetch(
            _INBOX,
            ctx.tenant.id,
            sought.category,
            sought.state,
            sorted(OPEN),
            ctx.now,
            sought.unit,
            sought.words[:100].strip().lower(),
            PAGE,
            skip,
        )
    return rows, rows[0]["total"] if rows else 0


async def counts(ctx: Context) -> tuple[dict[State, int], int]:
    """Return how many reports stand in each state, and how many of all are late."""
    async with transaction(ctx) as connection:
        rows = await connection.fetch(_COUNTS, ctx.tenant.id, ctx.now)
    return {State(row["state"]): row["count"] for row in rows}, sum(row["late"] for row in rows)


async def count_waiting(ctx: Context) -> int:
    """Return how many reports wait to be screened, for the navigation of every page."""
    async with transaction(ctx):
        count: int = await Report.count().where(Report.of(ctx), Report.state == State.REPORTED)
    return count
