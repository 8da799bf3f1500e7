"""A row of the office's present register, read cell by cell; every fault has row and column."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import partial
from typing import Any

import msgspec

from core.api import Text
from kit.documents import Fault, clean_cell, day_of_cell, find_columns, whole_of_cell
from kit.registers import (
    code_of_cell,
    needed_of_cell,
    phone_of_cell,
    pin_of_cells,
    read_cells,
    text_of_cell,
)
from plugins.waste_fees.rules.headings import COLUMNS, NAMED
from plugins.waste_fees.rules.register import USES

NEEDED = ("payer_name", "address")
_USUAL = "household"

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
    pin = {"lat": lambda lat: pin_of_cells(lat, found.get("lon", ""))}
    read, wrong = read_cells(found, {**_READERS, **pin})
    # Rows are counted by these two, whether they can be taken or not.
    values = {"use": _USUAL, "zone": "", **read}
    mark, since = values.pop("mark", ""), values.pop("since", None)
    values["pin"] = values.pop("lat", None)
    faults = [Fault(number, COLUMNS[name][0], sentence) for name, sentence in wrong.items()]
    return Row(number, values, mark, since), faults


_READERS: Mapping[str, Callable[[str], Any]] = {
    "mark": partial(text_of_cell, most=40),
    "payer_name": needed_of_cell,
    "use": lambda text: code_of_cell(text, NAMED, USES.values()) if text else _USUAL,
    "address": partial(needed_of_cell, most=400),
    "zone": partial(text_of_cell, most=60),
    "route": partial(text_of_cell, most=60),
    "bins": lambda text: whole_of_cell(text, 9_999) if text else 1,
    "litres": lambda text: whole_of_cell(text, 1_000_000) if text else 0,
    "meter": partial(text_of_cell, most=40),
    "owner": text_of_cell,
    "payer_address": partial(text_of_cell, most=400),
    "payer_phone": phone_of_cell,
    "since": lambda text: day_of_cell(text) if text else None,
}
