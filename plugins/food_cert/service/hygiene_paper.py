"""The record of an inspection as a paper, given to the operator of the place."""

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from core.api import Context
from kit.documents import General, Row, Signer, Table, print_at_once, stamp
from kit.thai import full_moment, paper_day
from plugins.food_cert.rules.hygiene import ANSWERS, Chapter
from plugins.food_cert.rules.places import KINDS
from plugins.food_cert.service.hygiene_reading import Record, small_photos

TEMPLATE = "food_cert/inspection.typ"
_TO_MEND = ("ข้อ", "รายการที่ไม่ผ่าน", "สิ่งที่ให้แก้ไข", "ภายในวันที่")
_ANSWERED = ("ข้อ", "รายการ", "ผล")
_AS_SAID = "แก้ไขให้เป็นไปตามรายการนี้"
_CRITICAL = " (สำคัญ)"


class Shown(msgspec.Struct, frozen=True):
    """A photo on the paper: the name under which it is sent, and what it shows."""

    picture: str
    caption: str


class InspectionPaper(General, frozen=True, kw_only=True):
    """The record with its photos.

    :param table: what is to be mended; None where nothing failed.
    :param answered: a table for each chapter.
    :param operator: who signs that the record was given; without a name, for it is who is there.
    """

    answered: Sequence[Table]
    photos: Sequence[Shown]
    operator: Signer


async def inspection_pdf(ctx: Context, record: Record, place: Mapping[str, Any]) -> bytes:
    """Return the paper, which inspector and operator sign by hand."""
    row = record.row
    pictures = await small_photos(ctx, record)
    paper = InspectionPaper(
        **stamp(ctx, number="", verify=None),
        title=f"บันทึกการตรวจสุขลักษณะ{KINDS[place['kind']].th}",
        rows=_rows(record, place),
        paragraphs=[row["remarks"]] if row["remarks"] else [],
        table=_to_mend(record),
        answered=[_answered(record, one) for one in record.checklist.chapters],
        photos=[
            Shown(f"photo{number}", record.shown(one).th)
            for number, one in enumerate(record.photos, start=1)
        ],
        signer=Signer(name=row["made_by_name"], post=row["made_by_post"]),
        operator=Signer(name="." * 50, post="ผู้ประกอบกิจการหรือผู้แทน"),
    )
    named = {f"photo{number}": data for number, data in enumerate(pictures, start=1)}
    return await print_at_once(ctx, TEMPLATE, paper, named)


def _rows(record: Record, place: Mapping[str, Any]) -> list[Row]:
    row = record.row
    follow, following = row["follow_by"], row["next_by"]
    rows = [
        ("ชื่อสถานประกอบกิจการ", place["name"]),
        ("ผู้ประกอบกิจการ", place["holder"]),
        ("ที่ตั้ง", place["address"]),
        ("เลขที่หนังสือรับรองหรือใบอนุญาต", place["paper_number"]),
        ("ตรวจเมื่อ", full_moment(row["made_at"], "th")),
        ("เหตุที่ตรวจ", record.reason.th),
        ("แบบตรวจ", f"{record.checklist.title.th} ตาม{record.checklist.law}"),
        ("คะแนน", f"{row['score']} จาก 100"),
        ("ผลการตรวจ", f"{record.result.th} ระดับ{record.grade.th}"),
        ("ตรวจซ้ำภายในวันที่", paper_day(follow) if follow else ""),
        ("ตรวจครั้งต่อไปภายในวันที่", paper_day(following) if following else ""),
    ]
    return [Row(label, value) for label, value in rows if value]


def _to_mend(record: Record) -> Table | None:
    lines = [
        (
            item.code,
            item.words.th + (_CRITICAL if item.critical else ""),
            record.told_of(item).what or _AS_SAID,
            paper_day(record.told_of(item).until),
        )
        for item in record.failed
    ]
    return Table(heads=_TO_MEND, rows=lines) if lines else None


def _answered(record: Record, chapter: Chapter) -> Table:
    answers = record.row["answers"]
    return Table(
        heads=_ANSWERED,
        rows=[(one.code, one.words.th, ANSWERS[answers[one.code]].th) for one in chapter.items],
        caption=f"หมวด {chapter.code} {chapter.title.th}",
    )
