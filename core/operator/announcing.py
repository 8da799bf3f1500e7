"""Announcements of the operator to the administrators of the offices."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from core import audit, db
from core.context import Context
from core.errors import InvalidInput, NotFound
from core.handing import hand_over
from core.jobs import Job
from core.operator.announced import TAKE, TAKE_REACH, TAKE_READER, Announced
from core.operator.filling import Field, faults_of
from core.operator.here import is_operator
from core.operator.tables import Announcement, AnnouncementOffice, AnnouncementReader
from core.personal import holds_citizen_number
from core.text import Text

FIELDS = {
    "title_th": Field(Text("เรื่องภาษาไทย", "Subject in Thai"), 200),
    "title_en": Field(Text("เรื่องภาษาอังกฤษ", "Subject in English"), 200),
    "body_th": Field(Text("ข้อความภาษาไทย", "Text in Thai"), 2000),
    "body_en": Field(Text("ข้อความภาษาอังกฤษ", "Text in English"), 2000),
}
PAGE = 100

NO_ANNOUNCEMENT = Text("ไม่พบประกาศนี้", "There is no such announcement.")
_NUMBER = Text(
    "มีเลขประจำตัวประชาชนอยู่ในข้อความ ลบออกก่อน", "There is a citizen's number in it. Take it out."
)
_NOBODY = Text(
    "ไม่มีหน่วยงานในระบบที่ตรงกับประเภทและจังหวัดที่เลือก เลือกใหม่",
    "No tenant is of these kinds and provinces. Choose others.",
)

_PLACES = """
SELECT id, kind, CASE WHEN strpos(place_th, $2) > 0 THEN trim(split_part(place_th, $2, 2))
  ELSE trim(place_th) END AS province
FROM core.tenant WHERE id <> $1
"""
_BEFORE_PROVINCE = Text("จังหวัด", "Province")
_STANDING = """
SELECT a.id, a.title_th, a.title_en, a.sent_at, a.sent_by, o.offices, o.reached, o.administrators,
  (SELECT count(*) FROM core.announcement_reader r
   WHERE r.tenant_id = $1 AND r.announcement = a.id) AS readers
FROM core.announcement a JOIN LATERAL (
  SELECT count(*) AS offices, count(reached_at) AS reached,
    coalesce(sum(administrators), 0) AS administrators
  FROM core.announcement_office o WHERE o.tenant_id = $1 AND o.announcement = a.id
) o ON true
WHERE a.tenant_id = $1 AND ($2::uuid IS NULL OR a.id = $2) ORDER BY a.sent_at DESC LIMIT $3
"""
# Where nobody has read it stands first.
_OFFICES = """
SELECT o.office, t.name_th, t.name_en, o.administrators, o.reached_at,
  coalesce(array_agg(r.name ORDER BY r.read_at) FILTER (WHERE r.name IS NOT NULL), '{}') AS readers
FROM core.announcement_office o JOIN core.tenant t ON t.id = o.office
LEFT JOIN core.announcement_reader r ON r.tenant_id = o.tenant_id
  AND r.announcement = o.announcement AND r.office = o.office
