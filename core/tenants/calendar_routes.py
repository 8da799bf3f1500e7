"""The administrator's page of office days and hours."""

from datetime import date, time
from typing import Any

from litestar import Request, Response, Router, get, post
from litestar.response import Redirect

from core.context import Context
from core.days import MONTHS, WEEKDAYS
from core.errors import AppError, InvalidInput
from core.http.guards import allow
from core.http.inject import Ctx
from core.identity.forms import REFUSALS, read_day, show_form, ticked, typed
from core.identity.identifiers import plain_digits
from core.tenants import calendar
from core.tenants.tenant import Hours
from core.text import Text

AnyRequest = Request[Any, Any, Any]

_SETTINGS = allow("core.settings")
_BUDDHIST = 543
_HOUR = Text("กรอกเวลาเป็นชั่วโมงและนาที เช่น 08.30", "Give hours and minutes, such as 08.30.")
_DAY = Text("ไม่พบวันนี้ในรายการ ดูรายการอีกครั้ง", "This day is not in the list. Look again.")


@get("/desk/calendar", guards=[_SETTINGS])
async def show_calendar(request: AnyRequest, ctx: Ctx) -> Response[str]:
    """Show the days of a year that differ from their weekday, and the hours."""
    asked = plain_digits(request.query_params.get("year", ""))
    year = int(asked) if asked.isdecimal() and len(asked) == 4 else 0
    return await _calendar(request, ctx, year=year)


async def _calendar(
    request: AnyRequest,
    ctx: Context,
    *,
    year: int = 0,
    given: dict[str, str] | None = None,
    weekdays: list[str] | None = None,
    wrong: AppError | None = None,
) -> Response[str]:
    now = ctx.today.year + _BUDDHIST
    year = year if now - 5 <= year <= now + 5 else now
    hours = ctx.tenant.hours
    kept = {"opens": f"{hours.opens:%H.%M}", "closes": f"{hours.closes:%H.%M}"}
    return await show_form(
        request,
        ctx,
        "core/calendar.html",
        typed=kept | (given or {}),
        wrong=wrong,
        year=year,
        years=[now - 1, now, now + 1, now + 2],
        days=await calendar.days_of_year(ctx, year - _BUDDHIST),
        chosen=[str(day) for day in hours.weekdays] if weekdays is None else weekdays,
        weekdays=WEEKDAYS,
        months=MONTHS,
    )


@post("/desk/calendar/days", guards=[_SETTINGS])
async def add_day(request: AnyRequest, ctx: Ctx) -> Response[Any]:
    """Close the office on a day, or open it on an extra one."""
    given = await typed(request, "on.day", "on.month", "on.year", "state", "name_th", "name_en")
    try:
        on = read_day(given, "on")
        name = Text(given["name_th"], given["name_en"])
        await calendar.add_day(ctx, on=on, is_open=given["state"] == "open", name=name)
    except REFUSALS as wrong:
        return await _calendar(request, ctx, given=given, wrong=wrong)
    return _back(on)


@post("/desk/calendar/removed", guards=[_SETTINGS])
async def remove_day(request: AnyRequest, ctx: Ctx) -> Redirect:
    """Take back what the office has set for a day."""
    given = await typed(request, "on")
    try:
        on = date.fromisoformat(given["on"])
    except ValueError as problem:
        raise InvalidInput({"on": _DAY}) from problem
    await calendar.remove_day(ctx, on=on)
    return _back(on)


def _back(on: date) -> Redirect:
    return Redirect(f"/desk/calendar?year={on.year + _BUDDHIST}", status_code=303)


@post("/desk/calendar/hours", guards=[_SETTINGS])
async def set_hours(request: AnyRequest, ctx: Ctx) -> Response[Any]:
    """Change weekdays and hours."""
    given = await typed(request, "opens", "closes")
    weekdays = await ticked(request, "weekdays")
    try:
        await calendar.set_hours(ctx, _hours(given, weekdays))
    except REFUSALS as wrong:
        return await _calendar(request, ctx, given=given, weekdays=weekdays, wrong=wrong)
    return Redirect("/desk/calendar", status_code=303)


def _hours(given: dict[str, str], weekdays: list[str]) -> Hours:
    """Return the hours that were typed.

    :raises InvalidInput: one is no time of day.
    """
    read: dict[str, time] = {}
    problems: dict[str, Text] = {}
    for name in ("opens", "closes"):
        hour, _, minute = plain_digits(given[name]).strip().replace(":", ".").partition(".")
        try:
            read[name] = time(int(hour), int(minute or "0"))
        except (ValueError, OverflowError):
            problems[name] = _HOUR
    if problems:
        raise InvalidInput(problems)
    days = tuple(sorted({int(day) for day in weekdays if day in set("0123456")}))
    return Hours(opens=read["opens"], closes=read["closes"], weekdays=days)


router = Router("/", route_handlers=[show_calendar, add_day, remove_day, set_hours])
