"""The clock of the fast lane: how long a visit to the counter took, and how a month went."""

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from math import ceil
from statistics import median
from uuid import UUID

import msgspec

from kit.thai import local

_MINUTE = timedelta(minutes=1)


class Passage(msgspec.Struct, frozen=True, kw_only=True):
    """A case of the fast lane on its way through the counter; instants are aware.

    :param booked_for: when its person is awaited.
    :param arrived_at: when they came, where that was noted.
    """

    case_id: UUID
    number: str
    filed_at: datetime
    booked_for: datetime | None
    arrived_at: datetime | None
    approved_at: datetime | None
    issued_at: datetime | None

    @property
    def began_at(self) -> datetime | None:
        """When the counter part began: with the arrival, else with the approval."""
        return self.arrived_at or self.approved_at

    def minutes(self, now: datetime) -> int | None:
        """Return how long the counter part took or takes, in minutes begun; None before it."""
        if self.began_at is None:
            return None
        took = (self.issued_at or now) - self.began_at
        return max(1, ceil(took / _MINUTE))

    def is_of_one_day(self, now: datetime) -> bool:
        """Return whether the counter part began on the day on which it ended, or goes on."""
        began, ended = self.began_at or now, self.issued_at or now
        return local(began).date() == local(ended).date()

    @property
    def days_to_visit(self) -> int | None:
        """Days from the filing to the appointment; None where there is none."""
        if self.booked_for is None:
            return None
        return (local(self.booked_for).date() - local(self.filed_at).date()).days


class Summary(msgspec.Struct, frozen=True, kw_only=True):
    """How the fast lane went.

    :param issued: how many permits.
    :param minutes: median at the counter; None without a permit, as ``percent`` is.
    :param within: how many took no longer than was promised on their day.
    :param percent: the same as a share, rounded down so that 100 means all.
    :param days: median from filing to appointment; None where nobody had one.
    """

    issued: int
    minutes: float | None
    within: int
    percent: int | None
    days: float | None


def summed(passages: Sequence[Passage], promised: Callable[[date], int]) -> Summary:
    """Return how cases went that were issued.

    :param promised: the minutes that were promised on a day.
    """
    took = [
        (minutes, promised(local(one.issued_at).date()))
        for one in passages
        if one.issued_at is not None and (minutes := one.minutes(one.issued_at)) is not None
    ]
    within = sum(minutes <= most for minutes, most in took)
    days = [one.days_to_visit for one in passages if one.days_to_visit is not None]
    return Summary(
        issued=len(took),
        minutes=median(minutes for minutes, _ in took) if took else None,
        within=within,
        percent=within * 100 // len(took) if took else None,
        days=median(days) if days else None,
    )
