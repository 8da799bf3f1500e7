"""Do what waits for the background, as the worker does, in the tests' own process."""

import json
from collections.abc import Mapping

from core import db, handing
from core.context import Context
from plugins.eoffice.service.jobs import JOBS

_KINDS = {job.name: job.run for job in (*JOBS, *handing.JOBS)}
_WAITING = """
SELECT id, task_name, args::text FROM procrastinate_jobs
WHERE status = 'todo' AND task_name = ANY ($1) AND scheduled_at IS NULL ORDER BY id
"""


async def pump(offices: Mapping[str, Context], *, twice: bool = False) -> int:
    """Do what is due until nothing is; return how many jobs were done.

    :param twice: each is done a second time, as after a process that died before it said so.
    """
    done = 0
    while True:
        async with db.across_tenants() as connection:
            waiting = await connection.fetch(_WAITING, list(_KINDS))
        if not waiting:
            return done
        for row in waiting:
            arguments = json.loads(row["args"])
            ctx = offices[arguments.pop("tenant")]
            for _ in range(2 if twice else 1):
                await _KINDS[row["task_name"]](ctx, **arguments)
            async with db.across_tenants() as connection:
                await connection.execute("DELETE FROM procrastinate_jobs WHERE id = $1", row["id"])
            done += 1
