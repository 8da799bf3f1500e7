"""A row of the office's list of households, read cell by cell; every fault has row and column."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from contrib.disaster.rules.headings import COLUMNS, NEEDED
from contrib.disaster.rules.households import (
    FLAGS,
    HIGHEST_FLOOR_CM,
    MOST_PEOPLE,
    flags_of,
    sameness,
)
from core.api import Text
from kit.documents import whole_of_cell
from kit.geo import Subdistrict
from kit.registers import (
    EMPTY_CELL,
    Once,
    Parsed,
    Row,
    needed_of_cell,
    phone_of_cell,
    pin_of_cells,
    read_cells,
    read_rows,
    subdistrict_of_cell,
)
from kit.thai import Unreadable, parse_house_code

_SAME = Text(
    "ครัวเรือนเดียวกันนี้อยู่ในแถวที่ {rows} ด้วย เหลือแถวที่ถูกต้องแถวเดียว",
    "Row {rows} is the same household. Leave the row that is right.",
)
_TOO_MANY = Text(
    "มากกว่าจำนวนสมาชิกในครัวเรือน ตรวจจำนวนอีกครั้ง", "It is more than live there. Check the count."
)


def parse_rows(table: Sequence[Sequence[Any]], own: Sequence[Subdistrict]) -> Parsed[Row]:
    """Read a list of households; empty rows are skipped.

    :param table: at least its heads, which are the first row.
    :param own: the sub-districts of the office, at least one.
    """
    return read_rows(
        table,
        COLUMNS,
        NEEDED,
        read=lambda at, found: _row(at, found, own),
        once=(Once("address", lambda row: row.facts["sameness"], _SAME),),
    )


def _row(at: int, found: Mapping[str, str], own: Sequence[Subdistrict]) -> Row | dict[str, Text]:
    places: Mapping[str, Callable[[str], Any]] = {
        "subdistrict": lambda text: subdistrict_of_cell(text, own).code,
        "lat": lambda lat: pin_of_cells(lat, found.get("lon", "")),
    }
    values, wrong = read_cells(found, {**_READERS, **places})
    members = values.get("members", MOST_PEOPLE)
    wrong |= {flag: _TOO_MANY for flag in FLAGS if values.get(flag, 0) > members}
    if wrong:
        return wrong
    values["pin"] = values.pop("lat")
    values["flags"] = flags_of({flag: values.pop(flag) for flag in FLAGS})
    where = (values[name] for name in ("house_code", "address", "village", "subdistrict"))
    return Row(at, values | {"sameness": sameness(*where)})


def _count(text: str) -> int:
    return whole_of_cell(text, MOST_PEOPLE) if text else 0


def _members(text: str) -> int:
    count = _count(text)
    if count < 1:
        raise Unreadable(EMPTY_CELL)
    return count


def _floor(text: str) -> int:
    return whole_of_cell(text, HIGHEST_FLOOR_CM) if text else 0


def _house_code(text: str) -> str:
    return parse_house_code(text) if text else ""


_READERS: Mapping[str, Callable[[str], Any]] = {
    "house_code": _house_code,
    "name": needed_of_cell,
    "phone": phone_of_cell,
    "address": partial(needed_of_cell, most=300),
    "village": partial(needed_of_cell, most=100),
    "floor_cm": _floor,
    "members": _members,
    **dict.fromkeys(FLAGS, _count),
}
