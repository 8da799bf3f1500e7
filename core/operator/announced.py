"""Announcements of the operator in an office: taken, shown on the desk until read, and read."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import msgspec

from core import audit, db
from core.context import Context
from core.errors import NotAllowed, NotFound
from core.handing import hand_over
from core.identity import people
from core.jobs import Job
from core.notifications import Message, send
from core.operator.here import is_operator
from core.operator.tables import Announcement, AnnouncementReader
from core.text import Text

TAKE = "core.take_announcement"
TAKE_REACH = "core.take_reach"
TAKE_READER = "core.take_reader"
# Whoever holds it is an administrator of the office.
PERMISSION = "core.modules"
# What nobody has read for so long is no longer on the desk; it stays in the list.
SHOWN_FOR = timedelta(days=90)
PAGE = 100

_NONE = Text("ไม่พบประกาศนี้", "There is no such announcement.")
_SUPPORT = Text(
    "ฝ่ายสนับสนุนรับทราบประกาศแทนหน่วยงานไม่ได้", "Support does not read announcements for the office."
)
_MESSAGE = Message(
    "core.announcement",
    Text("ประกาศจากผู้ดูแลระบบกลาง: {title}", "From the operator: {title}"),
    Text(
        "มีประกาศถึงผู้ดูแลระบบของหน่วยงาน เรื่อง {title} เปิดอ่านแล้วกดรับทราบ",
        "There is an announcement to administrators: {title}. Read it and say so.",
    ),
)

_MINE = """
SELECT a.id, a.title_th, a.title_en, a.sent_at, r.read_at
FROM core.announcement a LEFT JOIN core.announcement_reader r ON r.tenant_id = a.tenant_id
  AND r.announcement = a.id AND r.account = $2
WHERE a.tenant_id = $1 AND ($3::timestamptz IS NULL OR (r.read_at IS NULL AND a.sent_at > $3))
ORDER BY a.sent_at DESC LIMIT $4
"""


class Announced(msgspec.Struct, frozen=True, kw_only=True):
    """An announcement as it is carried."""

    id: UUID
    title_th: str
    title_en: str
    body_th: str
    body_en: str
    sent_at: datetime
    sent_by: str


async def take(ctx: Context, *, sender: str, announcement: dict[str, Any]) -> None:
    """Take an announcement of the operator, once, and tell the administrators."""
    if sender != ctx.settings.operator:
        return
    told = msgspec.convert(announcement, Announced)
    row = {"tenant_id": ctx.tenant.id, **msgspec.structs.asdict(told)}
    async with db.transaction(ctx):
        row |= {"kinds": [], "provinces": []}
        if not await db.add(Announcement, row, unless=("tenant_id", "id")):
            return
        found = await people.holders_of(ctx, PERMISSION)
        for one in found:
            await send(
                ctx,
                to=one["id"],
                template=_MESSAGE,
                key=f"core/announcement/{told.id}",
                href=f"/desk/announcements/{told.id}",
                title=Text(told.title_th, told.title_en),
            )
        count: dict[str, Any] = {"administrators": len(found)}
        await audit.record(ctx, "core.announcement.received", f"announcement/{told.id}", **count)
        at = ctx.now.isoformat()
        await hand_over(ctx, TAKE_REACH, to=sender, announcement=str(told.id), at=at, **count)


async def unread(ctx: Context) -> list[Mapping[str, Any]]:
    """Return what the actor, an administrator, has not read yet, the newest first."""
    if is_operator(ctx) or ctx.actor.support or not ctx.actor.may(PERMISSION):
        return []
    return await _mine(ctx, since=ctx.now - SHOWN_FOR)


async def announcements(ctx: Context) -> list[Mapping[str, Any]]:
    """Return what was announced to the office, the newest first, with when the actor read it."""
    return await _mine(ctx, since=None)


async def _mine(ctx: Context, *, since: datetime | None) -> list[Mapping[str, Any]]:
    async with db.transaction(ctx) as connection:
        rows: list[Mapping[str, Any]] = await connection.fetch(
            _MINE, ctx.tenant.id, ctx.actor.id, since, PAGE
        )
    return rows


async def get_announcement(ctx: Context, id: UUID) -> Mapping[str, Any]:
    """Return one announcement, with when the actor read it.

    :raises NotFound: none of this id came here.
    """
    mine = (
        AnnouncementReader.of(ctx),
        AnnouncementReader.announcement == id,
        AnnouncementReader.account == ctx.actor.id,
    )
    async with db.transaction(ctx):
        row = await Announcement.select().where(Announcement.of(ctx), Announcement.id == id).first()
        if row is None:
            raise NotFound(_NONE)
        read = await AnnouncementReader.select(AnnouncementReader.read_at).where(*mine).first()
    return {**row, "read_at": read["read_at"] if read else None}


async def read(ctx: Context, id: UUID) -> None:
    """Note that the actor has read an announcement; a second time changes nothing.

    :raises NotAllowed: the actor acts for support, not for the office.
    """
    if ctx.actor.support is not None:
        raise NotAllowed(_SUPPORT)
    await get_announcement(ctx, id)
    known = {"announcement": id, "account": ctx.actor.id, "name": ctx.actor.name[:200]}
    row = {"tenant_id": ctx.tenant.id, "office": ctx.tenant.id, "read_at": ctx.now, **known}
    async with db.transaction(ctx):
        key = ("tenant_id", "announcement", "office", "account")
        if await db.add(AnnouncementReader, row, unless=key):
            await audit.record(ctx, "core.announcement.acknowledged", f"announcement/{id}")
            words = {name: str(value) for name, value in known.items()}
            at = ctx.now.isoformat()
            await hand_over(ctx, TAKE_READER, to=str(ctx.settings.operator), at=at, **words)


JOBS = (Job(name=TAKE, run=take),)
