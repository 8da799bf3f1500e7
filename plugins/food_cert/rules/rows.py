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
from kit.thai import Unreadable, buddhist_year
from plugins.food_cert.rules import cells
from plugins.food_cert.rules.headings import COLUMNS
from plugins.food_cert.rules.places import CERTIFICATE, LICENCE, sameness
from plugins.food_cert.rules.sites import Home, read_site

NEEDED = ("number", "name", "holder", "kind", "area", "issued_on")
# Of these one is needed.
WHERE = ("address", "house_no")
# The year of the Act; no certificate or licence under it is older.
_FIRST = 2535

_NO_WHERE = Text(
    "ไม่พบหัวคอลัมน์ที่ตั้ง ใส่ “ที่ตั้ง” คอลัมน์เดียว หรือ “บ้านเลขที่” กับส่วนอื่นแยกคอลัมน์",
    "No column says where a place is. Have one with its address, or one with its house number.",
)
_TOO_LARGE = Text(
    "หนังสือรับรองใช้กับพื้นที่ไม่เกิน {most} ตร.ม. พื้นที่นี้ต้องมีใบอนุญาต ตรวจพื้นที่หรือชนิดเอกสาร",
    "A certificate is for up to {most} m²; this needs a licence. Check the area or the document.",
)
_TOO_SMALL = Text(
    "ใบอนุญาตใช้กับพื้นที่เกิน {most} ตร.ม. พื้นที่นี้ใช้หนังสือรับรอง ตรวจพื้นที่หรือชนิดเอกสาร",
    "A licence is for more than {most} m²; this has a certificate. Check the area or the document.",
)
_NO_YEAR = Text(
    "ปีของเลขที่ต้องเป็น พ.ศ. {first} ถึง {last} ตรวจเลขที่",
    "The year of a number is from B.E. {first} to {last}. Check the number.",
)
_FUTURE = Text("วันที่ออกยังมาไม่ถึง ตรวจวันและปี", "It is issued in the future. Check day and year.")
_TOO_OLD = Text(
    f"ออกก่อน พ.ศ. {_FIRST} ซึ่งยังไม่มีกฎหมายนี้ ตรวจปี",
    f"It is issued before B.E. {_FIRST}, the year of the Act. Check the year.",
)
_NO_UNTIL = Text(
    "ใบอนุญาตต้องมีวันหมดอายุ กรอกวันสุดท้ายที่ใช้ได้", "A licence has a last day. Give it, as on the paper."
)
_BACKWARDS = Text(
    "หมดอายุก่อนวันที่ออก แก้วันใดวันหนึ่ง", "It expires before it was issued. Change one of them."
)
_TOO_FAR = Text(
    "ใบอนุญาตมีอายุ {years} ปี วันหมดอายุนี้ไกลเกินไป ตรวจปี",
    "A licence is valid for {years} year. This last day is too far: check its year.",
)
_OPENED_LATER = Text(
    "เริ่มกิจการหลังวันที่ออกเอกสาร ตรวจวันใดวันหนึ่ง",
    "It opened after its paper was issued. Check both days.",
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
    wrong |= {name: text for name, text in _against_law(values, known) if name not in wrong}
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


def _against_law(values: Mapping[str, Any], known: Known) -> list[tuple[str, Text]]:
    """Return what cannot be of what could be read, by column."""
    most, instrument = known.limits["area.most"], values["instrument"]
    area, issued_on, until = (values.get(name) for name in ("area", "issued_on", "until"))
    years, last = known.limits["licence.years"].whole, buddhist_year(known.today) + 1
    _, year = values.get("number", (0, last))
    # One that was renewed ahead of its end runs for what is left and a further term.
    far = until and (until - known.today).days > 2 * 366 * years
    found = [
        # An office may count by fiscal years, which begin before those of the calendar.
        ("number", _NO_YEAR, not _FIRST <= year <= last),
        ("area", _TOO_LARGE, instrument == CERTIFICATE and area and area > most.number),
        ("area", _TOO_SMALL, instrument == LICENCE and area and area <= most.number),
        ("issued_on", _FUTURE, issued_on and issued_on > known.today),
        ("issued_on", _TOO_OLD, issued_on and buddhist_year(issued_on) < _FIRST),
        ("until", _NO_UNTIL, instrument == LICENCE and not until),
        ("until", _BACKWARDS, until and issued_on and until < issued_on),
        ("until", _TOO_FAR, instrument == LICENCE and far),
        ("opened_on", _OPENED_LATER, _after(values.get("opened_on"), issued_on)),
    ]
    told = {"most": most.value, "years": years, "first": _FIRST, "last": last}
    return [(name, text.format(**told)) for name, text, so in found if so]


def _after(day: date | None, other: date | None) -> bool:
    return bool(day and other and day > other)


def _as_row(at: int, values: dict[str, Any], site: Address) -> Row:
    serial, year = values.pop("number")
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
