"""Amounts of baht: figures, Thai words, and what people type. Every amount is whole satang."""

import re

from core.api import Language, Text
from kit.thai.digits import ascii_digits
from kit.thai.refusals import Unreadable

# Twelve digits of baht: more than any budget, and far inside a BigInt of satang.
LARGEST_AMOUNT = 999_999_999_999_99

_WITH_UNIT = Text("{figure} บาท", "{figure} baht")

_NUMERALS = ("", "หนึ่ง", "สอง", "สาม", "สี่", "ห้า", "หก", "เจ็ด", "แปด", "เก้า")
_PLACES = ("แสน", "หมื่น", "พัน", "ร้อย", "สิบ", "")
_ZERO, _MILLION, _LAST_ONE, _TWENTY = "ศูนย์", "ล้าน", "เอ็ด", "ยี่สิบ"
_BAHT, _SATANG, _EXACTLY = "บาท", "สตางค์", "ถ้วน"

# A sign in front, and behind it the dash that stands for no satang, and the unit.
_AROUND = re.compile(r"^\s*฿?\s*|\s*(?:\.-)?\s*(?:บาท|baht|฿)?\s*$", re.IGNORECASE)
_PLAIN = re.compile(r"(?P<baht>[0-9]+|[0-9]{1,3}(?:,[0-9]{3})+)(?:\.(?P<satang>[0-9]*))?")

_NOT_AN_AMOUNT = Text(
    "กรอกจำนวนเงินเป็นตัวเลข เช่น 1,250.25",
    "Give the amount in figures, for example 1,250.25.",
)
_COMMA = Text(
    "เครื่องหมาย , คั่นทุก 3 หลักเท่านั้น และใช้จุดคั่นสตางค์ เช่น 1,250.25",
    "A comma parts thousands and a point parts the satang, for example 1,250.25.",
)
_TOO_FINE = Text(
    "จำนวนเงินมีทศนิยมได้ไม่เกิน 2 ตำแหน่ง ตอนนี้มี {count} ตำแหน่ง",
    "An amount has at most 2 decimals, this one has {count}.",
)
_NEGATIVE = Text("จำนวนเงินต้องไม่ติดลบ", "An amount cannot be negative.")
_TOO_LARGE = Text(
    "จำนวนเงินมากเกินกว่าที่รับได้ ตรวจตัวเลขอีกครั้ง",
    "The amount is larger than can be taken. Check the figure.",
)


def baht(satang: int) -> str:
    """Return the figure alone, with two decimals: ``1,250.25``."""
    whole, rest = divmod(abs(satang), 100)
    return f"{'-' * (satang < 0)}{whole:,}.{rest:02}"


def amount(satang: int, language: Language) -> str:
    """Return the figure with its unit: ``1,250.25 บาท``, ``1,250.25 baht``."""
    return _WITH_UNIT.to(language).format(figure=baht(satang))


def baht_text(satang: int) -> str:
    """Return the amount in Thai words, as papers repeat it beside the figure.

    An amount without satang ends in ``ถ้วน``; nothing is ``ศูนย์บาทถ้วน``.

    :raises ValueError: the amount is negative; a paper says so in a sentence of its own.
    """
    if satang < 0:
        raise ValueError(f"{satang} satang cannot be spelt out")
    whole, rest = divmod(satang, 100)
    if not rest:
        return (_words(whole) or _ZERO) + _BAHT + _EXACTLY
    return (_words(whole) + _BAHT if whole else "") + _words(rest) + _SATANG


def parse_baht(text: str) -> int:
    """Read an amount that somebody typed, in baht, and return satang.

    Thai digits, commas between thousands, ``.-`` for no satang and the word for baht are taken.

    :raises Unreadable: no amount, a comma out of place, more than two decimals, negative, or
        more than ``LARGEST_AMOUNT``.
    """
    typed = _AROUND.sub("", ascii_digits(text))
    if typed.startswith(("-", "−")):
        raise Unreadable(_NEGATIVE)
    found = _PLAIN.fullmatch(typed)
    if found is None:
        looks_like_one = re.fullmatch("[0-9.,]*[0-9][0-9.,]*", typed) and "," in typed
        raise Unreadable(_COMMA if looks_like_one else _NOT_AN_AMOUNT)
    decimals = found["satang"] or ""
    if len(decimals) > 2:
        raise Unreadable(_TOO_FINE.format(count=len(decimals)))
    whole = found["baht"].replace(",", "").lstrip("0")
    # Python refuses to read very long figures, hence the look at the length first.
    if len(whole) > 12:
        raise Unreadable(_TOO_LARGE)
    return int(whole or "0") * 100 + int(decimals.ljust(2, "0"))


def _words(number: int) -> str:
    """Spell a number; nothing for zero. Groups of a million nest: one million million."""
    millions, below = divmod(number, 1_000_000)
    spelt = _words(millions) + _MILLION if millions else ""
    for place, digit in zip(_PLACES, f"{below:06}", strict=True):
        spelt += _place(int(digit), place, first=not spelt)
    return spelt


def _place(digit: int, place: str, *, first: bool) -> str:
    """Spell one digit. One is ``เอ็ด`` at the end of what has more digits; tens have own words."""
    if place == _PLACES[-1] and digit == 1 and not first:
        return _LAST_ONE
    if place == _PLACES[-2] and digit in (1, 2):
        return place if digit == 1 else _TWENTY
    return _NUMERALS[digit] + place if digit else ""
