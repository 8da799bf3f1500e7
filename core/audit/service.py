"""Write the trail."""

from typing import Any
from uuid import UUID

from core import db
from core.audit.tables import AuditEntry
from core.context import Context


async def record(
    ctx: Context, action: str, subject: str, *, owner: UUID | None = None, **detail: Any
) -> None:
    """Note that ``ctx.actor`` did ``action`` to ``subject``.

    :param action: ``<plugin>.<noun>.<past participle>``, e.g. ``casework.case.filed``.
    :param subject: ``<noun>/<id>``.
    :param owner: the account whose personal data was changed or read.
    :param detail: what a reader of the trail needs and the row will not keep: JSON values,
        no personal data beyond what the action is about.
    :raises RuntimeError: outside a transaction: an entry that could be committed
        without its change, or the change without it, is worth nothing.
    """
    if not db.in_transaction():
        raise RuntimeError(f"{action}: audit entries belong in the change's own transaction")
    await AuditEntry.insert(
        AuditEntry(
            tenant_id=ctx.tenant.id,
            id=db.new_id(),
            at=ctx.now,
            actor=ctx.actor.id,
            actor_name=ctx.actor.name,
            action=action,
            subject=subject,
            owner=owner,
            request=ctx.request,
            detail=detail,
        )
    )