WHERE o.tenant_id = $1 AND o.announcement = $2
GROUP BY o.office, t.name_th, t.name_en, o.administrators, o.reached_at
ORDER BY count(r.name), t.name_th LIMIT $3
"""


class Place(msgspec.Struct, frozen=True):
    """What is known of an office for choosing whom an announcement is for."""

    id: str
    kind: str
    province: str


async def places(ctx: Context) -> list[Place]:
    """Return the offices with their kind and province."""
    async with db.transaction(ctx) as connection:
        rows = await connection.fetch(_PLACES, ctx.tenant.id, _BEFORE_PROVINCE.th)
    return [Place(**dict(row)) for row in rows]


async def announce(
    ctx: Context,
    typed: Mapping[str, str],
    *,
    id: UUID,
    kinds: Sequence[str] = (),
    provinces: Sequence[str] = (),
) -> None:
    """Tell the administrators of all offices, or of those of some kinds and provinces.

    :param typed: ``FIELDS``, each as typed.
    :param id: of the announcement: sent again under the same one, it is the same.
    :raises InvalidInput: naming every field that is wrong.
    """
    words = _words(typed)
    chosen = [
        one
        for one in await places(ctx)
        if (not kinds or one.kind in kinds) and (not provinces or one.province in provinces)
    ]
    if not chosen:
        raise InvalidInput({"kinds": _NOBODY})
    sent = {"sent_at": ctx.now, "sent_by": ctx.actor.name[:200]}
    row = {"tenant_id": ctx.tenant.id, "id": id, **words, **sent}
    row |= {"kinds": list(kinds), "provinces": list(provinces)}
    async with db.transaction(ctx):
        if not await db.add(Announcement, row, unless=("tenant_id", "id")):
            return
        offices = [
            {"tenant_id": ctx.tenant.id, "announcement": id, "office": one.id} for one in chosen
        ]
        await db.add_all(AnnouncementOffice, offices)
        told = msgspec.to_builtins(msgspec.convert({"id": id, **words, **sent}, Announced))
        for one in chosen:
            await hand_over(ctx, TAKE, to=one.id, announcement=told)
        await audit.record(ctx, "core.announcement.sent", f"announcement/{id}", offices=len(chosen))


def _words(typed: Mapping[str, str]) -> dict[str, str]:
    words = {name: typed.get(name, "").strip() for name in FIELDS}
    words |= {name: " ".join(words[name].split()) for name in ("title_th", "title_en")}
    problems = faults_of(FIELDS, words)
    problems |= {name: _NUMBER for name, text in words.items() if holds_citizen_number(text)}
    if problems:
        raise InvalidInput(problems)
    return words


async def announcements(ctx: Context, only: UUID | None = None) -> list[Mapping[str, Any]]:
    """Return what was announced with how far it came, the newest first, up to ``PAGE``."""
    async with db.transaction(ctx) as connection:
        rows: list[Mapping[str, Any]] = await connection.fetch(_STANDING, ctx.tenant.id, only, PAGE)
    return rows


async def get_announcement(ctx: Context, id: UUID) -> Mapping[str, Any]:
    """Return one announcement with how far it came, and its offices.

    :raises NotFound: there is none.
    """
    async with db.transaction(ctx) as connection:
        row = await Announcement.select().where(Announcement.of(ctx), Announcement.id == id).first()
        if row is None:
            raise NotFound(NO_ANNOUNCEMENT)
        [counts] = await announcements(ctx, id)
        offices = await connection.fetch(_OFFICES, ctx.tenant.id, id, PAGE)
    return {**row, **dict(counts), "by_office": offices}


async def take_reach(
    ctx: Context, *, sender: str, announcement: str, administrators: int, at: str
) -> None:
    """Note at the operator's that an announcement is there, and how many it is for; once."""
    if not is_operator(ctx):
        return
    async with db.transaction(ctx):
        await AnnouncementOffice.update(
            {
                AnnouncementOffice.administrators: administrators,
                AnnouncementOffice.reached_at: datetime.fromisoformat(at),
            }
        ).where(
            AnnouncementOffice.of(ctx),
            AnnouncementOffice.announcement == UUID(announcement),
            AnnouncementOffice.office == sender,
            AnnouncementOffice.reached_at.is_null(),
        )


async def take_reader(
    ctx: Context, *, sender: str, announcement: str, account: str, name: str, at: str
) -> None:
    """Note at the operator's who has read an announcement; once."""
    if not is_operator(ctx):
        return
    mine = (
        AnnouncementOffice.of(ctx),
        AnnouncementOffice.announcement == UUID(announcement),
        AnnouncementOffice.office == sender,
    )
    row = {
        "tenant_id": ctx.tenant.id,
        "announcement": UUID(announcement),
        "office": sender,
        "account": UUID(account),
        "name": name,
        "read_at": datetime.fromisoformat(at),
    }
    async with db.transaction(ctx):
        if await AnnouncementOffice.exists().where(*mine):
            key = ("tenant_id", "announcement", "office", "account")
            await db.add(AnnouncementReader, row, unless=key)


JOBS = (Job(name=TAKE_REACH, run=take_reach), Job(name=TAKE_READER, run=take_reader))
