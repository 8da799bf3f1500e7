"""Whether the office is open, until when, and when it is closed next."""

from datetime import date, datetime, timedelta

import msgspec

from core.api import Context, Text
from kit.casework import calendar_of
from kit.thai import clock_time, next_open, weekday

_OPEN = Text("เปิดอยู่ ถึง {th}", "Open until {en}")
_LATER = Text("ปิดอยู่ เปิดวันนี้ {th}", "Closed, opens today at {en}")
_AGAIN = Text("ปิดอยู่ เปิดวัน{day_th} {th}", "Closed, opens {day_en} at {en}")


class Office(msgspec.Struct, frozen=True, kw_only=True):
    """The office at a moment.

    :param holiday: the next day on which it is closed though the weekday is open.
    """

    is_open: bool
    words: Text
    holiday: date | None = None


def office_now(ctx: Context) -> Office:
    """Return how the office stands at ``ctx.now``."""
    tenant, today = ctx.tenant, ctx.today
    coming = sorted(
        day
        for day in tenant.closed
        if day > today and day.weekday() in tenant.hours.weekdays and day not in tenant.opened
    )
    is_open, words = _state(ctx, ctx.now.astimezone(tenant.zone))
    return Office(is_open=is_open, words=words, holiday=coming[0] if coming else None)


def _state(ctx: Context, local: datetime) -> tuple[bool, Text]:
    hours, calendar = ctx.tenant.hours, calendar_of(ctx.tenant)
    opens = {"th": clock_time(hours.opens, "th"), "en": clock_time(hours.opens, "en")}
    if calendar.is_open(ctx.today):
        if local.time() < hours.opens:
            return False, _LATER.format(**opens)
        if local.time() < hours.closes:
            closes = {"th": clock_time(hours.closes, "th"), "en": clock_time(hours.closes, "en")}
            return True, _OPEN.format(**closes)
    day = next_open(ctx.today + timedelta(days=1), calendar)
    names = {"day_th": weekday(day, "th"), "day_en": weekday(day, "en")}
    return False, _AGAIN.format(**names, **opens)
