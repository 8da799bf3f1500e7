"""A report as who speaks of it follows it by the tracking code, rates it and reopens it."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

import msgspec

from contrib.incidents.rules.states import Act, State
from contrib.incidents.service.limits import limits_on
from contrib.incidents.service.matters import NO_REPORT, get_report, hold, note
from contrib.incidents.service.moving import move
from contrib.incidents.service.pictures import photos_of
from contrib.incidents.tables.assets import Asset
from contrib.incidents.tables.reports import Event, Voice
from core.api import (
    LONGEST_REASON,
    Conflict,
    Context,
    InvalidInput,
    NotFound,
    Text,
    audit,
    transaction,
)
from kit.documents import read_code

Row = Mapping[str, Any]
_NOT_DONE = Text(
    "ให้คะแนนได้เมื่องานเสร็จแล้ว โหลดหน้าใหม่เพื่อดูล่าสุด",
    "You can rate it once it is done. Reload the page to see the latest.",
)
_TOO_LATE = Text(
    "พ้นเวลาขอให้ทำต่อแล้ว แจ้งเป็นเรื่องใหม่ได้เลย",
    "The time to reopen it has passed. Send it as a new report.",
)

_WHY = Text(
    "เขียนว่ายังเหลืออะไรไม่เรียบร้อย ไม่เกิน {most} ตัวอักษร",
    "Say what is still wrong, in at most {most} characters.",
)


class Followed(msgspec.Struct, frozen=True, kw_only=True):
    """A report for one of its voices, or for everybody.

    :ivar voice: None for everybody.
    :ivar asset: what it is about; None where it is about none of the register.
    :ivar events: what was done, the first first.
    :ivar photos: of the crew, and of the voice.
    :ivar voices: how many speak of it.
    :ivar reopen_until: until when it may be reopened; None where it may not.
    """

    report: Row
    voice: Row | None
    asset: Row | None
    events: Sequence[Row]
    photos: Sequence[Row]
    voices: int
    reopen_until: datetime | None


async def voice_of(ctx: Context, track: str) -> dict[str, Any]:
    """Return the voice of a tracking code, as it was scanned or typed.

    :raises NotFound: there is none.
    """
    code = read_code(track)
    async with transaction(ctx):
        voice: dict[str, Any] | None = (
            await Voice.select().where(Voice.of(ctx), Voice.track == (code or "")).first()
        )
    if voice is None:
        raise NotFound(NO_REPORT)
    return voice


async def follow(ctx: Context, track: str) -> Followed:
    """Return the report of a tracking code.

    :raises NotFound: there is none.
    """
    voice = await voice_of(ctx, track)
    return await seen(ctx, await get_report(ctx, voice["report_id"]), voice)


async def seen(ctx: Context, report: Row, voice: Row | None = None) -> Followed:
    """Return a report as a voice of it sees it, or everybody."""
    id = report["id"]
    async with transaction(ctx):
        events = await Event.select().where(Event.of(ctx), Event.report_id == id).order_by(Event.id)
        voices: int = await Voice.count().where(Voice.of(ctx), Voice.report_id == id)
        asset = (
            await Asset.select().where(Asset.of(ctx), Asset.id == report["asset_id"]).first()
            if report["asset_id"]
            else None
        )
    return Followed(
        report=report,
        voice=voice,
        asset=asset,
        events=events,
        photos=await photos_of(ctx, id, voice=voice["id"] if voice else None),
        voices=voices,
        reopen_until=await _reopen_until(ctx, report),
    )


async def _reopen_until(ctx: Context, report: Row) -> datetime | None:
    if report["state"] not in (State.DONE, State.REFUSED):
        return None
    days = (await limits_on(ctx, ctx.today))["reopen.days"].whole
    until: datetime = report["closed_at"] + timedelta(days=days)
    return until if ctx.now <= until else None


async def rate(ctx: Context, track: str, stars: int, words: str) -> None:
    """Rate the work, from 1 to 5; who rates again changes it.

    :raises NotFound: there is no such tracking code.
    :raises Conflict: the report is not done.
    """
    voice = await voice_of(ctx, track)
    rated: dict[Any, Any] = {Voice.rating: stars, Voice.rating_words: words}
    async with transaction(ctx):
        [held] = await hold(ctx, voice["report_id"])
        if held["state"] != State.DONE:
            raise Conflict(_NOT_DONE)
        await Voice.update(rated).where(Voice.of(ctx), Voice.id == voice["id"])
        # The words stay with the voice: what is noted can never be removed.
        await note(ctx, held["id"], "rated", held["state"])
        subject = f"report/{held['id']}"
        await audit.record(ctx, "incidents.report.rated", subject, stars=stars)


async def reopen(ctx: Context, track: str, why: str) -> None:
    """Have a closed report done again, with a reason; how often is counted.

    :raises NotFound: there is no such tracking code.
    :raises InvalidInput: no reason is given.
    :raises Conflict: it is not closed, or was closed too long ago.
    """
    voice, said = await voice_of(ctx, track), " ".join(why.split())
    if not 1 <= len(said) <= LONGEST_REASON:
        raise InvalidInput({"why": _WHY.format(most=LONGEST_REASON)})
    async with transaction(ctx):
        [held] = await hold(ctx, voice["report_id"])
        if held["closed_at"] and await _reopen_until(ctx, held) is None:
            raise Conflict(_TOO_LATE)
        await move(ctx, held, Act.REOPEN, words=said)
