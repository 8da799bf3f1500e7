"""The hygiene of food premises: what an inspector asks there, and what follows from the answers.

What is asked is data, in versions that count from a day: ``data/checklists.json``. A record keeps
the version by which it was made, so a version that was used is never changed.

Law: Ministerial Regulation on the Hygiene of Places that Sell Food B.E. 2561.
"""

from calendar import monthrange
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from pathlib import Path

import msgspec

from core.api import Text
from kit.law import Limits

_FILE = Path(__file__).parents[1] / "data" / "checklists.json"
MOST_PHOTOS = 10
# What a photo shows that shows no single item.
PLACE = "place"

PASS, FAIL, NONE = "pass", "fail", "none"
ANSWERS: Mapping[str, Text] = {
    PASS: Text("ผ่าน", "Pass"),
    FAIL: Text("ไม่ผ่าน", "Fail"),
    NONE: Text("ไม่มีที่นี่", "Not here"),
}
FIRST, YEARLY, FOLLOW_UP, COMPLAINT = "first", "yearly", "follow_up", "complaint"
REASONS: Mapping[str, Text] = {
    FIRST: Text("ตรวจครั้งแรก", "First inspection"),
    YEARLY: Text("ตรวจประจำปี", "Yearly inspection"),
    FOLLOW_UP: Text("ตรวจซ้ำหลังให้แก้ไข", "Follow-up"),
    COMPLAINT: Text("มีเรื่องร้องเรียน", "After a complaint"),
}
PASSED = Text("ผ่านเกณฑ์", "Passed")
FAILED = Text("ไม่ผ่านเกณฑ์", "Failed")


class Item(msgspec.Struct, frozen=True):
    """One thing that is looked at.

    :param clause: of the regulation; empty where it was not read.
    :param critical: who fails it fails the inspection.
    """

    code: str
    words: Text
    weight: int
    critical: bool
    clause: str


class Chapter(msgspec.Struct, frozen=True):
    """Items of one subject."""

    code: str
    title: Text
    items: tuple[Item, ...]


class Checklist(msgspec.Struct, frozen=True):
    """A version of what is asked.

    :param since: the first day on which it counts.
    :param kinds: of places, keys of ``KINDS``.
    """

    code: str
    since: date
    kinds: tuple[str, ...]
    title: Text
    law: str
    source: str
    verified: bool
    chapters: tuple[Chapter, ...]

    @property
    def items(self) -> list[Item]:
        """All items, in their order."""
        return [item for chapter in self.chapters for item in chapter.items]


class Grade(msgspec.Struct, frozen=True):
    """What a score is called; it is given from ``least`` on, of a hundred."""

    code: str
    least: int
    words: Text


class Scale(msgspec.Struct, frozen=True):
    """The grades that count from a day, the best first; the last begins at 0."""

    since: date
    source: str
    verified: bool
    grades: tuple[Grade, ...]


class _File(msgspec.Struct):
    about: str
    checklists: tuple[Checklist, ...]
    scales: tuple[Scale, ...]


_DATA = msgspec.json.decode(_FILE.read_bytes(), type=_File)
CHECKLISTS: Mapping[str, Checklist] = {one.code: one for one in _DATA.checklists}
# Also of scales that count no longer.
GRADES: Mapping[str, Text] = {
    grade.code: grade.words for scale in _DATA.scales for grade in scale.grades
}
EARLIEST = max(
    *(checklist.since for checklist in _DATA.checklists), *(scale.since for scale in _DATA.scales)
)


class Told(msgspec.Struct, frozen=True):
    """What the operator was told to mend.

    :param item: code of the item that failed.
    :param what: in the inspector's words; empty where those of the item say it.
    """

    item: str
    what: str
    until: date


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """What an inspector found in a place.

    :param made_at: aware, when it was found, not when it was sent.
    :param answers: by code of the item, all of them.
    :param told: words of the inspector about what is to be mended, by code of an item that failed.
    :param until: by when; None for the last day that the figures allow.
    """

    made_at: datetime
    checklist: Checklist
    reason: str
    answers: Mapping[str, str]
    told: Mapping[str, str] = {}
    until: date | None = None
    remarks: str = ""


class Judged(msgspec.Struct, frozen=True):
    """What follows from the answers.

    :param score: of a hundred.
    :param grade: a key of ``GRADES``.
    :param follow_by: the last day of the follow-up; None where it passed.
    :param next_by: the last day of the next inspection; None where it failed.
    """

    score: int
    passed: bool
    grade: str
    follow_by: date | None
    next_by: date | None


