"""A row of the office's present register, read cell by cell; every fault has row and column.

Law: Public Health Act B.E. 2535, s. 38 (up to 200 square metres a certificate, above a licence)
and 55 (the year of a licence).
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

import msgspec

from core.api import Text
from kit.documents import Fault, find_columns
from kit.geo import Address, Subdistrict
from kit.law import Limits
from kit.registers import (
    Once,
    Parsed,
    company_id_of_cell,
    needed_of_cell,
    phone_of_cell,
    pin_of_cells,
    read_cells,
    read_rows,
)
from kit.registers import Row as FileRow
from plugins.food_cert.rules import cells
from plugins.food_cert.rules.earlier import wrong_of
from plugins.food_cert.rules.headings import COLUMNS
from plugins.food_cert.rules.places import CERTIFICATE, LICENCE, sameness
from plugins.food_cert.rules.sites import read_site

NEEDED = ("number", "name", "holder", "kind", "area", "issued_on")
# Of these one is needed.
WHERE = ("address", "house_no")

_NO_WHERE = Text(
    "ไม่พบหัวคอลัมน์ที่ตั้ง ใส่ “ที่ตั้ง” คอลัมน์เดียว หรือ “บ้านเลขที่” กับส่วนอื่นแยกคอลัมน์",
    "No column says where a place is. Have one with its address, or one with its house number.",
)
_SAME = Text(
    "สถานที่เดียวกันนี้อยู่ในแถวที่ {rows} ด้วย เหลือแถวล่าสุดแถวเดียว",
    "Row {rows} is the same place. Leave the latest of them.",
)


class Row(FileRow, frozen=True):
    """A row without a fault of its own: columns of a place in the register.

    :param serial: of the number of its paper.
    :param year: of that number, of the Buddhist Era.
    :param opened_on: from when it is run.
    """

    serial: int
    year: int
    opened_on: date


class Known(msgspec.Struct, frozen=True, kw_only=True):
    """What rows are held against: figures of law, the day, the municipality's own ground."""

    limits: Limits
    today: date
    home: tuple[Subdistrict, ...]


def parse_rows(table: Sequence[Sequence[Any]], known: Known) -> Parsed[Row]:
    """Read a register; empty rows are skipped.

    :param table: at least its heads, which are the first row.
    """
    places, fault = find_columns(table[0], COLUMNS, NEEDED)
    if fault is None and not any(one in places for one in WHERE):
        return Parsed(0, [], [Fault(1, "", _NO_WHERE)])
    return read_rows(
        table,
        COLUMNS,
        NEEDED,
        read=lambda at, found: _row(at, found, known),
        once=(
            Once("number", lambda row: (row.facts["instrument"], row.serial, row.year)),
            Once("name", lambda row: row.facts["sameness"], _SAME),
        ),
    )


def _row(at: int, found: Mapping[str, str], known: Known) -> Row | dict[str, Text]:
    pin = {"lat": lambda lat: pin_of_cells(lat, found.get("lon", ""))}
    values, wrong = read_cells(found, {**_READERS, **pin})
    values["pin"] = values.pop("lat", None)
    site, problems = read_site(found, known.home)
    wrong |= problems
    values["instrument"] = values.get("instrument") or _instrument_of(values, known.limits)
    _, values["year"] = values.get("number", (0, None))
    wrong = {**wrong_of(values, known.limits, known.today), **wrong}
    return wrong if wrong or site is None else _as_row(at, values, site)


_READERS: Mapping[str, Callable[[str], Any]] = {
    "number": cells.paper_number,
    "instrument": cells.instrument,
    "name": needed_of_cell,
    "holder": needed_of_cell,
    "company_id": company_id_of_cell,
    "kind": cells.kind,
    "area": cells.area,
    "workers": cells.workers,
    "phone": phone_of_cell,
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
