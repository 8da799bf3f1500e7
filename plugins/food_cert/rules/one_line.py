"""An address that a register has in one cell, taken apart into what forms ask for."""

import re
from collections.abc import Mapping

from core.api import Text
from kit.thai import ascii_digits

# Words before the parts of an address, the longer first; parts that no form asks for are named
# too, so that the part before them ends there.
_WORDS: Mapping[str, Text] = {
    "village": Text("หมู่บ้าน|อาคาร|ตลาด", "village|building"),
    "moo": Text("หมู่ที่|หมู่|ม\\.", "moo"),
    "soi": Text("ซอย|ซ\\.", "soi"),
    "road": Text("ถนน|ถ\\.", "thanon"),
    "subdistrict": Text("ตำบล|ต\\.|แขวง", "tambon"),
    "district": Text("อำเภอ|อ\\.|เขต", "amphoe"),
    "province": Text("จังหวัด|จ\\.", "changwat"),
}
_HOUSE = Text("บ้านเลขที่|เลขที่", "house no\\.?")
# They stay, for without them nobody knows what it is the name of.
_KEPT = {"village"}
_PART = re.compile(
    r"(?:(?<=[\s0-9,])|^)(?:"
    + "|".join(f"(?P<{part}>{words.th}|{words.en})" for part, words in _WORDS.items())
    + r")\s*(?=\S)",
    re.IGNORECASE,
)
_FIRST = re.compile(
    rf"(?:{_HOUSE.th}|{_HOUSE.en})?\s*(?P<house>[0-9][0-9/\-–]*(?:[ก-ฮ](?=\s|$))?)(?P<rest>.*)",
    re.IGNORECASE,
)
_POSTCODE = re.compile(r"(?:^|\s)([0-9]{5})$")


def parts_of(line: str) -> dict[str, str]:
    """Return the parts of an address that stands in one line: those of ``Address``, by name.

    What names no part stays with the house number as the village or building. ``subdistrict``
    and ``province`` are names as they were typed, and so is ``district``.
    """
    line = ascii_digits(" ".join(line.split()))
    parts: dict[str, str] = {}
    if found := _POSTCODE.search(line):
        parts["postcode"] = found[1]
        line = line[: found.start()]
    marks = list(_PART.finditer(line))
    starts = [*(mark.start() for mark in marks), len(line)]
    parts |= _house(line[: starts[0]])
    for mark, end in zip(marks, starts[1:], strict=True):
        part = str(mark.lastgroup)
        start = mark.start() if part in _KEPT else mark.end()
        text = line[start:end].strip(" ,")
        parts[part] = f"{parts[part]} {text}" if part in parts else text
    return parts


def _house(text: str) -> dict[str, str]:
    text = text.strip(" ,")
    found = _FIRST.fullmatch(text)
    if found is None:
        return {"village": text} if text else {}
    rest = found["rest"].strip(" ,")
    return {"house_no": found["house"].rstrip("-–/"), **({"village": rest} if rest else {})}
