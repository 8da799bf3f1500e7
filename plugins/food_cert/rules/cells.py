"""What stands in the cells of a register of food premises, each read by its kind."""

import re
from datetime import date
from decimal import Decimal

from core.api import Text
from kit.documents import day_of_cell, decimal_of_cell, read_number, whole_of_cell
from kit.registers import code_of_cell, needed_of_cell
from kit.thai import Unreadable, buddhist_year
from plugins.food_cert.rules.headings import NAMED_INSTRUMENTS, NAMED_KINDS
from plugins.food_cert.rules.places import INSTRUMENTS, KINDS

MOST_WORKERS, MOST_AREA = 9_999, Decimal("999999.99")
# Twelve digits, which is what cells are read to.
_ANY = 999_999_999_999
_NO_NUMBER = Text(
    "ต้องเป็นเลขที่กับปี พ.ศ. ตามเอกสาร เช่น 12/2568",
    "It is a number with its year of the Buddhist Era, as on the paper: 12/2568.",
)
_NO_AREA = Text(
    "พื้นที่ต้องมากกว่า 0 และไม่เกิน {most} ตร.ม.", "An area is more than 0 and up to {most} m²."
)
_DAY_OF_MONTH = re.compile(r"[0-9]{4}-[0-9]{2}-01(?:[ T].*)?")


def paper_number(text: str) -> tuple[int, int]:
    """Return number and Buddhist year of a paper.

    A program of tables takes ``12/2568`` for a month, and keeps its first day.
    """
    plain = needed_of_cell(text)
    if _DAY_OF_MONTH.fullmatch(plain):
        first = day_of_cell(plain)
        plain = f"{first.month}/{buddhist_year(first)}"
    found = read_number(plain)
    if found is None:
        raise Unreadable(_NO_NUMBER)
    return found


def kind(text: str) -> str:
    """Return the code of a kind of place."""
    return code_of_cell(needed_of_cell(text), NAMED_KINDS, KINDS.values())


def instrument(text: str) -> str:
    """Return the code of an instrument, "" where the cell says none."""
    return code_of_cell(text, NAMED_INSTRUMENTS, INSTRUMENTS.values()) if text else ""


def area(text: str) -> Decimal:
    """Return square metres, above 0 and with two decimals."""
    found = decimal_of_cell(needed_of_cell(text), _ANY, 2)
    if not 0 < found <= MOST_AREA:
        raise Unreadable(_NO_AREA.format(most=f"{MOST_AREA:,}"))
    return found


def workers(text: str) -> int:
    """Return how many people work there, 0 where it is not said."""
    return whole_of_cell(text, MOST_WORKERS) if text else 0


def day(text: str) -> date | None:
    """Return a day, None for none."""
    return day_of_cell(text) if text else None


def needed_day(text: str) -> date:
    """Return a day that must be there."""
    return day_of_cell(needed_of_cell(text))
