"""Text as it stands on a paper: Thai digits, words kept whole, no sign that the font lacks.

A paper that must last cannot hold a sign without its shape (ISO 19005). What no font has is
printed as ``[?]``: the reader sees that something stood there.
"""

import json
import re
import unicodedata
from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any

import msgspec

from kit.thai import glue, thai_digits

# Stands for one or more signs without a shape.
MISSING = "[?]"

# More in one paper than any office writes, and what a server should set at once.
MOST_SIGNS = 200_000

# Fields that are not read by people, or typed by them into a machine, and stay as they are.
FOR_MACHINES = frozenset(
    {"issued_at", "accent", "url", "mark", "how", "outcome", "bars", "reference"}
)

_ASCII_RUN = re.compile(r"[!-~]+")
_LATIN = re.compile(r"[A-Za-z]")
# Where a line may break that has no place to: longer than any e-mail address an office prints
# (a line takes about eighty signs), or one sign over and over. Thai breaks at its words.
_UNBROKEN = re.compile(
    r"[^\s\u200b\u0e00-\u0e4f]{60}(?=[^\s\u200b\u0e00-\u0e4f])|([^\s\u200b])\1{29}"
)
_BREAK = "\u200b"
_EMPTY_LINES = re.compile(r"\s*\n\s*\n\s*")
_HOLES = re.compile("\ufffd+")
# No Thai letter carries more than a vowel and a tone.
_MARKS = "[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]"
_HEAPED = re.compile(f"({_MARKS}{{3}}){_MARKS}+")
# What is kept whole becomes boxes, which the typesetter nests; it gives up at 512.
_MOST_BOXES = 100
_BOX_BEGINS = re.compile("(?<!\u2060)[^\u2060]\u2060")
# No number; looking for its unit would take long.
_ENDLESS_NUMBER = re.compile("[0-9\u0e50-\u0e59.,\u2022-]{60}")


def snapshot(paper: msgspec.Struct | Mapping[str, Any]) -> dict[str, Any]:
    """Return the contents of a paper as JSON values in the digits of the paper.

    This is what is kept with a paper, and what its verification page repeats.
    """
    shown: dict[str, Any] = _each_text(msgspec.to_builtins(paper), paper_digits)
    return shown


def printable(contents: Mapping[str, Any], signs: Collection[int]) -> dict[str, Any]:
    """Return the contents with every text as the fonts can show it and lines may break.

    :param signs: the code points that the fonts have.
    :raises ValueError: the contents are too long for one paper.
    """
    size = len(json.dumps(contents, ensure_ascii=False))
    if size > MOST_SIGNS:
        raise ValueError(f"the contents of a paper have {size} signs, at most {MOST_SIGNS} are set")
    places = contents.get("office", {}).get("places", ())
    shown: dict[str, Any] = _each_text(contents, lambda text: _printable(text, signs, places))
    return shown


def paper_digits(text: str) -> str:
    """Return ``text`` with Thai digits, except in what holds Latin letters.

    ``หมู่ 5`` changes, ``A4``, ``MH7K-2Q9D-41TA``, addresses and e-mail addresses stay.
    """
    return _ASCII_RUN.sub(
        lambda run: run[0] if _LATIN.search(run[0]) else thai_digits(run[0]), text
    )


def _each_text(value: Any, change: Callable[[str], str]) -> Any:
    match value:
        case str():
            return change(value)
        case Mapping():
            return {
                key: item if key in FOR_MACHINES else _each_text(item, change)
                for key, item in value.items()
            }
        case list() | tuple():
            return [_each_text(item, change) for item in value]
        case _:
            return value


def _printable(text: str, signs: Collection[int], places: Iterable[str]) -> str:
    lines = _EMPTY_LINES.sub("\n\n", text.replace("\r\n", "\n"))
    shown = "".join(_shown(sign, signs) for sign in unicodedata.normalize("NFC", lines))
    tidy = _HOLES.sub(MISSING, _HEAPED.sub(r"\1", shown))
    broken = _UNBROKEN.sub(lambda run: run[0] + _BREAK, tidy)
    if _ENDLESS_NUMBER.search(tidy):
        return broken
    kept = glue(broken, places)
    return kept if len(_BOX_BEGINS.findall(kept)) <= _MOST_BOXES else broken


def _shown(sign: str, signs: Collection[int]) -> str:
    if sign in {"\n", _BREAK}:
        return sign
    category = unicodedata.category(sign)
    if category in {"Cc", "Zl", "Zp"}:
        return " "
    # Format signs have no shape; some turn the direction of reading.
    if category == "Cf":
        return ""
    if ord(sign) in signs:
        return sign
    if category == "Zs":
        return " "
    return "" if category in {"Mn", "Me"} else "\ufffd"
