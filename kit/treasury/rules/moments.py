"""When cash that a device tells of counts as taken.

A device's clock may be wrong, or set wrong. It is believed for the order of a day, so that who
paid first in the morning is not the second one in the evening, and for nothing beyond the day.
"""

from datetime import datetime, tzinfo


def counted_at(said: datetime | None, *, now: datetime, zone: tzinfo) -> datetime:
    """Return the moment that counts: what the device says, where that is today and not to come.

    :param said: aware; None where the device says nothing.
    :param now: aware, when it arrived here.
    :param zone: of the municipality, whose day it is.
    """
    if said is None or said > now:
        return now
    same_day = said.astimezone(zone).date() == now.astimezone(zone).date()
    return said if same_day else now
