"""When somebody is reminded, and when a letter demands what is owed: days as an office sets them.

No act sets these days for fees of waste; arrears are a plain debt (inference; unverified). A
reminder that a standing worker has missed is made up for within two weeks, no later: who is
further behind gets a letter.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Literal

import msgspec

Turn = Literal["before", "after"]
MADE_UP_FOR = 14  # days


class Dues(msgspec.Struct, frozen=True, kw_only=True):
    """What an office does about dues, in days; 0 means that it does not remind.

    :param remind_before: before the due day.
    :param remind_after: after it.
    :param letter_after: a bill so long overdue is named in a letter.
    :param letter_again: nobody is written to again within so many.
    :param pay_within: what a letter gives to pay.
    """

    remind_before: int = 3
    remind_after: int = 7
    letter_after: int = 60
    letter_again: int = 30
    pay_within: int = 15


class Window(msgspec.Struct, frozen=True):
    """Bills that fall due from one day to another are reminded of today."""

    turn: Turn
    first: date
    last: date


def windows(dues: Dues, today: date) -> Iterator[Window]:
    """Yield which due days are reminded of today."""
    if dues.remind_before:
        yield Window("before", today, today + timedelta(days=dues.remind_before))
    if dues.remind_after:
        last = today - timedelta(days=dues.remind_after)
        yield Window("after", last - timedelta(days=MADE_UP_FOR), last)
