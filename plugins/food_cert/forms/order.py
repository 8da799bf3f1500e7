"""What is asked to issue an order, to note how it was served, and to close it."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from core.api import Text
from kit.forms import AnyField, Choice, Day, Groups, Line, Lines, Number, Option, When, Yes
from plugins.food_cert.rules.orders import KINDS, WAYS, Ground

_UNREAD = Text(
    "ฐานนี้ยังไม่ได้ตรวจกับตัวบท อ่านตัวบทก่อนลงนาม",
    "Not yet read in the law: read it before you sign.",
)
_TIMED = When("kind", ("improve", "suspend", "ban"))
_ELSEWHERE = When("about", ("elsewhere",))
_ABOUT: tuple[AnyField, ...] = (
    Choice(
        "about",
        Text("ออกคำสั่งเกี่ยวกับ", "The order is about"),
        options=(
            Option("register", Text("สถานที่ที่อยู่ในทะเบียน", "A place in the register")),
            Option("elsewhere", Text("สถานที่ที่ไม่อยู่ในทะเบียน", "A place that is not there")),
        ),
    ),
    Line(
        "number",
        Text("เลขที่หนังสือรับรองหรือใบอนุญาต", "Number of the certificate or licence"),
        longest=20,
        help=Text("เช่น 12/2569 หรือรหัสใต้ QR ที่ร้าน", "e.g. 12/2569, or the code under the QR."),
        when=When("about", ("register",)),
    ),
    Line(
        "place_words",
        Text("ชื่อกิจการและที่ตั้ง", "Name of the business, and where it is"),
        longest=400,
        help=Text("ชื่อร้าน บ้านเลขที่ หมู่ ถนน ตำบล หรือจุดสังเกต", "Name, address, or what is near."),
        when=_ELSEWHERE,
    ),
)
_TO = Line(
    "to_name",
    Text("ชื่อผู้รับคำสั่ง", "To whom"),
    longest=200,
    required=False,
    personal=True,
    help=Text(
        "เว้นไว้ได้ คำสั่งจะถึงผู้แจ้ง ผู้รับใบอนุญาต หรือผู้ดำเนินกิจการ",
        "Left empty it goes to the holder, or to whoever runs the business.",
    ),
)
_FACTS: tuple[AnyField, ...] = (
    Lines(
        "facts",
        Text("ข้อเท็จจริงที่ตรวจพบ", "What was found"),
        longest=3_000,
        help=Text(
            "วันที่ตรวจ ใครตรวจ พบอะไร ถ้าใช้คำพิพากษา ใส่เลขคดีและวันที่",
            "When, by whom, and what was found; of a judgment its number and day.",
        ),
    ),
    Yes(
        "agreed",
        Text(
            "ตรวจข้อความแล้ว และลงนามคำสั่งนี้ในชื่อของข้าพเจ้า",
            "I have checked the words and sign this order in my name",
        ),
    ),
)


def new_order(grounds: Mapping[str, Ground], *, known: bool) -> Groups:
    """Return the questions of a new order.

    :param known: whether it is known which place of the register it is about.
    """
    about: tuple[AnyField, ...] = (_TO,) if known else (*_ABOUT, _TO)
    heading = Text("ผู้รับคำสั่ง", "To whom") if known else Text("สถานที่", "The place")
    return (
        (heading, about),
        (Text("คำสั่ง", "The order"), _ordered(grounds)),
        (Text("ข้อเท็จจริง", "Facts"), _FACTS),
    )


def _ordered(grounds: Mapping[str, Ground]) -> tuple[AnyField, ...]:
    return (
        Choice(
            "kind",
            Text("คำสั่ง", "What is ordered"),
            options=tuple(Option(code, name) for code, name in KINDS.items()),
        ),
        *(_grounds(kind, grounds) for kind in KINDS),
        Number(
            "days",
            Text("กำหนดเวลา", "For how many days, or within"),
            unit=Text("วัน", "days"),
            least=1,
            most=9_999,
            when=_TIMED,
            help=Text(
                "ปรับปรุงแก้ไข: นับแต่วันที่ทราบคำสั่ง พักใช้หรือห้าม: นับวันออกคำสั่งเป็นวันแรก",
                "To put right: from the day it is known. Suspended or banned: the day of issue is "
                "the first.",
            ),
        ),
        Lines(
            "wanted",
            Text("รายละเอียดสิ่งที่ต้องทำ", "What exactly is to be done"),
            longest=1_000,
            required=False,
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


def ground_of(values: Mapping[str, Any]) -> str:
    """Return the code of the legal basis that was chosen for the kind."""
    code: str = values[f"ground_{values['kind']}"]
    return code


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


_COMPLIED = Option("complied", Text("ปฏิบัติตามคำสั่งแล้ว", "It was obeyed"))
_WITHDRAWN = Option("withdrawn", Text("ยกเลิกคำสั่ง", "It is withdrawn"))


def closed(kind: str) -> tuple[AnyField, ...]:
    """Return the questions of how an order of a kind ended; a revocation is only withdrawn."""
    return (
        Choice(
            "state",
            Text("ปิดคำสั่งเพราะ", "Closed because"),
            options=(_WITHDRAWN,) if kind == "revoke" else (_COMPLIED, _WITHDRAWN),
        ),
        Line(
            "why",
            Text("เหตุผลหรือหลักฐาน", "Reason or evidence"),
            longest=500,
            help=Text("เช่น ตรวจเมื่อ 5 ธ.ค. 2569 พบว่าแก้แล้ว", "e.g. inspected and found put right"),
        ),
    )
