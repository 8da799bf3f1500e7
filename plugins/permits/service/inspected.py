"""Records of inspections: read, shown on the page of their case, and printed."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any
from uuid import UUID

import msgspec

from core.api import Card, Context, NotAllowed, NotFound, Text, audit, transaction
from kit.casework import read_request, whereabouts
from kit.documents import open_photo
from kit.law import figure
from kit.thai import short_moment
from plugins.permits.rules.inspecting import (
    RESULTS,
    STOPS,
    Compared,
    Inspected,
    compare,
    unseen,
)
from plugins.permits.service.inspections import Photo
from plugins.permits.tables.inspections import Inspection

HOME = "/desk/permits"
_ORDER = 20
_NO_RECORD = Text("ไม่พบบันทึกการตรวจสถานที่นี้", "There is no such record of an inspection.")
_NO_PHOTO = Text("ไม่พบรูปนี้ในบันทึก", "The record has no such photo.")
_OTHERS = Text(
    "เรื่องนี้เป็นของกองอื่น ถ้าต้องใช้ ติดต่อกองเจ้าของเรื่อง",
    "This case is another division's. Ask that division if you need it.",
)
_INSPECT = Card(
    Text("ตรวจสถานที่", "Site inspection"),
    Text(
        "ยังไม่มีบันทึกการตรวจสถานที่ กรอกบนโทรศัพท์ได้แม้ไม่มีสัญญาณ",
        "No record yet. It can be filled in on a phone without a signal.",
    ),
    "",
    Text("บันทึกการตรวจ", "Record the inspection"),
    order=_ORDER,
    sign="camera",
)
_RECORDED = Text("ตรวจสถานที่แล้ว {th}", "Inspected {en}")
_OPEN = Text("เปิดบันทึกการตรวจ", "Open the record")
_AGAIN = Text("ตรวจสถานที่อีกครั้ง", "Inspect the site again")
_MEASURED = Text("{what}วัดได้ {length} ม. {compared}", "{what}: {length} m, {compared}")
_ALL_SAME = Text("ระยะที่วัดได้ตรงกับที่แจ้ง", "What was measured is what was stated")
_NONE = Text("ไม่มีระยะที่เทียบกันได้", "No distance can be compared")
_CAME_LATE = Text("บันทึกมาถึงหลังเรื่องผ่านขั้นนี้แล้ว", "it arrived after the case had moved on")
_ENCROACHES = Text("รุกล้ำที่สาธารณะหรือที่ดินข้างเคียง", "it encroaches")


class Record(msgspec.Struct, frozen=True, kw_only=True):
    """A record as it was taken.

    :ivar row: of the table.
    :ivar compared: four sides and the road.
    """

    row: Mapping[str, Any]
    found: Inspected
    photos: list[Photo]
    compared: list[Compared]

    @property
    def result(self) -> Text:
        """The result in words."""
        return RESULTS[self.found.result]

    @property
    def unseen(self) -> list[Text]:
        """The sides that no photo shows."""
        return unseen([one.shows for one in self.photos])


def _record(row: Mapping[str, Any]) -> Record:
    found = msgspec.convert(row["found"], Inspected)
    stated = msgspec.convert(row["stated"], dict[str, Decimal])
    return Record(
        row=row,
        found=found,
        photos=msgspec.convert(row["photos"], list[Photo]),
        compared=compare(stated, found),
    )


async def records_of(ctx: Context, case: UUID) -> list[Record]:
    """Return the records of a case, the newest inspection first."""
    async with transaction(ctx):
        rows = (
            await Inspection.select()
            .where(Inspection.of(ctx), Inspection.case_id == case)
            .order_by(Inspection.made_at, ascending=False)
            .output(load_json=True)
        )
    return [_record(row) for row in rows]


async def read_record(ctx: Context, id: UUID) -> Record:
    """Return a record for an officer; that it was opened is recorded, and the applicant sees it.

    :raises NotFound: there is none.
    :raises NotAllowed: its case belongs to a division whose cases the officer may not read.
    """
    async with transaction(ctx):
        record = await _find(ctx, id)
        case = record.row["case_id"]
        owner = (await read_request(ctx, case)).applicant.account
        await audit.record(ctx, "permits.inspection.read", f"case/{case}", owner=owner)
    return record


async def _find(ctx: Context, id: UUID) -> Record:
    async with transaction(ctx):
        row = (
            await Inspection.select()
            .where(Inspection.of(ctx), Inspection.id == id)
            .first()
            .output(load_json=True)
        )
    if row is None:
        raise NotFound(_NO_RECORD)
    here = await whereabouts(ctx, row["case_id"])
    if not ctx.actor.may("casework.read", here.unit):
        raise NotAllowed(_OTHERS)
    return _record(row)


async def read_photo(
    ctx: Context, id: UUID, number: int, *, small: bool = False
) -> tuple[bytes, str]:
    """Return a photo of a record, or its thumbnail, and its media type.

    :param number: from 1, in the order of the record.
    :raises NotFound: there is none.
    :raises NotAllowed: its case belongs to a division whose cases the officer may not read.
    """
    # A thumbnail stands on the page of the record, whose opening is recorded.
    record = await (_find if small else read_record)(ctx, id)
    if not 1 <= number <= len(record.photos):
        raise NotFound(_NO_PHOTO)
    return await open_photo(ctx, record.photos[number - 1], small=small)


async def small_photos(ctx: Context, record: Record) -> list[bytes]:
    """Return the thumbnails of a record, as the paper shows them."""
    return [(await open_photo(ctx, one, small=True))[0] for one in record.photos]


async def cards(ctx: Context, case: UUID, service: str, step: str | None) -> list[Card]:
    """Return what the page of a case says of its inspections, and the way to the form."""
    stop = STOPS.get(service)
    if stop is None:
        return []
    found = [_card(one) for one in await records_of(ctx, case)]
    here = await whereabouts(ctx, case)
    if here.open and step == stop.step and ctx.actor.may(stop.permission, here.unit):
        form = msgspec.structs.replace(_INSPECT, href=f"{HOME}/inspect/{case}")
        nothing = Text("", "")
        again = msgspec.structs.replace(form, title=_AGAIN, body=nothing, order=_ORDER + 1)
        found.append(again if found else form)
    return found


def _card(record: Record) -> Card:
    row, made_at = record.row, record.found.made_at
    when = _RECORDED.format(th=short_moment(made_at, "th"), en=short_moment(made_at, "en"))
    return Card(
        when,
        Text.joined([record.result, *_doubts(record)], " · "),
        f"{HOME}/inspections/{row['id']}",
        _OPEN,
        order=_ORDER,
        sign="eye",
    )


def _doubts(record: Record) -> list[Text]:
    """Return the differences in words, and what else the officer must not miss."""
    said = differences(record)
    if not said:
        known = any(one.stated is not None and one.measured is not None for one in record.compared)
        said = [_ALL_SAME if known else _NONE]
    if record.found.encroaches:
        said.append(_ENCROACHES)
    if record.row["late"]:
        said.append(_CAME_LATE)
    return said


def differences(record: Record) -> list[Text]:
    """Return in words each length that is not as it was stated."""
    return [
        _MEASURED.format(what=one.what, length=figure(one.measured), compared=one.words)
        for one in record.compared
        if one.differs and one.measured is not None
    ]
