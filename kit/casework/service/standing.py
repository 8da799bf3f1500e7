"""What everybody may know of the work: what is asked for most, and how much ends in time."""

from collections.abc import Mapping
from datetime import date, datetime

import msgspec

from core.api import Context, transaction

# The newest cases tell what people come for; so many are looked at, however many there are.
LATEST = 2_000

_ASKED_FOR = """
SELECT service, count(*) AS filed FROM (
  SELECT service, filed_at FROM casework."case" WHERE tenant_id = $1
  ORDER BY year DESC, number DESC LIMIT $3
) latest WHERE filed_at >= $2 GROUP BY service
"""
_DECIDED = """
SELECT count(*) AS decided, count(*) FILTER (WHERE decided_on <= due_on) AS in_time
FROM casework."case" WHERE tenant_id = $1 AND decided_on BETWEEN $2 AND $3
"""


class Decided(msgspec.Struct, frozen=True):
    """How many cases were decided, and how many of them within the limit of the law."""

    total: int
    in_time: int


async def count_asked_for(ctx: Context, since: datetime) -> Mapping[str, int]:
    """Return how often each service was asked for, by code, as far as it was at all.

    Counted among the newest 2,000 cases.

    :param since: aware, the moment of filing.
    """
    async with transaction(ctx) as connection:
        rows = await connection.fetch(_ASKED_FOR, ctx.tenant.id, since, LATEST)
    return {row["service"]: row["filed"] for row in rows}


async def count_decided(ctx: Context, first: date, last: date) -> Decided:
    """Return how the decisions of some days stand against the law, both days included.

    A limit that was lawfully extended counts as extended.
    """
    async with transaction(ctx) as connection:
        row = await connection.fetchrow(_DECIDED, ctx.tenant.id, first, last)
    return Decided(row["decided"], row["in_time"])
