"""The timeline of a case."""

from typing import Any
from uuid import UUID

from core.api import Context, add_later, into, new_id
from kit.casework.tables import Moment

_MOMENTS = into(Moment)


async def note_moment(ctx: Context, case: UUID, act: str, *, public: bool, **detail: Any) -> None:
    """Note what ``ctx.actor`` did, in the change's own transaction.

    :param public: the citizen sees it.
    :param detail: JSON values that the timeline shows.
    """
    row = {
        "tenant_id": ctx.tenant.id,
        "id": new_id(),
        "case_id": case,
        "at": ctx.now,
        "act": act,
        "actor": ctx.actor.id,
        "actor_name": ctx.actor.name,
        "actor_post": ctx.actor.post,
        "public": public,
        "detail": detail,
    }
    add_later(_MOMENTS, row)
