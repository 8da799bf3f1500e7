"""How far a building must stand from public roads and public water.

Law: Ministerial Regulation no. 55 (B.E. 2543) under the Building Control Act.
"""

from decimal import Decimal

from core.api import Text
from kit.casework import Finding, Verdict, found, judged, missing
from kit.law import Entry, Limits, figure
from plugins.permits.rules.asked import Asked

_ROAD = Text("ระยะร่นจากถนนสาธารณะ", "Distance to the public road")
_NO_ROAD = Text("แจ้งว่าที่ดินไม่ติดถนนสาธารณะ", "The land is said not to adjoin a public road.")
_PRIVATE = Text(
    "แจ้งว่าเป็นถนนส่วนบุคคล เจ้าหน้าที่ตรวจว่าถนนไม่ใช่ทางสาธารณะ",
    "The road is said to be private; an officer checks that it is not public.",
)
_CENTRE = Text(
    "ถนนกว้าง {width} ม. อาคารห่างกึ่งกลางถนน {given} ม. ต้องไม่น้อยกว่า {limit} ม.",
    "The road is {width} m wide and the building {given} m from its centre; at least {limit} m.",
)
_EDGE = Text(
    "ถนนกว้าง {width} ม. อาคารห่างเขตถนน {given} ม. ต้องไม่น้อยกว่า {limit} ม.",
    "The road is {width} m wide and the building {given} m from its edge; at least {limit} m.",
)
_BETWEEN = Text(
    "ถนนกว้าง {width} ม. บ้านห่างกึ่งกลางถนน {given} ม. ตารางระยะร่นไม่ได้กำหนดกรณีนี้ เจ้าหน้าที่เป็นผู้พิจารณา",
    "The road is {width} m wide and the house {given} m from its centre; the table of distances "
    "has no line for this, and an officer judges.",
)
_ROAD_FACTS = Text("ถนนหรือระยะถึงเขตถนน", "the road, or the distance to its edge")
_CLASS_FACTS = Text("จำนวนชั้นหรือความสูง", "the storeys or the height")
_WATER = Text("ระยะร่นจากแหล่งน้ำสาธารณะ", "Distance to public water")
_NO_WATER = Text("แจ้งว่าที่ดินไม่ติดแหล่งน้ำสาธารณะ", "The land is said not to adjoin public water.")
_SHORE = Text(
    "แหล่งน้ำกว้าง {width} ม. อาคารห่างเขตแหล่งน้ำ {given} ม. ต้องไม่น้อยกว่า {limit} ม.",
    "The water is {width} m wide and the building {given} m from it; at least {limit} m.",
)
_WATER_FACTS = Text("ความกว้างหรือระยะถึงแหล่งน้ำ", "the width of the water, or the distance to it")


def road(asked: Asked, limits: Limits) -> Finding:
    """Return whether the building keeps its distance to a public road, by its width."""
    by = limits["road.narrow.centre"]
    if asked.road == "none":
        return found("road", _ROAD, Verdict.PASS, _NO_ROAD, by)
    if asked.road == "private":
        return found("road", _ROAD, Verdict.REFER, _PRIVATE, by)
    width, edge = asked.road_width, asked.road_distance
    if asked.road is None or width is None or edge is None:
        return missing("road", _ROAD, _ROAD_FACTS, by)
    wide, middle = limits["road.wide.width"], limits["road.class.width"]
    if width > wide.number:
        limit = limits["road.wide.edge"]
        return _from_edge(width, edge, limit.number, limit, (wide,))
    if width >= middle.number:
        share = limits["road.middle.share"]
        return _from_edge(width, edge, width * share.number, share, (middle, wide))
    return _from_centre(asked, width, edge + width / 2, limits)


def _from_edge(
    width: Decimal, edge: Decimal, need: Decimal, by: Entry, also: tuple[Entry, ...]
) -> Finding:
    said = _EDGE.format(width=figure(width), given=figure(edge), limit=figure(need))
    return judged("road", _ROAD, edge >= need, said, by, also)


def _from_centre(asked: Asked, width: Decimal, centre: Decimal, limits: Limits) -> Finding:
    narrow, small = limits["road.narrow.width"], limits["road.narrow.centre"]
    other, classed = limits["road.class.centre"], limits["road.class.width"]
    # Which class a house is of was not read in the law: it decides only between the two limits.
    classes = (limits["road.class.storeys"], limits["road.class.height"])

    def said(limit: Entry) -> Text:
        return _CENTRE.format(width=figure(width), given=figure(centre), limit=figure(limit.number))

    if centre >= other.number:
        return judged("road", _ROAD, True, said(other), other, (classed,))
    if width < narrow.number and centre < small.number:
        return judged("road", _ROAD, False, said(small), small, (narrow,))
    is_small = _is_small(asked, *classes)
    if is_small is None:
        return missing("road", _ROAD, _CLASS_FACTS, other)
    if not is_small:
        return judged("road", _ROAD, False, said(other), other, (classed, *classes))
    if width < narrow.number:
        return judged("road", _ROAD, True, said(small), small, (narrow, *classes))
    between = _BETWEEN.format(width=figure(width), given=figure(centre))
    return found("road", _ROAD, Verdict.REFER, between, small)


def _is_small(asked: Asked, storeys: Entry, height: Entry) -> bool | None:
    if asked.use is None or asked.storeys is None or asked.height is None:
        return None
    low = asked.storeys <= storeys.number and asked.height <= height.number
    return asked.use == "house" and low


def water(asked: Asked, limits: Limits) -> Finding:
    """Return whether the building keeps its distance to public water, by its width."""
    bound = limits["water.width"]
    if asked.water == "no":
        return found("water", _WATER, Verdict.PASS, _NO_WATER, bound)
    width, distance = asked.water_width, asked.water_distance
    if asked.water is None or width is None or distance is None:
        return missing("water", _WATER, _WATER_FACTS, bound)
    limit = limits["water.narrow"] if width < bound.number else limits["water.wide"]
    said = _SHORE.format(width=figure(width), given=figure(distance), limit=figure(limit.number))
    return judged("water", _WATER, distance >= limit.number, said, limit, (bound,))
