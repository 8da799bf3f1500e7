"""Numbers of people, companies and houses: reading, checking, showing, masking.

Rows keep digits only. A number is refused for its form alone: whether somebody bears it is for the
register to say.
"""

import re

from stdnum.th import moa, pin

from core.api import Text
from kit.thai.digits import ascii_digits
from kit.thai.refusals import Unreadable

_NATIONAL_ID = Text("เลขประจำตัวประชาชน", "A national ID")
_JURISTIC_ID = Text("เลขทะเบียนนิติบุคคล", "A company registration number")
_TAX_ID = Text("เลขประจำตัวผู้เสียภาษี", "A tax ID")
_HOUSE_CODE = Text("เลขรหัสประจำบ้าน", "A house code")

_STRANGE = Text(
    "{name}มีเฉพาะตัวเลข ตรวจตัว “{strange}” อีกครั้ง",
    "{name} has digits only. Check “{strange}”.",
)
_LENGTH = Text(
    "{name}ต้องมี {wanted} หลัก ตอนนี้มี {count} หลัก",
    "{name} has {wanted} digits, this one has {count}.",
)
_CHECK_DIGIT = Text(
    "เลขหลักสุดท้ายไม่ตรง ตรวจเลขอีกครั้ง",
    "The last digit does not match the others. Check the number.",
)
_NOT_JURISTIC = Text(
    "เลขทะเบียนนิติบุคคลขึ้นต้นด้วย 0 เลขนี้ขึ้นต้นด้วย {first} ตรวจเลขอีกครั้ง",
    "A company registration number begins with 0, this one with {first}. Check the number.",
)


def parse_national_id(text: str) -> str:
    """Read the number of a person, and return its 13 digits.

    The first digit is not judged: people without civil registration bear numbers that begin
    with 0, which the library's own check refuses.

    :raises Unreadable: other than 13 digits, or the check digit does not match.
    """
    return _checked(text, _NATIONAL_ID)


def parse_juristic_id(text: str) -> str:
    """Read the number of a company or an office of the state, and return its 13 digits.

    :raises Unreadable: as for a person, or it does not begin with 0.
    """
    number = _checked(text, _JURISTIC_ID)
    if number[0] != "0":
        raise Unreadable(_NOT_JURISTIC.format(first=number[0]))
    return number


def parse_tax_id(text: str) -> str:
    """Read a tax ID, a person's or a company's, and return its 13 digits.

    :raises Unreadable: other than 13 digits, or the check digit does not match.
    """
    return _checked(text, _TAX_ID)


def parse_house_code(text: str) -> str:
    """Read the code of a house in the civil register, and return its 11 digits.

    The last digit is a check digit by a rule that is not published, so it is not checked.

    :raises Unreadable: other than 11 digits.
    """
    return _digits(text, 11, _HOUSE_CODE)


def show_national_id(number: str) -> str:
    """Return ``1-2345-45678-78-1``. Show it whole only on request, and record that."""
    return pin.format(number)


def mask_national_id(number: str) -> str:
    """Return ``1-2345-•••••-••-1``: the registry office and the check digit, not the person."""
    return f"{number[0]}-{number[1:5]}-•••••-••-{number[-1]}"


def show_juristic_id(number: str) -> str:
    """Return ``0-99-4-000-61772-1``."""
    return moa.format(number)


def show_house_code(number: str) -> str:
    """Return ``5001-012345-6``: registry office, running number, check digit."""
    return f"{number[:4]}-{number[4:10]}-{number[10]}"


def _checked(text: str, name: Text) -> str:
    number = _digits(text, 13, name)
    if number[-1] != pin.calc_check_digit(number):
        raise Unreadable(_CHECK_DIGIT)
    return number


def _digits(text: str, wanted: int, name: Text) -> str:
    """Return the digits of a number that may be typed with spaces and hyphens."""
    number = re.sub(r"[\s\-‐‑–—]", "", ascii_digits(text))
    if strange := re.search("[^0-9]", number):
        raise Unreadable(_STRANGE.format(name=name, strange=strange[0]))
    if len(number) != wanted:
        raise Unreadable(_LENGTH.format(name=name, wanted=wanted, count=len(number)))
    return number
