"""The figures of the work: how much was asked for, how much ended in time, how long it took.

Each list is one query over an index, whatever the number of cases. What is counted:

- filed: by the day of filing; closed: by the day on which nothing more is to be done;
- decided, in time: by the day of the decision, in time when it is not after the case's last
  day, which a lawful extension or pause has moved;
- a step: by the day on which it ended, in time when that is not after the step's own last day;
- days: from the day on which the file was complete (the step began), which is not counted, to
  the decision (its end); working days of the office as its calendar stands now, pauses included.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

import msgspec

from core.api import EVERYWHERE, Context, NotAllowed, Text, people, transaction
from kit.casework.periods import Period
from kit.casework.service import counted
from kit.thai import calendar_of

PERMISSION = "casework.figures"


class Sieve(msgspec.Struct, frozen=True, kw_only=True):
    """Of which cases figures are counted.

    :param units: None for the whole office.
    """

    period: Period
    units: tuple[str, ...] | None = None
    service: str | None = None


class Ended(msgspec.Struct, frozen=True):
    """How many ended, how many of them in time, and how long half and nine of ten took at most.

    :param working: (half, nine of ten) in working days; None where nothing ended.
    :param days: the same in days of the calendar.
    """

    total: int = 0
    in_time: int = 0
    working: tuple[int, int] | None = None
    days: tuple[int, int] | None = None

    @property
    def percent(self) -> int | None:
        """Share in time, rounded down: 100 is said only when nothing was late."""
        return 100 * self.in_time // self.total if self.total else None


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """The figures of the whole, of a service, or of a division.

    :param open: now, whatever the period; ``late``: of those, past the limit today.
    :param stars: sum of the ratings of what was closed in the period.
    """

    decided: Ended = Ended()
    filed: int = 0
    closed: int = 0
    open: int = 0
    late: int = 0
    rated: int = 0
    stars: int = 0


class Figures(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that the page of figures shows.

    :param steps: by code of the service and of the step.
    :param officers: by account, or by name where nobody's account ended the step.
    """

    whole: Line
    services: Mapping[str, Line]
    units: Mapping[str, Line]
    channels: Mapping[str, int]
    steps: Mapping[tuple[str, str], Ended]
    officers: Mapping[UUID | str, Ended]


def sieve_of(ctx: Context, *, period: Period, unit: str, service: str) -> Sieve:
    """Return what the actor asks for, within the divisions whose figures the actor may see.

    :param unit: id of a division, "" for all of them; ``service``: a code, "" for all.
    :raises NotAllowed: the division is none of those.
    """
    held = ctx.actor.permissions.get(PERMISSION, frozenset())
    if unit and held is not EVERYWHERE and unit not in held:
        raise NotAllowed(
            Text(
                "ท่านดูสถิติของกองนี้ไม่ได้ เลือกกองของท่าน หรือติดต่อผู้ดูแลระบบ",
                "You cannot see this division's figures. Choose yours, or ask the administrator.",
            )
        )
    units = (unit,) if unit else None if held is EVERYWHERE else tuple(sorted(held))
    return Sieve(period=period, units=units, service=service or None)


# What grouping() says of (service, unit): a bit is set for what is not grouped by.
_WHOLE, _BY_UNIT, _BY_SERVICE = 3, 2, 1


async def count_figures(ctx: Context, sieve: Sieve) -> Figures:
    """Return all figures of a period."""
    async with transaction(ctx) as connection:
        asked = (ctx.tenant.id, sieve.units, sieve.service)
        days = (sieve.period.first, sieve.period.last)
        moments = moments_of(ctx, sieve.period)
        calendar = await opened_days(ctx, connection, *asked, *days)
        filed = await connection.fetch(counted.FILED, *asked, *moments)
        rows = [
            *await connection.fetch(counted.CLOSED, *asked, *moments),
            *await connection.fetch(counted.OPEN, *asked, ctx.today),
            *(
                {**row, "decided": ended_of(row)}
                for row in await connection.fetch(counted.DECIDED, *asked, *days, *calendar)
            ),
            *({**row, "level": row["level"] >> 1} for row in filed if row["level"] & 1),
        ]
        passed = await connection.fetch(counted.PASSED, *asked, *days, *calendar, None)
    return Figures(
        whole=_lines(rows, _WHOLE, "service").get(None, Line()),
        services=_lines(rows, _BY_SERVICE, "service"),
        units=_lines(rows, _BY_UNIT, "unit"),
        channels={row["channel"]: row["filed"] for row in filed if not row["level"] & 1},
        steps=_steps(passed),
        officers={
            row["ended_by"] or row["no_account"]: ended_of(row)
            for row in passed
            if row["of_officer"]
        },
    )


async def count_own(ctx: Context, period: Period) -> Mapping[tuple[str, str], Ended]:
    """Return the steps that the actor has ended, by code of the service and of the step."""
    async with transaction(ctx) as connection:
        asked = (ctx.tenant.id, None, None, period.first, period.last)
        calendar = await opened_days(ctx, connection, *asked)
        passed = await connection.fetch(counted.PASSED, *asked, *calendar, ctx.actor.id)
    return _steps(passed)


def together(parts: Iterable[Ended]) -> Ended:
    """Return the sums; how long it took cannot be summed."""
    known = list(parts)
    return Ended(sum(one.total for one in known), sum(one.in_time for one in known))


async def names_of(ctx: Context, officers: Mapping[UUID | str, Ended]) -> Mapping[UUID | str, str]:
    """Return the name of each officer who ended a step."""
    known = await people.names(ctx, [one for one in officers if isinstance(one, UUID)])
    return {one: known.get(one, "") if isinstance(one, UUID) else one for one in officers}


def moments_of(ctx: Context, period: Period) -> tuple[datetime, datetime]:
    """Return when the period begins, and when the day after it does."""
    zone = ctx.tenant.zone
    after = period.last + timedelta(days=1)
    return (
        datetime.combine(period.first, time(), zone),
        datetime.combine(after, time(), zone),
    )


async def opened_days(ctx: Context, connection: Any, *asked: Any) -> tuple[list[date], list[int]]:
    """Return the days that durations need, and how many of them up to each were open."""
    last: date = asked[-1]
    day: date = await connection.fetchval(counted.EARLIEST, *asked) or last
    calendar, days, opened = calendar_of(ctx.tenant), [day], [0]
    while day < last:
        day += timedelta(days=1)
        days.append(day)
        opened.append(opened[-1] + calendar.is_open(day))
    return days, opened


def ended_of(row: Mapping[str, Any]) -> Ended:
    """Return what a row of the queries above says of what ended."""
    return Ended(
        row["total"],
        row["in_time"],
        *(tuple(row[unit]) if row[unit] else None for unit in ("working", "days")),
    )


def _steps(rows: list[Any]) -> dict[tuple[str, str], Ended]:
    return {(row["service"], row["step"]): ended_of(row) for row in rows if not row["of_officer"]}


def _lines(rows: list[Any], level: int, by: str) -> dict[Any, Line]:
    """Return the lines of one level, the rows of several queries laid over each other."""
    values: dict[Any, dict[str, Any]] = {}
    for row in rows:
        if row["level"] == level:
            values.setdefault(row[by], {}).update(
                {name: row[name] for name in Line.__struct_fields__ if name in dict(row)}
            )
    return {key: Line(**line) for key, line in values.items()}
