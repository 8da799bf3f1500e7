"""Who looked: the part of the trail that the person concerned may see."""

from collections.abc import Mapping, Sequence
from typing import Any

from core import db
from core.audit.tables import AuditEntry
from core.context import Context


async def readings(ctx: Context, subject: str, *, limit: int = 50) -> Sequence[Mapping[str, Any]]:
    """Return who opened a record: ``actor_name`` and ``at``, the newest first.

    :param subject: ``<noun>/<id>``.
    """
    async with db.transaction(ctx):
        rows: Sequence[Mapping[str, Any]] = (
            await AuditEntry.select(AuditEntry.actor_name, AuditEntry.at, AuditEntry.action)
            .where(
                AuditEntry.of(ctx), AuditEntry.subject == subject, AuditEntry.action.like("%.read")
            )
            .order_by(AuditEntry.at, ascending=False)
            .limit(limit)
        )
    return rows
