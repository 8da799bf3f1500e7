"""Hand work over to another municipality of this installation, as over a counter.

A plugin is bound to the municipality for which it runs: it sees no rows of another and can put no
job before it. What it hands over here is carried by the core after the commit, to the same plugin
of the other municipality, which does with it what it likes. Nothing else crosses.
"""

import logging
from typing import Any

from core import db, jobs
from core.behalf import BEHALF
from core.context import Context
from core.jobs import Job

log = logging.getLogger(__name__)

HAND_OVER = "core.hand_over"


async def hand_over(ctx: Context, job: str, *, to: str, **arguments: Any) -> None:
    """Have a job of the plugin done for another municipality, once this transaction has committed.

    It is called with ``sender``, the id of this municipality, beside the arguments; where the
    plugin is off there it waits.

    :param job: ``<plugin>.<verb>``, of the plugin that is at work here.
    :param to: the id of the other municipality.
    :param arguments: JSON values.
    :raises RuntimeError: outside a transaction, or the job is another plugin's.
    """
    behalf = BEHALF.get()
    if behalf is not None and behalf.plugin != job.partition(".")[0]:
        raise RuntimeError(f"{behalf.plugin} hands over a job of another plugin, {job}")
    await jobs.defer(ctx, HAND_OVER, to=to, job=job, arguments=arguments)


async def run(ctx: Context, *, to: str, job: str, arguments: dict[str, Any]) -> None:
    """Put what was handed over before the other municipality."""
    async with db.across_tenants():
        await jobs.defer_for(to, job, {**arguments, "sender": ctx.tenant.id})


JOBS = (Job(name=HAND_OVER, run=run),)
