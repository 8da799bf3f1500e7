"""Citizens report: a new matter, or one more voice of a matter that is there.

Whoever draws the next number holds its row until the commit. So of two who report the same at the
same moment the second sees the first, and is asked whether it is the same.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import msgspec

from contrib.incidents.rules.near import box_around
from contrib.incidents.rules.states import OPEN, Stage, State
from contrib.incidents.service import periods, telling
from contrib.incidents.service.limits import limits_on
from contrib.incidents.service.matters import hold, note, report_of_code
from contrib.incidents.tables.reports import Period, Photo, Report, Voice
from core.api import Conflict, Context, Text, add, add_all, audit, new_id, numbers, transaction
from kit.documents import KeptPhoto, new_code
from kit.geo import Point, distance_m
from kit.thai import buddhist_year

MOST_PHOTOS = 5
SENT = "sent"
_ALIKE = Text(
    "มีผู้แจ้งเรื่องคล้ายกันบริเวณนี้แล้ว เลือกว่าเป็นเรื่องเดียวกันหรือไม่",
    "Somebody has reported something alike near here. Say whether it is the same.",
)
_ENDED = Text(
    "เรื่องนั้นปิดแล้วระหว่างที่ท่านกรอก กดส่งเรื่องอีกครั้งเพื่อแจ้งเป็นเรื่องใหม่ สิ่งที่กรอกและรูปยังอยู่",
    "That report was closed meanwhile. Send yours once more as a new one; what you filled in and "
    "the photos are still here.",
)
_NEAR = """
SELECT id, code, category, summary, place, asset_id, lat, lon, state, sent_at
FROM incidents.report
WHERE tenant_id = $1 AND category = $2 AND state = ANY ($3::varchar[]) AND sent_at >= $4
  AND (asset_id = $5 OR lat BETWEEN $6 AND $7 AND lon BETWEEN $8 AND $9)
"""


class Wish(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody reports.

    :param asset: of the register.
    :param point: of its pin; of the asset where there is one.
    :param address: where it is in words, for officers.
    :param place: of the asset, for everybody.
    :param phone: E.164.
    :param key: of the sending: the same key is the same wish.
    :param media_url: where the program keeps a picture, for officers to look at.
    :param api_key: of the program by which it comes.
    """

    category: str
    description: str
    key: str
    asset: UUID | None = None
    point: Point | None = None
    address: str = ""
    place: str = ""
    photos: Sequence[KeptPhoto] = ()
    name: str = ""
    phone: str = ""
    email: str = ""
    media_url: str = ""
    channel: str = "web"
    api_key: UUID | None = None


class Sent(msgspec.Struct, frozen=True):
    """What came of it.

    :param track: by which it is followed.
    :param code: the number that everybody quotes.
    """

    track: str
    code: str


class Near(msgspec.Struct, frozen=True):
    """A report that may be the same.

    :param row: columns that everybody may see.
    :param metres: how far away; None where it is of the same asset.
    """

    row: dict[str, Any]
    metres: float | None


class Alike(Conflict):
    """There is something alike, and nobody has said whether it is the same."""

    def __init__(self, near: Sequence[Near]) -> None:
        super().__init__(_ALIKE)
        self.near = near


async def near(ctx: Context, wish: Wish) -> list[Near]:
    """Return open reports that may be the same, the nearest first."""
    limits = await limits_on(ctx, ctx.today)
    metres = float(limits["near.metres"].number)
    since = ctx.now - timedelta(days=limits["near.days"].whole)
    box = box_around(wish.point, metres) if wish.point else (None,) * 4
    states = sorted(OPEN)
    async with transaction(ctx) as connection:
        rows = await connection.fetch(
            _NEAR, ctx.tenant.id, wish.category, states, since, wish.asset, *box
        )
    found = [Near(dict(row), _far(wish, row)) for row in rows]
    close = [one for one in found if one.metres is None or one.metres <= metres]
    return sorted(close, key=lambda one: (one.metres or 0, one.row["sent_at"]))


def _far(wish: Wish, row: Any) -> float | None:
    if wish.asset is not None and row["asset_id"] == wish.asset:
        return None
    if wish.point is None or row["lat"] is None:
        return None
    return distance_m(wish.point, Point(row["lat"], row["lon"]))


async def send(ctx: Context, wish: Wish, *, other: bool) -> Sent:
    """Take a report, once for each key.

    :param other: who sends it has said that it is none of those near.
    :raises Alike: there is something alike and nobody has said so.
    """
    if (known := await _find(ctx, wish.key)) is not None:
        return known
    year = buddhist_year(ctx.today)
    # Asked for before others have to wait for the number.
    times = await periods.promises(ctx, wish.category, ctx.now)
    async with transaction(ctx):
        serial = await numbers.draw(ctx, f"incidents/{year}")
        # The same key may have come while this one waited for the number.
        if (known := await _find(ctx, wish.key)) is not None:
            await numbers.give_back(ctx, f"incidents/{year}", 1)
            return known
        if not other and (alike := await near(ctx, wish)):
            raise Alike(alike)
        report = _row(ctx, wish, f"{year}-{serial:05}", times)
        await add(Report, report)
        await add(Period, _period(ctx, report))
        voice = await _speak(ctx, wish, report)
        await note(ctx, report["id"], SENT, State.REPORTED)
        await audit.record(
            ctx,
            "incidents.report.sent",
            f"report/{report['id']}",
            owner=ctx.actor.id,
            code=report["code"],
            channel=wish.channel,
        )
        await telling.tell_received(ctx, report, voice)
    return Sent(voice["track"], report["code"])


