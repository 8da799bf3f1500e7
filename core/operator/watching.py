"""See how each office does, one after another, and keep it in the operator's tenant.

Every query is of one office; only the queue, which belongs to nobody, is counted at once.
"""

import asyncio
import logging
import os
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path
from typing import Any

import msgspec

from core import db
from core.context import SYSTEM, Context
from core.jobs import Job
from core.modules.failures import of_the_day
from core.notifications.service import count_undelivered as count_messages
from core.operator.here import is_operator
from core.operator.tables import OfficeState
from core.tenants.directory import Directory
from core.tenants.tables import Switch
from core.tenants.tenant import Tenant
from core.undelivered.service import count_undelivered as count_work

log = logging.getLogger(__name__)

WATCH, MEASURE = "core.watch_offices", "core.measure_offices"
# All offices of the country, a tenth of a second each, and as much again.
BUDGET = 1800.0

_QUEUES = """
SELECT args ->> 'tenant' AS tenant, count(*) AS jobs, min(due) AS oldest FROM (
  SELECT args, coalesce(scheduled_at, (
    SELECT min(at) FROM procrastinate_events e WHERE e.job_id = j.id
  )) AS due
  FROM procrastinate_jobs j WHERE status IN ('todo', 'doing')
) waiting WHERE due <= $1 GROUP BY 1
"""
_KEEP = """
INSERT INTO core.office_state (tenant_id, office, at, plugins, resting, failures, jobs,
  oldest_job_at, undelivered, messages_waiting, messages_failed)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
ON CONFLICT (tenant_id, office) DO UPDATE SET at = excluded.at, plugins = excluded.plugins,
  resting = excluded.resting, failures = excluded.failures, jobs = excluded.jobs,
  oldest_job_at = excluded.oldest_job_at, undelivered = excluded.undelivered,
  messages_waiting = excluded.messages_waiting, messages_failed = excluded.messages_failed
"""
_ROWS = "SELECT core.estimated_rows($1)"


async def each_office(
    ctx: Context, directory: Directory, look: Callable[[Context], Awaitable[None]]
) -> None:
    """Have every office but the operator's own looked at; one that fails keeps what was known.

    :param look: is given the context of the system in the office.
    """
    for id in await directory.all_ids():
        tenant: Tenant | None = await directory.get(id)
        if tenant is None or id == ctx.tenant.id:
            continue
        try:
            await look(ctx.elsewhere(tenant, SYSTEM))
        except Exception:
            if db.engine.was_lost():
                raise
            # What breaks in one office must not keep the others from being seen.
            log.exception("%s cannot be seen", id)


async def watch(ctx: Context, directory: Directory) -> None:
    """Keep how each office does now."""
    async with db.across_tenants() as connection:
        rows = await connection.fetch(_QUEUES, ctx.now)
    queues = {row["tenant"]: row for row in rows}

    async def look(there: Context) -> None:
        seen = await _state(there, queues.get(there.tenant.id, {}))
        async with db.transaction(ctx) as connection:
            await connection.execute(_KEEP, ctx.tenant.id, there.tenant.id, ctx.now, *seen)

    await each_office(ctx, directory, look)


async def _state(there: Context, queue: Mapping[str, Any]) -> list[Any]:
    async with db.transaction(there):
        switches = await Switch.select().where(Switch.of(there), Switch.on.eq(True))
        failures = await of_the_day(there)
        messages = await count_messages(there)
        work = await count_work(there)
    resting = {
        row["plugin"]: row["resting_cause"] or "" for row in switches if row["resting_since"]
    }
    return [
        sorted(row["plugin"] for row in switches),
        msgspec.json.encode(resting).decode(),
        sum(one.count for one in failures.values()),
        queue.get("jobs", 0),
        queue.get("oldest"),
        work,
        messages["waiting"],
        messages["failed"],
    ]


async def measure(ctx: Context, directory: Directory) -> None:
    """Keep what each office stores: its files counted, its rows estimated."""

    async def look(there: Context) -> None:
        folder = ctx.settings.data / "files" / there.tenant.id
        bytes_ = await asyncio.to_thread(size_of, folder)
        async with db.transaction(there) as connection:
            rows = await connection.fetchval(_ROWS, there.tenant.id)
        async with db.transaction(ctx):
            await OfficeState.update(
                {
                    OfficeState.file_bytes: bytes_,
                    OfficeState.rows: rows,
                    OfficeState.measured_at: ctx.now,
                }
            ).where(OfficeState.of(ctx), OfficeState.office == there.tenant.id)

    await each_office(ctx, directory, look)


def size_of(folder: Path) -> int:
    """Return the bytes of all files below a folder; of none where there is no such folder."""
    total = 0
    for place, _, names in os.walk(folder):
        for name in names:
            try:
                total += (Path(place) / name).stat().st_size
            except FileNotFoundError:
                # It was deleted meanwhile.
                continue
    return total


def jobs_of(directory: Directory) -> tuple[Job, ...]:
    """Return the jobs of the operator's tenant that look at all offices."""

    def at_operator(
        look: Callable[[Context, Directory], Awaitable[None]],
    ) -> Callable[[Context], Awaitable[None]]:
        async def run(ctx: Context) -> None:
            if is_operator(ctx):
                await look(ctx, directory)

        return run

    return (
        Job(name=WATCH, run=at_operator(watch), every="*/15 * * * *", budget=BUDGET),
        Job(name=MEASURE, run=at_operator(measure), every="40 2 * * *", budget=BUDGET),
    )
