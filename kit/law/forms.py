"""What is asked when an office sets a figure of law, or withdraws one."""

from datetime import date
from typing import Any

from core.api import Text
from kit.forms import AnyField, Day, Line, Money, Number
from kit.law.reading import Dated

_WHY = Line(
    "why",
    Text("เหตุผลหรือเอกสารอ้างอิง", "Reason, or the paper"),
    longest=500,
    help=Text("เช่น อ่านจากราชกิจจานุเบกษา เล่ม 117 ตอนที่ 75 ก", "e.g. read in the Government Gazette"),
)
WITHDRAWAL: tuple[AnyField, ...] = (
    Line(
        "why",
        Text("เหตุผลที่ถอน", "Why it is withdrawn"),
        longest=500,
        help=Text("เช่น ประกาศฉบับนั้นยังไม่มีผล", "e.g. that notice is not in force yet"),
    ),
)


def asked_of(known: Dated) -> tuple[AnyField, ...]:
    """Return the fields for a figure."""
    law = Line(
        "law",
        Text("กฎหมาย ข้อหรือมาตรา", "Law, with its clause or section"),
        required=known.in_law,
        longest=300,
        help=Text("เขียนตามชื่อเต็ม เพราะจะแสดงในผลตรวจของทุกคำขอ", "As every request will cite it."),
    )
    since = Day(
        "since",
        Text("ใช้ตั้งแต่วันที่", "It holds from"),
        help=Text(
            "ค่าใหม่เริ่มได้ตั้งแต่วันนี้ ถ้าเพียงยืนยันค่าเดิม ใช้วันที่กฎหมายเริ่มใช้ได้",
            "A new value begins today or later. To confirm the value, give the day of the law.",
        ),
    )
    value = _value(known)
    return (*((value,) if value else ()), law, since, _WHY)


def _value(known: Dated) -> AnyField | None:
    unit, label = known.named.kind, Text("ค่า", "Value")
    if unit.fixed:
        return None
    if unit.money:
        label = Text("{label} ({unit})", "{label} ({unit})").format(label=label, unit=unit.after)
        return Money("value", label, least=unit.least, most=unit.most)
    if unit.decimals is not None:
        return Number(
            "value",
            label,
            unit=unit.after,
            least=unit.least,
            most=unit.most,
            decimals=unit.decimals,
        )
    if unit.pattern:
        help = Text(
            "นิพจน์ปรกติ (regular expression) เช่น {example}",
            "A regular expression, e.g. {example}",
        ).format(example=known.starting[0].value)
        return Line("value", label, longest=100, help=help)
    return Line("value", label, longest=20)


def values_of(known: Dated, since: date) -> dict[str, Any]:
    """Return what stands in the form before it is changed: the figure of now."""
    unit, now, value = known.named.kind, known.now, dict[str, Any]()
    if unit.decimals == 0:
        value["value"] = now.whole
    elif unit.decimals is not None:
        value["value"] = f"{now.number:.{unit.decimals}f}"
    elif not unit.fixed:
        value["value"] = now.value
    return value | {"law": now.law, "since": since.isoformat()}
