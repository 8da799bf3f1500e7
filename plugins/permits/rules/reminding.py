"""When the holder of a permit is reminded that it expires.

Law: Building Control Act B.E. 2522, s. 35: who wants a permit renewed files before it expires. No
law asks the office to remind; the days are the office's own.
"""

from collections.abc import Sequence
from datetime import date, timedelta


def turn_of(until: date, issued_on: date, today: date, days: Sequence[int]) -> int | None:
    """Return which of the reminders is the one of today; None for none.

    The nearest that has begun, so that one that a standing worker has missed is made up for, and
    two never come at once. One whose day was before the permit was issued does not come at all.

    :param until: the last day on which the permit counts.
    :param days: before that day.
    """
    left = (until - today).days
    begun = [one for one in days if 0 <= left <= one and until - timedelta(one) >= issued_on]
    return min(begun, default=None)
