"""A permit that was issued on paper before, and what cannot be of it."""

from datetime import date
from decimal import Decimal

import msgspec

from core.api import Text
from kit.documents import read_number
from kit.geo import Address
from kit.thai import buddhist_year

# The year of the Act; no permit is older.
_FIRST = 2522
_NO_NUMBER = Text(
    "กรอกเลขที่กับปี พ.ศ. ตามใบอนุญาต เช่น 12/2568",
    "Give number and year of the Buddhist Era as on the permit, e.g. 12/2568.",
)
_BACKWARDS = Text(
    "วันหมดอายุอยู่ก่อนวันที่ออก แก้วันใดวันหนึ่ง", "It expires before it was issued: change one of them."
)


class Earlier(msgspec.Struct, frozen=True, kw_only=True):
    """A permit as it stands on paper.

    :param number: as it was typed.
    :param area: square metres of all floors.
    :param phone: E.164; empty where nobody knows it.
    :param pin: ``lat`` and ``lon``, degrees.
    """

    number: str
    work: str
    use: str
    storeys: int
    area: Decimal
    holder: str
    site: Address
    deed: str
    issued_on: date
    until: date
    phone: str = ""
    pin: dict[str, float] | None = None


def numbered(one: Earlier, today: date) -> tuple[dict[str, Text], int, int]:
    """Return what is wrong, by field, and the number and its year (0 where there is none)."""
    serial, year = read_number(one.number) or (0, 0)
    problems = {}
    # A year that has not come is a slip of the keyboard; an office may count by fiscal years.
    if not serial or not _FIRST <= year <= buddhist_year(today) + 1:
        problems["number"] = _NO_NUMBER
    if one.until < one.issued_on:
        problems["until"] = _BACKWARDS
    return problems, serial, year
