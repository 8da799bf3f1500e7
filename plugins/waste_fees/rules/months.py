"""Months as fees count them, each known by its first day."""

from collections.abc import Sequence
from datetime import date

from core.api import Text
from kit.thai import BUDDHIST_OFFSET, buddhist_year, month_year

# How many months a bill may ask for at once, and what offices call it.
LENGTHS = {
    1: Text("รายเดือน", "Monthly"),
    3: Text("รายไตรมาส (3 เดือน)", "Quarterly (3 months)"),
    6: Text("รายครึ่งปี (6 เดือน)", "Half-yearly (6 months)"),
    12: Text("รายปี (12 เดือน)", "Yearly (12 months)"),
}


def month_of(day: date) -> date:
    """Return the first day of the month."""
    return day.replace(day=1)


def add_months(month: date, count: int) -> date:
    """Return the first day of the month that is so many later, or earlier where negative."""
    years, index = divmod(month.year * 12 + month.month - 1 + count, 12)
    return date(years, index + 1, 1)


def span(first: date, count: int) -> Sequence[date]:
    """Return so many months that follow each other."""
    return [add_months(first, n) for n in range(count)]


def period_of(month: date) -> str:
    """Return the month as the treasury writes it, ``YYYYMM`` of the Buddhist Era."""
    return f"{buddhist_year(month)}{month.month:02}"


def said(months: Sequence[date]) -> Text:
    """Return the months in words: the only one, or from the first to the last."""
    first, last = months[0], months[-1]
    if first == last:
        return Text(month_year(first, "th"), month_year(first, "en"))
    return Text(
        f"{month_year(first, 'th')} ถึง {month_year(last, 'th')}",
        f"{month_year(first, 'en')} to {month_year(last, 'en')}",
    )


def month_of_period(period: str) -> date | None:
    """Return the first day of what :func:`period_of` wrote; None for what it did not write."""
    if len(period) != 6 or not period.isascii() or not period.isdigit():
        return None
    year, month = int(period[:4]) - BUDDHIST_OFFSET, int(period[4:])
    return date(year, month, 1) if 1 <= month <= 12 and year >= 1 else None
