"""What is asked to issue an order, to note how it was served, and to close it."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from core.api import Text
from kit.forms import AnyField, Choice, Day, Groups, Line, Lines, Number, Option, Pin, When, Yes
from plugins.permits.rules.orders import KINDS, WAYS, Ground

_PLACE = When("about", ("place",))
_UNREAD = Text(
    "ฐานนี้ยังไม่ได้ตรวจกับตัวบท อ่านตัวบทก่อนลงนาม",
    "Not yet read in the law: read it before you sign.",
)
_ABOUT: tuple[AnyField, ...] = (
    Choice(
        "about",
        Text("ออกคำสั่งเกี่ยวกับ", "The order is about"),
        options=(
            Option("permit", Text("อาคารที่มีใบอนุญาต", "A building with a permit")),
            Option("place", Text("อาคารที่ไม่มีใบอนุญาต", "A building without one")),
        ),
    ),
    Line(
        "permit",
        Text("เลขที่ใบอนุญาต", "Number of the permit"),
        longest=20,
        help=Text("เช่น 12/2569", "e.g. 12/2569"),
        when=When("about", ("permit",)),
    ),
    Line(
        "place",
        Text("ที่ตั้งอาคาร", "Where it stands"),
        longest=400,
        help=Text("บ้านเลขที่ หมู่ ถนน ตำบล หรือจุดสังเกต", "Address, or what is near it."),
        when=_PLACE,
    ),
    Pin("pin", Text("ตำแหน่งบนแผนที่", "On the map"), required=False, when=_PLACE),
    Line(
        "to_name",
        Text("ชื่อผู้รับคำสั่ง", "To whom"),
        longest=200,
        required=False,
        personal=True,
        help=Text(
            "เว้นไว้ได้ คำสั่งจะถึงผู้รับใบอนุญาต หรือเจ้าของหรือผู้ครอบครองอาคาร",
            "Left empty it goes to the holder of the permit, or to the owner or occupier.",
        ),
    ),
)


def _grounds(kind: str, grounds: Mapping[str, Ground]) -> Choice:
    return Choice(
        f"ground_{kind}",
        Text("ฐานตามกฎหมาย", "Legal basis"),
        options=tuple(
            Option(one.code, one.title, _basis(one)) for one in grounds.values() if one.kind == kind
        ),
        when=When("kind", (kind,)),
    )


def _basis(one: Ground) -> Text:
    law = one.law
    return law if one.verified else Text(f"{law.th} {_UNREAD.th}", f"{law.en}. {_UNREAD.en}")


_FACTS: tuple[AnyField, ...] = (
    Lines(
        "facts",
        Text("ข้อเท็จจริงที่ตรวจพบ", "What was found"),
        longest=3_000,
        help=Text("วันที่ตรวจ ใครตรวจ พบอะไร", "When, by whom, and what was found."),
    ),
    Yes(
        "agreed",
        Text(
            "ตรวจข้อความแล้ว และลงนามคำสั่งนี้ในชื่อของข้าพเจ้า",
            "I have checked the words and sign this order in my name",
        ),
    ),
)


def new_order(grounds: Mapping[str, Ground]) -> Groups:
    """Return the questions of a new order."""
    return (
        (Text("อาคาร", "The building"), _ABOUT),
        (Text("คำสั่ง", "The order"), _ordered(grounds)),
        (Text("ข้อเท็จจริง", "Facts"), _FACTS),
    )


def _ordered(grounds: Mapping[str, Ground]) -> tuple[AnyField, ...]:
    obeyed = tuple(dict.fromkeys(one.kind for one in grounds.values() if one.least_days))
    return (
        Choice(
            "kind",
            Text("สั่งให้", "What is ordered"),
            options=tuple(Option(code, name) for code, name in KINDS.items()),
        ),
        *(_grounds(kind, grounds) for kind in KINDS),
        Number(
            "days",
            Text("ให้แล้วเสร็จภายใน นับแต่วันที่ทราบคำสั่ง", "Within, from the day it is known"),
            unit=Text("วัน", "days"),
            least=1,
            most=9_999,
            when=When("kind", obeyed),
        ),
        Lines(
            "wanted",
            Text("รายละเอียดสิ่งที่ต้องทำ", "What exactly is to be done"),
            longest=1_000,
            required=False,
        ),
    )


def served(first: date) -> tuple[AnyField, ...]:
    """Return the questions of how an order was served.

    :param first: the day on which it was issued.
    """
    return (
        Choice(
            "how",
            Text("ส่งคำสั่งโดย", "How it was served"),
            options=tuple(Option(code, name) for code, name in WAYS.items()),
        ),
        Day(
            "on",
            Text("วันที่รับ หรือวันที่ปิดประกาศ", "Day of receipt, or of posting"),
            earliest=first,
            latest_days=0,
        ),
        Line(
            "note",
            Text("หลักฐาน", "Evidence"),
            longest=300,
            help=Text(
                "เช่น เลขไปรษณีย์ ชื่อผู้รับ พยานที่เห็นการปิดประกาศ",
                "e.g. number of the post, who received it, who saw it posted",
            ),
        ),
    )


CLOSED: tuple[AnyField, ...] = (
    Choice(
        "state",
        Text("ปิดคำสั่งเพราะ", "Closed because"),
        options=(
            Option("complied", Text("ปฏิบัติตามคำสั่งแล้ว", "It was obeyed")),
            Option("withdrawn", Text("ยกเลิกคำสั่ง", "It is withdrawn")),
        ),
    ),
    Line(
        "why",
        Text("เหตุผลหรือหลักฐาน", "Reason or evidence"),
        longest=500,
        help=Text("เช่น ตรวจเมื่อ 5 ธ.ค. 2569 พบว่าแก้แล้ว", "e.g. inspected and found put right"),
    ),
)


def ground_of(values: Mapping[str, Any]) -> str:
    """Return the code of the legal basis that was chosen for the kind."""
    code: str = values[f"ground_{values['kind']}"]
    return code
