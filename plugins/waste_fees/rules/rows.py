"""A row of the office's present register, read cell by cell; every fault has row and column."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

import msgspec

from core.api import Text
from kit.documents import Fault, clean_cell, day_of_cell, find_columns, whole_of_cell
from kit.geo import Point
from kit.thai import Unreadable, parse_phone
from plugins.waste_fees.rules.headings import COLUMNS, NAMED
from plugins.waste_fees.rules.register import USES

NEEDED = ("payer_name", "address")
_LONGEST = {"mark": 40, "zone": 60, "route": 60, "meter": 40, "address": 400, "payer_address": 400}

_EMPTY = Text("ช่องนี้ว่าง ต้องกรอก", "This cell is empty and must be filled in.")
_LONG = Text("ยาวเกิน {most} ตัวอักษร", "It is longer than {most} characters.")
_USE = Text(
    "ไม่รู้จักประเภทนี้ ใช้ {uses}",
    "This class is not known. Use {uses}.",
)
_SAME = Text("รหัสเดิมซ้ำกับแถวที่ {row}", "The earlier code is that of row {row} too.")


class Row(msgspec.Struct, frozen=True):
    """A row that can be taken: facts by name, its earlier code, and since when."""

    number: int
    values: dict[str, Any]
    mark: str
    since: date | None


class Parsed(msgspec.Struct, frozen=True):
    """A register that was read: its good rows, and all its faults."""

    rows: list[Row]
    faults: list[Fault]


def parse_rows(table: Sequence[Sequence[Any]]) -> Parsed:
    """Read a register; empty rows are skipped.

    :param table: at least its heads, which are the first row.
    """
    places, fault = find_columns(table[0], COLUMNS, NEEDED)
    if fault:
        return Parsed([], [fault])
    rows: list[Row] = []
    faults: list[Fault] = []
    marks: dict[str, int] = {}
    for number, cells in enumerate(table[1:], start=2):
        found = {name: clean_cell(cells[at]) for name, at in places.items() if at < len(cells)}
        if not any(found.values()):
            continue
        row, wrong = _row(number, found)
        if row.mark and row.mark in marks:
            sentence = _SAME.format(row=marks[row.mark])
            wrong.append(Fault(number, COLUMNS["mark"][0], sentence))
        marks.setdefault(row.mark, number)
        faults += wrong
        rows.append(row)
    return Parsed(rows, faults)


def _row(number: int, found: Mapping[str, str]) -> tuple[Row, list[Fault]]:
    faults: list[Fault] = []
    values: dict[str, Any] = {"bins": 1, "litres": 0, "use": "household", "pin": None}
    values |= dict.fromkeys(("zone", "route", "meter", "owner", "payer_address", "payer_phone"), "")
    for name, text in found.items():
        try:
            values[name] = _READERS.get(name, _text)(name, text, values.get(name))
        except Unreadable as refusal:
            faults.append(Fault(number, COLUMNS[name][0], refusal.sentence))
    mark, since = values.pop("mark", ""), values.pop("since", None)
    lat, lon = values.pop("lat", ""), values.pop("lon", "")
    if lat or lon:
        try:
            values["pin"] = msgspec.to_builtins(Point.parse(f"{lat}, {lon}"))
        except Unreadable as refusal:
            faults.append(Fault(number, COLUMNS["lat"][0], refusal.sentence))
    return Row(number, values, mark, since), faults


def _text(name: str, text: str, default: Any) -> Any:
    if not text:
        if name in NEEDED:
            raise Unreadable(_EMPTY)
        return default or ""
    most = _LONGEST.get(name, 200)
    if len(text) > most:
        raise Unreadable(_LONG.format(most=most))
    return text


def _use(_name: str, text: str, default: Any) -> Any:
    if not text:
        return default
    if text.casefold() not in NAMED:
        uses = Text(*(", ".join(one.to(way) for one in USES.values()) for way in ("th", "en")))
        raise Unreadable(_USE.format(uses=uses))
    return NAMED[text.casefold()]


def _number(name: str, text: str, default: Any) -> Any:
    if not text:
        return default
    return whole_of_cell(text, 9_999 if name == "bins" else 1_000_000)


def _phone(_name: str, text: str, _default: Any) -> Any:
    return parse_phone(text) if text else ""


def _since(_name: str, text: str, default: Any) -> Any:
    return day_of_cell(text) if text else default


_READERS: Mapping[str, Callable[[str, str, Any], Any]] = {
    "use": _use,
    "bins": _number,
    "litres": _number,
    "payer_phone": _phone,
    "since": _since,
}
