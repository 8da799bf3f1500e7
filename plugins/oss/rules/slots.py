"""When the counter can be visited by appointment, as arithmetic.

How long a visit takes, how many places there are and how far ahead they are booked are the
office's own choices; the numbers here are where it begins.
"""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Annotated
from zoneinfo import ZoneInfo

import msgspec

from core.api import Hours, Text
from kit.thai import Calendar

Minutes = Annotated[int, msgspec.Meta(ge=5, le=480)]


class Visit(StrEnum):
    """What became of an appointment."""

    BOOKED = "booked"
    ARRIVED = "arrived"
    ABSENT = "absent"
    CANCELLED = "cancelled"


class Kind(msgspec.Struct, frozen=True, kw_only=True):
    """What people come to the counter for, with slots of its own.

    :param code: short word, unique in the office.
    :param minutes: how long one visit takes.
    :param places: how many are served at the same time.
    :param weekdays: Monday is 0; None: whenever the office is open.
    :param opens: local; None or too early: when the office opens.
    :param closes: local; None or too late: when the office closes.
    """

    code: Annotated[str, msgspec.Meta(pattern="^[a-z][a-z0-9-]{0,39}$")]
    title: Text
    minutes: Minutes = 30
    places: Annotated[int, msgspec.Meta(ge=1, le=50)] = 2
    weekdays: tuple[Annotated[int, msgspec.Meta(ge=0, le=6)], ...] | None = None
    opens: time | None = None
    closes: time | None = None


class Booking(msgspec.Struct, frozen=True, kw_only=True):
    """How the office takes appointments.

    :param pause: from when to when nobody is served; None: the office works through noon.
    :param ahead: how many days from today are offered.
    :param notice: minutes before it begins until which a slot can be booked.
    """

    kinds: Annotated[tuple[Kind, ...], msgspec.Meta(min_length=1)] = (
        Kind(code="general", title=Text("ยื่นคำร้องหรือขอเอกสาร", "Requests and papers")),
        Kind(
            code="advice",
            title=Text("ปรึกษาก่อนยื่นขออนุญาต", "Advice before you apply for a permit"),
            minutes=60,
            places=1,
        ),
    )
    pause: tuple[time, time] | None = (time(12), time(13))
    ahead: Annotated[int, msgspec.Meta(ge=1, le=90)] = 30
    notice: Annotated[int, msgspec.Meta(ge=0, le=10_080)] = 60


def slots(
    kind: Kind, day: date, *, hours: Hours, calendar: Calendar, pause: tuple[time, time] | None
) -> Iterator[time]:
    """Yield when the visits of a day begin, local, the earliest first; none on a closed day."""
    if not calendar.is_open(day) or (
        kind.weekdays is not None and day.weekday() not in kind.weekdays
    ):
        return
    begins = _minutes(max(kind.opens or hours.opens, hours.opens))
    closes = _minutes(min(kind.closes or hours.closes, hours.closes))
    off, on = (_minutes(end) for end in pause) if pause else (closes, closes)
    while begins + kind.minutes <= closes:
        if begins < on and begins + kind.minutes > off:
            begins = on
            continue
        yield time(begins // 60, begins % 60)
        begins += kind.minutes


def _minutes(clock: time) -> int:
    return clock.hour * 60 + clock.minute


def offered(
    kind: Kind, booking: Booking, *, now: datetime, zone: ZoneInfo, hours: Hours, calendar: Calendar
) -> Iterator[datetime]:
    """Yield every slot that may be booked now, full or not, the earliest first.

    :param now: aware.
    :returns: instants in the municipality's zone.
    """
    here = now.astimezone(zone)
    earliest = here + timedelta(minutes=booking.notice)
    for ahead in range(booking.ahead + 1):
        day = here.date() + timedelta(days=ahead)
        for begins in slots(kind, day, hours=hours, calendar=calendar, pause=booking.pause):
            at = datetime.combine(day, begins, zone)
            if at >= earliest:
                yield at


def free_place(taken: Sequence[int], places: int) -> int | None:
    """Return the first place of a slot, from 1, that nobody has; None when it is full."""
    return next((place for place in range(1, places + 1) if place not in taken), None)
