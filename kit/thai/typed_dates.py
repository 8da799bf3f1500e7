"""Reading a day that somebody typed as day, month and year of the Buddhist Era."""

import calendar
import re
from datetime import date

from core.api import MONTHS, Text
from kit.thai.dates import BUDDHIST_OFFSET, SHORT_MONTHS
from kit.thai.digits import ascii_digits
from kit.thai.refusals import Unreadable

# Wide enough for the oldest register and the longest licence, and it catches slips of a digit.
FIRST_YEAR, LAST_YEAR = 2400, 2699

_MONTH_NUMBERS = {
    name.casefold(): number
    for names in (MONTHS, SHORT_MONTHS)
    for number, month in enumerate(names, start=1)
    for name in (month.th, month.en)
} | {f"{number:0{width}}": number for number in range(1, 13) for width in (1, 2)}

_NO_DAY = Text("กรอกวันที่เป็นตัวเลข 1 ถึง 31", "Give the day as a number from 1 to 31.")
_NO_MONTH = Text("เลือกเดือน", "Choose the month.")
_NO_YEAR = Text(
    "กรอกปี พ.ศ. เป็นตัวเลข 4 หลัก เช่น 2569",
    "Give the year of the Buddhist Era in four digits, for example 2569.",
)
_SHORT_YEAR = Text(
    "ปี {year} ไม่ครบ 4 หลัก กรอกปี พ.ศ. ให้ครบ เช่น 2569",
    "Year {year} is not complete. Give all four digits of the Buddhist Era, for example 2569.",
)
_COMMON_YEAR = Text(
    "ปี {year} เป็น ค.ศ. กรุณากรอกปีเป็น พ.ศ. เช่น {buddhist}",
    "{year} is a year of the Common Era. Give it in the Buddhist Era, for example {buddhist}.",
)
_FAR_YEAR = Text(
    "ปี {year} ไม่อยู่ในช่วง พ.ศ. {first} ถึง {last} ตรวจปีอีกครั้ง",
    "{year} is not between B.E. {first} and {last}. Check the year.",
)
_NO_SUCH_DAY = Text(
    "เดือน{month} {year} มีถึงวันที่ {last} ตรวจวันที่อีกครั้ง",
    "{month} B.E. {year} ends on day {last}. Check the day.",
)


def parse_day(day: str, month: str, year: str) -> date:
    """Read a day from the three controls of a form; Thai digits are as good as Arabic ones.

    :param month: its number, or its name in Thai or English, whole or short.
    :param year: of the Buddhist Era, in four digits.
    :raises Unreadable: naming the first of day, month and year that is wrong.
    """
    typed_day = ascii_digits(day).strip()
    if not (re.fullmatch("[0-9]{1,2}", typed_day) and 1 <= int(typed_day) <= 31):
        raise Unreadable(_NO_DAY)
    month_number = _MONTH_NUMBERS.get(ascii_digits(month).strip().casefold())
    if month_number is None:
        raise Unreadable(_NO_MONTH)
    year_number = parse_year(year)
    common_year = year_number - BUDDHIST_OFFSET
    _, last = calendar.monthrange(common_year, month_number)
    if int(typed_day) > last:
        name = MONTHS[month_number - 1]
        raise Unreadable(_NO_SUCH_DAY.format(month=name, year=year_number, last=last))
    return date(common_year, month_number, int(typed_day))


def parse_year(year: str) -> int:
    """Read a year of the Buddhist Era. Two digits are refused: they could be of either era.

    :raises Unreadable: not four digits, of the Common Era, or outside FIRST_YEAR to LAST_YEAR.
    """
    typed = ascii_digits(year).strip()
    if re.fullmatch("[0-9]{1,3}", typed):
        raise Unreadable(_SHORT_YEAR.format(year=typed))
    if not re.fullmatch("[0-9]{4}", typed):
        raise Unreadable(_NO_YEAR)
    number = int(typed)
    if FIRST_YEAR <= number <= LAST_YEAR:
        return number
    buddhist = number + BUDDHIST_OFFSET
    if number < FIRST_YEAR <= buddhist <= LAST_YEAR:
        raise Unreadable(_COMMON_YEAR.format(year=typed, buddhist=buddhist))
    raise Unreadable(_FAR_YEAR.format(year=typed, first=FIRST_YEAR, last=LAST_YEAR))
