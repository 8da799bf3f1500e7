"""What installations tell of failures: taken once for each day, and shown without telling whose.

Nobody signs in to tell, so these are hints and no evidence. They are counts that machines send, not
acts of anybody, and stand in no trail.
"""

from collections.abc import Sequence
from datetime import timedelta

import msgspec

from contrib.catalog.service.published import published
from core.api import Context, InvalidInput, Job, Text, attempts, catalog, transaction

SHOWN, KEPT, LATE = timedelta(days=30), timedelta(days=90), timedelta(days=8)
FEWEST = 3  # installations of which something is told
# Of one address, which many offices may share.
ALLOWED = attempts.Allowance(
    120, timedelta(minutes=1), timedelta(minutes=60), timedelta(minutes=60)
)
_NO_REPORT = Text("ไม่ใช่รายงานความผิดพลาด: {why}", "This is no report of failures: {why}")
_NO_DAY = Text("วันในรายงานต้องเป็น 8 วันที่ผ่านมา", "Its days must be of the last 8.")
_IMPOSSIBLE = Text("ผิดพลาดมากกว่าที่เรียก", "There are more failures than calls.")

_KEEP = """
INSERT INTO catalog.failure_day
  (tenant_id, installation, plugin, version, day, calls, failures, rests)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING
"""
_SHOW = """
SELECT plugin, version, max(told)::integer AS installations, sum(calls)::bigint AS calls,
  sum(failures)::bigint AS failures, sum(rests)::bigint AS rests
FROM (
  SELECT plugin, version, day, count(*) AS told, sum(calls) AS calls,
    sum(failures) AS failures, sum(rests) AS rests
  FROM catalog.failure_day WHERE tenant_id = $1 AND day >= $2 GROUP BY plugin, version, day
) AS by_day GROUP BY plugin, version
"""
_DROP = "DELETE FROM catalog.failure_day WHERE tenant_id = $1 AND day < $2"


class Rate(msgspec.Struct, frozen=True, kw_only=True):
    """How a version does.

    :param installations: the most that told of one day.
    :param per_thousand: failures of a thousand calls; None where too few told, or nobody called.
    :param rests: times that it was put to rest; None where too few told.
    """

    plugin: str
    version: str
    installations: int
    per_thousand: float | None
    rests: int | None

    @property
    def hidden(self) -> bool:
        """Whether too few told of it."""
        return self.installations < FEWEST


async def take(ctx: Context, sent: bytes) -> None:
    """Take a report; what was told before, or is of no version that is published, is left out.

    :raises InvalidInput: it is none.
    :raises TooMany: too many come from there.
    :raises NotFound: no catalog is kept here.
    """
    known = await published(ctx)
    await attempts.take(ctx, "catalog.failures", ctx.address, ALLOWED)
    report = _read(ctx, sent)
    listed = known.listed if known else {}
    async with transaction(ctx) as connection:
        for one in report.counts:
            if (one.plugin, one.version) in listed:
                numbers = (one.calls, one.failures, one.rests)
                whose = (ctx.tenant.id, report.installation)
                await connection.execute(_KEEP, *whose, one.plugin, one.version, one.day, *numbers)


def _read(ctx: Context, sent: bytes) -> catalog.FailureReport:
    try:
        report = msgspec.json.decode(sent, type=catalog.FailureReport)
    except msgspec.DecodeError as problem:
        raise InvalidInput({"report": _NO_REPORT.format(why=problem)}) from problem
    for one in report.counts:
        if not ctx.today - LATE <= one.day <= ctx.today:
            raise InvalidInput({"report": _NO_REPORT.format(why=_NO_DAY)})
        if one.failures > one.calls:
            raise InvalidInput({"report": _NO_REPORT.format(why=_IMPOSSIBLE)})
    return report


async def rates(ctx: Context) -> Sequence[Rate]:
    """Return how versions did within thirty days, those that fail most first."""
    async with transaction(ctx) as connection:
        rows = await connection.fetch(_SHOW, ctx.tenant.id, ctx.today - SHOWN)
    found = [_rate(**row) for row in rows]
    return sorted(found, key=lambda one: (-(one.per_thousand or 0), one.plugin, one.version))


def _rate(
    plugin: str, version: str, installations: int, calls: int, failures: int, rests: int
) -> Rate:
    few = installations < FEWEST
    return Rate(
        plugin=plugin,
        version=version,
        installations=installations,
        per_thousand=None if few or not calls else 1000 * failures / calls,
        rests=None if few else rests,
    )


async def forget(ctx: Context) -> None:
    """Forget what was told of days long ago."""
    async with transaction(ctx) as connection:
        await connection.execute(_DROP, ctx.tenant.id, ctx.today - KEPT)


JOBS = (Job(name="catalog.forget_failures", run=forget, every="20 2 * * *"),)
