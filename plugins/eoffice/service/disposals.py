"""Lists of documents that leave the office, as they stand: read by pages and papers."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from core.api import Context, NotFound, Text, transaction
from kit.thai import buddhist_year
from plugins.eoffice.rules.disposing import Kind
from plugins.eoffice.rules.retention import DEFAULT, ON_SHELF, SET_BY_LAW, cuts, made_before
from plugins.eoffice.service.kept import (
    HELD,
    LENT,
    PAPER,
    RECEIVED,
    demand_office,
    is_everywhere,
    limits_today,
)
from plugins.eoffice.service.rights import DESTROY, KEEP
from plugins.eoffice.tables.keeping import Disposal

PAGE = 50
NO_LIST = Text("ไม่พบบัญชีนี้", "There is no such list.")

# Documents on paper that nothing keeps from leaving. $1 tenant, $2 stages.
_FREE = f"""
FROM eoffice.letter l LEFT JOIN eoffice.kept k ON k.tenant_id = $1 AND k.letter_id = l.id
WHERE l.tenant_id = $1 AND l.state = 'closed' AND l.secrecy = 'normal'
  AND coalesce(k.stage, 'finished') = ANY ($2) AND coalesce(k.paper, {PAPER})
  AND k.disposal IS NULL AND NOT {HELD}
"""
# Those whose time is over: $3 the year of the list, $4 classes with $5 their last days.
_PAST = (
    _FREE
    + f"""
  AND CASE WHEN k.until IS NOT NULL THEN k.until < $3 ELSE EXISTS (
    SELECT FROM unnest($4::text[], $5::date[]) AS c(code, cut)
    WHERE c.code = coalesce(nullif(l.retention, ''), '{DEFAULT}') AND l.closed_on <= c.cut) END
"""
)
# Those that have come of age: $3 made until then, $4 classes that other laws keep, and none that
# the office said before it keeps itself.
_AGED = (
    _FREE
    + """
  AND l.dated_on <= $3 AND l.retention <> ALL ($4) AND NOT EXISTS (
    SELECT FROM eoffice.disposal_item o
    WHERE o.tenant_id = $1 AND o.letter_id = l.id AND o.decision = 'own' AND o.outcome = 'kept')
"""
)
DUE: Mapping[str, str] = {Kind.DESTROY: _PAST, Kind.ARCHIVES: _AGED}

_ITEMS = f"""
SELECT i.turn, i.letter_id, i.decision, i.until, i.why, i.outcome, l.number, l.dated_on, l.subject,
  l.retention, l.closed_on, k.file_code, k.until AS kept_until, {RECEIVED} AS received,
  {HELD} AS held, {LENT} AS lent
FROM eoffice.disposal_item i JOIN eoffice.letter l ON l.tenant_id = $1 AND l.id = i.letter_id
JOIN eoffice.kept k ON k.tenant_id = $1 AND k.letter_id = i.letter_id
WHERE i.tenant_id = $1 AND i.disposal_id = $2 AND i.turn > $3 ORDER BY i.turn LIMIT $4
"""  # noqa: S608 - our own words
_COUNTS = """
SELECT decision, outcome, count(*) AS count FROM eoffice.disposal_item
WHERE tenant_id = $1 AND disposal_id = $2 GROUP BY decision, outcome
"""


def demand_lists(ctx: Context) -> None:
    """Return where the actor keeps documents of the whole office, or is its head.

    :raises NotAllowed: neither.
    """
    if not is_everywhere(ctx, DESTROY):
        demand_office(ctx, KEEP)


async def due_values(ctx: Context, kind: str) -> tuple[Any, ...]:
    """Return the values of ``DUE`` from ``$1`` on, for a list that is drawn today."""
    limits, year = await limits_today(ctx), buddhist_year(ctx.today)
    shelf = [str(stage) for stage in ON_SHELF]
    if kind == Kind.ARCHIVES:
        return ctx.tenant.id, shelf, made_before(limits, year), sorted(SET_BY_LAW)
    over = cuts(limits, year)
    return ctx.tenant.id, shelf, year, list(over), list(over.values())


async def count_due(ctx: Context, kind: str) -> int:
    """Return how many documents a list would have that is drawn today."""
    values = await due_values(ctx, kind)
    async with transaction(ctx) as connection:
        count: int = await connection.fetchval(f"SELECT count(*) {DUE[kind]}", *values)
    return count


async def get_disposal(ctx: Context, disposal: UUID) -> dict[str, Any]:
    """Return a list.

    :raises NotFound: there is none.
    """
    demand_lists(ctx)
    async with transaction(ctx):
        row: dict[str, Any] | None = (
            await Disposal.select()
            .where(Disposal.of(ctx), Disposal.id == disposal)
            .first()
            .output(load_json=True)
        )
    if row is None:
        raise NotFound(NO_LIST)
    return row


async def disposals(ctx: Context) -> list[dict[str, Any]]:
    """Return the lists, the newest first."""
    demand_lists(ctx)
    async with transaction(ctx):
        rows: list[dict[str, Any]] = (
            await Disposal.select()
            .where(Disposal.of(ctx))
            .order_by(Disposal.id, ascending=False)
            .limit(PAGE)
            .output(load_json=True)
        )
    return rows


async def items_of(
    ctx: Context, disposal: UUID, *, after: int = 0, most: int = PAGE
) -> Sequence[Any]:
    """Return documents of a list in their order.

    :param after: only those behind this place.
    """
    async with transaction(ctx) as connection:
        return list(await connection.fetch(_ITEMS, ctx.tenant.id, disposal, after, most))


async def counts_of(ctx: Context, disposal: UUID) -> tuple[dict[str, int], dict[str, int]]:
    """Return how many documents of a list were decided so, and came to that."""
    decisions: dict[str, int] = {}
    outcomes: dict[str, int] = {}
    async with transaction(ctx) as connection:
        for row in await connection.fetch(_COUNTS, ctx.tenant.id, disposal):
            decisions[row["decision"]] = decisions.get(row["decision"], 0) + row["count"]
            outcomes[row["outcome"]] = outcomes.get(row["outcome"], 0) + row["count"]
    return decisions, outcomes
