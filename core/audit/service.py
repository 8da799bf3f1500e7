"""Write the trail."""

from typing import Any
from uuid import UUID

import msgspec

from core import db
from core.audit.chain import COLUMNS, digest
from core.context import Context
from core.inserts import Into

ENTRIES = Into("core.audit_entry", (*COLUMNS, "digest"))


async def record(
    ctx: Context, action: str, subject: str, /, *, owner: UUID | None = None, **detail: Any
) -> None:
    """Note that ``ctx.actor`` did ``action`` to ``subject``.

    The entry waits for nobody: its place in the chain is given to it after the commit.

    :param action: ``<plugin>.<noun>.<past participle>``, e.g. ``casework.case.filed``; one
        that ends in ``.read`` is shown to the owner as a look at their data.
    :param subject: ``<noun>/<id>``.
    :param owner: the account whose personal data was changed or read.
    :param detail: what a reader of the trail needs and the row will not keep: JSON values,
        no personal data beyond what the action is about.
    :raises RuntimeError: outside a transaction: an entry that could be committed
        without its change, or the change without it, is worth nothing.
    """
    if not db.in_transaction():
        raise RuntimeError(f"{action}: audit entries belong in the change's own transaction")
    db.add_later(ENTRIES, make_entry(ctx, action, subject, owner=owner, **detail))


def make_entry(
    ctx: Context, action: str, subject: str, /, *, owner: UUID | None = None, **detail: Any
) -> dict[str, Any]:
    """Return the row that :func:`record` writes."""
    row = {
        "tenant_id": ctx.tenant.id,
        "id": db.new_id(),
        "at": ctx.now,
        "actor": ctx.actor.id,
        "actor_name": ctx.actor.name,
        "action": action,
        "subject": subject,
        "owner": owner,
        "request": ctx.request,
        "detail": msgspec.json.encode(detail).decode(),
    }
    return row | {"digest": digest(ctx.keys, row)}