def checklist_on(kind: str, day: date) -> Checklist:
    """Return what is asked of a kind of place on a day, from ``EARLIEST`` on."""
    begun = [one for one in _DATA.checklists if kind in one.kinds and one.since <= day]
    return max(begun, key=lambda one: one.since)


def scale_on(day: date) -> Scale:
    """Return the grades of a day, from ``EARLIEST`` on."""
    return max((one for one in _DATA.scales if one.since <= day), key=lambda one: one.since)


def score_of(checklist: Checklist, answers: Mapping[str, str]) -> int:
    """Return the share of the weights that passed among those that apply, of a hundred.

    It is rounded down: nobody passes by rounding.

    :param answers: by code of the item, all of them; at least one is not ``NONE``.
    """
    weighed = [one for one in checklist.items if answers[one.code] != NONE]
    passed = sum(one.weight for one in weighed if answers[one.code] == PASS)
    return 100 * passed // sum(one.weight for one in weighed)


def failed_items(checklist: Checklist, answers: Mapping[str, str]) -> list[Item]:
    """Return what failed, in the order of the list."""
    return [one for one in checklist.items if answers[one.code] == FAIL]


def judge(checklist: Checklist, answers: Mapping[str, str], on: date, limits: Limits) -> Judged:
    """Return what follows from what was found on a day, by the figures of that day.

    Who fails has the lowest grade, however high the score.

    :param answers: as :func:`score_of` takes them.
    """
    score = score_of(checklist, answers)
    critical = any(one.critical for one in failed_items(checklist, answers))
    passed = score >= limits["hygiene.pass"].whole and not critical
    *_, worst = grades = scale_on(on).grades
    best = next(one for one in grades if score >= one.least)
    return Judged(
        score=score,
        passed=passed,
        grade=(best if passed else worst).code,
        follow_by=None if passed else last_follow_day(on, limits),
        next_by=months_after(on, limits["hygiene.every_months"].whole) if passed else None,
    )


def last_follow_day(on: date, limits: Limits) -> date:
    """Return by when what was found on a day is mended, and looked at again."""
    return on + timedelta(days=limits["hygiene.follow_days"].whole)


def months_after(day: date, count: int) -> date:
    """Return the same day so many months later, or the last of a month that is too short."""
    years, index = divmod(day.month - 1 + count, 12)
    year, month = day.year + years, index + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def problems_of(
    checklist: Checklist,
    answers: Mapping[str, str],
    told: Mapping[str, str],
    photos: int,
) -> dict[str, Text]:
    """Return what a record lacks, by the control where it is to be put right.

    :param answers: those that were given, by code of the item.
    :param told: what the operator is to mend, by code of the item.
    :param photos: how many came with it.
    """
    problems: dict[str, Text] = {}
    for item in checklist.items:
        given = answers.get(item.code)
        if given not in ANSWERS:
            problems[f"item_{item.code}"] = NEEDED["answer"].format(code=item.code)
        if given == FAIL and item.critical and not told.get(item.code):
            problems[f"told_{item.code}"] = NEEDED["told"].format(code=item.code)
    if not problems and set(answers.values()) == {NONE}:
        problems[f"item_{checklist.items[0].code}"] = NEEDED["some"]
    if photos > MOST_PHOTOS:
        problems[f"photo_{PLACE}"] = NEEDED["fewer"]
    return problems


# Said by the server, and on the device before anything is kept.
NEEDED: Mapping[str, Text] = {
    "answer": Text("ข้อ {code} ยังไม่ได้ตอบ เลือกหนึ่งคำตอบ", "{code} is not answered. Choose one."),
    "told": Text(
        "ข้อ {code} เป็นข้อสำคัญและไม่ผ่าน เขียนว่าให้แก้ไขอะไร",
        "{code} is critical and failed. Say what is to be mended.",
    ),
    "some": Text(
        "ตอบว่าไม่มีที่นี่ทุกข้อไม่ได้ เลือกผ่านหรือไม่ผ่านอย่างน้อยหนึ่งข้อ",
        "Something must be here: choose pass or fail at least once.",
    ),
    "fewer": Text(
        f"แนบได้ไม่เกิน {MOST_PHOTOS} รูป ลบรูปที่ไม่ใช้ก่อน",
        f"At most {MOST_PHOTOS} photos. Leave out those that are not needed.",
    ),
}
