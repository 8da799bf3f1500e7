"""The legal clock of a case, as arithmetic over days.

It starts on the day on which the file became complete, not on the day of
filing; it stands still only where the law of the service says so; when it has
run out, reasons are owed in writing every seven days.

Law: Licensing Facilitation Act B.E. 2558, s. 8-10.
"""

from datetime import date, timedelta
from typing import Literal

import msgspec

from kit.thai import Calendar, Days, Limit, WorkingDays, due, next_open, working_days_between

SOON = 3  # working days; from then on a case is marked in the inbox

Urgency = Literal["late", "today", "soon", "running", "not_started", "stopped"]


class Clock(msgspec.Struct, frozen=True, kw_only=True):
    """How a case stands against its limit on one day.

    :param due_on: last day in time; None while it does not run.
    :param left: days until then in the unit of the law; negative when it has passed.
    :param total: the whole limit, in the same unit.
    :param unit: of both.
    """

    urgency: Urgency
    due_on: date | None = None
    left: int = 0
    total: int = 0
    unit: Literal["working_days", "days"] = "days"

    @property
    def used(self) -> int:
        """Days that have passed, not more than all."""
        return max(0, min(self.total, self.total - self.left))


def read_clock(
    *, today: date, due_on: date | None, paused: bool, within: Limit, calendar: Calendar
) -> Clock:
    """Return how a case stands today.

    :param due_on: None before the file is complete.
    """
    if due_on is None:
        return Clock(urgency="not_started", total=within.count, unit=_unit(within))
    left = _count(today, due_on, within, calendar)
    clock = Clock(
        urgency="running", due_on=due_on, left=left, total=within.count, unit=_unit(within)
    )
    if paused:
        return msgspec.structs.replace(clock, urgency="stopped")
    return msgspec.structs.replace(clock, urgency=_urgency(today, due_on, calendar))


def _unit(limit: Limit) -> Literal["working_days", "days"]:
    return "working_days" if isinstance(limit, WorkingDays) else "days"


def _count(today: date, due_on: date, within: Limit, calendar: Calendar) -> int:
    if isinstance(within, Days):
        return (due_on - today).days
    return working_days_between(today, due_on, calendar)


def _urgency(today: date, due_on: date, calendar: Calendar) -> Urgency:
    if today > due_on:
        return "late"
    if today == due_on:
        return "today"
    return "soon" if due_on <= soon_until(today, calendar) else "running"


def soon_until(today: date, calendar: Calendar) -> date:
    """Return the last day whose deadlines are marked as near."""
    return due(today, WorkingDays(SOON), calendar)


def extended(due_on: date, by: Limit, calendar: Calendar) -> date:
    """Return the new last day after an extension, counted from the old one."""
    return due(due_on, by, calendar)


def resumed(due_on: date, paused_on: date, today: date, calendar: Calendar) -> date:
    """Return the last day after a pause: later by the days for which the clock stood still."""
    return next_open(due_on + (today - paused_on), calendar)


def letters_owed(due_on: date, today: date) -> int:
    """Return how many letters about the delay are owed by today: one every seven days."""
    return max(0, (today - due_on) // timedelta(days=7))
