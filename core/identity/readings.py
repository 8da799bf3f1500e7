"""Who opened a person's data: what the person concerned may see of the trail."""

from datetime import datetime

import msgspec

from core import db
from core.audit.tables import AuditEntry
from core.context import Context
from core.text import Text

_CORE = Text("ข้อมูลบัญชี", "Account data")
_NUMBER = Text("เลขประจำตัวประชาชน", "Citizen's number")


class Look(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody looked.

    :param who: name as it was then; "" for the system itself.
    :param what: which part of the platform was looked into.
    :param reason: as it was given; "" where none is asked for.
    """

    at: datetime
    who: str
    what: Text
    reason: str


async def readings_of(ctx: Context, *, limit: int = 50) -> list[Look]:
    """Return who opened the actor's personal data, the newest first; nothing for strangers."""
    if ctx.actor.id is None:
        return []
    async with db.transaction(ctx):
        rows = (
            await AuditEntry.select(
                AuditEntry.at, AuditEntry.actor_name, AuditEntry.action, AuditEntry.detail
            )
            .where(
                AuditEntry.of(ctx),
                AuditEntry.owner == ctx.actor.id,
                AuditEntry.action.like("%.read"),
                (AuditEntry.actor.is_null()) | (AuditEntry.actor != ctx.actor.id),
            )
            .order_by(AuditEntry.at, ascending=False)
            .limit(limit)
            .output(load_json=True)
        )
    return [
        Look(
            at=row["at"],
            who=row["actor_name"],
            what=_what(ctx, row["action"]),
            reason=str(row["detail"].get("reason", "")),
        )
        for row in rows
    ]


def _what(ctx: Context, action: str) -> Text:
    if action == "core.national_id.read":
        return _NUMBER
    manifest = ctx.host.plugins.get(action.partition(".")[0])
    return manifest.title if manifest else _CORE
