"""The references by which a payment is matched: what was billed, and for when or for whom.

Reference 1 is the key of a bill in twelve digits: kind of revenue (2), fiscal year of the
Buddhist Era (2), running number (7), check digit (1). Reference 2 is a period, ``YYYYMM`` of
the Buddhist Era, or the number of a customer. Neither ever holds a national ID, since
references are printed, shown by apps and kept by banks.

The check digit is Damm's: it finds every wrong digit and every swap of two neighbours, which
are most slips of a hand, by a plain decimal digit. The check digit of national IDs
(modulus 11, reduced to ten) and Luhn's miss some swaps, Luhn over larger alphabets and modulus
97 ask for letters or for two places, and Verhoeff's finds no more for three tables. Zeros in
front do not change Damm's digit, which is why the length is fixed.

Law: Personal Data Protection Act B.E. 2562, s. 22 (unverified in its wording), for the ID.
"""

import re
from datetime import date

import msgspec

from core.api import Text
from kit.thai import BUDDHIST_OFFSET, Unreadable, buddhist_year, parse_national_id
from kit.treasury.codes.checks import CAPITALS, DIGITS, check
from kit.treasury.codes.payments import LONGEST_REFERENCE
from kit.treasury.refusals import Malformed

LENGTH = 12
LARGEST_NUMBER = 9_999_999

# Fiscal years 2500 to 2599: two digits last longer than any claim.
_CENTURY = 2500
_PERIOD = re.compile(r"(2[45][0-9]{2})(0[1-9]|1[0-2])", re.ASCII)

# H. M. Damm, Total anti-symmetrische Quasigruppen, 2004: the quasigroup of order ten.
_DAMM = (
    "0317598642",
    "7092154863",
    "4206871359",
    "1750983426",
    "6123045978",
    "3674209581",
    "5869720134",
    "8945362017",
    "9438617205",
    "2581436790",
)

_REF1 = Text("เลขอ้างอิง 1", "Reference 1")
_CUSTOMER = Text("เลขที่ผู้ชำระ", "The customer number")
_CHECK_DIGIT = Text(
    "เลขอ้างอิง 1 หลักสุดท้ายไม่ตรงกับหลักอื่น น่าจะพิมพ์ผิดหรือสลับหลัก ตรวจเลขจากใบแจ้งอีกครั้ง",
    "The last digit of reference 1 does not match the others: a digit is wrong or two are "
    "swapped. Check it against the bill.",
)
_PERIOD_FORM = Text(
    "งวดต้องเป็นปี พ.ศ. 4 หลักและเดือน 2 หลัก เช่น 256907 ตรวจเลขอ้างอิง 2 อีกครั้ง",
    "A period is a year of the Buddhist Era and a month, such as 256907. Check reference 2.",
)
_PERSONAL = Text(
    "ห้ามใช้เลขประจำตัวประชาชนเป็นเลขอ้างอิง ใช้เลขที่ผู้ชำระที่สำนักงานออกให้แทน",
    "A national ID must not be a reference. Use a customer number that the office gives.",
)


class Reference(msgspec.Struct, frozen=True, kw_only=True):
    """What reference 1 says.

    :param revenue: two digits of the kind of revenue, as the office lists them.
    :param year: the fiscal year, of the Buddhist Era: 2500 to 2599.
    :param number: 1 to 9,999,999, running within both.
    """

    revenue: str
    year: int
    number: int


def make_reference(reference: Reference) -> str:
    """Return reference 1 with its check digit: ``016900012348``.

    :raises ValueError: a part does not fit its place, which is a fault of the caller.
    """
    revenue, year, number = reference.revenue, reference.year - _CENTURY, reference.number
    if len(revenue) != 2 or not set(revenue) <= DIGITS:
        raise ValueError(f"{revenue!r} is no kind of revenue of two digits")
    if not 0 <= year <= 99 or not 1 <= number <= LARGEST_NUMBER:
        raise ValueError(f"{reference} does not fit into a reference")
    body = f"{revenue}{year:02}{number:07}"
    return body + check_digit(body)


def parse_reference(text: str) -> Reference:
    """Read reference 1 of ours.

    :raises Malformed: other than twelve digits, or the check digit does not match: what was
        paid under it waits for a person.
    """
    check("ref1", _REF1, text, signs=DIGITS, shortest=LENGTH, longest=LENGTH)
    number = int(text[4:11])
    if check_digit(text[:-1]) != text[-1] or not number:
        raise Malformed("ref1", _CHECK_DIGIT)
    return Reference(revenue=text[:2], year=_CENTURY + int(text[2:4]), number=number)


def check_digit(digits: str) -> str:
    """Return Damm's check digit of ASCII digits; over a number with its digit it is ``0``."""
    state = 0
    for digit in digits:
        state = int(_DAMM[state][int(digit)])
    return str(state)


def make_period(month: date) -> str:
    """Return the month of a day as reference 2: ``256907`` for July 2026."""
    return f"{buddhist_year(month)}{month.month:02}"


def parse_period(text: str) -> date:
    """Return the first day of the month that a reference 2 names.

    :raises Malformed: no year of the Buddhist Era from 2400 to 2599 with a month.
    """
    found = _PERIOD.fullmatch(text)
    if found is None:
        raise Malformed("ref2", _PERIOD_FORM)
    return date(int(found[1]) - BUDDHIST_OFFSET, int(found[2]), 1)


def check_customer(number: str) -> str:
    """Return the number of a customer as it may stand in reference 2.

    :raises Malformed: other than 1 to 20 capital letters and digits, or a national ID.
    """
    check("ref2", _CUSTOMER, number, signs=CAPITALS, shortest=1, longest=LONGEST_REFERENCE)
    try:
        parse_national_id(number)
    except Unreadable:
        return number
    raise Malformed("ref2", _PERSONAL)
