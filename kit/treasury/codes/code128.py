"""Code 128 (ISO/IEC 15417): a text of ASCII as bars.

The same text can be written in many ways, for there are three sets of signs: A has control
characters and capitals, B small letters and ``|``, C pairs of digits. The shortest way is found
by looking from the end of the text at what each set would cost.
"""

import string
from functools import lru_cache

from core.api import Text
from kit.treasury.refusals import Malformed

# Ten light modules at either side, as the standard asks.
QUIET_MODULES = 10
# A bar over 80 signs is wider than a sheet; payment texts have at most 71.
LONGEST = 80

_START = {"A": 103, "B": 104, "C": 105}
_CODE = {"A": 101, "B": 100, "C": 99}
_SHIFT, _STOP, _MODULUS = 98, 106, 103
_OTHER = {"A": "B", "B": "A"}

# The widths of bars and gaps in turn, for the values 0 to 106.
_WIDTHS = """
212222 222122 222221 121223 121322 131222 122213 122312 132212 221213 221312 231212 112232 122132
122231 113222 123122 123221 223211 221132 221231 213212 223112 312131 311222 321122 321221 312212
322112 322211 212123 212321 232121 111323 131123 131321 112313 132113 132311 211313 231113 231311
112133 112331 132131 113123 113321 133121 313121 211331 231131 213113 213311 213131 311123 311321
331121 312113 312311 332111 314111 221411 431111 111224 111422 121124 121421 141122 141221 112214
112412 122114 122411 142112 142211 241211 221114 413111 241112 134111 111242 121142 121241 114212
124112 124211 411212 421112 421211 212141 214121 412121 111143 111341 131141 114113 114311 411113
411311 113141 114131 311141 411131 211412 211214 211232 2331112
""".split()  # noqa: SIM905 - a table is checked in rows

_NOT_WRITABLE = Text(
    "บาร์โค้ดมีได้ 1 ถึง {most} ตัวอักษร และเฉพาะตัวอักษรอังกฤษกับตัวเลข ตรวจข้อความของบาร์โค้ด",
    "A barcode takes 1 to {most} characters, English letters and digits only. "
    "Check the text of the barcode.",
)


def encode(text: str) -> tuple[int, ...]:
    """Return the values of the symbols, with start, check symbol and stop; as few as there can be.

    :raises Malformed: no character, more than 80, or one that is not ASCII.
    """
    if not 1 <= len(text) <= LONGEST or not text.isascii():
        raise Malformed("payload", _NOT_WRITABLE.format(most=LONGEST))
    ways = _ways(text)
    _, values, first = min((*ways[0][one], one) for one in ways[0])
    symbols = (_START[first], *values)
    check = symbols[0] + sum(place * value for place, value in enumerate(values, start=1))
    return (*symbols, check % _MODULUS, _STOP)


@lru_cache(maxsize=512)
def bars(text: str) -> tuple[int, tuple[tuple[int, int], ...]]:
    """Return the width in modules, quiet zones included, and where each bar begins and its width.

    :raises Malformed: as ``encode``.
    """
    found: list[tuple[int, int]] = []
    at = QUIET_MODULES
    for value in encode(text):
        for place, width in enumerate(map(int, _WIDTHS[value])):
            if place % 2 == 0:
                found.append((at, width))
            at += width
    return at + QUIET_MODULES, tuple(found)


def widths(text: str) -> str:
    """Return the widths of bars and gaps in turn, a digit each, without the quiet zones.

    :raises Malformed: as ``encode``.
    """
    return "".join(_WIDTHS[value] for value in encode(text))


# How many symbols the rest of a text takes, and which.
_Way = tuple[int, tuple[int, ...]]


def _ways(text: str) -> list[dict[str, _Way]]:
    """Return the shortest way from each place to the end, for each set that one may stand in."""
    ways: list[dict[str, _Way]] = [{} for _ in text] + [dict.fromkeys("ABC", (0, ()))]
    for at in reversed(range(len(text))):
        stay: dict[str, _Way] = {}
        for own, other in _OTHER.items():
            if (value := _value(own, text[at])) is not None:
                stay[own] = _before((value,), ways[at + 1][own])
            elif (shifted := _value(other, text[at])) is not None:
                stay[own] = _before((_SHIFT, shifted), ways[at + 1][own])
        pair = text[at : at + 2]
        if len(pair) == 2 and set(pair) <= set(string.digits):
            stay["C"] = _before((int(pair),), ways[at + 2]["C"])
        ways[at] = {own: _cheapest(own, stay) for own in "ABC"}
    return ways


def _cheapest(own: str, stay: dict[str, _Way]) -> _Way:
    """Return the shortest way from a set: in it, or over the symbol that changes to another."""
    return min(way if one == own else _before((_CODE[one],), way) for one, way in stay.items())


def _before(values: tuple[int, ...], way: _Way) -> _Way:
    return way[0] + len(values), (*values, *way[1])


def _value(own: str, sign: str) -> int | None:
    """Return the value of a sign in set A or B, None where the set has it not."""
    code = ord(sign)
    if own == "A":
        return (code + 64 if code < 32 else code - 32) if code < 96 else None
    return code - 32 if code >= 32 else None
