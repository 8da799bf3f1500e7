"""Records of inspections: read, shown on the page of their place, and what everybody may see."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

import msgspec

from core.api import Card, Context, NotFound, Text, audit, need, transaction
from kit.documents import open_photo
from kit.thai import said_day_short
from plugins.food_cert.rules.hygiene import (
    CHECKLISTS,
    FAILED,
    GRADES,
    PASSED,
    REASONS,
    Checklist,
    Item,
    Told,
    failed_items,
)
from plugins.food_cert.rules.places import ALIVE
from plugins.food_cert.service.hygiene import Photo
from plugins.food_cert.service.places import get_place
from plugins.food_cert.service.rights import INSPECT, READ
from plugins.food_cert.tables.hygiene import Inspection

HOME = "/desk/food"
_ORDER = 20
_NO_RECORD = Text(
    "ไม่พบบันทึกการตรวจนี้ เปิดจากหน้าของสถานที่อีกครั้ง",
    "There is no such record. Open it from the page of the place.",
)
_NO_PHOTO = Text("ไม่พบรูปนี้ในบันทึกการตรวจ", "The record has no such photo.")
_THE_PLACE = Text("สถานที่", "The place")
_GRADED = Text("สุขลักษณะ: {grade} {score} คะแนน", "Hygiene: {grade}, score {score}")
_WHEN = Text("ตรวจเมื่อ {day} {then}", "Inspected {day}. {then}")
_AGAIN = Text("ต้องตรวจซ้ำภายใน {day}", "To be inspected again by {day}.")
_OVERDUE = Text("เกินกำหนดตรวจซ้ำเมื่อ {day}", "The follow-up was due {day}.")
_NEXT = Text("ครั้งต่อไปภายใน {day}", "Next by {day}.")
_OPEN = Text("เปิดบันทึกการตรวจ", "Open the record")
_INSPECT = Card(
    Text("ตรวจสุขลักษณะ", "Inspect the hygiene"),
    Text("กรอกบนโทรศัพท์ได้แม้ไม่มีสัญญาณ", "It can be filled in on a phone without a signal."),
    "",
    Text("เปิดแบบตรวจ", "Open the form"),
    order=_ORDER + 1,
    sign="camera",
)


class Record(msgspec.Struct, frozen=True, kw_only=True):
    """A record as it was taken.

    :ivar row: of the table.
    """

    row: Mapping[str, Any]
    checklist: Checklist
    told: list[Told]
    photos: list[Photo]

    @property
    def result(self) -> Text:
        """Whether it passed, in words."""
        return PASSED if self.row["passed"] else FAILED

    @property
    def grade(self) -> Text:
        """The grade in words."""
        return GRADES[self.row["grade"]]

    @property
    def reason(self) -> Text:
        """Why it was made, in words."""
        return REASONS[self.row["reason"]]

    @property
    def failed(self) -> list[Item]:
        """What failed, in the order of the list."""
        return failed_items(self.checklist, self.row["answers"])

    def told_of(self, item: Item) -> Told:
        """Return what the operator was told about an item that failed."""
        return next(one for one in self.told if one.item == item.code)

    def shown(self, photo: Photo) -> Text:
        """Return what a photo shows."""
        words = {item.code: item.words for item in self.checklist.items}
        return words.get(photo.shows, _THE_PLACE)


class Shown(msgspec.Struct, frozen=True):
    """What everybody may see of the last inspection.

    :param grade: in words.
    :param score: of a hundred.
    """

    grade: Text
    score: int
    day: date


def _record(row: Mapping[str, Any]) -> Record:
    return Record(
        row=row,
        checklist=CHECKLISTS[row["checklist"]],
        told=msgspec.convert(row["told"], list[Told]),
        photos=msgspec.convert(row["photos"], list[Photo]),
    )


async def inspections_of(ctx: Context, place: UUID) -> list[Record]:
    """Return the inspections of a place, the newest first."""
    async with transaction(ctx):
        rows = (
            await Inspection.select()
            .where(Inspection.of(ctx), Inspection.place_id == place)
            .order_by(Inspection.made_at, Inspection.id, ascending=False)
            .output(load_json=True)
        )
    return [_record(row) for row in rows]


async def read_record(ctx: Context, id: UUID) -> tuple[Record, dict[str, Any]]:
    """Return a record and its place for an officer; that it was opened is recorded.

    :raises NotFound: there is none.
    :raises NotAllowed: the actor may neither read the register nor inspect.
    """
    async with transaction(ctx):
        record = await _find(ctx, id)
        place = await get_place(ctx, record.row["place_id"])
        await audit.record(
            ctx, "food_cert.inspection.read", f"place/{place['id']}", owner=place["account"]
        )
    return record, place


async def _find(ctx: Context, id: UUID) -> Record:
    if not ctx.actor.may(INSPECT):
        need(ctx, READ)
    async with transaction(ctx):
        row = (
            await Inspection.select()
            .where(Inspection.of(ctx), Inspection.id == id)
            .first()
            .output(load_json=True)
        )
    if row is None:
        raise NotFound(_NO_RECORD)
    return _record(row)


async def read_photo(
    ctx: Context, id: UUID, number: int, *, small: bool = False
) -> tuple[bytes, str]:
    """Return a photo of a record, or its thumbnail, and its media type.

    :param number: from 1, in the order of the record.
    :raises NotFound: there is none.
    :raises NotAllowed: the actor may neither read the register nor inspect.
    """
    # A thumbnail stands on the page of the record, whose opening is recorded.
    record = await _find(ctx, id) if small else (await read_record(ctx, id))[0]
    if not 1 <= number <= len(record.photos):
        raise NotFound(_NO_PHOTO)
    return await open_photo(ctx, record.photos[number - 1], small=small)


async def small_photos(ctx: Context, record: Record) -> list[bytes]:
    """Return the thumbnails of a record, as the paper shows them."""
    return [(await open_photo(ctx, one, small=True))[0] for one in record.photos]


async def cards_of_place(ctx: Context, place: Mapping[str, Any]) -> list[Card]:
    """Return what the page of a place says of its hygiene, and the way to the form.

    :param place: a row of the register.
    """
    records = await inspections_of(ctx, place["id"])
    cards = [_card(ctx, records[0])] if records else []
    if ctx.actor.may(INSPECT) and place["state"] in ALIVE:
        form = f"{HOME}/inspect/{place['id']}"
        cards.append(msgspec.structs.replace(_INSPECT, href=form))
    return cards


def _card(ctx: Context, record: Record) -> Card:
    row = record.row
    day = row["made_at"].astimezone(ctx.tenant.zone).date()
    return Card(
        _GRADED.format(grade=record.grade, score=row["score"]),
        _WHEN.format(day=said_day_short(day), then=_then(ctx, row)),
        f"{HOME}/inspections/{row['id']}",
        _OPEN,
        order=_ORDER,
        sign="eye",
    )


def _then(ctx: Context, row: Mapping[str, Any]) -> Text:
    if row["follow_by"] is None:
        return _NEXT.format(day=said_day_short(row["next_by"]))
    words = _OVERDUE if row["follow_by"] < ctx.today else _AGAIN
    return words.format(day=said_day_short(row["follow_by"]))


async def last_shown(ctx: Context, place: Mapping[str, Any]) -> Shown | None:
    """Return what everybody may see of the hygiene of a place; None before it was inspected.

    :param place: a row of the register, which follows the newest inspection.
    """
    if not place["grade"]:
        return None
    return Shown(GRADES[place["grade"]], place["score"], place["graded_on"])
