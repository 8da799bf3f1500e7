"""What is to be done about keeping, counted for the pages that lead there."""

from core.api import Context, transaction
from plugins.eoffice.rules.disposing import State
from plugins.eoffice.service.kept import is_everywhere, units_kept
from plugins.eoffice.service.lending import units_of_loans
from plugins.eoffice.service.rights import DESTROY

# What waits for the head of the office.
FOR_HEAD = (State.REPORTED, State.ANSWERED)
_COUNTS = """
SELECT
  (SELECT count(*) FROM eoffice.letter l
   LEFT JOIN eoffice.kept k ON k.tenant_id = $1 AND k.letter_id = l.id
   WHERE l.tenant_id = $1 AND l.state = 'closed' AND l.secrecy = 'normal' AND l.unit = ANY ($2)
     AND coalesce(k.stage, 'finished') = 'finished') AS finished,
  (SELECT count(*) FROM eoffice.handover
   WHERE tenant_id = $1 AND state = 'waiting' AND unit = ANY ($2)) AS handed,
  (SELECT count(*) FROM eoffice.hold h
   JOIN eoffice.letter l ON l.tenant_id = $1 AND l.id = h.letter_id
   WHERE h.tenant_id = $1 AND h.lifted_at IS NULL AND l.unit = ANY ($2)
     AND l.secrecy = 'normal') AS held
"""
_LOANS = """
SELECT count(*) FILTER (WHERE b.state = 'lent') AS lent,
  count(*) FILTER (WHERE b.state = 'lent' AND b.due_on < $3) AS late,
  count(*) FILTER (WHERE b.state = 'asked') AS asked
FROM eoffice.loan b JOIN eoffice.letter l ON l.tenant_id = $1 AND l.id = b.letter_id
WHERE b.tenant_id = $1 AND b.state IN ('asked', 'lent') AND l.unit = ANY ($2)
  AND l.secrecy = 'normal'
"""
_LISTS = "SELECT count(*) FROM eoffice.disposal WHERE tenant_id = $1 AND state = ANY ($2)"


async def counts(ctx: Context) -> dict[str, int]:
    """Return how many documents wait for storage or are held, and lists that wait."""
    async with transaction(ctx) as connection:
        row = await connection.fetchrow(_COUNTS, ctx.tenant.id, units_kept(ctx))
    return {**row, **await counts_of_loans(ctx)}


async def counts_of_loans(ctx: Context) -> dict[str, int]:
    """Return how many documents are lent, overdue, and asked for."""
    async with transaction(ctx) as connection:
        return dict(
            await connection.fetchrow(_LOANS, ctx.tenant.id, units_of_loans(ctx), ctx.today)
        )


async def count_for_head(ctx: Context) -> int:
    """Return how many lists wait for the head of the office, where that is the actor."""
    if not is_everywhere(ctx, DESTROY):
        return 0
    states = [str(state) for state in FOR_HEAD]
    async with transaction(ctx) as connection:
        count: int = await connection.fetchval(_LISTS, ctx.tenant.id, states)
    return count
