"""Counting days as the law counts them: calendar days, working days, the last day of a limit.

The first day is never counted. A limit that ends on a closed day ends on the next open one.

Law: Administrative Procedure Act B.E. 2539, s. 64 (unverified in its wording).
"""

from collections.abc import Iterator
from datetime import date, timedelta

import msgspec

from core.api import Tenant, Text

_DAY = timedelta(days=1)
_WEEK = timedelta(days=7)
_SATURDAY, _SUNDAY = 5, 6

_WORKING_DAYS = Text("{count} วันทำการ", "{count} working day{s}")
_DAYS = Text("{count} วัน", "{count} day{s}")


class Calendar(msgspec.Struct, frozen=True):
    """When an office is open.

    :param holidays: days on which it is closed.
    :param weekdays_off: as ``date.weekday()``: Monday is 0.
    :param open_days: days on which it is open all the same; they win over both others.
    """

    holidays: frozenset[date] = frozenset()
    weekdays_off: frozenset[int] = frozenset({_SATURDAY, _SUNDAY})
    open_days: frozenset[date] = frozenset()

    def __post_init__(self) -> None:
        if self.weekdays_off >= set(range(7)):
            raise ValueError("an office that never opens has no working days")

    def is_open(self, day: date) -> bool:
        """Return whether ``day`` is a working day."""
        if day in self.open_days:
            return True
        return day.weekday() not in self.weekdays_off and day not in self.holidays


def calendar_of(tenant: Tenant) -> Calendar:
    """Return the working days of an office."""
    return Calendar(
        holidays=frozenset(tenant.closed),
        weekdays_off=frozenset(range(7)) - frozenset(tenant.hours.weekdays),
        open_days=tenant.opened,
    )


class WorkingDays(msgspec.Struct, frozen=True, tag="working_days"):
    """A limit of so many days on which the office is open (วันทำการ)."""

    count: int

    def __post_init__(self) -> None:
        _at_least_one(self.count)

    @property
    def text(self) -> Text:
        """The limit as people read it: ``7 วันทำการ``."""
        return _WORKING_DAYS.format(count=self.count, s="s" * (self.count != 1))


class Days(msgspec.Struct, frozen=True, tag="days"):
    """A limit of so many days of the calendar (วัน)."""

    count: int

    def __post_init__(self) -> None:
        _at_least_one(self.count)

    @property
    def text(self) -> Text:
        """The limit as people read it: ``45 วัน``."""
        return _DAYS.format(count=self.count, s="s" * (self.count != 1))


# Acts mix the units, so every limit carries its own.
Limit = WorkingDays | Days


def due(start: date, limit: Limit, calendar: Calendar) -> date:
    """Return the last day that is in time.

    :param start: the day on which the file became complete; it is not counted.
    """
    match limit:
        case WorkingDays(count):
            return add_working_days(start, count, calendar)
        case Days(count):
            return next_open(start + count * _DAY, calendar)


def add_working_days(start: date, count: int, calendar: Calendar) -> date:
    """Return the ``count``-th open day after ``start``, which is not counted itself.

    :param count: 1 or more.
    """
    _at_least_one(count)
    day = start
    for _ in range(count):
        day = next_open(day + _DAY, calendar)
    return day


def next_open(day: date, calendar: Calendar) -> date:
    """Return ``day``, or when the office is closed then the next day on which it is open."""
    while not calendar.is_open(day):
        day += _DAY
    return day


def working_days_between(start: date, end: date, calendar: Calendar) -> int:
    """Return how many open days there are after ``start`` up to and with ``end``.

    Negative when ``end`` is the earlier one: the open days by which it has passed.
    """
    if end < start:
        return -working_days_between(end, start, calendar)
    return sum(calendar.is_open(start + n * _DAY) for n in range(1, (end - start).days + 1))


def late_letter_days(due_on: date, until: date) -> Iterator[date]:
    """Yield the days on which the reasons for lateness must be written to the applicant.

    Every 7 calendar days after the limit passed, whether the office is open or not.

    :param until: the day of the decision, or today; a letter due on it is included.

    Law: Licensing Facilitation Act B.E. 2558, s. 10.
    """
    day = due_on + _WEEK
    while day <= until:
        yield day
        day += _WEEK


def _at_least_one(count: int) -> None:
    if count < 1:
        raise ValueError(f"a limit of {count} days: at least one is needed")
