"""Why an office cannot set a figure as it would."""

import re
from decimal import Decimal

from core.api import Text
from kit.law.dated import Entry, Limits
from kit.law.rulebook import Named, Rulebook
from kit.law.showing import bare
from kit.law.units import Unit

_LONGEST_LAW, _LONGEST_VALUE = 300, 100
_NUMBER = re.compile(r"[0-9]{1,9}(\.[0-9]{1,4})?")

_NO_LAW = Text("ใส่กฎหมายหรือประกาศที่กำหนดเกณฑ์นี้", "Say which law or notice sets this figure.")
_LONG_LAW = Text("ใส่ไม่เกิน {most} ตัวอักษร", "Give at most {most} characters.")
_NO_NUMBER = Text(
    "ใส่เป็นตัวเลข เช่น {example} ตอนนี้เป็น “{given}”",
    "Give a figure such as {example}, not “{given}”.",
)
_NO_PATTERN = Text("รูปแบบนี้อ่านไม่ได้", "This pattern cannot be read.")
_NO_WORDS = Text("ใส่ค่า ไม่เกิน {most} ตัวอักษร", "Give a value of at most {most} characters.")
_OUT_OF_BOUNDS = Text(
    "ใส่ค่าตั้งแต่ {least} ถึง {most} ตอนนี้เป็น “{given}”",
    "Give a figure from {least} to {most}, not “{given}”.",
)
_NOT_WHOLE = Text("ค่านี้ต้องเป็นจำนวนเต็ม", "This must be a whole number.")
_TOO_FINE = Text("ใส่ทศนิยมไม่เกิน {most} ตำแหน่ง", "Give at most {most} decimals.")
_OVER_CEILING = Text(
    "เกินเพดาน {ceiling} ที่กฎหมายกำหนด ตรวจอัตราอีกครั้ง",
    "Over the {ceiling} that the law allows. Look at the rate again.",
)


def fault_of(book: Rulebook, entry: Entry, limits: Limits) -> dict[str, Text]:
    """Return by field why an office cannot set an entry like this; empty where it can.

    :param entry: of a code that the book has.
    :param limits: that hold on the day on which it begins, for the ceilings of fees.
    """
    faults: dict[str, Text] = {}
    if len(entry.law) > _LONGEST_LAW:
        faults["law"] = _LONG_LAW.format(most=_LONGEST_LAW)
    if book.latest[entry.code].law and not entry.law.strip():
        faults["law"] = _NO_LAW
    named = book.named[entry.code]
    fault = _of_words(named.kind, entry) or _of_number(named, entry, limits[entry.code])
    if fault is None and (ceiling := _ceiling_of(entry, limits)) is not None:
        fault = _OVER_CEILING.format(ceiling=book.named[ceiling.code].shown(ceiling))
    return faults if fault is None else faults | {"value": fault}


def _of_words(unit: Unit, entry: Entry) -> Text | None:
    if unit.decimals is not None:
        return None
    if not 0 < len(entry.value) <= _LONGEST_VALUE:
        return _NO_WORDS.format(most=_LONGEST_VALUE)
    return _NO_PATTERN if unit.pattern and not _is_pattern(entry.value) else None


def _of_number(named: Named, entry: Entry, held: Entry) -> Text | None:
    unit = named.kind
    if unit.decimals is None:
        return None
    if not _NUMBER.fullmatch(entry.value):
        return _NO_NUMBER.format(example=held.value, given=entry.value)
    number = entry.number
    if not unit.least <= number <= unit.most:
        bounds = {"least": bare(unit.least), "most": bare(unit.most), "given": bare(number)}
        return _OUT_OF_BOUNDS.format(**bounds)
    if number != number.quantize(Decimal(1).scaleb(-unit.decimals)):
        return _TOO_FINE.format(most=unit.decimals) if unit.decimals else _NOT_WHOLE
    return None


def _ceiling_of(entry: Entry, limits: Limits) -> Entry | None:
    """Return the ceiling that a fee is over: of ``fee.x`` it is ``ceiling.x``."""
    kind, _, what = entry.code.partition(".")
    ceiling = limits.get(f"ceiling.{what}") if kind == "fee" else None
    return ceiling if ceiling is not None and entry.number > ceiling.number else None


def _is_pattern(value: str) -> bool:
    try:
        re.compile(value)
    except re.error:
        return False
    return True