async def join(ctx: Context, wish: Wish, code: str) -> Sent:
    """Add a voice to a report that is there; where that was merged meanwhile, to the other.

    :param code: of the report.
    :raises NotFound: there is none.
    :raises Conflict: it was closed meanwhile.
    """
    if (known := await _find(ctx, wish.key)) is not None:
        return known
    found = await report_of_code(ctx, code)
    at: Sent | UUID = found["merged_into"] or found["id"]
    # One report is held at a time, so that nobody waits for ever; it may be merged before that.
    while isinstance(at, UUID):
        at = await _join(ctx, wish, at)
    return at


async def _join(ctx: Context, wish: Wish, id: UUID) -> Sent | UUID:
    """Add a voice to a report; return what came of it, or where it was merged into meanwhile."""
    async with transaction(ctx):
        [held] = await hold(ctx, id)
        if held["merged_into"]:
            into: UUID = held["merged_into"]
            return into
        if (known := await _find(ctx, wish.key)) is not None:
            return known
        if held["state"] not in OPEN:
            raise Conflict(_ENDED)
        voice = await _speak(ctx, wish, held)
        await note(ctx, held["id"], "joined", held["state"])
        subject = f"report/{held['id']}"
        await audit.record(ctx, "incidents.report.joined", subject, owner=ctx.actor.id)
        await telling.tell_received(ctx, held, voice)
    return Sent(voice["track"], held["code"])


async def _find(ctx: Context, key: str) -> Sent | None:
    async with transaction(ctx):
        voice = (
            await Voice.select(Voice.track, Voice.report_id)
            .where(Voice.of(ctx), Voice.key == key)
            .first()
        )
        if voice is None:
            return None
        report = (
            await Report.select(Report.code)
            .where(Report.of(ctx), Report.id == voice["report_id"])
            .first()
        )
    return Sent(voice["track"], report["code"]) if report else None


def _row(ctx: Context, wish: Wish, code: str, times: Sequence[datetime]) -> dict[str, Any]:
    return {
        "tenant_id": ctx.tenant.id,
        "id": new_id(),
        "code": code,
        "category": wish.category,
        "description": wish.description,
        "summary": "",
        "asset_id": wish.asset,
        "lat": wish.point.lat if wish.point else None,
        "lon": wish.point.lon if wish.point else None,
        "address": wish.address,
        "place": wish.place,
        "channel": wish.channel,
        "state": State.REPORTED,
        "unit": "",
        "crew_name": "",
        "agency": "",
        "answer": "",
        "reopened": 0,
        "sent_at": ctx.now,
        "changed_at": ctx.now,
        "due_at": times[0],
        "expected_at": times[-1],
        "revision": 1,
    }


def _period(ctx: Context, report: dict[str, Any]) -> dict[str, Any]:
    kept = {name: report[name] for name in ("tenant_id", "category", "unit", "due_at")}
    begun = {"id": new_id(), "report_id": report["id"], "begun_at": ctx.now}
    return kept | begun | {"stage": Stage.SCREEN}


async def _speak(ctx: Context, wish: Wish, report: dict[str, Any]) -> dict[str, Any]:
    """Add the voice of who sends a wish, with the photos, to a report."""
    voice = {
        "tenant_id": ctx.tenant.id,
        "id": new_id(),
        "report_id": report["id"],
        "sent_to": report["id"],
        "track": new_code(),
        "key": wish.key,
        "name": wish.name,
        "phone": wish.phone,
        "email": wish.email,
        "account": ctx.actor.id if ctx.actor.kind == "citizen" else None,
        "api_key": wish.api_key,
        "media_url": wish.media_url,
        "words": wish.description,
        "rating_words": "",
        "sent_at": ctx.now,
    }
    photos = [photo_row(ctx, report["id"], one, "sent", voice=voice["id"]) for one in wish.photos]
    async with transaction(ctx):
        await add(Voice, voice)
        if photos:
            await add_all(Photo, photos)
    return voice


def photo_row(
    ctx: Context, report: UUID, photo: KeptPhoto, shows: str, *, voice: UUID | None = None
) -> dict[str, Any]:
    """Return the row of a photo.

    :param voice: whose it is; None of the crew.
    """
    return {
        "tenant_id": ctx.tenant.id,
        "id": new_id(),
        "report_id": report,
        "voice_id": voice,
        "shows": shows,
        "made_at": ctx.now,
        **msgspec.structs.asdict(photo),
    }
