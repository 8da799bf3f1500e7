"""How often plugins failed of late: counted by the hour, for the pages of modules."""

import contextlib
from collections.abc import Mapping
from datetime import timedelta

import msgspec

from core import db
from core.context import Context
from core.personal import blacken

KEPT = timedelta(days=30)
DAY = timedelta(days=1)

_NOTE = """
INSERT INTO core.plugin_failure (tenant_id, plugin, hour, failures, cause)
VALUES ($1, $2, $3, 1, $4) ON CONFLICT (tenant_id, plugin, hour)
DO UPDATE SET failures = plugin_failure.failures + 1, cause = excluded.cause
"""
_DROP = "DELETE FROM core.plugin_failure WHERE tenant_id = $1 AND plugin = $2 AND hour < $3"
_OF_THE_DAY = """
SELECT plugin, sum(failures)::integer AS failures,
  (array_agg(cause ORDER BY hour DESC))[1] AS cause
FROM core.plugin_failure WHERE tenant_id = $1 AND hour > $2 GROUP BY plugin
"""


class Failures(msgspec.Struct, frozen=True):
    """The failures of one plugin within a day.

    :param cause: of the last one.
    """

    count: int = 0
    cause: str = ""


async def note(ctx: Context, plugin: str, cause: str) -> None:
    """Count one failure; what is older than thirty days is forgotten with it."""
    hour = ctx.now.replace(minute=0, second=0, microsecond=0)
    # A count is not worth a second failure.
    with contextlib.suppress(*db.AWAY):
        async with db.transaction(ctx) as connection:
            await connection.execute(_NOTE, ctx.tenant.id, plugin, hour, blacken(cause)[:500])
            await connection.execute(_DROP, ctx.tenant.id, plugin, hour - KEPT)


async def of_the_day(ctx: Context) -> Mapping[str, Failures]:
    """Return the failures of the last day, to the hour, by plugin; of those that had any."""
    async with db.transaction(ctx) as connection:
        rows = await connection.fetch(_OF_THE_DAY, ctx.tenant.id, ctx.now - DAY)
    return {row["plugin"]: Failures(row["failures"], row["cause"]) for row in rows}
