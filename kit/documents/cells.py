"""Tables that an office sends, cell by cell: their columns by name, days and figures as typed."""

import re
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import msgspec

from core.api import Text
from kit.thai import BUDDHIST_OFFSET, Unreadable, ascii_digits, parse_day

_SPACES = re.compile(r"[\s\u200b\ufeff]+")
_DAY = re.compile(r"([0-9]{1,2})\s*[/.-]\s*([0-9]{1,2})\s*[/.-]\s*([0-9]{4})")
_ISO = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})(?:[ T].*)?")
_FIGURE = re.compile(r"(?P<whole>[0-9]{1,12}|[0-9]{1,3}(?:,[0-9]{3}){1,3})(?:\.(?P<rest>[0-9]*))?")
# No year of the Common Era that an office writes comes near it.
_BUDDHIST_SINCE = 2400

_NO_HEADS = Text(
    "ไม่พบหัวคอลัมน์ {names} ในแถวแรกของไฟล์ ใส่หัวคอลัมน์ตามตัวอย่างแล้วลองใหม่",
    "The first row has no column {names}. Name the columns as in the example and try again.",
)
_TWICE = Text(
    "หัวคอลัมน์ {names} มีมากกว่าหนึ่งคอลัมน์ ลบให้เหลือคอลัมน์เดียว",
    "Column {names} stands there more than once. Leave one.",
)
_WHOLE = Text("ต้องเป็นจำนวนเต็มไม่เกิน {most}", "It is a whole number up to {most}.")
_DECIMAL = Text(
    "ต้องเป็นตัวเลขไม่เกิน {most} ทศนิยมไม่เกิน {decimals} ตำแหน่ง เช่น 180.5",
    "It is a number up to {most} with at most {decimals} decimals, such as 180.5.",
)
_WHEN = Text(
    "ต้องเป็นวันที่ เช่น 1/10/2566 ปีเป็น พ.ศ.",
    "It is a day, such as 1/10/2566, its year of the Buddhist Era.",
)


class Fault(msgspec.Struct, frozen=True):
    """What is wrong with a cell.

    :param row: as a program of tables counts, the heads are row 1; 0 for the whole file.
    :param column: what it is called; empty for the whole row.
    """

    row: int
    column: str
    sentence: Text


def clean_cell(cell: Any) -> str:
    """Return a cell as text on one line, "" for an empty one; a day as in ISO 8601.

    A figure of a program of tables has the 15 digits that the program shows, a whole one no point.
    """
    if cell is None:
        return ""
    if isinstance(cell, datetime | date):
        return cell.isoformat()
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else f"{cell:.15g}"
    return _SPACES.sub(" ", str(cell)).strip()


def find_columns(
    heads: Sequence[Any], columns: Mapping[str, tuple[str, ...]], needed: Collection[str]
) -> tuple[dict[str, int], Fault | None]:
    """Return in which column each thing stands, from 0; a fault where the heads cannot be taken.

    :param columns: things by what offices call them, in small letters; the first name is shown,
        and the first that is there counts.
    :param needed: the things without which no row can be read.
    """
    shown = [clean_cell(head).casefold() for head in heads]
    places: dict[str, int] = {}
    for name, titles in columns.items():
        for title in titles:
            if shown.count(title) > 1:
                return {}, Fault(1, title, _TWICE.format(names=title))
            if title in shown and shown.index(title) not in places.values():
                places[name] = shown.index(title)
                break
    missing = ", ".join(columns[name][0] for name in needed if name not in places)
    if missing:
        return {}, Fault(1, "", _NO_HEADS.format(names=missing))
    return places, None


def day_of_cell(text: str) -> date:
    """Read a day: day, month and year of the Buddhist Era, or as a program of tables keeps it.

    A program that counts by the Common Era keeps 1/10/2566 as a day of that year; it is read as
    what was typed.

    :param text: of :func:`clean_cell`.
    :raises Unreadable: it is no day, or its year is of the Common Era.
    """
    plain = ascii_digits(text)
    if found := _DAY.fullmatch(plain):
        return parse_day(*found.groups())
    if found := _ISO.fullmatch(plain):
        year, month, day = found.groups()
        offset = 0 if int(year) >= _BUDDHIST_SINCE else BUDDHIST_OFFSET
        return parse_day(day, month, str(int(year) + offset))
    raise Unreadable(_WHEN)


def whole_of_cell(text: str, most: int) -> int:
    """Read a whole number from 0 to ``most``; Thai digits and thousands' commas are taken.

    :param text: of :func:`clean_cell`.
    :raises Unreadable: it is none, or larger.
    """
    figure = _figure(text, decimals=0)
    if figure is None or figure > most:
        raise Unreadable(_WHOLE.format(most=f"{most:,}"))
    return int(figure)


def decimal_of_cell(text: str, most: int, decimals: int) -> Decimal:
    """Read a number from 0 to ``most``; Thai digits and thousands' commas are taken.

    :param text: of :func:`clean_cell`.
    :returns: exactly, with as many ``decimals``: ``180.50`` for 180.5 and two.
    :raises Unreadable: it is none, is larger, or has more decimals than that.
    """
    figure = _figure(text, decimals)
    if figure is None or figure > most:
        raise Unreadable(_DECIMAL.format(most=f"{most:,}", decimals=decimals))
    return figure


def _figure(text: str, decimals: int) -> Decimal | None:
    found = _FIGURE.fullmatch(ascii_digits(text))
    if found is None:
        return None
    rest = (found["rest"] or "").rstrip("0")
    if len(rest) > decimals:
        return None
    digits = found["whole"].replace(",", "") + rest.ljust(decimals, "0")
    return Decimal(int(digits)).scaleb(-decimals)
