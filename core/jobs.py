"""Work after the answer: jobs are rows of procrastinate, deferred in the change's own transaction.

A job that was deferred by a change that is rolled back never existed; a job
whose worker dies is found again by its missing heartbeat. So a job may run
more than once: whatever it does must bear that.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec

from core import db
from core.context import Context

_DEFER = """
SELECT procrastinate_defer_jobs_v1(ARRAY[
  ROW('default', $1, 0, $2, NULL, $3::jsonb, $4)::procrastinate_job_to_defer_v1
])
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """A kind of background work.

    :param name: ``<plugin>.<verb>``.
    :param run: called with the context of the municipality and the arguments of the job.
    :param every: minutes, hours, … as cron writes them, Bangkok time; the job then runs
        for each municipality that has the plugin switched on. None: only when deferred.
    :param attempts: how often it is tried, with growing pauses, before it counts as failed.
    """

    name: str
    run: Callable[..., Awaitable[None]]
    every: str | None = None
    attempts: int = 6


async def defer(
    ctx: Context,
    name: str,
    *,
    at: datetime | None = None,
    lock: str | None = None,
    **arguments: Any,
) -> None:
    """Have ``name`` done after the commit.

    :param at: not before this instant.
    :param lock: jobs of one lock run one after another, in the order in which they were deferred.
    :param arguments: JSON values.
    :raises RuntimeError: outside a transaction: the job could outlive a change that never was.
    """
    payload = msgspec.json.encode({"tenant": ctx.tenant.id, **arguments}).decode()
    await db.current_connection().execute(_DEFER, name, lock, payload, at)
