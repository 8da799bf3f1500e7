"""What people are known by when they sign in: a citizen's number, a mobile phone, an e-mail."""

import re
import unicodedata
from typing import Literal, NamedTuple

from stdnum.th import pin

from core.text import Text

ID_LENGTH, MOBILE_LENGTH, EMAIL_LENGTH = 13, 10, 254

_GAPS = re.compile(r"[\s\-‐‑–—.()]")
# Unverified: which mobile numbers are given out is from general knowledge of the numbering plan.
_MOBILE = re.compile(r"0[689]\d{8}", re.ASCII)
_ABROAD = re.compile(r"^(?:\+|00)660?(?=[689])")
_EMAIL = re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]+@[a-z0-9-]+(?:\.[a-z0-9-]+)+", re.ASCII)

_ID_DIGITS = Text(
    "เลขประจำตัวประชาชนต้องมี 13 หลัก ตอนนี้มี {count} หลัก",
    "A citizen's number has 13 digits, this one has {count}.",
)
_ID_STRANGE = Text(
    "เลขประจำตัวประชาชนมีเฉพาะตัวเลข ตรวจเลขอีกครั้ง",
    "A citizen's number has digits only. Check the number.",
)
_ID_CHECK = Text(
    "เลขหลักสุดท้ายไม่ตรง ตรวจเลขอีกครั้ง",
    "The last digit does not match the others. Check the number.",
)
_PHONE = Text(
    "เบอร์มือถือต้องมี 10 หลัก ขึ้นต้นด้วย 06 08 หรือ 09 ตรวจเบอร์อีกครั้ง",
    "A mobile number has 10 digits and begins with 06, 08 or 09. Check the number.",
)
_MAIL = Text(
    "อีเมลต้องเป็นตัวอักษรอังกฤษ มี @ และชื่อเว็บ เช่น somchai@example.com",
    "An e-mail address has an @ and a site, for example somchai@example.com.",
)


class Identifier(NamedTuple):
    """What somebody typed to say who they are, as it is kept."""

    kind: Literal["national_id", "phone", "email"]
    value: str


def recognise(text: str) -> Identifier | None:
    """Return which of the three was typed; None when it is none of them."""
    if "@" in text:
        email = read_email(text)
        return None if isinstance(email, Text) else Identifier("email", email)
    phone = read_phone(text)
    if not isinstance(phone, Text):
        return Identifier("phone", phone)
    number = read_national_id(text)
    return None if isinstance(number, Text) else Identifier("national_id", number)


def read_national_id(text: str) -> str | Text:
    """Return the 13 digits of a citizen's number, or what is wrong with it.

    The first digit is not judged: people without civil registration have one too.
    """
    number = _plain(text)
    if re.search("[^0-9]", number):
        return _ID_STRANGE
    if len(number) != ID_LENGTH:
        return _ID_DIGITS.format(count=len(number))
    return number if pin.calc_check_digit(number) == number[-1] else _ID_CHECK


def read_phone(text: str) -> str | Text:
    """Return a mobile number as E.164, or what is wrong with it."""
    number = _ABROAD.sub("0", _plain(text))
    return f"+66{number[1:]}" if _MOBILE.fullmatch(number) else _PHONE


def read_email(text: str) -> str | Text:
    """Return an address in small letters, or what is wrong with it."""
    address = text.strip().lower()
    right = len(address) <= EMAIL_LENGTH and _EMAIL.fullmatch(address)
    return address if right else _MAIL


def plain_digits(text: str) -> str:
    """Return ``text`` with the digits of every script, so also Thai ones, as 0 to 9."""
    return "".join(str(unicodedata.decimal(sign, sign)) for sign in text)


def _plain(text: str) -> str:
    return _GAPS.sub("", plain_digits(text))
