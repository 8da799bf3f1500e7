"""The yearly fee of a place: its years, when each is due, what is waived, what comes on top.

Law: Public Health Act B.E. 2535, s. 65: who runs a place that must be notified or licensed pays
the fee at the rate and for the periods of the ordinance as long as it is run. A fee that is not
paid in its time is raised by 20 per cent of what is in arrears, unless the operator has told that
the business closes before the fee is due the next time. Who is in arrears more than twice in a
row can be ordered to stop until fee and surcharge are paid. Days of billing are the office's own.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from enum import StrEnum

import msgspec

from core.api import Text


class FeeState(StrEnum):
    """How the fee of a year stands."""

    BILLED = "billed"
    SETTLED = "settled"
    WAIVED = "waived"  # nothing of it was ever to be paid, or what was is let off
    VOID = "void"  # taken back; it is billed again where the place is run all the same


FEE_STATES: Mapping[str, Text] = {
    FeeState.BILLED: Text("รอชำระ", "To be paid"),
    FeeState.SETTLED: Text("ชำระแล้ว", "Paid"),
    FeeState.WAIVED: Text("ยกเว้น", "Waived"),
    FeeState.VOID: Text("ยกเลิก", "Cancelled"),
}


class Waived(msgspec.Struct, frozen=True, kw_only=True):
    """Fees of which the office lets everybody off a part.

    :param until_on: inclusive, as ``from_on``.
    :param percent: 1 to 100.
    :param instrument: of which fees; empty for all.
    """

    from_on: date
    until_on: date
    percent: int
    instrument: str = ""


class Asked(msgspec.Struct, frozen=True):
    """The fee of a year that was asked for."""

    year: int
    due_on: date
    state: str


def begins(opened_on: date, year: int) -> date:
    """Return the first day of a year of a place; of one opened on 29 February also 1 March.

    :param year: from 1.
    """
    try:
        return opened_on.replace(year=opened_on.year + year - 1)
    except ValueError:
        return date(opened_on.year + year - 1, 3, 1)


def ends(opened_on: date, year: int) -> date:
    """Return the last day of a year of a place."""
    return begins(opened_on, year + 1) - timedelta(days=1)


def opened_so(first: date, year: int) -> date:
    """Return from when years are counted so that one of them begins on a day.

    :param year: from 1.
    """
    return begins(first, 2 - year)


def counted_from(opened_on: date, first: date) -> date:
    """Return from when the years of a place are counted so that one of them begins on a day.

    Where one does already, that is the day on which it opened, else one within a year of it.
    """
    year = first.year - opened_on.year + 1
    return opened_on if begins(opened_on, year) == first else opened_so(first, year)


def due_day(opened_on: date, year: int, today: date, late_days: int) -> date:
    """Return by when a fee that is billed today is to be paid.

    That is the day before its year begins. Of a year that runs already, as the first one or that
    of a place that was stopped till now, some days are given from today.
    """
    eve = begins(opened_on, year) - timedelta(days=1)
    return eve if year > 1 and today <= eve else today + timedelta(days=late_days)


def percent_off(waivers: Iterable[Waived], instrument: str, due_on: date) -> int:
    """Return how much of a fee is waived by the day on which it is due; the largest counts."""
    return max(
        (
            one.percent
            for one in waivers
            if one.from_on <= due_on <= one.until_on and one.instrument in ("", instrument)
        ),
        default=0,
    )


def off(amount: int, percent: int) -> int:
    """Return what is waived of a fee, satang; what is left is rounded down."""
    return amount - amount * (100 - percent) // 100


def surcharge(owed: int, percent: int) -> int:
    """Return what comes on top of an overdue fee, satang, rounded down."""
    return owed * percent // 100


def in_a_row(asked: Sequence[Asked], today: date) -> int:
    """Return the most fees in a row that fell due and are not paid.

    A year that was waived or cancelled is none that was due, so it neither counts nor ends a row.
    """
    longest = row = 0
    for one in sorted(asked, key=lambda one: one.year):
        if one.state in (FeeState.WAIVED, FeeState.VOID) or one.due_on >= today:
            continue
        row = row + 1 if one.state == FeeState.BILLED else 0
        longest = max(longest, row)
    return longest


def told_in_time(asked: Sequence[Asked], year: int, told_on: date) -> bool:
    """Return whether a fee is not surcharged because the closing was told in time.

    Read so: "before the fee is due the next time" is before the due day of the next fee that was
    asked for. Where none was, it has not come: while a place is stopped no fee falls due.

    Law: Public Health Act B.E. 2535, s. 65 (the reading is ours, unverified).
    """
    later = [
        one.due_on
        for one in asked
        if one.year > year and one.state in (FeeState.BILLED, FeeState.SETTLED)
    ]
    return not later or told_on < min(later)
