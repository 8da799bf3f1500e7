"""A row of the office's present register of assets, read cell by cell; faults have their place."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import partial
from typing import Any

from contrib.incidents.rules.assets import KINDS, OURS, OWNERS, read_code
from contrib.incidents.rules.headings import COLUMNS, NAMED_KINDS, NAMED_OWNERS, NEEDED
from core.api import Text
from kit.documents import day_of_cell
from kit.geo import Area, Point
from kit.registers import Once, Parsed, Row, code_of_cell, read_cells, read_rows, text_of_cell
from kit.thai import Unreadable

LONGEST = {"lamp": 100, "place": 300}
_AHEAD = Text("วันนี้ยังมาไม่ถึง ตรวจวันที่ซ่อม", "This day has not come yet. Check it.")


def parse_rows(table: Sequence[Sequence[Any]], area: Area | None, today: date) -> Parsed[Row]:
    """Read a register; empty rows are skipped.

    :param table: at least its heads, which are the first row.
    :param area: outside of which no asset stands, where the limits are known.
    """
    return read_rows(
        table,
        COLUMNS,
        NEEDED,
        read=lambda at, found: _row(at, found, area, today),
        once=(Once("code", lambda row: row.facts["code"]),),
    )


def _row(
    at: int, found: Mapping[str, str], area: Area | None, today: date
) -> Row | dict[str, Text]:
    readers: Mapping[str, Callable[[str], Any]] = {
        "code": read_code,
        "kind": lambda text: code_of_cell(text, NAMED_KINDS, _KINDS) if text else "pole",
        "owner": lambda text: code_of_cell(text, NAMED_OWNERS, _OWNERS) if text else OURS,
        "lamp": partial(text_of_cell, most=LONGEST["lamp"]),
        "place": partial(text_of_cell, most=LONGEST["place"]),
        "lat": lambda lat: _point(lat, found.get("lon", ""), area),
        "repaired_on": lambda text: _day(text, today),
    }
    facts, wrong = read_cells(found, readers)
    if wrong:
        return wrong
    point = facts.pop("lat")
    return Row(at, {**facts, "lat": point.lat, "lon": point.lon})


_KINDS = tuple(KINDS.values())
_OWNERS = tuple(owner.title for owner in OWNERS.values())


def _point(lat: str, lon: str, area: Area | None) -> Point:
    point = Point.parse(f"{lat}, {lon}")
    if area is not None and (problem := area.problem(point)) is not None:
        raise Unreadable(problem)
    return point


def _day(text: str, today: date) -> date | None:
    if not text:
        return None
    day = day_of_cell(text)
    if day > today:
        raise Unreadable(_AHEAD)
    return day
