"""Inspections of hygiene: how a record is taken, once, and what becomes of its place.

A device that had no signal sends later. An older inspection that arrives after a newer one is
kept, and does not set the grade of the place back.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

import msgspec

from core.api import (
    Conflict,
    Context,
    InvalidInput,
    Text,
    add,
    need,
    new_id,
    transaction,
)
from kit.documents import KeptPhoto
from kit.law import Limits
from kit.thai import local, said_day_short
from plugins.food_cert.rules import hygiene as rules
from plugins.food_cert.rules.hygiene import FIRST, GRADES, Checklist, Found, Judged, Told
from plugins.food_cert.service.limits import limits_on
from plugins.food_cert.service.places import change_place, get_place, note_event
from plugins.food_cert.service.rights import INSPECT
from plugins.food_cert.tables.hygiene import Inspection
from plugins.food_cert.tables.register import Place

_OTHER_LIST = Text(
    "แบบตรวจนี้ไม่ใช่แบบของสถานที่ประเภทนี้ เปิดแบบตรวจจากรายการอีกครั้ง",
    "This checklist is not for places of this kind. Open the form from the list again.",
)
_CLOSED = Text(
    "สถานที่นี้เลิกกิจการตั้งแต่ {day} จึงรับเฉพาะการตรวจก่อนวันนั้น ตรวจวันที่ในบันทึก",
    "This place closed on {day}; only what was found before is taken. Check the day of the record.",
)
_OTHER_PLACE = Text(
    "บันทึกนี้ส่งแล้วสำหรับสถานที่อื่น เปิดแบบตรวจของที่นี่อีกครั้งแล้วกรอกใหม่",
    "This was sent already for another place. Open the form of this one again and fill it in.",
)
_UNTIL = Text(
    "ให้แก้ไขได้ตั้งแต่วันที่ตรวจ ถึง {day} ตามเกณฑ์ของหน่วยงาน",
    "From the day of the inspection until {day}, by the figures of the office.",
)
_INSPECTED = Text("ตรวจสุขลักษณะ ได้ {score} คะแนน ระดับ{grade}", "Inspected: score {score}, {grade}")
_CAME_LATE = Text(
    "{said} (บันทึกมาถึงหลังการตรวจครั้งใหม่กว่า)", "{said} (arrived after a newer inspection)"
)


class Photo(KeptPhoto, frozen=True, kw_only=True):
    """A photo of a place.

    :param shows: code of an item, or ``place``.
    """

    shows: str


def checklist_of(code: str, kind: str) -> Checklist:
    """Return the version by which a place of a kind was inspected.

    :raises InvalidInput: there is no such version, or it is for another kind.
    """
    checklist = rules.CHECKLISTS.get(code)
    if checklist is None or kind not in checklist.kinds:
        raise InvalidInput({"checklist": _OTHER_LIST})
    return checklist


async def record(
    ctx: Context, place: UUID, found: Found, photos: Sequence[Photo], *, key: str
) -> UUID:
    """Take the record of an inspection, once for each key, and return what it is known by.

    :param photos: at most ``MOST_PHOTOS``, kept before.
    :raises NotFound: the register has no such place.
    :raises NotAllowed: the actor inspects no food premises.
    :raises Conflict: the place had closed before, or the key was used for another one.
    :raises InvalidInput: what is to be mended has no day that the figures allow.
    """
    need(ctx, INSPECT)
    if (known := await _find(ctx, key, place)) is not None:
        return known
    day = local(found.made_at).date()
    limits = await limits_on(ctx, day)
    judged = rules.judge(found.checklist, found.answers, day, limits)
    told = _told(found, day, limits)
    async with transaction(ctx):
        # Of two records at once the second waits, and sees which of them is the newer.
        held = await _held(ctx, place)
        if held["closed_on"] and day >= held["closed_on"]:
            raise Conflict(_CLOSED.format(day=said_day_short(held["closed_on"])))
        row = _row(ctx, held, found, judged) | {
            "key": key,
            "told": msgspec.to_builtins(told),
            "photos": msgspec.to_builtins(list(photos)),
        }
        if not await add(Inspection, row, unless=("tenant_id", "key")):
            return await _find(ctx, key, place) or row["id"]
        await _follow(ctx, held, row, day)
    id: UUID = row["id"]
    return id


def _told(found: Found, day: date, limits: Limits) -> list[Told]:
    last = rules.last_follow_day(day, limits)
    until = found.until or last
    failed = rules.failed_items(found.checklist, found.answers)
    if failed and not day <= until <= last:
        raise InvalidInput({"until.day": _UNTIL.format(day=said_day_short(last))})
    return [Told(item.code, found.told.get(item.code, ""), until) for item in failed]


def _row(ctx: Context, place: dict[str, Any], found: Found, judged: Judged) -> dict[str, Any]:
    return {
        "tenant_id": ctx.tenant.id,
        "id": new_id(),
        "place_id": place["id"],
        "checklist": found.checklist.code,
        "reason": found.reason,
        # The case by which the place came into the register asked for its first inspection.
        "case_id": place["case_id"] if found.reason == FIRST else None,
        "made_at": found.made_at,
        "sent_at": ctx.now,
        "answers": dict(found.answers),
        "remarks": found.remarks,
        **msgspec.structs.asdict(judged),
        "account": ctx.actor.id,
        "made_by_name": ctx.actor.name,
        "made_by_post": ctx.actor.post,
    }


async def _follow(ctx: Context, place: dict[str, Any], row: dict[str, Any], day: date) -> None:
    """Let the place follow its newest inspection, and write this one into its history."""
    words = _INSPECTED.format(score=row["score"], grade=GRADES[row["grade"]])
    async with transaction(ctx):
        newer = await Inspection.exists().where(
            Inspection.of(ctx),
            Inspection.place_id == place["id"],
            Inspection.made_at > row["made_at"],
        )
        if newer:
            late = _CAME_LATE.format(said=words)
            await note_event(
                ctx, place["id"], what="inspected", words=late, case=row["case_id"], day=day
            )
            return
        values = {Place.grade: row["grade"], Place.score: row["score"], Place.graded_on: day}
        await change_place(
            ctx, place, values, what="inspected", words=words, case=row["case_id"], day=day
        )


async def _held(ctx: Context, id: UUID) -> dict[str, Any]:
    async with transaction(ctx):
        await Place.select(Place.id).where(Place.of(ctx), Place.id == id).lock_rows("UPDATE")
        return await get_place(ctx, id)


async def _find(ctx: Context, key: str, place: UUID) -> UUID | None:
    async with transaction(ctx):
        row = (
            await Inspection.select(Inspection.id, Inspection.place_id)
            .where(Inspection.of(ctx), Inspection.key == key)
            .first()
        )
    if row is None:
        return None
    if row["place_id"] != place:
        raise Conflict(_OTHER_PLACE)
    known: UUID = row["id"]
    return known
