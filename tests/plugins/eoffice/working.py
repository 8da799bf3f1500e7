"""Do what waits in the queue of an office, in the order and the lines of the worker."""

import json
from datetime import datetime

from core import db, events, handing
from core.context import Context
from plugins.eoffice.service.jobs import JOBS

_KINDS = {job.name: job.run for job in (*JOBS, *handing.JOBS, *events.JOBS)}
_DUE = """
SELECT id, task_name, args::text FROM procrastinate_jobs AS job
WHERE status = 'todo' AND args ->> 'tenant' = $1 AND task_name = ANY ($2)
  AND (scheduled_at IS NULL OR scheduled_at <= $3)
  AND NOT EXISTS (SELECT FROM procrastinate_jobs AS earlier
    WHERE earlier.lock = job.lock AND earlier.status = 'todo' AND earlier.id < job.id)
ORDER BY id LIMIT 1
"""
_NEXT = """
SELECT min(scheduled_at) FROM procrastinate_jobs
WHERE status = 'todo' AND args ->> 'tenant' = $1 AND task_name = ANY ($2)
"""


async def work(ctx: Context, *, twice: bool = False) -> datetime | None:
    """Do what is due, and return when the next is; None where nothing waits any more.

    :param twice: each is done once more, as after a process that died before it said so.
    """
    which = (ctx.tenant.id, list(_KINDS))
    while True:
        async with db.across_tenants() as connection:
            due = await connection.fetchrow(_DUE, *which, ctx.now)
            if due is None:
                later: datetime | None = await connection.fetchval(_NEXT, *which)
                return later
        arguments = json.loads(due["args"])
        del arguments["tenant"]
        for _ in range(2 if twice else 1):
            await _KINDS[due["task_name"]](ctx, **arguments)
        async with db.across_tenants() as connection:
            await connection.execute("DELETE FROM procrastinate_jobs WHERE id = $1", due["id"])
