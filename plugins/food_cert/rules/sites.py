"""Where a row says that a place is: an address on the municipality's own ground."""

from collections.abc import Mapping, Sequence

from core.api import Text
from kit.geo import Address, Subdistrict
from kit.registers import EMPTY_CELL, subdistrict_of_cell
from kit.thai import Unreadable
from plugins.food_cert.rules.one_line import parts_of

# As the register has room for it.
_LONGEST = 400

_PARTS = ("house_no", "moo", "village", "soi", "road", "postcode")

_NO_HOUSE = Text(
    "ไม่พบบ้านเลขที่ในที่ตั้ง เช่น 88/12 หมู่ 5 ถนนเชียงใหม่-หางดง",
    "The address has no house number; such as 88/12 Moo 5.",
)
_LONG = Text(
    f"ที่ตั้งยาวเกิน {_LONGEST} ตัวอักษร ย่อให้สั้นลง", f"The address has more than {_LONGEST} letters."
)


def read_site(
    found: Mapping[str, str], home: Sequence[Subdistrict]
) -> tuple[Address | None, dict[str, Text]]:
    """Return the address of a row; None with what is wrong, by column.

    :param found: the cells of the row. One cell has all of it, or each part its own; where both
        say something, the part's own counts.
    :param home: the municipality's own sub-districts, at least one.
    """
    line = found.get("address", "")
    parts = parts_of(line) | {name: text for name in _PARTS if (text := found.get(name, ""))}
    if not parts.get("house_no"):
        return None, {_column(found, "house_no"): _NO_HOUSE if line else EMPTY_CELL}
    named = found.get("subdistrict") or parts.get("subdistrict", "")
    try:
        one = subdistrict_of_cell(named, home, parts.get("province", ""))
    except Unreadable as refusal:
        return None, {_column(found, "subdistrict"): refusal.sentence}
    given = {name: text for name, text in parts.items() if name in _PARTS}
    site = Address.read(**given, subdistrict=one.code)
    problems = site.problems()
    if not problems and len(site.one_line("th")) > _LONGEST:
        problems["house_no"] = _LONG
    return site, {_column(found, part): text for part, text in problems.items()}


def _column(found: Mapping[str, str], part: str) -> str:
    """Return in which column a part stands."""
    return part if found.get(part) or "address" not in found else "address"
