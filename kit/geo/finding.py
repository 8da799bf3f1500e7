"""Finding a sub-district by what somebody typed of its address."""

import re
from functools import cache
from typing import NamedTuple

from core.api import Text
from kit.geo.subdistricts import Subdistrict, every_subdistrict, subdistrict
from kit.thai import ascii_digits

# They stand before the three names in a key, and before a word that was typed with its
# level, so that one search for a text tells where the word must be.
_SUBDISTRICT, _DISTRICT, _PROVINCE, _END = "\x01", "\x02", "\x03", "\x04"
_CODE, _POSTCODE = "\x05", "\x06"
_MARKS = str.maketrans("", "", _SUBDISTRICT + _DISTRICT + _PROVINCE + _END)

_THAI = r"[\u0e01-\u0e5b]"
# Short forms have a dot, and no other one beside them, as acronyms have.
_ALONE, _GOES_ON = rf"(?<!{_THAI})(?<!\.)", rf"\.\s*(?={_THAI}{{2}})"

# Words of the levels as patterns. Thai ones may follow a name without a space, but some names
# end like one.
_LEVELS = (
    (_SUBDISTRICT, Text(rf"(?<!สาม)ตำบล|แขวง|{_ALONE}ต{_GOES_ON}", "tambon|khwaeng")),
    (_DISTRICT, Text(rf"(?:กิ่ง)?อำเภอ|(?<!{_THAI})เขต|{_ALONE}อ{_GOES_ON}", "amphoe")),
    (_PROVINCE, Text(rf"จังหวัด|{_ALONE}จ{_GOES_ON}", "changwat")),
)
_KHET_AFTER_KHWAENG = Text(r"(แขวง\S+?)เขต", r"(\bkhwaeng\b.+?)\bkhet\b")
_UNSAID = Text("ฯ", r"\b(?:sub-?district|district|province)\b")
_BANGKOK = Text("กรุงเทพมหานคร", "bangkok")
_BANGKOK_FOR_SHORT = Text(r"กทม\.?|กรุงเทพ(?!มหานคร)", r"\bkrung ?thep\b")
# Two letters that look like one: sara e twice for sara ae, nikhahit with sara aa for sara am.
_LOOKALIKES = ((2 * chr(0x0E40), chr(0x0E41)), (chr(0x0E4D) + chr(0x0E32), chr(0x0E33)))
_SILENT = re.compile(r"[\s.'’()-]")
_NUMBER = re.compile(r"\d+")
_BETWEEN = re.compile(r"[\s,;/]+")

# Characters of a question that are read; a whole address has fewer.
LONGEST = 200
# More than this many, and what was typed is too vague to weigh every word of it.
_VAGUE = 400


class _Row(NamedTuple):
    key: str
    code: str


def find_subdistricts(text: str, limit: int = 20) -> list[Subdistrict]:
    """Return the sub-districts that fit what was typed, best first, then by code.

    Every word must be found in the name of the sub-district, its district or its province,
    in Thai or English; every number must begin a postcode of it, or be its code.

    :param text: in any order and part, e.g. ``แม่เหียะ``, ``ต.แม่เหียะ อ.เมือง``, ``50100``.
    :param limit: the longest list to return.
    """
    typed = _lookalikes(ascii_digits(text[:LONGEST]).casefold())
    numbers = [(_CODE if len(one) == 6 else _POSTCODE) + one for one in _NUMBER.findall(typed)]
    words = _words(_NUMBER.sub(" ", typed))
    if not (words or numbers):
        return []
    rows = _rows()
    for word in sorted(words + numbers, key=len, reverse=True):
        rows = [row for row in rows if word in row.key]
    vague = len(rows) > _VAGUE
    codes = _in_tiers(rows, (words + numbers)[0], limit) if vague else _weighed(rows, words)
    return [found for code in codes[:limit] if (found := subdistrict(code))]


def _words(typed: str) -> list[str]:
    for khet in (_KHET_AFTER_KHWAENG.th, _KHET_AFTER_KHWAENG.en):
        typed = re.sub(khet, rf"\1 {_DISTRICT}", typed)
    for mark, level in _LEVELS:
        typed = re.sub(rf"(?:{level.th}|\b(?:{level.en})\b)\s*", f" {mark}", typed)
    typed = re.sub(f"{_UNSAID.th}|{_UNSAID.en}", " ", typed)
    typed = re.sub(f"{_BANGKOK_FOR_SHORT.th}|{_BANGKOK_FOR_SHORT.en}", _BANGKOK.th, typed)
    words = (_SILENT.sub("", word) for word in _BETWEEN.split(typed))
    return [word for word in words if word.translate(_MARKS)]


def _weighed(rows: list[_Row], words: list[str]) -> list[str]:
    whole = "".join(words).translate(_MARKS)
    tiers = [_tiers(word) for word in words]

    def weight(row: _Row) -> tuple[bool, int]:
        names = (name.translate(_MARKS) for name in row.key.split(_END))
        found = (next(i for i, tier in enumerate(own) if tier in row.key) for own in tiers)
        return whole not in names, sum(found)

    return [row.code for row in sorted(rows, key=weight)]


def _in_tiers(rows: list[_Row], word: str, limit: int) -> list[str]:
    found: dict[str, None] = {}
    for tier in _tiers(word):
        found.update((row.code, None) for row in rows if tier in row.key)
        if len(found) >= limit:
            break
    return list(found)


def _tiers(word: str) -> list[str]:
    """Return what to look for in a key, the most telling first; the last one is the word."""
    levels = ((_SUBDISTRICT, _DISTRICT), (_DISTRICT, _PROVINCE), (_PROVINCE, _END))
    bare = word.translate(_MARKS)
    begins = [mark + bare for mark, _ in levels if word in (bare, mark + bare)]
    exact = [mark + bare + end for mark, end in levels if word in (bare, mark + bare)]
    paired = [tier for pair in zip(exact, begins, strict=True) for tier in pair]
    return [*paired, word]


@cache
def _rows() -> list[_Row]:
    return [_Row(_key(one), one.code) for one in every_subdistrict()]


def _key(one: Subdistrict) -> str:
    levels = ((_SUBDISTRICT, one.name), (_DISTRICT, one.district), (_PROVINCE, one.province))
    thai = "".join(mark + plain(name.th) for mark, name in levels)
    english = "".join(mark + plain(name.en) for mark, name in levels)
    postcodes = "".join(_POSTCODE + postcode for postcode in one.postcodes)
    return f"{thai}{_END}{english}{_END}{_CODE}{one.code}{postcodes}"


def plain(name: str) -> str:
    """Return a name as names are compared: without spaces and signs, one way of writing alike."""
    return _SILENT.sub("", _lookalikes(name.casefold()))


def _lookalikes(text: str) -> str:
    for typed, meant in _LOOKALIKES:
        text = text.replace(typed, meant)
    return text
