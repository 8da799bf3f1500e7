"""Note work that failed for good, and have it done again."""

from typing import Any
from uuid import UUID

from core import audit, db, jobs
from core.context import Context
from core.errors import NotFound
from core.events import DELIVER
from core.personal import blacken
from core.text import Text
from core.undelivered.tables import Undelivered

PAGE = 100


async def note(
    ctx: Context, *, job: str, arguments: dict[str, Any], problem: BaseException
) -> None:
    """List a job for a person.

    :param arguments: those with which the job was deferred.
    """
    delivery = job == DELIVER
    async with db.transaction(ctx):
        await Undelivered.insert(
            Undelivered(
                tenant_id=ctx.tenant.id,
                id=db.new_id(),
                job=job,
                plugin=arguments.get("plugin") or "core" if delivery else job.partition(".")[0],
                hook=arguments["hook"] if delivery else None,
                arguments=arguments,
                error=blacken(f"{type(problem).__name__}: {problem}")[:500],
                failed_at=ctx.now,
            )
        )


async def undelivered(ctx: Context) -> list[dict[str, Any]]:
    """Return what failed, the oldest first, up to ``PAGE``."""
    async with db.transaction(ctx):
        return (
            await Undelivered.select(
                Undelivered.id,
                Undelivered.job,
                Undelivered.plugin,
                Undelivered.hook,
                Undelivered.error,
                Undelivered.failed_at,
            )
            .where(Undelivered.of(ctx))
            .order_by(Undelivered.id)
            .limit(PAGE)
        )


async def count_undelivered(ctx: Context) -> int:
    """Return how much work is listed as failed."""
    async with db.transaction(ctx):
        count: int = await Undelivered.count().where(Undelivered.of(ctx))
    return count


async def deliver_again(ctx: Context, *, failed: UUID) -> None:
    """Have failed work done again: it leaves the list, and comes back if it fails again.

    :raises NotFound: it is no longer listed.
    """
    which = (Undelivered.of(ctx), Undelivered.id == failed)
    async with db.transaction(ctx):
        row = await Undelivered.select().where(*which).lock_rows().first().output(load_json=True)
        if row is None:
            raise NotFound(Text("รายการนี้ไม่อยู่แล้ว", "This is no longer listed."))
        await Undelivered.delete().where(*which)
        await jobs.defer_each(ctx, row["job"], [row["arguments"]])
        await audit.record(ctx, "core.work.done_again", f"undelivered/{failed}", job=row["job"])
