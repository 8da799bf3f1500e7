"""A row of the office's list of households, read cell by cell; every fault has row and column."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import msgspec

from contrib.disaster.rules.headings import COLUMNS, NEEDED
from contrib.disaster.rules.households import (
    FLAGS,
    HIGHEST_FLOOR_CM,
    MOST_PEOPLE,
    flags_of,
    sameness,
)
from core.api import Text
from kit.documents import Fault, clean_cell, find_columns, whole_of_cell
from kit.geo import Point, Subdistrict
from kit.thai import Unreadable, ascii_digits, parse_house_code, parse_phone

_EMPTY = Text("ช่องนี้ว่าง ต้องกรอก", "This cell is empty and must be filled in.")
_LONG = Text("ยาวเกิน {most} ตัวอักษร ย่อให้สั้นลง", "It is longer than {most} characters. Shorten it.")
_NO_SUBDISTRICT = Text(
    "ไม่ใช่ตำบลในเขตของหน่วยงาน ใช้ {known}", "It is no sub-district of the office. Use {known}."
)
_WHICH = Text(
    "หน่วยงานมีหลายตำบล ต้องกรอกว่าตำบลใด", "The office has several sub-districts: say which one."
)
_SAME = Text(
    "ครัวเรือนเดียวกันนี้อยู่ในแถวที่ {rows} ด้วย เหลือแถวที่ถูกต้องแถวเดียว",
    "Row {rows} is the same household. Leave the row that is right.",
)
_TOO_MANY = Text(
    "มากกว่าจำนวนสมาชิกในครัวเรือน ตรวจจำนวนอีกครั้ง", "It is more than live there. Check the count."
)
_LONGEST: Mapping[str, int] = {"name": 200, "address": 300, "village": 100}


class Row(msgspec.Struct, frozen=True):
    """A row without a fault of its own.

    :param at: as a program of tables counts, the heads are row 1.
    :param facts: columns of a household.
    """

    at: int
    facts: dict[str, Any]


class Parsed(msgspec.Struct, frozen=True):
    """A list that was read.

    :param read: how many rows hold anything.
    :param faults: all of them, in the order of the rows.
    """

    read: int
    rows: list[Row]
    faults: list[Fault]


def parse_rows(table: Sequence[Sequence[Any]], own: Sequence[Subdistrict]) -> Parsed:
    """Read a list of households; empty rows are skipped.

    :param table: at least its heads, which are the first row.
    :param own: the sub-districts of the office, at least one.
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
        facts, wrong = _facts(found, own)
        faults += [Fault(at, COLUMNS[name][0], sentence) for name, sentence in wrong.items()]
        if not wrong:
            rows.append(Row(at, facts))
    twice = _repeated(rows)
    bad = {one.row for one in twice}
    ordered = sorted(faults + twice, key=lambda one: one.row)
    return Parsed(read, [row for row in rows if row.at not in bad], ordered)


def _facts(
    found: Mapping[str, str], own: Sequence[Subdistrict]
) -> tuple[dict[str, Any], dict[str, Text]]:
    values: dict[str, Any] = {}
    wrong: dict[str, Text] = {}
    for name, reader in _READERS.items():
        try:
            values[name] = reader(name, found.get(name, ""))
        except Unreadable as refusal:
            wrong[name] = refusal.sentence
    try:
        values["subdistrict"] = _subdistrict(found.get("subdistrict", ""), own)
    except Unreadable as refusal:
        wrong["subdistrict"] = refusal.sentence
    try:
        values["pin"] = _pin(found.get("lat", ""), found.get("lon", ""))
    except Unreadable as refusal:
        wrong["lat"] = refusal.sentence
    members = values.get("members", MOST_PEOPLE)
    wrong |= {flag: _TOO_MANY for flag in FLAGS if values.get(flag, 0) > members}
    if wrong:
        return {}, wrong
    values["flags"] = flags_of({flag: values.pop(flag) for flag in FLAGS})
    places = (values[name] for name in ("house_code", "address", "village", "subdistrict"))
    return values | {"sameness": sameness(*places)}, {}


def _text(name: str, text: str) -> str:
    if not text:
        raise Unreadable(_EMPTY)
    if len(text) > _LONGEST[name]:
        raise Unreadable(_LONG.format(most=_LONGEST[name]))
    return text


def _count(_name: str, text: str) -> int:
    return whole_of_cell(text, MOST_PEOPLE) if text else 0


def _members(name: str, text: str) -> int:
    count = _count(name, text)
    if count < 1:
        raise Unreadable(_EMPTY)
    return count


def _floor(_name: str, text: str) -> int:
    return whole_of_cell(text, HIGHEST_FLOOR_CM) if text else 0


def _phone(_name: str, text: str) -> str:
    plain = ascii_digits(text)
    # A program of tables takes the leading zero off a figure.
    lost = plain.isdecimal() and len(plain) in (8, 9) and not plain.startswith("0")
    return parse_phone(f"0{plain}" if lost else plain) if text else ""


def _house_code(_name: str, text: str) -> str:
    return parse_house_code(text) if text else ""


_READERS: Mapping[str, Callable[[str, str], Any]] = {
    "house_code": _house_code,
    "name": _text,
    "phone": _phone,
    "address": _text,
    "village": _text,
    "floor_cm": _floor,
    "members": _members,
    **dict.fromkeys(FLAGS, _count),
}


def _subdistrict(text: str, own: Sequence[Subdistrict]) -> str:
    if not text and len(own) == 1:
        return own[0].code
    if not text:
        raise Unreadable(_WHICH)
    for one in own:
        if text in (one.code, one.name.th, one.name.en):
            return one.code
    known = Text(*(", ".join(one.name.to(way) for one in own) for way in ("th", "en")))
    raise Unreadable(_NO_SUBDISTRICT.format(known=known))


def _pin(lat: str, lon: str) -> dict[str, float] | None:
    if not lat and not lon:
        return None
    pin: dict[str, float] = msgspec.to_builtins(Point.parse(f"{lat}, {lon}"))
    return pin


def _repeated(rows: Sequence[Row]) -> list[Fault]:
    """Return a fault for each row that is the household of another row too."""
    same: dict[str, list[int]] = defaultdict(list)
    for row in rows:
        same[row.facts["sameness"]].append(row.at)
    return [
        Fault(
            at,
            COLUMNS["address"][0],
            _SAME.format(rows=", ".join(str(n) for n in found if n != at)),
        )
        for found in same.values()
        if len(found) > 1
        for at in found
    ]
