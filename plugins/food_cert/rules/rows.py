"""A row of the office's present register, read cell by cell; every fault has row and column.

Law: Public Health Act B.E. 2535, s. 38 (up to 200 square metres a certificate, above a licence)
and 55 (the year of a licence).
"""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

import msgspec

from core.api import Text
from kit.documents import Fault, clean_cell, find_columns
from kit.geo import Address
from kit.law import Limits
from kit.thai import Unreadable
from plugins.food_cert.rules import cells
from plugins.food_cert.rules.earlier import wrong_of
from plugins.food_cert.rules.headings import COLUMNS
from plugins.food_cert.rules.places import CERTIFICATE, LICENCE, sameness
from plugins.food_cert.rules.sites import Home, read_site

NEEDED = ("number", "name", "holder", "kind", "area", "issued_on")
# Of these one is needed.
WHERE = ("address", "house_no")

_NO_WHERE = Text(
    "ไม่พบหัวคอลัมน์ที่ตั้ง ใส่ “ที่ตั้ง” คอลัมน์เดียว หรือ “บ้านเลขที่” กับส่วนอื่นแยกคอลัมน์",
    "No column says where a place is. Have one with its address, or one with its house number.",
)
_TWICE = Text(
    "เลขที่นี้ซ้ำกับแถวที่ {rows} เหลือแถวที่ถูกต้องแถวเดียว",
    "Row {rows} has this number too. Leave the row that is right.",
)
_SAME = Text(
    "สถานที่เดียวกันนี้อยู่ในแถวที่ {rows} ด้วย เหลือแถวล่าสุดแถวเดียว",
    "Row {rows} is the same place. Leave the latest of them.",
)


class Row(msgspec.Struct, frozen=True):
    """A row without a fault of its own.

    :param at: as a program of tables counts, the heads are row 1.
    :param facts: columns of a place in the register.
    :param serial: of the number of its paper.
    :param year: of that number, of the Buddhist Era.
    :param opened_on: from when it is run.
    """

    at: int
    facts: dict[str, Any]
    serial: int
    year: int
    opened_on: date


class Parsed(msgspec.Struct, frozen=True):
    """A register that was read.

    :param read: how many rows hold anything.
    :param rows: those without a fault.
    :param faults: all of them, in the order of the rows.
    """

    read: int
    rows: list[Row]
    faults: list[Fault]


class Known(msgspec.Struct, frozen=True, kw_only=True):
    """What rows are held against: figures of law, the day, the municipality's own ground."""

    limits: Limits
    today: date
    home: Home


def parse_rows(table: Sequence[Sequence[Any]], known: Known) -> Parsed:
    """Read a register; empty rows are skipped.

    :param table: at least its heads, which are the first row.
    """
    places, fault = find_columns(table[0], COLUMNS, NEEDED)
    if fault is None and not any(one in places for one in WHERE):
        fault = Fault(1, "", _NO_WHERE)
    if fault:
        return Parsed(0, [], [fault])
    read, rows, faults = 0, [], []
    for at, line in enumerate(table[1:], start=2):
        found = {name: clean_cell(line[n]) for name, n in places.items() if n < len(line)}
        if not any(found.values()):
            continue
        read += 1
        row, wrong = _row(at, found, known)
        faults += wrong
        if row is not None:
            rows.append(row)
    twice = _repeated(rows)
    bad = {one.row for one in twice}
    ordered = sorted(faults + twice, key=lambda one: one.row)
    return Parsed(read, [row for row in rows if row.at not in bad], ordered)


def _row(at: int, found: Mapping[str, str], known: Known) -> tuple[Row | None, list[Fault]]:
    wrong: dict[str, Text] = {}
    values: dict[str, Any] = {}
    for name, read in _READERS.items():
        try:
            values[name] = read(name, found.get(name, ""))
        except Unreadable as refusal:
            wrong[name] = refusal.sentence
    site, problems = read_site(found, known.home)
    wrong |= problems
    try:
        values["pin"] = cells.pin(found.get("lat", ""), found.get("lon", ""))
    except Unreadable as refusal:
        wrong["lat"] = refusal.sentence
    values["instrument"] = values.get("instrument") or _instrument_of(values, known.limits)
    _, values["year"] = values.get("number", (0, None))
    wrong = {**wrong_of(values, known.limits, known.today), **wrong}
    if wrong or site is None:
        return None, [Fault(at, COLUMNS[name][0], text) for name, text in wrong.items()]
    return _as_row(at, values, site), []


_READERS: Mapping[str, Callable[[str, str], Any]] = {
    "number": cells.paper_number,
    "instrument": cells.instrument,
    "name": cells.needed,
    "holder": cells.needed,
    "company_id": cells.company_id,
    "kind": cells.kind,
    "area": cells.area,
    "workers": cells.workers,
    "phone": cells.phone,
    "issued_on": cells.needed_day,
    "until": cells.day,
    "opened_on": cells.day,
}


def _instrument_of(values: Mapping[str, Any], limits: Limits) -> str:
    """Return what a place of its area has by law; "" where its area is not known."""
    if "area" not in values:
        return ""
    return CERTIFICATE if values["area"] <= limits["area.most"].number else LICENCE


def _as_row(at: int, values: dict[str, Any], site: Address) -> Row:
    (serial, _), year = values.pop("number"), values.pop("year")
    opened_on = values.pop("opened_on") or values["issued_on"]
    # The Act sets no end to a certificate, whatever an old form prints.
    until = values["until"] if values["instrument"] == LICENCE else None
    facts = {
        **values,
        "until": until,
        "subdistrict": site.subdistrict,
        "address": site.one_line("th"),
        "site": msgspec.to_builtins(site),
        "sameness": sameness(values["name"], values["kind"], site),
    }
    return Row(at, facts, serial, year, opened_on)


def _repeated(rows: Sequence[Row]) -> list[Fault]:
    """Return a fault for each row whose number or place is that of another row too."""
    numbers: dict[Any, list[int]] = defaultdict(list)
    places: dict[Any, list[int]] = defaultdict(list)
    for row in rows:
        numbers[row.facts["instrument"], row.serial, row.year].append(row.at)
        places[row.facts["sameness"]].append(row.at)
    return [
        Fault(
            at, COLUMNS[name][0], sentence.format(rows=", ".join(str(n) for n in same if n != at))
        )
        for name, sentence, found in (("number", _TWICE, numbers), ("name", _SAME, places))
        for same in found.values()
        if len(same) > 1
        for at in same
    ]
