"""How many cases are open, for those who look after the services."""

from collections.abc import Mapping, Sequence

from core.api import Context, transaction

_OPEN = """
SELECT service, count(*) AS open FROM casework."case"
WHERE tenant_id = $1 AND closed_at IS NULL AND service = ANY($2) GROUP BY service
"""


async def count_open(ctx: Context, codes: Sequence[str]) -> Mapping[str, int]:
    """Return the number of open cases of each of these services, whatever their version."""
    async with transaction(ctx) as connection:
        rows = await connection.fetch(_OPEN, ctx.tenant.id, list(codes))
    return dict.fromkeys(codes, 0) | {row["service"]: row["open"] for row in rows}
