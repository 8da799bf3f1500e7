"""Read the list of local administrative organisations (อปท.) as the DLA publishes it.

The file has a row for each area of an office, and codes that lost their leading 0.
"""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import geothai
import msgspec

from core.errors import InvalidInput
from core.text import Text

_KNOWN: Mapping[str, Any] = msgspec.json.decode(
    Path(__file__).with_name("data").joinpath("offices.json").read_bytes()
)
KINDS: tuple[str, ...] = tuple(one["kind"] for one in _KNOWN["kinds"])
LARGEST = 40_000_000  # bytes; the file of the year 2566 has about 12 million

_NO_TABLE = Text(
    "อ่านไฟล์นี้ไม่ได้ เลือกไฟล์ CSV รายชื่อ อปท. ของกรมส่งเสริมการปกครองท้องถิ่น",
    "This file cannot be read. Choose the CSV list of offices of the DLA.",
)
_NO_COLUMN = Text(
    "ไม่พบคอลัมน์ “{name}” ในแถวแรก ตรวจว่าเป็นไฟล์รายชื่อ อปท.",
    "The first row has no column “{name}”. Check that it is the list of offices.",
)
_NO_ROWS = Text("ไม่มีแถวที่อ่านได้ในไฟล์นี้", "No row of this file can be read.")


class Listed(msgspec.Struct, frozen=True, kw_only=True):
    """An office of the list.

    :param code: eight digits of the DLA.
    :param name: official, with its kind.
    """

    code: str
    kind: str
    name: str
    district: str
    province: str


class Read(msgspec.Struct, frozen=True):
    """What a file gave: each office once; ``skipped`` are the numbers of rows nobody can use."""

    offices: list[Listed]
    skipped: list[int]


def samples() -> list[Listed]:
    """Return the few offices that are known without a list, none of them verified."""
    found = []
    for one in _KNOWN["offices"]:
        district = geothai.district(one["code"][2:6])
        province = geothai.province(one["code"][2:4])
        kind = kind_of(one["name"])
        if district and province and kind:
            found.append(
                Listed(kind=kind, district=district.name_th, province=province.name_th, **one)
            )
    return found


def kind_of(name: str) -> str | None:
    """Return the kind with which a name begins; None for no kind."""
    return next((kind for kind in KINDS if name.startswith(kind)), None)


def read_list(data: bytes) -> Read:
    """Return the offices of a file.

    :param data: CSV in UTF-8 or in the Thai code page of Windows, its columns named in the first
        row.
    :raises InvalidInput: for ``file``: it is another file.
    """
    rows = csv.reader(io.StringIO(_decoded(data), newline=""))
    try:
        places = _places(next(rows, []))
        found, skipped = _taken(rows, places)
    except csv.Error as problem:
        raise InvalidInput({"file": _NO_TABLE}) from problem
    if not found:
        raise InvalidInput({"file": _NO_ROWS})
    return Read(list(found.values()), skipped)


def _decoded(data: bytes) -> str:
    for encoding in ("utf-8-sig", "cp874"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise InvalidInput({"file": _NO_TABLE})


def _places(head: Sequence[str]) -> dict[str, int]:
    titles = [title.strip() for title in head]
    places = {}
    for name, known in _KNOWN["columns"].items():
        place = next((titles.index(one) for one in known if one in titles), None)
        if place is None:
            raise InvalidInput({"file": _NO_COLUMN.format(name=known[0])})
        places[name] = place
    return places


def _taken(
    rows: Iterator[Sequence[str]], places: Mapping[str, int]
) -> tuple[dict[str, Listed], list[int]]:
    found: dict[str, Listed] = {}
    skipped: list[int] = []
    for number, row in enumerate(rows, start=2):
        if not any(cell.strip() for cell in row):
            continue
        cells = {
            name: " ".join(row[place].split()) if place < len(row) else ""
            for name, place in places.items()
        }
        one = _listed(cells)
        if one is None:
            skipped.append(number)
        else:
            found.setdefault(one.code, one)
    return found, skipped


def _listed(cells: Mapping[str, str]) -> Listed | None:
    code = cells["code"].zfill(8)
    kind = _kind(cells["kind"], cells["name"], code)
    name = _name(cells["name"], kind) if kind else ""
    # Where a table took it for a number, it has lost its first zero.
    whole = len(cells["code"]) in (7, 8) and code.isascii() and code.isdecimal()
    if kind is None or not whole:
        return None
    if not (0 < len(name) <= 200 and len(cells["district"]) <= 100 >= len(cells["province"]) > 0):
        return None
    return Listed(
        code=code, kind=kind, name=name, district=cells["district"], province=cells["province"]
    )


def _kind(given: str, name: str, code: str) -> str | None:
    """Return the kind by the name, else by its column, else by the first digits of the code."""
    for one in _KNOWN["kinds"]:
        if name.startswith((one["kind"], one["short"])):
            return str(one["kind"])
    for one in _KNOWN["kinds"]:
        if given in (one["kind"], one["short"]) or code[:2] == one["digits"]:
            return str(one["kind"])
    return None


def _name(name: str, kind: str) -> str:
    short = next(str(one["short"]) for one in _KNOWN["kinds"] if one["kind"] == kind)
    if not name or name.startswith(kind):
        return name
    return kind + name.removeprefix(short).strip()
