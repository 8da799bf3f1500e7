"""Where a row says that a place is: an address on the municipality's own ground."""

from collections.abc import Mapping

import msgspec

from core.api import Text
from kit.geo import Address, Subdistrict
from plugins.food_cert.rules.cells import EMPTY
from plugins.food_cert.rules.one_line import parts_of

# As the register has room for it.
_LONGEST = 400

_PARTS = ("house_no", "moo", "village", "soi", "road", "postcode")
_BEFORE = Text("แขวง|ตำบล|ต.", "tambon|subdistrict")
_PROVINCE = Text("จังหวัด|จ.", "changwat|province")

_NO_HOUSE = Text(
    "ไม่พบบ้านเลขที่ในที่ตั้ง เช่น 88/12 หมู่ 5 ถนนเชียงใหม่-หางดง",
    "The address has no house number; such as 88/12 Moo 5.",
)
_LONG = Text(
    f"ที่ตั้งยาวเกิน {_LONGEST} ตัวอักษร ย่อให้สั้นลง", f"The address has more than {_LONGEST} letters."
)
_WHICH = Text(
    "ไม่พบตำบลในที่ตั้ง ใส่ตำบลใดตำบลหนึ่ง: {names}", "It names no sub-district. Add one of {names}."
)
_NOT_OURS = Text(
    "{typed} ไม่ใช่ตำบลของหน่วยงาน ซึ่งมี {names} ตรวจชื่อ หรือลบแถวนี้",
    "{typed} is no sub-district of the municipality, which has {names}. Check it, or remove it.",
)


class Home(msgspec.Struct, frozen=True):
    """The municipality's own sub-districts; at least one."""

    subdistricts: tuple[Subdistrict, ...]

    @property
    def names(self) -> Text:
        """Their names, to be read."""
        return Text(
            *(", ".join(one.name.to(way) for one in self.subdistricts) for way in ("th", "en"))
        )


def read_site(found: Mapping[str, str], home: Home) -> tuple[Address | None, dict[str, Text]]:
    """Return the address of a row; None with what is wrong, by column.

    :param found: the cells of the row. One cell has all of it, or each part its own; where both
        say something, the part's own counts.
    """
    line = found.get("address", "")
    parts = parts_of(line) | {name: text for name in _PARTS if (text := found.get(name, ""))}
    if not parts.get("house_no"):
        return None, {_column(found, "house_no"): _NO_HOUSE if line else EMPTY}
    named = found.get("subdistrict") or parts.get("subdistrict", "")
    one, problem = _subdistrict(named, parts.get("province", ""), home)
    if one is None:
        return None, {_column(found, "subdistrict"): problem}
    given = {name: text for name, text in parts.items() if name in _PARTS}
    site = Address.read(**given, subdistrict=one.code)
    problems = site.problems()
    if not problems and len(site.one_line("th")) > _LONGEST:
        problems["house_no"] = _LONG
    return site, {_column(found, part): text for part, text in problems.items()}


def _column(found: Mapping[str, str], part: str) -> str:
    """Return in which column a part stands."""
    return part if found.get(part) or "address" not in found else "address"


def _subdistrict(typed: str, province: str, home: Home) -> tuple[Subdistrict | None, Text]:
    """Return which one is named, or what is wrong. An office that has only one need not name it."""
    name = _bare(typed, _BEFORE)
    if not name:
        only = len(home.subdistricts) == 1
        return (home.subdistricts[0] if only else None), _WHICH.format(names=home.names)
    elsewhere = _bare(province, _PROVINCE)
    for one in home.subdistricts:
        is_it = name in (one.code, _plain(one.name.th), _plain(one.name.en))
        if is_it and elsewhere in ("", _plain(one.province.th), _plain(one.province.en)):
            return one, _WHICH
    said = f"{typed} {province}".strip()
    return None, _NOT_OURS.format(typed=said, names=home.names)


def _bare(text: str, words: Text) -> str:
    plain = _plain(text)
    for word in (*words.th.split("|"), *words.en.split("|")):
        plain = plain.removeprefix(word)
    return plain


def _plain(text: str) -> str:
    return "".join(text.split()).casefold()
