"""Finding a sub-district by what somebody typed of its address."""

import re
from functools import cache
from typing import NamedTuple

from kit.geo.subdistricts import Subdistrict, every_subdistrict, subdistrict
from kit.thai import ascii_digits

# They stand before the three names in a key, and before a word that was typed with its
# level, so that one search for a text tells where the word must be.
_SUBDISTRICT, _DISTRICT, _PROVINCE, _END = "\x01", "\x02", "\x03", "\x04"
_CODE, _POSTCODE = "\x05", "\x06"
_MARKS = str.maketrans("", "", _SUBDISTRICT + _DISTRICT + _PROVINCE + _END)

# The full word may follow another name without a space, but some names end like it.
_LEVEL_WORDS = (
    (re.compile(r"(แขวง\S*?)เขต"), rf"\1 {_DISTRICT}"),
    (re.compile(r"(?<!สาม)ตำบล\s*|แขวง\s*|\b(?:tambon|khwaeng)\b\s*"), f" {_SUBDISTRICT}"),
    (re.compile(r"(?:กิ่ง)?อำเภอ\s*|(?<![ก-๙])เขต\s*|\bamphoe\b\s*"), f" {_DISTRICT}"),
    (re.compile(r"จังหวัด\s*|\bchangwat\b\s*"), f" {_PROVINCE}"),
    (re.compile(r"(?<![ก-๙.])ต\.\s*(?=[ก-๙]{2})"), f" {_SUBDISTRICT}"),
    (re.compile(r"(?<![ก-๙.])อ\.\s*(?=[ก-๙]{2})"), f" {_DISTRICT}"),
    (re.compile(r"(?<![ก-๙.])จ\.\s*(?=[ก-๙]{2})"), f" {_PROVINCE}"),
    (re.compile(r"\b(?:sub-?district|district|province)\b"), " "),
    (re.compile(r"กทม\.?|กรุงเทพฯ"), "กรุงเทพมหานคร"),
)
# Two letters that look like one: sara e twice for sara ae, nikhahit with sara aa for sara am.
_LOOKALIKES = (("เเ", "แ"), ("ํา", "ำ"))
_SILENT = re.compile(r"[\s.'’()-]")
_NUMBER = re.compile(r"\d+")
_BETWEEN = re.compile(r"[\s,;/]+")

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
    typed = _lookalikes(ascii_digits(text).casefold())
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
    for pattern, mark in _LEVEL_WORDS:
        typed = pattern.sub(mark, typed)
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
    thai = "".join(mark + _plain(name.th) for mark, name in levels)
    english = "".join(mark + _plain(name.en) for mark, name in levels)
    postcodes = "".join(_POSTCODE + postcode for postcode in one.postcodes)
    return f"{thai}{_END}{english}{_END}{_CODE}{one.code}{postcodes}"


def _plain(name: str) -> str:
    return _SILENT.sub("", _lookalikes(name.casefold()))


def _lookalikes(text: str) -> str:
    for typed, meant in _LOOKALIKES:
        text = text.replace(typed, meant)
    return text
