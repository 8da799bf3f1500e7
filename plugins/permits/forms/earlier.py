"""What is asked of a permit that was issued on paper before."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from core.api import Text
from kit.forms import AddressField, AnyField, Choice, Day, Groups, Line, Number, Option, Phone, Pin
from kit.geo import Address
from plugins.permits.rules.earlier import Earlier

_SITE: tuple[AnyField, ...] = (
    AddressField(
        "site",
        Text("ที่อยู่ของอาคาร", "Address of the building"),
        own=True,
        house=False,
        personal=False,
    ),
    # The office may not know the very spot of an old permit.
    Pin("pin", Text("ตำแหน่งบนแผนที่", "On the map"), inside=True, required=False),
)
_PERMIT: tuple[AnyField, ...] = (
    Line(
        "number",
        Text("เลขที่ใบอนุญาต", "Number of the permit"),
        help=Text("ตามที่เขียนบนใบ เช่น 12/2568", "As it is written on it, e.g. 12/2568."),
        longest=20,
    ),
    Day("issued_on", Text("วันที่ออก", "Day of issue"), latest_days=0),
    Day(
        "until",
        Text("วันหมดอายุ", "Last day"),
        help=Text(
            "ตามใบ ถ้าต่ออายุแล้ว ใช้วันตามใบต่ออายุล่าสุด", "If it was renewed, the last day since then."
        ),
    ),
)
_HOLDER: tuple[AnyField, ...] = (
    Line("holder", Text("ผู้ได้รับใบอนุญาต", "Holder"), longest=200, personal=True),
    Phone(
        "phone",
        Text("เบอร์โทรศัพท์", "Telephone"),
        help=Text(
            "ใช้เตือนก่อนหมดอายุ และยืนยันตัวเมื่อยื่นเรื่องต่อ",
            "By it the holder is reminded, and known when something is filed.",
        ),
        required=False,
    ),
)
_BUILDING: tuple[AnyField, ...] = (
    Number("storeys", Text("จำนวนชั้น", "Storeys"), least=1, most=200),
    Number(
        "area",
        Text("พื้นที่รวมทุกชั้น", "Area of all floors"),
        unit=Text("ตารางเมตร", "square metres"),
        most=10_000_000,
        decimals=2,
    ),
    Line(
        "deed",
        Text("เลขที่เอกสารสิทธิในที่ดิน", "Number of the paper of the land"),
        longest=40,
        required=False,
    ),
)


def questions(works: Mapping[str, Text], uses: Mapping[str, Text]) -> Groups:
    """Return what is asked, in groups.

    :param works: what a permit can be for, by code.
    :param uses: what a building can be for, by code.
    """
    kinds = (
        _choice("work", Text("งาน", "Work"), works),
        _choice("use", Text("อาคารใช้เป็น", "The building is for"), uses),
    )
    return (
        (Text("ใบอนุญาต", "The permit"), _PERMIT),
        (Text("ผู้ได้รับใบอนุญาต", "The holder"), _HOLDER),
        (Text("อาคาร", "The building"), (*kinds, *_BUILDING)),
        (Text("ที่ตั้ง", "Where it stands"), _SITE),
    )


def _choice(name: str, label: Text, words: Mapping[str, Text]) -> Choice:
    return Choice(name, label, options=tuple(Option(code, one) for code, one in words.items()))


def earlier_of(values: Mapping[str, Any]) -> Earlier:
    """Return the permit of a form that was read."""
    return Earlier(
        number=values["number"],
        work=values["work"],
        use=values["use"],
        storeys=int(values["storeys"]),
        area=Decimal(str(values["area"])),
        holder=values["holder"],
        site=Address(**values["site"]),
        deed=values.get("deed", ""),
        issued_on=date.fromisoformat(values["issued_on"]),
        until=date.fromisoformat(values["until"]),
        phone=values.get("phone") or "",
        pin=values.get("pin"),
    )
