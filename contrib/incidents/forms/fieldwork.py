"""The form of a crew, filled in on a phone and perhaps sent hours later."""

from collections.abc import Mapping
from datetime import datetime

import msgspec

from contrib.incidents.rules.fieldwork import WHAT, Work, problems_of
from core.api import LONGEST_REASON, InvalidInput, Text
from kit.forms import (
    AnyField,
    Choice,
    Lines,
    Money,
    Option,
    Place,
    Reading,
    moment_fields,
    read,
    read_moment,
)

WHAT_FIELD = Choice(
    "what",
    Text("บันทึกอะไร", "What is noted"),
    options=tuple(Option(code, words) for code, words in WHAT.items()),
)
ABOUT: tuple[AnyField, ...] = (
    Lines(
        "words",
        Text("ทำอะไรไปบ้าง", "What was done"),
        longest=LONGEST_REASON,
        help=Text("เมื่อปิดงาน ประชาชนอ่านข้อความนี้", "Everybody reads it once the work is done."),
        required=False,
    ),
    Money(
        "cost",
        Text("ค่าใช้จ่าย", "Cost"),
        help=Text(
            "ของครั้งนี้ ถ้าเคยปิดงานมาก่อน ระบบรวมให้", "Of this time; added to what was paid before."
        ),
        required=False,
    ),
    *moment_fields(Text("วันที่ทำ", "Day"), Text("เวลาที่ทำ", "Time")),
)


def read_work(
    posted: Mapping[str, list[str]], place: Place, now: datetime, before: int, after: int
) -> tuple[Reading, Work | None]:
    """Return what was read, and the work where nothing is wrong with it.

    :param now: aware.
    :param before: how many photos came with it, as ``after``.
    """
    reading = read((WHAT_FIELD, *ABOUT), posted, place)
    values, problems = reading.values, dict(reading.problems)
    words = values.get("words", "")
    problems |= problems_of(values.get("what", ""), words, before, after)
    made_at = None
    try:
        made_at = read_moment(values, place, now)
    except InvalidInput as refusal:
        problems |= refusal.problems
    reading = msgspec.structs.replace(reading, problems=problems)
    if problems or made_at is None:
        return reading, None
    return reading, Work(what=values["what"], made_at=made_at, words=words, cost=values.get("cost"))
