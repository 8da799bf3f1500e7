"""On which days the office is open: the country's holidays, and where this office differs.

What is changed here counts for the limits that begin from then on. The last days of cases that
were told to people already stay as they were told.
"""

import logging
from collections.abc import Iterator, Sequence
from datetime import date, time
from typing import Literal

import msgspec

from core import audit, db
from core.context import Context
from core.errors import Conflict, InvalidInput, NotFound
from core.jobs import Job
from core.results import Result
from core.tenants.directory import announce_change
from core.tenants.tables import Holiday, Municipality, OfficeDay
from core.tenants.tenant import Hours
from core.text import Text

log = logging.getLogger(__name__)

# Figures of a budget year look back into the year before; limits reach into the years to come.
_BACK, _AHEAD = 1, 2
_NAME = 200
_HOLIDAYS = Result(Sequence[tuple[date, Text]])

Kind = Literal["holiday", "closed", "open"]


class Day(msgspec.Struct, frozen=True, kw_only=True):
    """A day of the calendar that is not as its weekday says.

    :param kind: a holiday of the country, closed by the office's own order, or open after all.
    :param overruled: a holiday on which this office is open all the same.
    """

    on: date
    kind: Kind
    name: Text
    overruled: bool = False


async def fill_holidays(ctx: Context) -> None:
    """Put the country's holidays into the calendar, each year once: corrections stay.

    Done when a municipality is founded and on the first of each month, harmless to repeat.
    """
    filled = False
    async with db.transaction(ctx):
        for year in range(ctx.today.year - _BACK, ctx.today.year + _AHEAD + 1):
            first, last = date(year, 1, 1), date(year, 12, 31)
            if await Holiday.exists().where(Holiday.on >= first, Holiday.on <= last):
                continue
            for on, name in _holidays(ctx, year):
                filled = True
                await Holiday.insert(
                    Holiday(on=on, name_th=name.th[:_NAME], name_en=name.en[:_NAME])
                ).on_conflict(target=Holiday.on, action="DO NOTHING")
        if filled:
            await announce_change(None)


def _holidays(ctx: Context, year: int) -> Iterator[tuple[date, Text]]:
    """Yield what the plugins know of a year; one that does not know it costs its own days."""
    for plugin, source in ctx.host.gathered("register_holidays"):
        try:
            days = ctx.host.watchdog.call(source, year, longest=ctx.host.patience(plugin))
            _HOLIDAYS.check(days)
        except Exception:
            log.exception("plugin %s failed in register_holidays, year %s", plugin, year)
            continue
        yield from days


async def days_of_year(ctx: Context, year: int) -> list[Day]:
    """Return the days of a common year that differ from their weekday, earliest first."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    async with db.transaction(ctx):
        holidays = await Holiday.select().where(Holiday.on >= first, Holiday.on <= last)
        own = await OfficeDay.select().where(
            OfficeDay.of(ctx), OfficeDay.on >= first, OfficeDay.on <= last
        )
    opened = {one["on"] for one in own if one["open"]}
    days = [
        Day(
            on=one["on"],
            kind="holiday",
            name=Text(one["name_th"], one["name_en"]),
            overruled=one["on"] in opened,
        )
        for one in holidays
    ]
    days += [
        Day(
            on=one["on"],
            kind="open" if one["open"] else "closed",
            name=Text(one["name_th"], one["name_en"]),
        )
        for one in own
    ]
    return sorted(days, key=lambda day: (day.on, day.kind != "holiday"))


async def add_day(ctx: Context, *, on: date, is_open: bool, name: Text) -> None:
    """Close the office on a day by its own order, or open it on a weekend or a holiday.

    :param name: why; without English the Thai stands in both.
    :raises InvalidInput: no reason is given, or the office is closed (open) then anyhow.
    """
    th, en = (" ".join(words.split())[:_NAME] for words in (name.th, name.en))
    problems: dict[str, Text] = {}
    if not th:
        problems["name_th"] = Text(
            "กรอกเหตุผล เช่น วันหยุดพิเศษตามมติคณะรัฐมนตรี",
            "Say why, e.g. a special holiday of the cabinet.",
        )
    known = {day.on: day for day in await days_of_year(ctx, on.year) if day.kind != "holiday"}
    if on in known or ctx.tenant.is_open(on) == is_open:
        problems["on.day"] = (
            Text("วันนี้เปิดทำการอยู่แล้ว ไม่ต้องเพิ่ม", "The office is open on this day already.")
            if is_open
            else Text("วันนี้ปิดทำการอยู่แล้ว ไม่ต้องเพิ่ม", "The office is closed on this day already.")
        )
    if problems:
        raise InvalidInput(problems)
    async with db.transaction(ctx):
        row = {
            "tenant_id": ctx.tenant.id,
            "id": db.new_id(),
            "on": on,
            "open": is_open,
            "name_th": th,
            "name_en": en or th,
        }
        if not await db.add(OfficeDay, row, unless=("tenant_id", "on")):
            raise Conflict(
                Text("มีผู้กำหนดวันนี้ไว้แล้ว ดูรายการอีกครั้ง", "Somebody has set this day. Look again.")
            )
        action = "core.office_day.opened" if is_open else "core.office_day.closed"
        await _record(ctx, action, on, reason=th)


async def remove_day(ctx: Context, *, on: date) -> None:
    """Take back what the office itself has set for a day.

    :raises NotFound: it has set nothing for it.
    """
    async with db.transaction(ctx):
        removed = (
            await OfficeDay.delete()
            .where(OfficeDay.of(ctx), OfficeDay.on == on)
            .returning(OfficeDay.name_th)
        )
        if not removed:
            raise NotFound(
                Text("หน่วยงานไม่ได้กำหนดวันนี้ไว้", "The office has set nothing for this day.")
            )
        await _record(ctx, "core.office_day.removed", on, reason=removed[0]["name_th"])


async def _record(ctx: Context, action: str, on: date, *, reason: str) -> None:
    subject = f"tenant/{ctx.tenant.id}"
    await audit.record(ctx, action, subject, on=on.isoformat(), reason=reason)
    await announce_change(ctx.tenant)


async def set_hours(ctx: Context, hours: Hours) -> None:
    """Change the weekdays and hours on which the office is open.

    :raises InvalidInput: it would never open, or close before it opens.
    """
    problems: dict[str, Text] = {}
    if not hours.weekdays:
        problems["weekdays"] = Text("เลือกวันทำการอย่างน้อย 1 วัน", "Choose at least one weekday.")
    if hours.closes <= hours.opens:
        problems["closes"] = Text("เวลาปิดต้องหลังเวลาเปิด", "It must close after it opens.")
    if problems:
        raise InvalidInput(problems)
    async with db.transaction(ctx):
        await Municipality.update(
            {
                Municipality.opens: _minutes(hours.opens),
                Municipality.closes: _minutes(hours.closes),
                Municipality.weekdays: list(hours.weekdays),
            }
        ).where(Municipality.id == ctx.tenant.id)
        subject = f"tenant/{ctx.tenant.id}"
        await audit.record(ctx, "core.tenant.hours_set", subject, hours=hours.text.th)
        await announce_change(ctx.tenant)


def _minutes(at: time) -> int:
    return at.hour * 60 + at.minute


JOBS = (Job(name="core.fill_holidays", run=fill_holidays, every="20 3 1 * *"),)
