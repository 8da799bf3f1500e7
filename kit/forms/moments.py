"""When something was done away from a desk: a day and a clock, perhaps sent hours later."""

import re
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from core.api import InvalidInput, Text
from kit.forms.days import Day
from kit.forms.place import Place
from kit.forms.texts import Line
from kit.thai import ascii_digits

# A device that was out of reach for longer has lost what it kept.
OLDEST_DAYS = 60
_DAY, _CLOCK = "made_on", "made_time"
_HOURS = re.compile(
    r"([01]?[0-9]|2[0-3])[.:]([0-5][0-9])(?: ?\u0e19\.?)?"
)  # perhaps with the Thai sign of the clock
# A clock that runs ahead of ours by so much is none that is wrong.
_AHEAD = timedelta(minutes=15)
_NO_TIME = Text("กรอกเวลาเป็นชั่วโมงและนาที เช่น 14.30", "Give hour and minute, e.g. 14.30.")
_AHEAD_OF_US = Text(
    "เวลานี้ยังมาไม่ถึง ตรวจวันและเวลาอีกครั้ง",
    "This time has not come yet. Check the day and the time.",
)


def moment_fields(day: Text, clock: Text) -> tuple[Day, Line]:
    """Return the two fields that ask when something was done, ``made_on`` and ``made_time``.

    A form that holds them and has ``data-moment`` is given the time of now by ``forms/moment.js``.
    """
    return (
        Day(_DAY, day, earliest_days=-OLDEST_DAYS, latest_days=0),
        Line(_CLOCK, clock, longest=12, help=Text("เช่น 14.30", "e.g. 14.30")),
    )


def read_moment(values: Mapping[str, Any], place: Place, now: datetime) -> datetime | None:
    """Return when it was done, aware and not after now; None where a field was not read.

    :param values: of the reading of a form with :func:`moment_fields`.
    :raises InvalidInput: it is no time, or one that has not come.
    """
    if _DAY not in values or _CLOCK not in values:
        return None
    found = _HOURS.fullmatch(ascii_digits(values[_CLOCK]).strip())
    if found is None:
        raise InvalidInput({_CLOCK: _NO_TIME})
    clock = time(int(found[1]), int(found[2]))
    said = datetime.combine(date.fromisoformat(values[_DAY]), clock, place.tenant.zone)
    if said > now + _AHEAD:
        raise InvalidInput({_CLOCK: _AHEAD_OF_US})
    return min(said, now)
