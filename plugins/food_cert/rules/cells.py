"""What stands in the cells of a register of food premises, each read by its kind."""

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal

import msgspec

from core.api import Text
from kit.documents import day_of_cell, decimal_of_cell, read_number, whole_of_cell
from kit.geo import Point
from kit.thai import Unreadable, ascii_digits, buddhist_year, parse_juristic_id, parse_phone
from plugins.food_cert.rules.headings import NAMED_INSTRUMENTS, NAMED_KINDS
from plugins.food_cert.rules.places import INSTRUMENTS, KINDS

LONGEST = 200
MOST_WORKERS, MOST_AREA = 9_999, Decimal("999999.99")
# Twelve digits, which is what cells are read to.
_ANY = 999_999_999_999
EMPTY = Text("ช่องนี้ว่าง ต้องกรอก", "This cell is empty and must be filled in.")
_LONG = Text("ยาวเกิน {most} ตัวอักษร ย่อให้สั้นลง", "It is longer than {most} characters. Shorten it.")
_NO_NUMBER = Text(
    "ต้องเป็นเลขที่กับปี พ.ศ. ตามเอกสาร เช่น 12/2568",
    "It is a number with its year of the Buddhist Era, as on the paper: 12/2568.",
)
_NO_AREA = Text(
    "พื้นที่ต้องมากกว่า 0 และไม่เกิน {most} ตร.ม.", "An area is more than 0 and up to {most} m²."
)
_NO_KIND = Text("ไม่รู้จัก “{typed}” ใช้ {known}", "“{typed}” is not known. Use {known}.")
_DAY_OF_MONTH = re.compile(r"[0-9]{4}-[0-9]{2}-01(?:[ T].*)?")
_FIGURES = re.compile(r"[0-9]+")


def needed(_column: str, text: str) -> str:
    """Return a text that must be there."""
    if not text:
        raise Unreadable(EMPTY)
    if len(text) > LONGEST:
        raise Unreadable(_LONG.format(most=LONGEST))
    return text


def paper_number(_column: str, text: str) -> tuple[int, int]:
    """Return number and Buddhist year of a paper.

    A program of tables takes ``12/2568`` for a month, and keeps its first day.
    """
    plain = needed(_column, text)
    if _DAY_OF_MONTH.fullmatch(plain):
        first = day_of_cell(plain)
        plain = f"{first.month}/{buddhist_year(first)}"
    found = read_number(plain)
    if found is None:
        raise Unreadable(_NO_NUMBER)
    return found


def kind(column: str, text: str) -> str:
    """Return the code of a kind of place."""
    return _named(needed(column, text), NAMED_KINDS, KINDS)


def instrument(_column: str, text: str) -> str:
    """Return the code of an instrument, "" where the cell says none."""
    return _named(text, NAMED_INSTRUMENTS, INSTRUMENTS) if text else ""


def _named(text: str, names: Mapping[str, str], titles: Mapping[str, Text]) -> str:
    found = names.get(text.casefold())
    if found is None:
        known = Text(*(", ".join(one.to(way) for one in titles.values()) for way in ("th", "en")))
        raise Unreadable(_NO_KIND.format(typed=text[:40], known=known))
    return found


def area(column: str, text: str) -> Decimal:
    """Return square metres, above 0 and with two decimals."""
    found = decimal_of_cell(needed(column, text), _ANY, 2)
    if not 0 < found <= MOST_AREA:
        raise Unreadable(_NO_AREA.format(most=f"{MOST_AREA:,}"))
    return found


def workers(_column: str, text: str) -> int:
    """Return how many people work there, 0 where it is not said."""
    return whole_of_cell(text, MOST_WORKERS) if text else 0


def company_id(_column: str, text: str) -> str:
    """Return the number of a company, "" of a person."""
    return parse_juristic_id(_with_zero(text, (12,))) if text else ""


def phone(_column: str, text: str) -> str:
    """Return a telephone number as E.164, "" for none."""
    return parse_phone(_with_zero(text, (8, 9))) if text else ""


def _with_zero(text: str, lengths: tuple[int, ...]) -> str:
    """Return a number with the leading zero that a program of tables takes off a figure."""
    plain = ascii_digits(text)
    lost = _FIGURES.fullmatch(plain) and len(plain) in lengths and not plain.startswith("0")
    return f"0{plain}" if lost else plain


def day(_column: str, text: str) -> date | None:
    """Return a day, None for none."""
    return day_of_cell(text) if text else None


def needed_day(column: str, text: str) -> date:
    """Return a day that must be there."""
    return day_of_cell(needed(column, text))


def pin(lat: str, lon: str) -> dict[str, float] | None:
    """Return where a place is, None where it is not said."""
    if not lat and not lon:
        return None
    found: dict[str, float] = msgspec.to_builtins(Point.parse(f"{lat}, {lon}"))
    return found
