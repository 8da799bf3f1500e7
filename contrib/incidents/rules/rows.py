"""A row of the office's present register of assets, read cell by cell; faults have their place."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

import msgspec

from contrib.incidents.rules.assets import KINDS, OURS, OWNERS, read_code
from contrib.incidents.rules.headings import COLUMNS, NAMED_KINDS, NAMED_OWNERS, NEEDED
from core.api import Text
from kit.documents import Fault, clean_cell, day_of_cell, find_columns
from kit.geo import Area, Point
from kit.thai import Unreadable

LONGEST = {"lamp": 100, "place": 300}
_TWICE = Text(
    "รหัสนี้ซ้ำกับแถวอื่นในไฟล์ เหลือแถวที่ถูกต้องแถวเดียว",
    "Another row of the file has this code too. Leave the row that is right.",
)
_LONG = Text("ยาวเกิน {most} ตัวอักษร ย่อให้สั้นลง", "It is longer than {most} characters. Shorten it.")
_UNKNOWN = Text("ไม่รู้จัก “{typed}” ใช้ {known}", "“{typed}” is not known. Use {known}.")
_AHEAD = Text("วันนี้ยังมาไม่ถึง ตรวจวันที่ซ่อม", "This day has not come yet. Check it.")


class Row(msgspec.Struct, frozen=True):
    """A row without a fault of its own.

    :param at: as a program of tables counts, the heads are row 1.
    :param facts: columns of an asset.
    """

    at: int
    facts: dict[str, Any]


class Parsed(msgspec.Struct, frozen=True):
    """A register that was read.

    :param read: how many rows hold anything.
    :param faults: all of them, in the order of the rows.
    """

    read: int
    rows: list[Row]
    faults: list[Fault]


def parse_rows(table: Sequence[Sequence[Any]], area: Area | None, today: date) -> Parsed:
    """Read a register; empty rows are skipped.

    :param table: at least its heads, which are the first row.
    :param area: outside of which no asset stands, where the limits are known.
    """
    places, fault = find_columns(table[0], COLUMNS, NEEDED)
    if fault:
        return Parsed(0, [], [fault])
    read, rows, faults = 0, list[Row](), list[Fault]()
    for at, line in enumerate(table[1:], start=2):
        found = {name: clean_cell(line[n]) for name, n in places.items() if n < len(line)}
        if not any(found.values()):
            continue
        read += 1
        facts, wrong = _facts(found, area, today)
        faults += [Fault(at, COLUMNS[name][0], sentence) for name, sentence in wrong.items()]
        if not wrong:
            rows.append(Row(at, facts))
    codes = Counter(row.facts["code"] for row in rows)
    twice = {row.at for row in rows if codes[row.facts["code"]] > 1}
    faults += [Fault(at, COLUMNS["code"][0], _TWICE) for at in twice]
    kept = [row for row in rows if row.at not in twice]
    return Parsed(read, kept, sorted(faults, key=lambda one: one.row))


def _facts(
    found: Mapping[str, str], area: Area | None, today: date
) -> tuple[dict[str, Any], dict[str, Text]]:
    """Return what a row says, and a sentence for each cell that is wrong."""
    facts: dict[str, Any] = {}
    wrong: dict[str, Text] = {}
    readers: Mapping[str, Callable[[], Any]] = {
        "code": lambda: read_code(found["code"]),
        "kind": lambda: _named(found.get("kind", ""), NAMED_KINDS, _KINDS, "pole"),
        "owner": lambda: _named(found.get("owner", ""), NAMED_OWNERS, _OWNERS, OURS),
        "lamp": lambda: _short(found.get("lamp", ""), LONGEST["lamp"]),
        "place": lambda: _short(found.get("place", ""), LONGEST["place"]),
        "lat": lambda: _point(found.get("lat", ""), found.get("lon", ""), area),
        "repaired_on": lambda: _day(found.get("repaired_on", ""), today),
    }
    for name, read in readers.items():
        try:
            facts[name] = read()
        except Unreadable as refusal:
            wrong[name] = refusal.sentence
    if not wrong:
        point = facts.pop("lat")
        facts |= {"lat": point.lat, "lon": point.lon}
    return facts, wrong


_KINDS = tuple(KINDS.values())
_OWNERS = tuple(owner.title for owner in OWNERS.values())


def _named(text: str, names: Mapping[str, str], titles: Sequence[Text], else_: str) -> str:
    if not text:
        return else_
    found = names.get(text.casefold())
    if found is None:
        known = Text(*(", ".join(one.to(way) for one in titles) for way in ("th", "en")))
        raise Unreadable(_UNKNOWN.format(typed=text[:40], known=known))
    return found


def _short(text: str, most: int) -> str:
    if len(text) > most:
        raise Unreadable(_LONG.format(most=most))
    return text


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
