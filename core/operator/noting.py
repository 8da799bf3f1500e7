"""One act, two trails: what is done in one tenant and concerns another is entered there too.

A transaction is of one tenant. So the act is recorded where it is done, with word to the other in
the same transaction; that word is carried after the commit, once or more often, and counts once.
"""

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

from core import audit, db
from core.context import Actor, Context
from core.handing import hand_over
from core.jobs import Job
from core.operator.tables import Noted

NOTE = "core.note_elsewhere"
# Longer than any job is tried again.
_KEPT = timedelta(days=60)


async def record_both(
    ctx: Context, action: str, subject: str, /, *, other: str, **detail: Any
) -> None:
    """Record an act here, and have it recorded in the other tenant's trail.

    :param other: its id.
    :param detail: JSON values.
    :raises RuntimeError: outside a transaction.
    """
    await audit.record(ctx, action, subject, tenant=other, **detail)
    await note_elsewhere(ctx, action, subject, other=other, **detail)


async def note_elsewhere(
    ctx: Context, action: str, subject: str, /, *, other: str, **detail: Any
) -> None:
    """Have an act of the actor recorded in the other tenant's trail only."""
    await hand_over(
        ctx,
        NOTE,
        to=other,
        id=str(db.new_id()),
        action=action,
        subject=subject,
        who=str(ctx.actor.id) if ctx.actor.id else None,
        name=signed(ctx),
        at=ctx.now.isoformat(),
        detail=detail,
    )


def signed(ctx: Context) -> str:
    """Return the actor with the office, as another office's trail names them; 200 letters."""
    return f"{ctx.actor.name} ({ctx.tenant.name.th})"[:200]


async def note(
    ctx: Context,
    *,
    sender: str,
    id: str,
    action: str,
    subject: str,
    who: str | None,
    name: str,
    at: str,
    detail: dict[str, Any],
) -> None:
    """Enter what came from another tenant, unless it was entered already."""
    actor = Actor(kind="system", id=UUID(who) if who else None, name=name)
    async with db.transaction(ctx):
        row = {"tenant_id": ctx.tenant.id, "id": UUID(id), "at": ctx.now}
        if await db.add(Noted, row, unless=("tenant_id", "id")):
            told = {**detail, "tenant": sender, "done_at": at}
            await audit.record(replace(ctx, actor=actor), action, subject, **told)
        await Noted.delete().where(Noted.of(ctx), Noted.at < ctx.now - _KEPT)


JOBS = (Job(name=NOTE, run=note),)
