"""National figures: gathered office by office, summed by service and month, small ones hidden."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import msgspec

from core import db
from core.context import Context
from core.errors import InvalidInput, NotFound
from core.jobs import Job
from core.operator.here import is_operator
from core.operator.hiding import MONTHS, Counts, Line, Shown, shown
from core.operator.tables import OfficeMonth, OfficeState
from core.operator.watching import BUDGET, each_office
from core.tenants.directory import Directory
from core.tenants.service import set_settings
from core.text import Text
from core.ui import Volume

GATHER = "core.gather_figures"
YEARS = 3  # fiscal years that are kept, the current one included
_DEFAULT: Mapping[str, int] = msgspec.json.decode(
    Path(__file__).with_name("data").joinpath("figures.json").read_bytes()
)
LEAST, MOST = 3, 100

_SMALLEST = Text(
    "กรอกจำนวนเต็มตั้งแต่ {least} ถึง {most}", "Give a whole number from {least} to {most}."
)
_NO_SERVICE = Text(
    "ไม่มีตัวเลขของบริการนี้ในปีที่เลือก", "There are no figures of this service in this year."
)

# Alone: the small count of one office only, which could be told from what the others publish.
_SUMS = """
SELECT service, month, max(title_th) AS title_th, max(title_en) AS title_en,
  sum(filed)::int AS filed, sum(decided)::int AS decided, sum(in_time)::int AS in_time,
  1 IN (count(*) FILTER (WHERE filed BETWEEN 1 AND $4 - 1),
    count(*) FILTER (WHERE decided BETWEEN 1 AND $4 - 1),
    count(*) FILTER (WHERE in_time BETWEEN 1 AND $4 - 1),
    count(*) FILTER (WHERE decided - in_time BETWEEN 1 AND $4 - 1)) AS alone
FROM core.office_month WHERE tenant_id = $1 AND month BETWEEN $2 AND $3
  AND ($5 = '' OR service = $5)
