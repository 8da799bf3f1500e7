"""A row of the office's present register, read cell by cell; every fault has row and column."""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

import msgspec

from core.api import Text
from kit.geo import Point
from kit.thai import Unreadable, ascii_digits, parse_day, parse_phone
from plugins.waste_fees.rules.headings import COLUMNS, NAMED
from plugins.waste_fees.rules.register import USES

_SPACES = re.compile(r"[\s\u200b\ufeff]+")
_DAY = re.compile(r"([0-9]{1,2})\s*[/.-]\s*([0-9]{1,2})\s*[/.-]\s*([0-9]{4})")
_ISO = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})(?:[ T].*)?")
_WHOLE = re.compile(r"([0-9]{1,9}|[0-9]{1,3}(?:,[0-9]{3}){1,2})(?:\.0+)?")

NEEDED = ("payer_name", "address")
_LONGEST = {"mark": 40, "zone": 60, "route": 60, "meter": 40, "address": 400, "payer_address": 400}

_NO_HEADS = Text(
    "ไม่พบหัวคอลัมน์ {names} ในแถวแรกของไฟล์ ใส่หัวคอลัมน์ตามตัวอย่างแล้วลองใหม่",
    "The first row has no column {names}. Name the columns as in the example and try again.",
)
_TWICE = Text(
    "หัวคอลัมน์ {names} มีมากกว่าหนึ่งคอลัมน์ ลบให้เหลือคอลัมน์เดียว",
    "Column {names} stands there more than once. Leave one.",
)
_EMPTY = Text("ช่องนี้ว่าง ต้องกรอก", "This cell is empty and must be filled in.")
_LONG = Text("ยาวเกิน {most} ตัวอักษร", "It is longer than {most} characters.")
_USE = Text(
    "ไม่รู้จักประเภทนี้ ใช้ {uses}",
    "This class is not known. Use {uses}.",
)
_NUMBER = Text("ต้องเป็นจำนวนเต็มไม่เกิน {most}", "It is a whole number up to {most}.")
_WHEN = Text(
    "ต้องเป็นวันที่ เช่น 1/10/2566 ปีเป็น พ.ศ.",
    "It is a day, such as 1/10/2566, its year of the Buddhist Era.",
)
_SAME = Text("รหัสเดิมซ้ำกับแถวที่ {row}", "The earlier code is that of row {row} too.")


class Fault(msgspec.Struct, frozen=True):
    """What is wrong with a cell.

    :param row: as a program of tables counts, the heads are row 1; 0 for the whole file.
    :param column: what it is called; empty for the whole row.
    """

    row: int
    column: str
    sentence: Text


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
    """Read a register whose first row holds the heads; empty rows are skipped."""
    if not table:
        return Parsed([], [Fault(0, "", _NO_HEADS.format(names=_names(NEEDED)))])
    places, fault = _places(table[0])
    if fault:
        return Parsed([], [fault])
    rows: list[Row] = []
    faults: list[Fault] = []
    marks: dict[str, int] = {}
    for number, cells in enumerate(table[1:], start=2):
        found = {name: clean(cells[at]) for name, at in places.items() if at < len(cells)}
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


def _places(heads: Sequence[Any]) -> tuple[dict[str, int], Fault | None]:
    """Return in which column each thing stands; the first of its names that is there counts."""
    shown = [clean(head).casefold() for head in heads]
    places: dict[str, int] = {}
    for name, titles in COLUMNS.items():
        for title in titles:
            if shown.count(title) > 1:
                return {}, Fault(1, title, _TWICE.format(names=title))
            if title in shown and shown.index(title) not in places.values():
                places[name] = shown.index(title)
                break
    missing = [name for name in NEEDED if name not in places]
    if missing:
        return {}, Fault(1, "", _NO_HEADS.format(names=_names(missing)))
    return places, None


def _names(names: Sequence[str]) -> str:
    return ", ".join(COLUMNS[name][0] for name in names)


def clean(cell: Any) -> str:
    """Return a cell as text on one line; whole numbers of a program of tables lose their point."""
    if cell is None:
        return ""
    if isinstance(cell, datetime | date):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return _SPACES.sub(" ", str(cell)).strip()


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
    most = 9_999 if name == "bins" else 1_000_000
    found = _WHOLE.fullmatch(ascii_digits(text))
    if found is None or int(found[1].replace(",", "")) > most:
        raise Unreadable(_NUMBER.format(most=f"{most:,}"))
    return int(found[1].replace(",", ""))


def _phone(_name: str, text: str, _default: Any) -> Any:
    return parse_phone(text) if text else ""


def _since(_name: str, text: str, default: Any) -> Any:
    if not text:
        return default
    plain = ascii_digits(text)
    try:
        if found := _ISO.fullmatch(plain):
            return date(*(int(part) for part in found.groups()))
        if found := _DAY.fullmatch(plain):
            return parse_day(*found.groups())
    except ValueError:
        pass
    raise Unreadable(_WHEN)


_READERS: Mapping[str, Callable[[str, str, Any], Any]] = {
    "use": _use,
    "bins": _number,
    "litres": _number,
    "payer_phone": _phone,
    "since": _since,
}
