"""How long a permit is valid, by the area of the building and what its owner asked for.

Law: Ministerial Regulation no. 57 (B.E. 2544) under the Building Control Act B.E. 2522.
"""

from datetime import date, timedelta
from decimal import Decimal

from core.api import Text
from kit.casework import Finding, judged, missing
from kit.law import Entry, Limits, bare
from kit.thai import years_later
from plugins.permits.rules.asked import Asked

_TITLE = Text("อายุใบอนุญาต", "Validity of the permit")
_LASTS = Text(
    "งานใช้เวลา {days} วัน อายุใบอนุญาตไม่เกิน {years} ปี ถ้าไม่เสร็จให้ต่ออายุก่อนวันหมดอายุ",
    "The work takes {days} days; a permit is valid for at most {years} years, and is renewed "
    "before it expires.",
)
_FACTS = Text("พื้นที่รวมหรือจำนวนวัน", "the area or the days of the work")


def years_of(area: Decimal, limits: Limits) -> Entry:
    """Return the entry with the most years for an area of all floors, in square metres."""
    if area >= limits["validity.large.area"].number:
        return limits["validity.large.years"]
    if area >= limits["validity.middle.area"].number:
        return limits["validity.middle.years"]
    return limits["validity.years"]


def valid_until(issued: date, *, area: Decimal, days: int | None, limits: Limits) -> date:
    """Return the last day of a permit that is issued on a day.

    It is the time that its owner asked for, at most the years by area: these end on the day
    before the same day of the year, as offices write it (inference; unverified).
    """
    last = years_later(issued, years_of(area, limits).whole) - timedelta(days=1)
    if days is None or days >= (last - issued).days:
        return last
    return issued + timedelta(days=days)


def validity(asked: Asked, limits: Limits) -> Finding:
    """Return how long a permit would be valid; work that takes longer is renewed in time."""
    if asked.area is None or asked.days is None:
        return missing("validity", _TITLE, _FACTS, limits["validity.years"])
    by = years_of(asked.area, limits)
    said = _LASTS.format(days=f"{asked.days:,}", years=bare(by.number))
    return judged("validity", _TITLE, True, said, by)
