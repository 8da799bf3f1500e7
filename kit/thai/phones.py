"""Telephone numbers of Thailand: kept as E.164, shown as people here write them."""

import re

from core.api import Text
from kit.thai.digits import ascii_digits
from kit.thai.refusals import Unreadable

# Mobile numbers have ten digits and begin with 06, 08 or 09; fixed lines nine, 02 to 05 and 07.
# Unverified: from general knowledge of the numbering plan, and wider than what is given out.
_NATIONAL = re.compile(r"0(?:[689]\d{8}|[2-57]\d{7})", re.ASCII)
_STORED = re.compile(r"\+66(?:[689]\d{8}|[2-57]\d{7})", re.ASCII)
_MOBILE_LENGTH, _FIXED_LENGTH = 10, 9

_STRANGE = Text(
    "เบอร์โทรศัพท์มีเฉพาะตัวเลข ตรวจตัว “{strange}” อีกครั้ง",
    "A phone number has digits only. Check “{strange}”.",
)
_START = Text(
    "เบอร์โทรศัพท์ขึ้นต้นด้วย 0 เช่น 08-1234-5678 ตรวจเบอร์อีกครั้ง",
    "A phone number begins with 0, for example 08-1234-5678. Check the number.",
)
_MOBILE = Text(
    "เบอร์มือถือต้องมี {wanted} หลัก ตอนนี้มี {count} หลัก",
    "A mobile number has {wanted} digits, this one has {count}.",
)
_FIXED = Text(
    "เบอร์บ้านหรือสำนักงานต้องมี {wanted} หลัก ตอนนี้มี {count} หลัก",
    "A fixed-line number has {wanted} digits, this one has {count}.",
)


def parse_phone(text: str) -> str:
    """Read a Thai number however it is typed, and return it as E.164: ``+66812345678``.

    Thai digits, spaces, hyphens, brackets and a leading +66 or 0066 are taken.

    :raises Unreadable: letters, a wrong length, or a number that Thailand does not give out.
    """
    typed = re.sub(r"[\s\-‐‑–—.()]", "", ascii_digits(text))
    typed = re.sub(r"^(?:\+|00)660?", "0", typed)
    if strange := re.search("[^0-9]", typed):
        raise Unreadable(_STRANGE.format(strange=strange[0]))
    if _NATIONAL.fullmatch(typed) is None:
        raise Unreadable(_what_is_wrong(typed))
    return "+66" + typed[1:]


def show_phone(number: str) -> str:
    """Return ``08-1234-5678``, for a fixed line ``0-5312-3456``.

    What is not such a number, e.g. the hotline 1567, is shown as it is kept.
    """
    if not _STORED.fullmatch(number):
        return number
    digits = _national(number)
    return f"{digits[:-8]}-{digits[-8:-4]}-{digits[-4:]}"


def mask_phone(number: str) -> str:
    """Return ``08•-•••-4417``, for a fixed line ``05•-•••-456``: four digits stay hidden.

    What is not such a number shows nothing of itself.
    """
    if not _STORED.fullmatch(number):
        return "•••"
    digits = _national(number)
    return f"{digits[:2]}•-•••-{digits[6:]}"


def _national(number: str) -> str:
    return "0" + number.removeprefix("+66")


def _what_is_wrong(typed: str) -> Text:
    if typed[:2] in ("06", "08", "09"):
        return _MOBILE.format(wanted=_MOBILE_LENGTH, count=len(typed))
    if typed[:2] in ("02", "03", "04", "05", "07"):
        return _FIXED.format(wanted=_FIXED_LENGTH, count=len(typed))
    return _START
