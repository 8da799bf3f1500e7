"""What citizens are asked about an incident, and about the work afterwards."""

from collections.abc import Mapping
from typing import Any

from contrib.incidents.rules.categories import categories_for
from core.api import LONGEST_REASON, Text
from kit.forms import AnyField, Choice, Line, Lines, Option, Phone, Pin
from kit.geo import Point

_NOWHERE = Text(
    "บอกว่าเกิดที่ไหน ปักหมุดบนแผนที่ หรือเขียนที่อยู่หรือจุดสังเกต",
    "Say where it is: put a pin on the map, or write an address or a landmark.",
)
RATING: tuple[AnyField, ...] = (
    Choice(
        "stars",
        Text("คะแนน", "Stars"),
        options=(
            Option("1", Text("1 ต้องปรับปรุง", "1 poor")),
            Option("2", Text("2", "2")),
            Option("3", Text("3 พอใช้", "3 fair")),
            Option("4", Text("4", "4")),
            Option("5", Text("5 ดีมาก", "5 very good")),
        ),
        missing=Text("เลือกคะแนน 1 ถึง 5", "Choose from 1 to 5."),
    ),
    Lines("words", Text("ข้อความถึงเจ้าหน้าที่", "A word to the office"), longest=500, required=False),
)
REOPENING: tuple[AnyField, ...] = (
    Lines("why", Text("ยังเหลืออะไร", "What is still wrong"), longest=LONGEST_REASON),
)
_WHERE = (
    Pin(
        "pin",
        Text("ปักหมุดจุดที่เกิดเหตุ", "Pin on the map"),
        help=Text("ไม่ปักหมุดก็ได้ ถ้าเขียนที่อยู่หรือจุดสังเกต", "Not needed with an address below."),
        required=False,
    ),
    Line(
        "address",
        Text("ที่อยู่หรือจุดสังเกต", "Address or landmark"),
        longest=300,
        help=Text("เช่น หน้าวัดท่าข้าม หมู่ 3", "e.g. in front of the temple, Moo 3"),
        required=False,
    ),
)


def asked_of(kind: str | None) -> tuple[AnyField, ...]:
    """Return the fields of a report.

    :param kind: of the asset that it is about; None asks where it is.
    """
    options = tuple(Option(one.code, one.title) for one in categories_for(kind or ""))
    about = (
        Choice("category", Text("เรื่องอะไร", "What is it about"), options=options),
        Lines(
            "description",
            Text("เกิดอะไรขึ้น", "What happened"),
            longest=4_000,
            help=Text("ไม่ต้องเขียนชื่อหรือเบอร์โทรของใคร", "Leave out names and telephones of people."),
            missing=Text(
                "เขียนสั้น ๆ ว่าเกิดอะไรขึ้น เช่น ไฟดับทั้งซอย", "Say what happened, e.g. the lamp is out."
            ),
        ),
    )
    phone = Phone(
        "phone",
        Text("เบอร์โทรศัพท์", "Telephone"),
        help=Text(
            "เห็นเฉพาะเจ้าหน้าที่ ใช้แจ้งผลและสอบถามเพิ่ม",
            "Only officers see it, to tell you the result or to ask.",
        ),
        required=False,
    )
    return (*about, *(() if kind else _WHERE), phone)


def point_of(values: Mapping[str, Any]) -> Point | None:
    """Return the pin that was read, None where there is none."""
    pin = values.get("pin")
    return Point(pin["lat"], pin["lon"]) if pin else None


def problems_of(values: Mapping[str, Any], *, placed: bool) -> dict[str, Text]:
    """Return what is wrong beyond the fields: it must be somewhere.

    :param placed: an asset says where.
    """
    somewhere = placed or values.get("pin") or values.get("address")
    return {} if somewhere else {"pin": _NOWHERE}


def rated(voice: Mapping[str, Any] | None) -> dict[str, str]:
    """Return what stands in the form of a voice that may have rated before."""
    if voice is None or voice["rating"] is None:
        return {}
    words = {"words": voice["rating_words"]} if voice["rating_words"] else {}
    return {"stars": str(voice["rating"]), **words}
