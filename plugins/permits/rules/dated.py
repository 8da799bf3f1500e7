"""Figures of law as dated data: which entry of a code holds on a day.

What the code begins with stands in ``data/*.json``, each with its law, its source and whether
it was read there. An office replaces an entry by one of its own: of the same day to say that
it has read the text, of a later day when the law has changed.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path

import msgspec

from core.api import Text

_FILES = ("limits", "fees", "forms")
_DATA = Path(__file__).parents[1] / "data"
_NUMBER = re.compile(r"[0-9]{1,9}(\.[0-9]{1,4})?")


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One figure, word or pattern of law, as it holds from a day on.

    :param code: what it is, e.g. ``setback.solid``; rules ask for it by this.
    :param value: metres, square metres, storeys, days, or satang in codes of fees.
    :param law: regulation and clause; empty for what only catches slips of the keyboard.
    :param source: where the figure was read, or whose knowledge it is.
    :param verified: whether somebody has read it in the text, or decided it as the office.
    """

    code: str
    since: date
    value: str
    law: str
    source: str
    verified: bool

    @property
    def number(self) -> Decimal:
        """The value to reckon with."""
        return Decimal(self.value)

    @property
    def whole(self) -> int:
        """The value where it is a count or an amount of satang."""
        return int(self.number)


Limits = Mapping[str, Entry]


class _File(msgspec.Struct):
    about: str
    entries: tuple[Entry, ...]


def _read() -> Iterator[Entry]:
    for name in _FILES:
        text = (_DATA / f"{name}.json").read_bytes()
        yield from msgspec.json.decode(text, type=_File).entries


STARTING: tuple[Entry, ...] = tuple(_read())
_KNOWN = {entry.code: entry for entry in STARTING}


def in_force(entries: Iterable[Entry], on: date) -> dict[str, Entry]:
    """Return by code the entry that holds on a day: the last that has begun.

    Before the first of a code has begun that one holds, as nothing older is known. Of two of
    the same day the one that stands later holds: an office's entries stand behind the others.
    """
    holding: dict[str, Entry] = {}
    for entry in entries:
        held = holding.get(entry.code)
        begun = entry.since <= on
        if (
            held is None
            or (begun and (held.since > on or held.since <= entry.since))
            or (not begun and held.since > on and entry.since < held.since)
        ):
            holding[entry.code] = entry
    return holding


# What holds of it after the last change that is known; for what is declared without a day.
LATEST: Limits = in_force(STARTING, date.max)


def problem_of(entry: Entry) -> Text | None:
    """Return why an office cannot set an entry like this, None where it can."""
    known = _KNOWN.get(entry.code)
    if known is None:
        return Text("ไม่มีเกณฑ์รหัส {code} ในระบบ", "No rule asks for {code}.").format(code=entry.code)
    if not entry.law.strip() and known.law:
        return Text("ใส่กฎหมายหรือประกาศที่กำหนดเกณฑ์นี้", "Say which law or notice sets this figure.")
    if _is_number(known.value) and not _NUMBER.fullmatch(entry.value):
        return Text(
            "ใส่เป็นตัวเลข เช่น {example} ตอนนี้เป็น “{given}”",
            "Give a figure such as {example}, not “{given}”.",
        ).format(example=known.value, given=entry.value)
    if entry.code.startswith("licence.") and not _is_pattern(entry.value):
        return Text("รูปแบบเลขใบอนุญาตอ่านไม่ได้", "The pattern of licence numbers cannot be read.")
    return None


def _is_number(value: str) -> bool:
    try:
        return Decimal(value).is_finite()
    except InvalidOperation:
        return False


def _is_pattern(value: str) -> bool:
    try:
        return bool(re.compile(value).pattern)
    except re.error:
        return False
