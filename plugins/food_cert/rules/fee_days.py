"""When owners are reminded of a fee: days as the office sets them, no act does (unverified).

A reminder that a standing worker has missed is made up for within two weeks, no later.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Literal

import msgspec

Turn = Literal["before", "after"]
MADE_UP_FOR = 14  # days


class FeeDays(msgspec.Struct, frozen=True, kw_only=True):
    """Days before and after the due day; 0 means that nobody is reminded."""

    before: int = 14
    after: int = 7


class Window(msgspec.Struct, frozen=True):
    """Bills that fall due from one day to another are reminded of today."""

    turn: Turn
    first: date
    last: date


def windows(days: FeeDays, today: date) -> Iterator[Window]:
    """Yield which due days are reminded of today."""
    if days.before:
        yield Window("before", today, today + timedelta(days=days.before))
    if days.after:
        last = today - timedelta(days=days.after)
        yield Window("after", last - timedelta(days=MADE_UP_FOR), last)
