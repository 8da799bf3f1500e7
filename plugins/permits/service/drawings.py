"""Made-up drawings and calculations for the plans of the demonstration, as PDF."""

from collections.abc import Sequence

import msgspec

from core.api import Context
from kit import documents
from kit.documents import General, Paper, Row, Table
from plugins.permits.rules.library import figure
from plugins.permits.rules.plans import Plan

_WARNING = "ตัวอย่างสาธิต ไม่ใช่แบบของหน่วยงานใด ห้ามใช้ก่อสร้าง"


class Room(msgspec.Struct, frozen=True, kw_only=True):
    """A room as a rectangle, in metres from the left and from the back of its floor."""

    name: str
    x: float
    y: float
    width: float
    depth: float

    @property
    def sides(self) -> str:
        """Its width and depth."""
        return f"{self.width:g} x {self.depth:g} ม."


class Floor(msgspec.Struct, frozen=True, kw_only=True):
    """The rooms of a floor."""

    title: str
    rooms: Sequence[Room]


class DrawnRoom(msgspec.Struct, frozen=True, kw_only=True):
    """A room with its words."""

    name: str
    size: str
    x: float
    y: float
    width: float
    depth: float


class DrawnFloor(msgspec.Struct, frozen=True, kw_only=True):
    """A floor with its words."""

    title: str
    measure: str
    width: float
    depth: float
    rooms: Sequence[DrawnRoom]


class Drawings(Paper, frozen=True, kw_only=True):
    """A drawing for each floor, and its rooms in words."""

    warning: str
    rows: Sequence[Row]
    floors: Sequence[DrawnFloor]
    table: Table


async def drawings_pdf(ctx: Context, plan: Plan, floors: Sequence[Floor]) -> bytes:
    """Return the floor plans of a house."""
    cells = [
        [f"{floor.title} {room.name}", room.sides, f"{room.width * room.depth:.2f}"]
        for floor in floors
        for room in floor.rooms
    ]
    contents = Drawings(
        **documents.stamp(ctx, number="", verify=None),
        title=f"แบบแปลน {plan.code}",
        warning=_WARNING,
        rows=_rows(plan),
        floors=[_drawn(plan, floor) for floor in floors],
        table=Table(heads=("ห้อง", "ขนาด", "ตร.ม."), rows=cells, numbers=(2,), caption="รายการห้อง"),
    )
    return await documents.print_at_once(ctx, "permits/plan.typ", contents)


async def calculations_pdf(ctx: Context, plan: Plan) -> bytes:
    """Return a sheet that stands where calculations would."""
    contents = General(
        **documents.stamp(ctx, number="", verify=None),
        title=f"รายการคำนวณ {plan.code}",
        rows=_rows(plan),
        paragraphs=(_WARNING, "เอกสารนี้แสดงตำแหน่งของรายการคำนวณเท่านั้น ไม่มีการคำนวณจริง"),
    )
    return await documents.print_at_once(ctx, "general", contents)


def _rows(plan: Plan) -> list[Row]:
    return [
        Row("แบบบ้าน", plan.title.th),
        Row("จำนวนชั้น", str(plan.storeys)),
        Row("พื้นที่รวมทุกชั้น", f"{figure(plan.area)} ตร.ม."),
        Row("ตัวบ้าน", f"กว้าง {figure(plan.width)} เมตร ลึก {figure(plan.depth)} เมตร"),
        Row("ความสูง", f"{figure(plan.height)} เมตร"),
        Row("ผู้จัดทำแบบ", plan.source.th),
    ]


def _drawn(plan: Plan, floor: Floor) -> DrawnFloor:
    return DrawnFloor(
        title=floor.title,
        measure=f"กว้าง {figure(plan.width)} ม. ลึก {figure(plan.depth)} ม. ถนนอยู่ด้านล่าง",
        width=float(plan.width),
        depth=float(plan.depth),
        rooms=[DrawnRoom(size=room.sides, **msgspec.structs.asdict(room)) for room in floor.rooms],
    )
