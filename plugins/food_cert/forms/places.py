"""What officers are asked about a place of the register."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from core.api import LONGEST_REASON, Text
from kit.forms import (
    AddressField,
    AnyField,
    Choice,
    Day,
    Groups,
    JuristicID,
    Line,
    Number,
    Option,
    Phone,
    Pin,
    When,
)
from kit.geo import Address
from plugins.food_cert.rules.correcting import Facts
from plugins.food_cert.rules.earlier import Earlier
from plugins.food_cert.rules.places import INSTRUMENTS, KINDS, LICENCE

_NAME = Line("name", Text("ชื่อสถานประกอบกิจการ", "Name of the business"), longest=200)
_WORKERS = Number(
    "workers",
    Text("ผู้ปฏิบัติงาน", "Workers"),
    help=Text("รวมผู้ประกอบกิจการที่ทำงานเอง", "With the holder, if working there."),
    unit=Text("คน", "people"),
    most=9_999,
)
_PHONE = Phone(
    "phone",
    Text("เบอร์โทรศัพท์", "Telephone"),
    help=Text(
        "ใช้เตือนก่อนหมดอายุ และยืนยันตัวเมื่อยื่นเรื่องต่อ",
        "By it the holder is reminded, and known when something is filed.",
    ),
    required=False,
)
_PIN = Pin("pin", Text("ตำแหน่งบนแผนที่", "On the map"), inside=True, required=False)


def _choice(name: str, label: Text, words: Mapping[str, Text]) -> Choice:
    return Choice(name, label, options=tuple(Option(code, one) for code, one in words.items()))


_PAPER: tuple[AnyField, ...] = (
    _choice("instrument", Text("เอกสาร", "Paper"), INSTRUMENTS),
    Line(
        "number",
        Text("เลขที่", "Number"),
        help=Text("ตามที่เขียนบนเอกสาร เช่น 12/2568", "As it is written on it, e.g. 12/2568."),
        longest=20,
    ),
    Day("issued_on", Text("วันที่ออก", "Day of issue"), latest_days=0),
    Day(
        "until",
        Text("วันหมดอายุ", "Last day"),
        help=Text("ถ้าต่ออายุแล้ว ใช้วันตามใบต่ออายุล่าสุด", "If it was renewed, the last day since then."),
        when=When("instrument", (LICENCE,)),
    ),
)
_BUSINESS: tuple[AnyField, ...] = (
    _NAME,
    _choice("kind", Text("ประเภท", "Kind"), KINDS),
    Number(
        "area",
        Text("พื้นที่", "Area"),
        unit=Text("ตารางเมตร", "square metres"),
        least=1,
        most=99_999,
        decimals=2,
    ),
    _WORKERS,
    Day(
        "opened_on",
        Text("เปิดกิจการตั้งแต่", "Run since"),
        help=Text(
            "วันที่ได้รับใบรับแจ้งหรือใบอนุญาตครั้งแรก ค่าธรรมเนียมรายปีนับจากวันนี้",
            "The day of the first receipt or licence. Years of fees are counted from it.",
        ),
        latest_days=0,
    ),
)
_HOLDER: tuple[AnyField, ...] = (
    Line("holder", Text("ชื่อบุคคลหรือนิติบุคคล", "Person or company"), longest=200, personal=True),
    JuristicID(
        "company_id",
        Text("เลขทะเบียนนิติบุคคล", "Number of the company"),
        help=Text("เว้นว่างถ้าเป็นบุคคล", "Leave it empty for a person."),
        required=False,
    ),
    _PHONE,
)
_SITE: tuple[AnyField, ...] = (
    AddressField("site", Text("ที่อยู่ของสถานที่", "Address of the place"), own=True, personal=False),
    _PIN,
)
EARLIER: Groups = (
    (Text("เอกสารของสถานที่", "Its paper"), _PAPER),
    (Text("กิจการ", "The business"), _BUSINESS),
    (Text("ผู้ประกอบกิจการ", "The holder"), _HOLDER),
    (Text("ที่ตั้ง", "Where it is"), _SITE),
)
CORRECTION: Groups = (
    (
        Text("ข้อมูลสถานที่", "The place"),
        (
            _NAME,
            _WORKERS,
            _PHONE,
            _PIN,
            Line(
                "why",
                Text("เหตุผล", "Reason"),
                help=Text("ผู้ตรวจสอบจะอ่านข้อความนี้", "Auditors read it."),
                longest=LONGEST_REASON,
            ),
        ),
    ),
)


def earlier_of(values: Mapping[str, Any]) -> Earlier:
    """Return the place of a form that was read."""
    until = values.get("until")
    return Earlier(
        instrument=values["instrument"],
        number=values["number"],
        issued_on=date.fromisoformat(values["issued_on"]),
        opened_on=date.fromisoformat(values["opened_on"]),
        until=date.fromisoformat(until) if until else None,
        name=values["name"],
        kind=values["kind"],
        area=Decimal(str(values["area"])),
        workers=int(values["workers"]),
        holder=values["holder"],
        company_id=values.get("company_id") or "",
        phone=values.get("phone") or "",
        site=Address(**values["site"]),
        pin=values.get("pin"),
    )


def facts_of(values: Mapping[str, Any]) -> Facts:
    """Return the facts of a correction that was read."""
    return Facts(
        name=values["name"],
        workers=int(values["workers"]),
        phone=values.get("phone") or "",
        pin=values.get("pin"),
    )


def values_of(place: Mapping[str, Any]) -> dict[str, Any]:
    """Return the facts of a place as the form of a correction begins with them."""
    return {name: place[name] for name in ("name", "workers", "phone", "pin") if place[name]}
