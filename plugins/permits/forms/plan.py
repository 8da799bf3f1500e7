"""What is asked about a standard plan: to add it, to change it, to withdraw it."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import msgspec

from core.api import Text
from kit.forms import AnyField, Day, File, Groups, Line, Number
from plugins.permits.rules.library import LARGEST, WHATS, figure
from plugins.permits.rules.plans import Plan

_METRES = Text("เมตร", "m")
_SQUARE = Text("ตร.ม.", "sq m")
MOST_STOREYS = 10
_MOST_AREA, _MOST_METRES = 10_000, 200

CODE = Line(
    "code",
    Text("รหัสแบบ", "Code"),
    longest=40,
    help=Text(
        "ตัวอักษรอังกฤษตัวเล็ก ตัวเลข และขีด เช่น dpt-120 แก้ภายหลังไม่ได้",
        "Small English letters, digits and hyphens, e.g. dpt-120. It stays as it is.",
    ),
)
_NAMES: tuple[AnyField, ...] = (
    Line("title_th", Text("ชื่อแบบ", "Name in Thai"), longest=150),
    Line(
        "title_en",
        Text("ชื่อภาษาอังกฤษ", "Name in English"),
        longest=150,
        required=False,
        help=Text("เว้นว่างได้ จะใช้ชื่อไทยแทน", "Left empty, the Thai name is used."),
    ),
    Line(
        "source_th",
        Text("ผู้จัดทำแบบ", "Who made it"),
        longest=200,
        help=Text(
            "เช่น กรมโยธาธิการและผังเมือง หรือกองช่างของหน่วยงาน",
            "e.g. the Department of Public Works, or the office's own Works Division",
        ),
    ),
    Line(
        "source_en",
        Text("ผู้จัดทำแบบ ภาษาอังกฤษ", "Who made it, in English"),
        longest=200,
        required=False,
    ),
    Line(
        "signer",
        Text("ผู้ลงนามรายการคำนวณ", "Who signed the calculations"),
        longest=200,
        required=False,
        help=Text("ชื่อและเลขที่ใบอนุญาต", "Name and licence number"),
    ),
)


def _metres(name: str, label: Text, help: Text | None = None) -> Number:
    return Number(name, label, unit=_METRES, least=1, most=_MOST_METRES, decimals=2, help=help)


_SIZES: tuple[AnyField, ...] = (
    Number(
        "storeys",
        Text("จำนวนชั้น", "Storeys"),
        unit=Text("ชั้น", "storeys"),
        least=1,
        most=MOST_STOREYS,
    ),
    Number(
        "area",
        Text("พื้นที่รวมทุกชั้น", "Area of all floors"),
        unit=_SQUARE,
        least=1,
        most=_MOST_AREA,
        decimals=2,
    ),
    Number(
        "footprint",
        Text("พื้นที่ชั้นที่ใหญ่ที่สุด", "Area of the largest floor"),
        unit=_SQUARE,
        least=1,
        most=_MOST_AREA,
        decimals=2,
        help=Text("บ้านชั้นเดียวเท่ากับพื้นที่รวม", "Of one storey it is the area of all floors."),
    ),
    _metres("height", Text("ความสูงถึงส่วนที่สูงที่สุด", "Height to the highest part")),
    _metres(
        "width",
        Text("ความกว้างของตัวบ้าน", "Width of the house"),
        Text("วัดด้านที่หันเข้าถนน รวมส่วนยื่น", "Along the road, with what juts out."),
    ),
    _metres("depth", Text("ความลึกของตัวบ้าน", "Depth of the house")),
)
_FILES: tuple[File, ...] = (
    File(
        "drawings",
        Text("แบบแปลน (PDF ไฟล์เดียว)", "Drawings (one PDF)"),
        kinds=("pdf",),
        largest_mb=LARGEST["drawings"],
        help=Text(
            "ผู้ขออนุญาตเปิดดูไฟล์นี้ และใบอนุญาตผูกกับไฟล์นี้",
            "Applicants open this file, and the permit is bound to it.",
        ),
    ),
    File(
        "calculations",
        Text("รายการคำนวณ (PDF ไฟล์เดียว)", "Calculations (one PDF)"),
        kinds=("pdf",),
        largest_mb=LARGEST["calculations"],
        help=Text("เฉพาะเจ้าหน้าที่เปิดดูได้", "Only officers can open it."),
    ),
    File(
        "picture",
        Text("รูปบ้าน (JPEG หรือ PNG)", "Picture (JPEG or PNG)"),
        required=False,
        kinds=("image",),
        largest_mb=LARGEST["picture"],
        help=Text("ไม่มีรูปก็ได้ หน้าเว็บจะวาดเค้าโครงให้", "Without one an outline is drawn."),
    ),
)


def _from_on(label: Text, help: Text, first: int = 0) -> Day:
    return Day("from_on", label, earliest_days=first, help=help)


def _why(help: Text) -> Line:
    return Line("why", Text("เหตุผลหรือเอกสารอ้างอิง", "Reason, or the paper"), longest=500, help=help)


_BEGIN: tuple[AnyField, ...] = (
    _from_on(
        Text("ให้เลือกได้ตั้งแต่วันที่", "To be chosen from"),
        Text("วันนี้หรือวันหลังจากนี้", "Today or a later day."),
    ),
    _why(Text("เช่น หนังสือกรมโยธาธิการ ที่ มท 0710/ว 12", "e.g. the letter that came with it")),
)
_CHANGE: tuple[AnyField, ...] = (
    _from_on(
        Text("เริ่มใช้ฉบับใหม่วันที่", "The new version begins on"),
        Text(
            "พรุ่งนี้หรือวันหลังจากนั้น ผู้ที่ยื่นก่อนวันนั้นใช้แบบเดิมต่อไป",
            "Tomorrow or later. Who files before that day keeps the version of now.",
        ),
        first=1,
    ),
    _why(Text("เช่น แก้ขนาดคานตามบันทึกที่ 5/2569", "e.g. beams changed by memo 5/2569")),
)
WITHDRAWAL: tuple[AnyField, ...] = (
    _from_on(
        Text("วันแรกที่เลือกแบบนี้ไม่ได้", "The first day without it"),
        Text("วันนี้หรือวันหลังจากนี้", "Today or a later day."),
    ),
    _why(Text("เช่น พบว่าฐานรากไม่พอสำหรับดินอ่อน", "e.g. its footing is too weak for soft soil")),
)


def _groups(first: tuple[AnyField, ...], last: tuple[AnyField, ...]) -> Groups:
    return (
        (Text("แบบบ้าน", "The plan"), (*first, *_NAMES)),
        (Text("ขนาด", "Sizes"), _SIZES),
        (Text("ไฟล์", "Files"), _FILES),
        (Text("เริ่มใช้", "When it begins"), last),
    )


NEW: Groups = _groups((CODE,), _BEGIN)
CHANGED: Groups = _groups((), _CHANGE)


def plan_of(code: str, values: Mapping[str, Any]) -> Plan:
    """Return the plan that was typed."""
    return Plan(
        code=code,
        title=_both(values, "title"),
        source=_both(values, "source"),
        storeys=values["storeys"],
        signer=values.get("signer", ""),
        **{name: Decimal(values[name]) for name in _DECIMALS},
    )


_DECIMALS = ("area", "footprint", "height", "width", "depth")


def _both(values: Mapping[str, Any], name: str) -> Text:
    thai: str = values[f"{name}_th"]
    return Text(thai, values.get(f"{name}_en") or thai)


def values_of(plan: Plan) -> dict[str, Any]:
    """Return what stands in the form of a plan that is to be changed."""
    known = msgspec.structs.asdict(plan)
    values = {name: figure(known[name]) for name in _DECIMALS}
    for name in ("title", "source"):
        text: Text = known[name]
        values[f"{name}_th"] = text.th
        values[f"{name}_en"] = text.en if text.en != text.th else ""
    return {**values, "storeys": plan.storeys, "signer": plan.signer}


FILES = {what: field for what, field in zip(WHATS, _FILES, strict=True)}
