"""The spans over which figures are counted: whole months, whole budget years."""

from datetime import date, timedelta
from typing import Literal

import msgspec

from core.api import Language, Text
from kit.thai import fiscal_year, fiscal_year_days, month_year

LOOKED_BACK = 36  # months that can be chosen

Span = Literal["year", "year_before", "month", "chosen"]
SPANS: dict[Span, Text] = {
    "year": Text("ปีงบประมาณนี้", "This budget year"),
    "year_before": Text("ปีงบประมาณก่อน", "The budget year before"),
    "month": Text("เดือนที่แล้ว", "Last month"),
    "chosen": Text("เดือนที่เลือก", "Chosen months"),
}


class Period(msgspec.Struct, frozen=True):
    """Some days, both ends included."""

    first: date
    last: date

    def text(self, language: Language) -> str:
        """Return its months in words: ``ตุลาคม 2569 – กันยายน 2570``."""
        months = [month_year(day, language) for day in (self.first, self.last)]
        return " – ".join(dict.fromkeys(months))


def month_of(day: date) -> Period:
    """Return the month of a day."""
    first = day.replace(day=1)
    return Period(first, (first + timedelta(days=31)).replace(day=1) - timedelta(days=1))


def months_back(today: date, count: int) -> list[date]:
    """Return the first days of this month and those before it, the newest first."""
    months = [today.replace(day=1)]
    while len(months) < count:
        months.append((months[-1] - timedelta(days=1)).replace(day=1))
    return months


def period_of(span: Span, *, today: date, begin: date, end: date) -> Period:
    """Return the days of a span.

    :param begin: any day of the first chosen month; ``end`` of the last. Either may be the later.
    """
    match span:
        case "year":
            return Period(*fiscal_year_days(fiscal_year(today)))
        case "year_before":
            return Period(*fiscal_year_days(fiscal_year(today) - 1))
        case "month":
            return month_of(today.replace(day=1) - timedelta(days=1))
        case "chosen":
            earlier, later = sorted((begin, end))
            return Period(month_of(earlier).first, month_of(later).last)
