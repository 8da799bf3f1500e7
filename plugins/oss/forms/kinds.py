"""The kinds of questions in plain words, and what can be set of each."""

from collections.abc import Callable, Mapping
from typing import Any

import msgspec
from msgspec.structs import replace

from core.api import Text
from kit.forms import (
    AddressField,
    AnyField,
    Choice,
    Choices,
    Day,
    Email,
    JuristicID,
    Line,
    Lines,
    Money,
    Number,
    Phone,
    Pin,
    Plot,
    ThaiID,
    Yes,
)
from kit.thai import LARGEST_AMOUNT
from plugins.oss.forms.sheet import Values

_FAR = 36_500  # days: a century
_HUGE = 999_999_999_999
_EMPTY = Text("", "")


class Kind(msgspec.Struct, frozen=True):
    """One kind of question.

    :param make: gives a new field of a name and a label.
    :param limits: fields for what can be set; each has the name of an attribute of the field.
    """

    title: Text
    make: Callable[[str, Text], AnyField]
    limits: tuple[AnyField, ...] = ()


def _days(name: str, words: Text) -> Number:
    help = Text(
        "นับจากวันที่ยื่น: 0 คือวันที่ยื่น 7 คืออีก 7 วัน -30 คือย้อนหลัง 30 วัน เว้นว่างถ้าไม่จำกัด",
        "From the day of filing: 0 is that day, 7 a week later, -30 thirty days before. "
        "Leave it empty for no limit.",
    )
    unit = Text("วัน", "days")
    return Number(name, words, help=help, unit=unit, least=-_FAR, most=_FAR, required=False)


def _most(name: str, words: Text, most: int, least: int = 1) -> Number:
    help = Text("เว้นว่างถ้าใช้ค่าปกติ", "Leave it empty for the usual value.")
    return Number(name, words, help=help, least=least, most=most, required=False)


def _tick(name: str, words: Text) -> Yes:
    return Yes(name, words, required=False)


_LONGEST = Text("ยาวได้ไม่เกินกี่ตัวอักษร", "At most so many characters")
_LEAST, _MOST = Text("ไม่น้อยกว่า", "At least"), Text("ไม่เกิน", "At most")

# In the order in which they are offered.
KINDS: Mapping[str, Kind] = {
    "line": Kind(
        Text("ข้อความสั้น", "Short text"),
        Line,
        (
            _most("longest", _LONGEST, 500),
            _tick("digits", Text("รับเฉพาะตัวเลข เช่น เลขโฉนด", "Digits only, as of a deed")),
        ),
    ),
    "lines": Kind(Text("ข้อความยาว", "Long text"), Lines, (_most("longest", _LONGEST, 5_000),)),
    "day": Kind(
        Text("วันที่", "Day"),
        Day,
        (
            _days("earliest_days", Text("วันแรกที่รับ", "First day that is taken")),
            _days("latest_days", Text("วันสุดท้ายที่รับ", "Last day that is taken")),
        ),
    ),
    "choice": Kind(
        Text("เลือกหนึ่งข้อ", "Choose one"), lambda name, label: Choice(name, label, options=())
    ),
    "choices": Kind(
        Text("เลือกได้หลายข้อ", "Choose any number"),
        lambda name, label: Choices(name, label, options=()),
        (_most("most", Text("เลือกได้ไม่เกินกี่ข้อ", "At most so many"), 100),),
    ),
    "number": Kind(
        Text("จำนวน", "Number"),
        Number,
        (
            _most("least", _LEAST, _HUGE, -_HUGE),
            _most("most", _MOST, _HUGE, -_HUGE),
            _most("decimals", Text("ทศนิยมกี่ตำแหน่ง", "Decimals"), 6, 0),
        ),
    ),
    "money": Kind(
        Text("จำนวนเงิน", "Amount of money"),
        Money,
        (
            Money("least", _LEAST, required=False, most=LARGEST_AMOUNT),
            Money("most", _MOST, required=False, most=LARGEST_AMOUNT),
        ),
    ),
    "address": Kind(
        Text("ที่อยู่", "Address"),
        AddressField,
        (
            _tick("own", Text("ต้องอยู่ในเขตของหน่วยงาน", "Must be in the area of the office")),
            _tick("house", Text("ต้องมีบ้านเลขที่", "Must have a house number")),
        ),
    ),
    "pin": Kind(
        Text("ปักหมุดบนแผนที่", "Pin on the map"),
        Pin,
        (_tick("inside", Text("ต้องอยู่ในเขตของหน่วยงาน", "Must be in the area of the office")),),
    ),
    "plot": Kind(
        Text("วาดแปลงที่ดินบนแผนที่", "Land on the map"),
        Plot,
        (
            _tick("inside", Text("ต้องอยู่ในเขตของหน่วยงาน", "Must be in the area of the office")),
            _most("least", Text("พื้นที่ไม่น้อยกว่า (ตารางเมตร)", "At least (square metres)"), 1_000_000),
            _most("most", Text("พื้นที่ไม่เกิน (ตารางเมตร)", "At most (square metres)"), 1_000_000),
        ),
    ),
    "thai_id": Kind(Text("เลขประจำตัวประชาชน", "National ID"), ThaiID),
    "juristic_id": Kind(Text("เลขทะเบียนนิติบุคคล", "Company number"), JuristicID),
    "phone": Kind(Text("เบอร์โทรศัพท์", "Telephone"), Phone),
    "email": Kind(Text("อีเมล", "E-mail"), Email),
    "yes": Kind(Text("ยืนยันหรือยินยอม", "Confirmation or consent"), Yes),
}


def usual(field: AnyField) -> AnyField:
    """Return a field of the same kind on which nothing is set."""
    return KINDS[field.kind].make("", _EMPTY)


def limit_values(field: AnyField) -> dict[str, Any]:
    """Return what is set of a field; a usual figure is left empty."""
    plain = usual(field)
    values = {one.name: getattr(field, one.name) for one in KINDS[field.kind].limits}
    return {
        name: value
        for name, value in values.items()
        if isinstance(value, bool) or value != getattr(plain, name)
    }


def with_limits(field: AnyField, values: Values) -> AnyField:
    """Return the field as it was set; what was left empty is as usual."""
    plain = usual(field)
    names = [one.name for one in KINDS[field.kind].limits]
    return replace(field, **{name: values.get(name, getattr(plain, name)) for name in names})
