"""Where each field stands in a record of an end-of-day file, and what it may hold.

Records of 256 characters follow the cross-bank format; those of 450 are the same up to
character 179 and carry more about cheques and fees behind it, which is kept in the raw line.
Places here count from 0 and end before the last; people are told columns from 1.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from functools import lru_cache

import msgspec

from core.api import Text
from kit.thai import BUDDHIST_OFFSET

WIDTHS = (256, 450)

_OLDEST, _FIRST_BUDDHIST, _LAST_BUDDHIST = 1990, 2400, 2699

_WRONG = Text(
    "{name} (ตำแหน่ง {first}-{last}) {rule} ตอนนี้เป็น “{given}”",
    "{name} (columns {first}-{last}) {rule}, it is “{given}”",
)
_BUDDHIST = Text(
    "{name} (ตำแหน่ง {first}-{last}) เป็นปี พ.ศ. {year} แต่ธนาคารใช้ปี ค.ศ. ซึ่งคือ {common} "
    "ไฟล์อาจถูกแก้ไขด้วยโปรแกรมอื่น ขอไฟล์ต้นฉบับจากธนาคาร",
    "{name} (columns {first}-{last}) has the year {year} of the Buddhist Era where the bank writes "
    "the common year, {common}. The file may have been changed: get the original from the bank",
)


class Field(msgspec.Struct, frozen=True):
    """One field of a record.

    :param pattern: what it may hold, over its whole width.
    :param rule: the same in words, behind the name.
    """

    name: Text
    start: int
    end: int
    pattern: str
    rule: Text

    @property
    def is_day(self) -> bool:
        """Whether it must also be a day of the calendar."""
        return self.rule is _A_DAY


def _digits(name: Text, start: int, end: int) -> Field:
    return Field(name, start, end, f"[0-9]{{{end - start}}}", _DIGITS)


def _free(start: int, end: int) -> Field:
    return Field(_FREE, start, end, f".{{{end - start}}}", _FREE)


def _day_field(name: Text, start: int) -> Field:
    return Field(name, start, start + 8, "[0-9]{8}", _A_DAY)


_FREE = Text("", "")
_DIGITS = Text("ต้องเป็นตัวเลข", "has digits only")
_A_DAY = Text("ต้องเป็นวันที่แบบ DDMMYYYY (ค.ศ.)", "is a day as DDMMYYYY (common year)")
_SEQUENCE = _digits(Text("ลำดับที่", "The sequence number"), 1, 7)
_BANK = _digits(Text("รหัสธนาคาร", "The bank code"), 7, 10)
_ACCOUNT = _digits(Text("เลขที่บัญชี", "The account number"), 10, 20)

HEADER = (
    _SEQUENCE,
    _BANK,
    _ACCOUNT,
    _free(20, 60),
    _day_field(Text("วันที่มีผล", "The effective date"), 60),
)
DETAIL = (
    _SEQUENCE,
    _BANK,
    _ACCOUNT,
    _day_field(Text("วันที่ชำระ", "The payment date"), 20),
    Field(
        Text("เวลาที่ชำระ", "The payment time"),
        28,
        34,
        "(?:[01][0-9]|2[0-3])[0-5][0-9][0-5][0-9]",
        Text("ต้องเป็นเวลาแบบ HHMMSS", "is a time as HHMMSS"),
    ),
    _free(34, 84),
    _free(84, 104),
    _free(104, 124),
    _free(124, 144),
    _free(144, 152),
    Field(
        Text("ประเภทรายการ", "The kind of transaction"),
        152,
        153,
        "[CD]",
        Text("ต้องเป็น C (รับเงิน) หรือ D (ยกเลิก)", "is C (paid) or D (taken back)"),
    ),
    _free(153, 156),
    _free(156, 163),
    Field(
        Text("จำนวนเงิน", "The amount"),
        163,
        176,
        "(?!0{13})[0-9]{13}",
        Text("ต้องเป็นตัวเลข 13 หลักและมากกว่า 0", "has 13 digits and is more than 0"),
    ),
)
TRAILER = (
    _SEQUENCE,
    _BANK,
    _ACCOUNT,
    _digits(Text("ยอดรวมรายการยกเลิก", "The total taken back"), 20, 33),
    _digits(Text("จำนวนรายการยกเลิก", "The count of those taken back"), 33, 39),
    _digits(Text("ยอดรวมรับเงิน", "The total paid"), 39, 52),
    _digits(Text("จำนวนรายการรับเงิน", "The count of those paid"), 52, 58),
)


def pattern(fields: Sequence[Field]) -> re.Pattern[str]:
    """Return what a right record begins with; each field is a group."""
    return re.compile("[HDT]" + "".join(f"({field.pattern})" for field in fields))


@lru_cache(maxsize=1_024)
def day(text: str) -> date | None:
    """Return the day of DDMMYYYY; None when there is none, or the year is no common year."""
    year = int(text[4:])
    if not _OLDEST <= year < _FIRST_BUDDHIST:
        return None
    try:
        return date(year, int(text[2:4]), int(text[:2]))
    except ValueError:
        return None


def wrong_fields(text: str, fields: Sequence[Field]) -> Iterator[tuple[int, Text]]:
    """Yield the column and the sentence of every field of a record that is wrong."""
    for field in fields:
        given = text[field.start : field.end]
        place = {"name": field.name, "first": field.start + 1, "last": field.end}
        right = re.fullmatch(field.pattern, given)
        if right and (not field.is_day or day(given)):
            continue
        year = int(given[4:]) if right else 0
        if _FIRST_BUDDHIST <= year <= _LAST_BUDDHIST:
            yield (
                field.start + 1,
                _BUDDHIST.format(**place, year=year, common=year - BUDDHIST_OFFSET),
            )
        else:
            yield field.start + 1, _WRONG.format(**place, rule=field.rule, given=given)
