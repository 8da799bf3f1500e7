"""The form of an inspection of hygiene, filled in on a phone and perhaps sent hours later."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

import msgspec

from core.api import InvalidInput, Text
from kit.forms import (
    AnyField,
    Choice,
    Day,
    Lines,
    Option,
    Place,
    Reading,
    moment_fields,
    read,
    read_moment,
)
from plugins.food_cert.rules.hygiene import (
    ANSWERS,
    PLACE,
    REASONS,
    Checklist,
    Found,
    problems_of,
)

_ANSWERS = tuple(Option(code, words) for code, words in ANSWERS.items())
WHEN = moment_fields(Text("วันที่ตรวจ", "Day"), Text("เวลาที่ตรวจ", "Time"))
ENDING: tuple[AnyField, ...] = (
    Day(
        "until",
        Text("ให้แก้ไขข้อที่ไม่ผ่านภายในวันที่", "What failed is to be mended by"),
        help=Text(
            "ถ้าเว้นว่าง ระบบใช้วันสุดท้ายตามเกณฑ์ของหน่วยงาน",
            "Left empty: the last day of the office's figures",
        ),
        required=False,
    ),
    Lines("remarks", Text("หมายเหตุ", "Remarks"), longest=2_000, required=False),
)
ABOUT: tuple[AnyField, ...] = (
    Choice(
        "reason",
        Text("ตรวจเพราะ", "Why it is inspected"),
        options=tuple(Option(code, words) for code, words in REASONS.items()),
    ),
    *WHEN,
)


def photos_of(checklist: Checklist) -> dict[str, str]:
    """Return what each control for photos shows: the place, or the item of a code."""
    return {f"photo_{code}": code for code in (PLACE, *(item.code for item in checklist.items))}


def fields_of(checklist: Checklist) -> tuple[AnyField, ...]:
    """Return all fields, in the order of the form."""
    asked: list[AnyField] = []
    for item in checklist.items:
        asked.append(Choice(f"item_{item.code}", item.words, options=_ANSWERS))
        label = Text("สิ่งที่ให้แก้ไข", "What is to be mended")
        asked.append(Lines(f"told_{item.code}", label, longest=500, required=False))
    return (*asked, *ENDING, *ABOUT)


def read_inspection(
    checklist: Checklist, posted: Mapping[str, list[str]], place: Place, now: datetime, photos: int
) -> tuple[Reading, Found | None]:
    """Return what was read, and what was found where nothing is wrong with it.

    :param now: aware.
    :param photos: how many came with it.
    """
    fields = fields_of(checklist)
    reading = read(fields, posted, place)
    values = reading.values
    answers = _by_item(values, "item_")
    told = _by_item(values, "told_")
    problems = reading.problems | problems_of(checklist, answers, told, photos)
    made_at = None
    try:
        made_at = read_moment(values, place, now)
    except InvalidInput as refusal:
        problems |= refusal.problems
    order = [name for field in fields for name in field.controls]
    ordered = {name: problems[name] for name in order if name in problems} | problems
    reading = msgspec.structs.replace(reading, problems=ordered)
    if problems or made_at is None:
        return reading, None
    found = Found(
        made_at=made_at,
        checklist=checklist,
        reason=values["reason"],
        answers=answers,
        told=told,
        until=date.fromisoformat(values["until"]) if "until" in values else None,
        remarks=values.get("remarks", ""),
    )
    return reading, found


def _by_item(values: Mapping[str, Any], prefix: str) -> dict[str, str]:
    return {
        name.removeprefix(prefix): value
        for name, value in values.items()
        if name.startswith(prefix)
    }
