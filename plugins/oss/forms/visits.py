"""What somebody types who books a visit to the counter."""

from datetime import date, datetime

import msgspec

from core.api import InvalidInput, Text
from kit.forms import Line, Phone, Place, read

Texts = dict[str, list[str]]

PERSON = (
    Line(
        "name",
        Text("ชื่อ–นามสกุล", "Name"),
        help=Text("พร้อมคำนำหน้า เช่น นางสาววิภาดา แสงคำ", "With its title, as on the card."),
        longest=160,
        personal=True,
        missing=Text("กรอกชื่อและนามสกุลของผู้ที่จะมา", "Give the name of who will come."),
    ),
    Phone(
        "phone",
        Text("เบอร์โทรศัพท์", "Phone"),
        help=Text("ใช้เตือนก่อนวันนัด 1 วัน", "To remind you the day before."),
    ),
)
_CHOOSE = Text("เลือกเวลาจากรายการ", "Choose a time from the list.")


class Wish(msgspec.Struct, frozen=True, kw_only=True):
    """A visit as it was asked for, not yet held against what is free.

    :param kind: code of what it is about, as sent.
    :param at: aware.
    :param phone: E.164.
    :param track: tracking code of a case, as typed; empty for none.
    """

    kind: str
    at: datetime
    name: str
    phone: str
    track: str


def read_wish(posted: Texts, place: Place) -> Wish:
    """Return what was asked for.

    :raises InvalidInput: a sentence for everything that is wrong.
    """
    reading = read(PERSON, posted, place)
    at = read_moment(posted)
    if at is None:
        raise InvalidInput({"at": _CHOOSE} | reading.problems)
    if reading.problems:
        raise InvalidInput(reading.problems)
    kind, track = (posted.get(name, [""])[0][:60] for name in ("kind", "track"))
    return Wish(kind=kind, at=at, track=track, **reading.values)


def read_moment(posted: Texts) -> datetime | None:
    """Return the time that was chosen; None when none was."""
    try:
        at = datetime.fromisoformat(posted.get("at", [""])[0])
    except ValueError:
        return None
    return at if at.tzinfo is not None else None


def read_day(text: str) -> date | None:
    """Return the day of an address, ``2026-11-23``; None when it is none."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
