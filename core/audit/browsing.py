"""Read the trail page by page, for those who may."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID

import msgspec

from core import db
from core.audit.service import record
from core.audit.words import subject_in_words, title_of
from core.context import EVERYWHERE, Context
from core.errors import NotAllowed
from core.text import Text

PERMISSION = "core.audit"
PAGE = 20

_COLUMNS = "id, at, actor, actor_name, action, subject, request, detail, seq"
_EDGE = "SELECT at FROM core.audit_entry WHERE tenant_id = $1 AND id = $2"
_FIRST = "SELECT min(at) FROM core.audit_entry WHERE tenant_id = $1"


class Sought(msgspec.Struct, frozen=True, kw_only=True):
    """What is looked for; what is empty does not matter.

    :param since: the first day, local.
    :param until: the last day, local, included.
    :param actor: a part of the name.
    """

    since: date | None = None
    until: date | None = None
    actor: str = ""
    action: str = ""
    subject: str = ""


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One entry as it is shown.

    :param about: the subject as people call it: by its number where it has one.
    :param seq: None as long as it is not sealed.
    """

    id: UUID
    at: datetime
    actor: str
    stranger: bool
    title: Text
    action: str
    subject: str
    about: Text
    request: str
    detail: Mapping[str, Any]
    seq: int | None


async def entries(ctx: Context, sought: Sought, *, before: UUID | None = None) -> list[Entry]:
    """Return up to ``PAGE`` entries, the newest first; the look itself is recorded.

    :param before: the last entry of the page before.
    :raises NotAllowed: the right does not hold for the whole office, and entries belong to
        no division.
    """
    if ctx.actor.permissions.get(PERMISSION, frozenset()) is not EVERYWHERE:
        raise NotAllowed(
            Text(
                "บันทึกการใช้งานอ่านได้เฉพาะผู้ที่ดูแลทั้งหน่วยงาน",
                "The audit trail is for those who look after the whole office.",
            )
        )
    async with db.transaction(ctx) as connection:
        conditions, values = _conditions(ctx, sought)
        if before is not None and (edge := await connection.fetchrow(_EDGE, ctx.tenant.id, before)):
            conditions.append(f"(at, id) < (${len(values) + 1}, ${len(values) + 2})")
            values += [edge["at"], before]
        rows = await connection.fetch(
            f"SELECT {_COLUMNS} FROM core.audit_entry WHERE {' AND '.join(conditions)} "  # noqa: S608
            f"ORDER BY at DESC, id DESC LIMIT {PAGE}",
            *values,
        )
        asked = msgspec.structs.asdict(sought)
        looked_for = {name: value for name, value in asked.items() if value}
        await record(ctx, "core.trail.read", f"trail/{ctx.tenant.id}", **looked_for)
    return [_entry(ctx, row) for row in rows]


def _conditions(ctx: Context, sought: Sought) -> tuple[list[str], list[Any]]:
    """Return the conditions that are asked for, so that each can be met by an index."""
    begin, end = _span(ctx, sought)
    asked: list[tuple[str, Any]] = [
        ("tenant_id = ${}", ctx.tenant.id),
        ("at >= ${}", begin),
        ("at < ${}", end),
        ("strpos(actor_name, ${}) > 0", sought.actor),
        ("action = ${}", sought.action),
        ("subject = ${}", sought.subject),
    ]
    given = [(condition, value) for condition, value in asked if value]
    texts = [condition.format(number) for number, (condition, _) in enumerate(given, 1)]
    return texts, [value for _, value in given]


def _span(ctx: Context, sought: Sought) -> tuple[datetime | None, datetime | None]:
    """Return the instants between which the days lie."""
    return (
        None if sought.since is None else _midnight(ctx, sought.since),
        None if sought.until is None else _midnight(ctx, sought.until + timedelta(days=1)),
    )


def _midnight(ctx: Context, day: date) -> datetime:
    return datetime.combine(day, time(), ctx.tenant.zone).astimezone(UTC)


def _entry(ctx: Context, row: Mapping[str, Any]) -> Entry:
    detail = msgspec.json.decode(row["detail"])
    number = detail.get("number")
    about = Text(str(number), str(number)) if number else None
    return Entry(
        id=row["id"],
        at=row["at"],
        actor=row["actor_name"],
        stranger=row["actor"] is None,
        title=title_of(ctx, row["action"]),
        action=row["action"],
        subject=row["subject"],
        about=about or subject_in_words(ctx, row["action"], row["subject"]),
        request=row["request"],
        detail=detail,
        seq=row["seq"],
    )


async def months(ctx: Context) -> list[date]:
    """Return the first day of each month of the trail, the newest first."""
    async with db.transaction(ctx) as connection:
        begun: datetime | None = await connection.fetchval(_FIRST, ctx.tenant.id)
    first = (begun.astimezone(ctx.tenant.zone).date() if begun else ctx.today).replace(day=1)
    found = [ctx.today.replace(day=1)]
    while found[-1] > first:
        found.append((found[-1] - timedelta(days=1)).replace(day=1))
    return found
