"""Work by the clock: when its time comes, one job for each municipality that wants it."""

import asyncio
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from croniter import croniter

from core import db
from core.jobs import Job, defer_for_tenants
from core.tenants.tenant import BANGKOK

PERIOD = 0.5  # seconds

# Of several workers the one whose row is new does it; older rows say nothing any more.
_NOTE = """
INSERT INTO procrastinate_periodic_defers (task_name, defer_timestamp) VALUES ($1, $2)
ON CONFLICT DO NOTHING RETURNING id
"""
_FORGET = "DELETE FROM procrastinate_periodic_defers WHERE task_name = $1 AND defer_timestamp < $2"

# What the operator has suspended has no hours.
_AWAKE = "SELECT id FROM core.tenant WHERE suspended_at IS NULL ORDER BY id"
_AWAKE_WITH = """
SELECT id FROM core.tenants_with_plugin($1) AS one JOIN core.tenant ON id = one
WHERE suspended_at IS NULL ORDER BY id
"""


async def follow_clock(
    kinds: Iterable[Job], *, everywhere: Collection[str], alone: Mapping[str, str | None]
) -> None:
    """Defer the jobs that have a time, whenever it comes, until cancelled.

    :param everywhere: the core, and plugins that no municipality can switch off.
    :param alone: jobs, by name, of one municipality only, or of none.
    """
    done: dict[str, datetime] = {}
    timed = [(job, job.every) for job in kinds if job.every is not None]
    while True:
        now = datetime.now(BANGKOK)
        for job, every in timed:
            due = last_due(every, now)
            if done.get(job.name) != due:
                only = [alone[job.name]] if job.name in alone else None
                await _defer(job, due, everywhere=job.plugin in everywhere, only=only)
                done[job.name] = due
        await asyncio.sleep(PERIOD)


def last_due(every: str, now: datetime) -> datetime:
    """Return the latest time, not after ``now``, at which a job was due.

    :param every: as cron writes it.
    :param now: aware, in the zone by which ``every`` is read.
    """
    # croniter looks for a time before the one it is given.
    due: datetime = croniter(every, now + timedelta(microseconds=1)).get_prev(datetime)
    return due


async def _defer(
    job: Job, due: datetime, *, everywhere: bool, only: Sequence[str | None] | None = None
) -> None:
    moment = int(due.timestamp())
    async with db.across_tenants() as connection:
        if await connection.fetchval(_NOTE, job.name, moment) is None:
            return
        await connection.execute(_FORGET, job.name, moment)
        if only is not None:
            await defer_for_tenants(job.name, [one for one in only if one is not None])
            return
        if everywhere:
            rows = await connection.fetch(_AWAKE)
        else:
            rows = await connection.fetch(_AWAKE_WITH, job.plugin)
        await defer_for_tenants(job.name, [row[0] for row in rows])
