"""What somebody types who books a visit to the counter."""

from collections.abc import Sequence
from datetime import date, datetime

import msgspec

from core.api import InvalidInput, Text
from kit.forms import AnyField, Line, Phone, Place, Posted, first, read

PERSON: tuple[AnyField, ...] = (
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
    :param name: empty where it was not asked for. So is ``phone``, E.164.
    :param track: tracking code of a case, as typed; empty for none.
    """

    kind: str
    at: datetime
    name: str = ""
    phone: str = ""
    track: str = ""


def still_asked(known: dict[str, str]) -> Sequence[AnyField]:
    """Return what must be typed of who comes where some of it is known, by name of the field."""
    return [field for field in PERSON if not known.get(field.name)]


def read_wish(posted: Posted, place: Place, fields: Sequence[AnyField] = PERSON) -> Wish:
    """Return what was asked for.

    :param fields: what is asked of who comes.
    :raises InvalidInput: a sentence for everything that is wrong.
    """
    reading = read(fields, posted, place)
    at = read_moment(posted)
    if at is None:
        raise InvalidInput({"at": _CHOOSE} | reading.problems)
    if reading.problems:
        raise InvalidInput(reading.problems)
    kind, track = (first(posted, name)[:60] for name in ("kind", "track"))
    return Wish(kind=kind, at=at, track=track, **reading.values)


def read_moment(posted: Posted) -> datetime | None:
    """Return the time that was chosen; None when none was."""
    try:
        at = datetime.fromisoformat(first(posted, "at"))
    except ValueError:
        return None
    return at if at.tzinfo is not None else None


def read_day(text: str) -> date | None:
    """Return the day of an address, ``2026-11-23``; None when it is none."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
