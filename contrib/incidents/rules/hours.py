"""Hours that the office promises: of the clock, or only those in which it is open."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from contrib.incidents.rules.categories import Counted
from core.api import Tenant
from kit.thai import calendar_of

_DAY = timedelta(days=1)
# Beyond it an office that never opens would be asked for ever.
_MOST_DAYS = 4_000


def due_at(begun: datetime, hours: int, counted: Counted, office: Tenant) -> datetime:
    """Return the last moment in time.

    :param begun: aware, as is what is returned; hours outside of those of the office do not count
        where ``counted`` is ``working``.
    """
    left = timedelta(hours=hours)
    if counted == "plain":
        return begun + left
    for opens, closes in _open_spans(begun, office):
        if left <= closes - opens:
            return opens + left
        left -= closes - opens
    return begun + timedelta(days=_MOST_DAYS)


def spent(begun: datetime, ended: datetime, counted: Counted, office: Tenant) -> timedelta:
    """Return how much time of the office has passed; nothing where ``ended`` is the earlier one."""
    if ended <= begun:
        return timedelta()
    if counted == "plain":
        return ended - begun
    used = timedelta()
    for opens, closes in _open_spans(begun, office):
        if opens >= ended:
            break
        used += min(closes, ended) - opens
    return used


def _open_spans(begun: datetime, office: Tenant) -> Iterator[tuple[datetime, datetime]]:
    """Yield from when to when the office is open, from a moment on."""
    calendar = calendar_of(office)
    first = begun.astimezone(office.zone).date()
    for day in (first + n * _DAY for n in range(_MOST_DAYS)):
        if not calendar.is_open(day):
            continue
        opens = datetime.combine(day, office.hours.opens, office.zone)
        closes = datetime.combine(day, office.hours.closes, office.zone)
        if begun < closes:
            yield max(begun, opens), closes
