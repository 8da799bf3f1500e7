"""What stands in the cells of many registers, each read by its kind.

Every function takes the text of a cell as ``clean_cell`` of documents gives it, and raises
``Unreadable`` with what is to be corrected.
"""

import re
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from core.api import Text
from kit.geo import Point, Subdistrict
from kit.thai import Unreadable, ascii_digits, parse_juristic_id, parse_phone

LONGEST = 200
EMPTY_CELL = Text("ช่องนี้ว่าง ต้องกรอก", "This cell is empty and must be filled in.")
_LONG = Text("ยาวเกิน {most} ตัวอักษร ย่อให้สั้นลง", "It is longer than {most} characters. Shorten it.")
_UNKNOWN = Text("ไม่รู้จัก “{typed}” ใช้ {known}", "“{typed}” is not known. Use {known}.")
_WHICH = Text("ไม่พบตำบล ใส่ตำบลใดตำบลหนึ่ง: {names}", "It names no sub-district. Add one of {names}.")
_NOT_OURS = Text(
    "{typed} ไม่ใช่ตำบลของหน่วยงาน ซึ่งมี {names} ตรวจชื่อ หรือลบแถวนี้",
    "{typed} is no sub-district of the municipality, which has {names}. Check it, or remove it.",
)
_BEFORE = Text("แขวง|ตำบล|ต.", "tambon|subdistrict")
_PROVINCE = Text("จังหวัด|จ.", "changwat|province")
_FIGURES = re.compile(r"[0-9]+")


def text_of_cell(text: str, most: int = LONGEST) -> str:
    """Return a text that may be empty.

    :raises Unreadable: it is longer than ``most``.
    """
    if len(text) > most:
        raise Unreadable(_LONG.format(most=most))
    return text


def needed_of_cell(text: str, most: int = LONGEST) -> str:
    """Return a text that must be there.

    :raises Unreadable: it is empty, or longer than ``most``.
    """
    if not text:
        raise Unreadable(EMPTY_CELL)
    return text_of_cell(text, most)


def code_of_cell(text: str, names: Mapping[str, str], titles: Iterable[Text]) -> str:
    """Return the code of what is named.

    :param names: codes by what offices write, in small letters.
    :param titles: what can be written, told where it is something else.
    :raises Unreadable: nobody knows the name.
    """
    found = names.get(text.casefold())
    if found is None:
        raise Unreadable(_UNKNOWN.format(typed=text[:40], known=_listed(titles)))
    return found


def phone_of_cell(text: str) -> str:
    """Return a telephone number as E.164, "" for none.

    A program of tables takes the leading zero off a figure; it is put back.

    :raises Unreadable: it is no telephone number.
    """
    return parse_phone(_with_zero(text, (8, 9))) if text else ""


def company_id_of_cell(text: str) -> str:
    """Return the number of a company, "" for none; a leading zero is put back.

    :raises Unreadable: no company has it.
    """
    return parse_juristic_id(_with_zero(text, (12,))) if text else ""


def _with_zero(text: str, lengths: tuple[int, ...]) -> str:
    plain = ascii_digits(text)
    lost = _FIGURES.fullmatch(plain) and len(plain) in lengths and not plain.startswith("0")
    return f"0{plain}" if lost else plain


def pin_of_cells(lat: str, lon: str) -> dict[str, float] | None:
    """Return where something is, None where it is not said.

    :raises Unreadable: it is no place in Thailand.
    """
    if not lat and not lon:
        return None
    pin: dict[str, float] = msgspec.to_builtins(Point.parse(f"{lat}, {lon}"))
    return pin


def subdistrict_of_cell(typed: str, own: Sequence[Subdistrict], province: str = "") -> Subdistrict:
    """Return which sub-district of the office is named; who has only one need not name it.

    :param typed: its name or its code, with or without the word before it.
    :param own: those of the office, at least one.
    :param province: where the row says it too.
    :raises Unreadable: none is named, or none of the office.
    """
    names = _listed(one.name for one in own)
    name = _bare(typed, _BEFORE)
    if not name and len(own) == 1:
        return own[0]
    if not name:
        raise Unreadable(_WHICH.format(names=names))
    elsewhere = _bare(province, _PROVINCE)
    for one in own:
        is_it = name in (one.code, _plain(one.name.th), _plain(one.name.en))
        if is_it and elsewhere in ("", _plain(one.province.th), _plain(one.province.en)):
            return one
    raise Unreadable(_NOT_OURS.format(typed=f"{typed} {province}".strip(), names=names))


def _listed(texts: Iterable[Text]) -> Text:
    some = tuple(texts)
    return Text(*(", ".join(one.to(way) for one in some) for way in ("th", "en")))


def _bare(text: str, words: Text) -> str:
    plain = _plain(text)
    for word in (*words.th.split("|"), *words.en.split("|")):
        plain = plain.removeprefix(word)
    return plain


def _plain(text: str) -> str:
    return "".join(text.split()).casefold()
