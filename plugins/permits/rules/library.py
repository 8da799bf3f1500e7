"""What a standard plan must be before the office offers it, and which figures cannot be."""

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Literal, get_args

from core.api import Text
from plugins.permits.rules.plans import Plan

What = Literal["drawings", "calculations", "picture"]
WHATS: tuple[What, ...] = get_args(What)
# Megabytes that are taken of each.
LARGEST: Mapping[What, int] = {"drawings": 60, "calculations": 20, "picture": 20}

CODE = re.compile("[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?")
# "new" is a page of the desk; the others stand for something else among the plans of a form.
RESERVED = frozenset({"new", "own", "other", "none"})
# Metres. No storey is lower, so that a height that is less than all of them is a slip.
LOWEST_STOREY = 2

WRONG_CODE = Text(
    "รหัสใช้ตัวอักษรอังกฤษตัวเล็ก ตัวเลข และขีด 1 ถึง 40 ตัว เช่น dpt-120 และต้องไม่ใช่ {reserved}",
    "A code is 1 to 40 small English letters, digits and hyphens, e.g. dpt-120, and none of "
    "{reserved}.",
).format(reserved=", ".join(sorted(RESERVED)))
_BEYOND_AREA = Text(
    "ชั้นที่ใหญ่ที่สุด {footprint} ตร.ม. ใหญ่กว่าพื้นที่รวมทุกชั้น {area} ตร.ม. ตรวจตัวเลขทั้งสอง",
    "The largest floor, {footprint} sq m, is larger than all floors together, {area} sq m. Check "
    "both figures.",
)
_BEYOND_FLOORS = Text(
    "{storeys} ชั้น ชั้นละไม่เกิน {footprint} ตร.ม. รวมได้ไม่เกิน {most} ตร.ม. แต่กรอก {area} ตร.ม. "
    "ตรวจตัวเลขอีกครั้ง",
    "{storeys} storeys of at most {footprint} sq m make at most {most} sq m, and {area} sq m was "
    "given. Check the figures.",
)
_BEYOND_GROUND = Text(
    "ชั้นที่ใหญ่ที่สุด {footprint} ตร.ม. ไม่ลงในกว้าง {width} x ลึก {depth} เมตร ซึ่งได้ {most} ตร.ม. "
    "ตรวจตัวเลขอีกครั้ง",
    "A floor of {footprint} sq m does not lie within {width} x {depth} m, which is {most} sq m. "
    "Check the figures.",
)
_TOO_LOW = Text(
    "ความสูง {height} เมตร ต่ำเกินไปสำหรับ {storeys} ชั้น ตรวจตัวเลขทั้งสอง",
    "A height of {height} m is too low for {storeys} storeys. Check both figures.",
)


def is_code(code: str) -> bool:
    """Return whether a plan may be called so."""
    return CODE.fullmatch(code) is not None and code not in RESERVED


def figure(number: Decimal | int) -> str:
    """Return a figure as pages show it: ``1,250.5``, no zeros after the last decimal."""
    return f"{Decimal(number).normalize():,f}"


def faults(plan: Plan) -> Iterator[tuple[str, Text]]:
    """Yield the field and what is wrong with it, for figures that contradict each other.

    A cellar counts to no storey, so that a plan with one is not taken: its area cannot be
    told from a slip.
    """
    known = {
        name: figure(getattr(plan, name))
        for name in ("storeys", "area", "footprint", "height", "width", "depth")
    }
    if plan.footprint > plan.area:
        yield "footprint", _BEYOND_AREA.format(**known)
    elif plan.area > (most := plan.footprint * plan.storeys):
        yield "area", _BEYOND_FLOORS.format(**known, most=figure(most))
    if plan.footprint > (most := plan.width * plan.depth):
        yield "width", _BEYOND_GROUND.format(**known, most=figure(most))
    if plan.height < LOWEST_STOREY * plan.storeys:
        yield "height", _TOO_LOW.format(**known)