GROUP BY service, month
"""
_GATHERED = """
SELECT count(*) AS offices, count(figures_at) AS given, min(figures_at) AS oldest
FROM core.office_state WHERE tenant_id = $1
"""


class Year(msgspec.Struct, frozen=True):
    """A fiscal year (ปีงบประมาณ): it begins in October of the year before.

    :param number: of the Buddhist Era.
    """

    number: int

    @property
    def months(self) -> list[date]:
        """The first days of its months."""
        year = self.number - 543
        return [date(year - (month > 9), month, 1) for month in (10, 11, 12, *range(1, 10))]


class ServiceYear(msgspec.Struct, frozen=True, kw_only=True):
    """A service in a fiscal year, as it may be told.

    :param months: the first days of those that have ended, with what may be told of each.
    :param known: sums over what is shown, which are less than the whole where something is hidden.
    :param share: in time, of a hundred, of the months in which it can be told; rounded down.
    """

    service: str
    title: Text
    months: list[tuple[date, Shown]]
    whole: Shown | None
    known: Shown
    share: int | None


def year_of(day: date) -> Year:
    """Return the fiscal year of a day."""
    return Year(day.year + 543 + (day.month >= 10))


def years(ctx: Context) -> list[Year]:
    """Return the fiscal years of which there may be figures, the current one first."""
    current = year_of(_last_ended(ctx.today))
    return [Year(current.number - back) for back in range(YEARS)]


def _last_ended(today: date) -> date:
    """Return the last day of the last month that has ended."""
    return today.replace(day=1) - timedelta(days=1)


def smallest_of(ctx: Context) -> int:
    """Return the smallest count that may be told, as the operator has set it or by default."""
    given = ctx.tenant.settings.get("core", {}).get("smallest_count", _DEFAULT["smallest"])
    return min(max(int(given), LEAST), MOST)


async def set_smallest(ctx: Context, text: str) -> None:
    """Set the smallest count that may be told.

    :raises InvalidInput: for ``smallest``: it is no number within the bounds.
    """
    if not (text.isascii() and text.isdecimal() and LEAST <= int(text[:4]) <= MOST):
        raise InvalidInput({"smallest": _SMALLEST.format(least=LEAST, most=MOST)})
    await set_settings(ctx, plugin="core", settings={"smallest_count": int(text)})


async def gather(ctx: Context, directory: Directory) -> None:
    """Ask every office for its figures and keep them, months that are not over left out."""
    last = _last_ended(ctx.today)
    months = [month for year in reversed(years(ctx)) for month in year.months if month <= last]

    async def look(there: Context) -> None:
        volumes: list[Volume] = []
        # An answer has at most 1,000 parts: three months of up to 333 services.
        for begin in range(0, len(months), 3):
            few = months[begin : begin + 3]
            volumes += await _volumes(there, few[0], _end_of(few[-1]))
        rows = [
            {
                "tenant_id": ctx.tenant.id,
                "office": there.tenant.id,
                "service": one.service[:80],
                "month": one.month.replace(day=1),
                "title_th": one.title.th[:300],
                "title_en": one.title.en[:300],
                "filed": one.filed,
                "decided": one.decided,
                "in_time": one.in_time,
            }
            for one in volumes
        ]
        async with db.transaction(ctx):
            await OfficeMonth.delete().where(
                OfficeMonth.of(ctx), OfficeMonth.office == there.tenant.id
            )
            await db.add_all(OfficeMonth, rows)
            await OfficeState.update({OfficeState.figures_at: ctx.now}).where(
                OfficeState.of(ctx), OfficeState.office == there.tenant.id
            )

    await each_office(ctx, directory, look)


async def _volumes(there: Context, first: date, last: date) -> list[Volume]:
    answers = await there.host.ask(there, "volumes_of_services", first=first, last=last)
    for answer in answers:
        if answer.problem is not None:
            raise answer.problem
    return [one for answer in answers for one in answer.value or ()]


def _end_of(month: date) -> date:
    return (month + timedelta(days=31)).replace(day=1) - timedelta(days=1)


async def gathered(ctx: Context) -> Mapping[str, Any]:
    """Return of how many offices there are figures, and since when the oldest are."""
    async with db.transaction(ctx) as connection:
        row: Mapping[str, Any] = await connection.fetchrow(_GATHERED, ctx.tenant.id)
    return row


async def national(ctx: Context, year: Year, service: str = "") -> list[ServiceYear]:
    """Return every service of a fiscal year as it may be told, those asked for most first.

    :param service: only this one.
    """
    ended = [month for month in year.months if month <= _last_ended(ctx.today)]
    smallest = smallest_of(ctx)
    async with db.transaction(ctx) as connection:
        rows = await connection.fetch(
            _SUMS, ctx.tenant.id, year.months[0], year.months[-1], smallest, service
        )
    counts: dict[str, dict[date, Counts]] = {}
    titles: dict[str, Text] = {}
    for row in rows:
        counts.setdefault(row["service"], {})[row["month"]] = Counts(
            row["filed"], row["decided"], row["in_time"], row["alone"]
        )
        titles[row["service"]] = Text(row["title_th"], row["title_en"])
    found = []
    for code, months in counts.items():
        line = shown([months.get(month, Counts()) for month in ended], smallest=smallest)
        found.append(_told(code, titles[code], ended, line))
    return sorted(found, key=lambda one: (-(one.known.filed or 0), one.service))


async def of_service(ctx: Context, year: Year, service: str) -> ServiceYear:
    """Return one service of a fiscal year.

    :raises NotFound: there are no figures of it.
    """
    found = await national(ctx, year, service) if service else []
    if not found:
        raise NotFound(_NO_SERVICE)
    return found[0]


def _told(service: str, title: Text, ended: Sequence[date], line: Line) -> ServiceYear:
    known = Shown(*(_sum(getattr(one, name) for one in line.months) for name in _MEASURES))
    both = [
        (one.in_time, one.decided)
        for one in line.months
        if one.in_time is not None and one.decided is not None
    ]
    if line.whole and line.whole.in_time is not None and line.whole.decided is not None:
        both = [(line.whole.in_time, line.whole.decided)]
    decided = sum(one for _, one in both)
    share = 100 * sum(one for one, _ in both) // decided if decided else None
    return ServiceYear(
        service=service,
        title=title,
        months=list(zip(ended, line.months, strict=True)),
        whole=line.whole,
        known=known,
        share=share,
    )


_MEASURES = ("filed", "decided", "in_time")


def _sum(numbers: Iterable[int | None]) -> int:
    return sum(one for one in numbers if one is not None)


def rows_of(year: Year, found: Sequence[ServiceYear]) -> list[dict[str, Any]]:
    """Return what may be told as rows: each month, and the whole of a year that is over.

    ``hidden`` names the columns that are left out of the row, between spaces.
    """
    rows = []
    for one in found:
        told = [(f"{month:%Y-%m}", counts) for month, counts in one.months]
        if len(one.months) == MONTHS and one.whole is not None:
            told.append(("year", one.whole))
        for month, counts in told:
            values = {name: getattr(counts, name) for name in _MEASURES}
            rows.append(
                {
                    "fiscal_year": year.number,
                    "month": month,
                    "service": one.service,
                    "service_th": one.title.th,
                    "service_en": one.title.en,
                    **values,
                    "hidden": " ".join(name for name, value in values.items() if value is None),
                }
            )
    return rows


def as_csv(rows: Sequence[Mapping[str, Any]]) -> bytes:
    """Return rows as CSV in UTF-8 with a mark by which Excel knows it."""
    text = io.StringIO(newline="")
    names = ["fiscal_year", "month", "service", "service_th", "service_en", *_MEASURES, "hidden"]
    writer = csv.DictWriter(text, names)
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode("utf-8-sig")


def jobs_of(directory: Directory) -> tuple[Job, ...]:
    """Return the job of the operator's tenant that gathers the figures."""

    async def run(ctx: Context) -> None:
        if is_operator(ctx):
            await gather(ctx, directory)

    return (Job(name=GATHER, run=run, every="20 4 * * *", budget=4 * BUDGET),)
