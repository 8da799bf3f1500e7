"""Orders to stop, to put right, to demolish: on what they are based, and which days follow.

Law: Building Control Act B.E. 2522, s. 40 (stop; decided within 30 days), 41 and 42 (not less
than 30 days to obey), 47 and 47 bis (when an order counts as known), 52 (appeal).
"""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Literal

import msgspec

from core.api import InvalidInput, Text
from kit.thai import Calendar, Days, due

Kind = Literal["stop", "fix", "demolish"]
Way = Literal["signed", "post", "posted"]
MOST_DAYS = 365

KINDS: Mapping[str, Text] = {
    "stop": Text("ระงับการก่อสร้าง", "Stop the work"),
    "fix": Text("แก้ไขให้ถูกต้อง", "Put it right"),
    "demolish": Text("รื้อถอน", "Demolish"),
}
WAYS: Mapping[str, Text] = {
    "signed": Text("ผู้รับลงลายมือชื่อรับไว้", "Handed over against a signature"),
    "post": Text("ไปรษณีย์ลงทะเบียนตอบรับ", "Registered post with a receipt"),
    "posted": Text("ปิดประกาศไว้ที่อาคาร", "Posted at the building"),
}
_TOO_SHORT = Text(
    "กำหนด {given} วันน้อยไป ต้องไม่น้อยกว่า {least} วัน ตาม {law}",
    "{given} days are too few: not less than {least} days by {law}.",
)
_TOO_LONG = Text("กำหนดได้ไม่เกิน {most} วัน", "At most {most} days.")


class Ground(msgspec.Struct, frozen=True, kw_only=True):
    """On what an order may be based, as it holds from a day on.

    :param words: what the law says, in the letter.
    :param least_days: to obey; 0 where it counts at once.
    :param decide_days: within which the office decides what follows; 0 where nothing must.
    :param posted_days: after which an order that is posted at the building counts as known.
    """

    code: str
    kind: Kind
    since: date
    title: Text
    law: Text
    words: str
    least_days: int
    decide_days: int
    posted_days: int
    posted_law: Text
    source: str
    verified: bool


class _File(msgspec.Struct):
    about: str
    grounds: tuple[Ground, ...]


_DATA = Path(__file__).parents[1] / "data" / "orders.json"
GROUNDS: tuple[Ground, ...] = msgspec.json.decode(_DATA.read_bytes(), type=_File).grounds


def grounds_on(day: date, entries: Sequence[Ground] = GROUNDS) -> dict[str, Ground]:
    """Return the grounds that hold on a day, by code: of each the last that has begun."""
    begun = sorted((one for one in entries if one.since <= day), key=lambda one: one.since)
    return {one.code: one for one in begun}


def check_days(ground: Ground, days: int) -> None:
    """Return when a period to obey is one that the law allows.

    :raises InvalidInput: it is shorter, or longer than anybody means.
    """
    if not ground.least_days:
        return
    if days < ground.least_days:
        said = {"given": days, "least": ground.least_days, "law": ground.law}
        raise InvalidInput({"days": _TOO_SHORT.format(**said)})
    if days > MOST_DAYS:
        raise InvalidInput({"days": _TOO_LONG.format(most=MOST_DAYS)})


def decide_by(ground: Ground, issued_on: date) -> date | None:
    """Return the last day on which the office decides what follows; None where nothing must.

    A closed day does not move it: it binds the office, not the citizen.
    """
    return issued_on + timedelta(days=ground.decide_days) if ground.decide_days else None


def known_on(ground: Ground, way: str, day: date) -> date:
    """Return the day on which an order counts as known.

    :param day: on which it was signed for, received by post, or posted at the building.
    """
    return day + timedelta(days=ground.posted_days) if way == "posted" else day


def obey_by(days: int, known: date, calendar: Calendar) -> date | None:
    """Return the last day to obey, the first one not counted; None where it counts at once."""
    return due(known, Days(days), calendar) if days else None
