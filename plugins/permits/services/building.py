"""The building: a standard plan of the office, or the figures of own drawings."""

from collections.abc import Sequence

from core.api import Text
from kit.forms import AnyField, Choice, Number, Option, When
from kit.law import Limits, bare
from plugins.permits.rules.asked import OWN
from plugins.permits.rules.plans import Plan

_BUILDING = Text("แบบอาคาร", "The plan")
_SQUARE = Text("ตารางเมตร", "square metres")
_ROOM = 10_000_000
_AREA = (
    Text("พื้นที่รวมทุกชั้น", "Area of all floors"),
    Text("ถ้ามีหลายหลัง รวมทุกหลัง", "Of several buildings the sum."),
)
_HEIGHT = (
    Text("ความสูง", "Height"),
    Text("จากพื้นดินถึงส่วนที่สูงที่สุด", "From the ground to the highest part."),
)
_FOOTPRINT = (
    Text("พื้นที่ชั้นที่กว้างที่สุด", "Area of the largest floor"),
    Text(
        "บ้านชั้นเดียวเท่ากับพื้นที่รวม ถ้ามีหลายหลัง รวมทุกหลัง",
        "Of one storey the same as the area; of several buildings the sum.",
    ),
)
# Of many plans a list to open is made, which shows the label alone.
_PLAN = Text("{title} – {storeys} ชั้น {area} ตร.ม.", "{title}: {storeys} storeys, {area} m²")
_MEASURES = Text(
    "กว้าง {width} ม. ลึก {depth} ม. สูง {height} ม.", "{width} by {depth} m, {height} m high"
)


def by_own(plans: Sequence[Plan]) -> When | None:
    """Return where own drawings are used: wherever there is no plan to choose."""
    return When("plan", (OWN,)) if plans else None


def building(plans: Sequence[Plan]) -> tuple[AnyField, ...]:
    """Return the questions about the building.

    :param plans: those to choose from, at most 99.
    """
    return (*_chosen(plans), *_sizes(by_own(plans)), *_designer(by_own(plans)))


def larger_building(plans: Sequence[Plan], limits: Limits) -> tuple[AnyField, ...]:
    """Return the questions about a building that may be more than a house."""
    by = by_own(plans)
    return (*_chosen(plans), *_sizes(by), *_charged_apart(by, limits), *_designer(by))


def _charged_apart(when: When | None, limits: Limits) -> tuple[AnyField, ...]:
    load = bare(limits["fee.load"].number)
    return (
        Choice(
            "load",
            Text("พื้นรับน้ำหนักบรรทุก", "Load on a floor"),
            options=(
                Option(
                    "common",
                    Text(f"ไม่เกิน {load} กก. ต่อ ตร.ม.", f"Up to {load} kg on a square metre"),
                ),
                Option("heavy", Text(f"เกิน {load} กก. ต่อ ตร.ม.", f"Over {load} kg")),
            ),
            help=Text("บ้านและร้านค้าทั่วไปไม่เกิน", "A house or common shop has less."),
            when=when,
            step=_BUILDING,
        ),
        Number(
            "parking_area",
            Text("ที่จอดรถและทางวิ่งที่คิดพื้นที่แยก", "Parking and driveways counted separately"),
            unit=_SQUARE,
            most=_ROOM,
            decimals=2,
            required=False,
            when=when,
            step=_BUILDING,
        ),
    )


def sizes() -> tuple[AnyField, ...]:
    """Return the questions about a building whose designers are named in any case."""
    return _sizes(None)


def _chosen(plans: Sequence[Plan]) -> tuple[AnyField, ...]:
    if not plans:
        return ()
    own = Option(
        OWN,
        Text("ใช้แบบของตนเอง", "Own drawings"),
        Text("รวมถึงงานดัดแปลงและรื้อถอน", "Also to alter and to demolish"),
    )
    return (
        Choice(
            "plan",
            Text("แบบบ้าน", "Plan of the house"),
            options=(*(_option(plan) for plan in plans), own),
            help=Text(
                "แบบมาตรฐานตรวจไว้แล้ว ไม่ต้องแนบแบบและรายการคำนวณ",
                "A standard plan was checked before: no drawings or calculations to attach.",
            ),
            step=_BUILDING,
        ),
    )


def _option(plan: Plan) -> Option:
    label = _PLAN.format(title=plan.title, storeys=plan.storeys, area=bare(plan.area))
    lengths = {name: bare(getattr(plan, name)) for name in ("width", "depth", "height")}
    return Option(plan.code, label, _MEASURES.format(**lengths))


def _sizes(when: When | None) -> tuple[AnyField, ...]:
    return (
        Number(
            "storeys",
            Text("จำนวนชั้น", "Storeys"),
            help=Text(
                "ไม่นับชั้นใต้ดิน ถ้ารื้อถอน กรอกของอาคารที่จะรื้อ",
                "Above ground. To demolish, of the building that goes.",
            ),
            unit=Text("ชั้น", "storeys"),
            least=1,
            most=200,
            when=when,
            step=_BUILDING,
        ),
        _size("area", *_AREA, _SQUARE, when),
        _size("height", *_HEIGHT, Text("เมตร", "metres"), when),
        _size("footprint", *_FOOTPRINT, _SQUARE, when),
    )


def _size(name: str, label: Text, help: Text, unit: Text, when: When | None) -> Number:
    return Number(
        name, label, help=help, unit=unit, most=_ROOM, decimals=2, when=when, step=_BUILDING
    )


def _designer(when: When | None) -> tuple[AnyField, ...]:
    return (
        Choice(
            "designer",
            Text("ใครออกแบบ หรือกำหนดวิธีรื้อถอน", "Who designed it, or the demolition"),
            options=(
                Option(
                    "engineer",
                    Text("วิศวกร", "An engineer"),
                    Text("ลงนามรายการคำนวณ", "Signs the calculations"),
                ),
                Option("architect", Text("สถาปนิก", "An architect")),
                Option("both", Text("วิศวกรและสถาปนิก", "An engineer and an architect")),
                Option("unlicensed", Text("ผู้ที่ไม่มีใบอนุญาต", "Somebody without a licence")),
            ),
            when=when,
            step=_BUILDING,
        ),
    )
