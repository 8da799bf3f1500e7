"""What the drawings must show, and who must have signed them.

A standard plan was checked once for all, so of it only the site is left to judge
(Building Control Act B.E. 2522, s. 13 bis (4)). What a licensed engineer has reckoned is not
reckoned again, nor the interior by a licensed architect (s. 28 and 28 bis).
"""

from core.api import Text
from kit.casework import Finding, Verdict, found, judged, missing
from kit.law import Limits, bare, figure
from plugins.permits.rules.asked import Asked

_DRAWINGS = Text("แบบแปลน", "Drawings")
_BY_PLAN = Text(
    "ใช้แบบมาตรฐาน {plan} ซึ่งตรวจแบบและรายการคำนวณไว้แล้ว",
    "Standard plan {plan}, whose drawings and calculations were checked before.",
)
_OWN = Text("แบบของผู้ขอ เจ้าหน้าที่ตรวจแบบแปลน", "The applicant's own drawings; an officer checks them.")
_NO_PLAN = Text("ยังไม่ทราบว่าใช้แบบใด เจ้าหน้าที่เป็นผู้พิจารณา", "The plan is not known; an officer judges.")
_ROOMS = Text("ขนาดห้อง", "Sizes of rooms")
_LEAST = Text(
    "ตรวจจากแบบ: ห้องนอนกว้าง {bedroom} ม. และ {bedroom_area} ตร.ม. ขึ้นไป เพดานสูง {ceiling} ม. "
    "ห้องน้ำ {bathroom} ตร.ม. บันไดกว้าง {stair} ม. ขึ้นไป เกณฑ์เหล่านี้ยังไม่ได้ตรวจกับตัวบท",
    "To be read from the drawings: bedrooms {bedroom} m wide and {bedroom_area} m², ceilings "
    "{ceiling} m, bathrooms {bathroom} m², stairs {stair} m at least. Not yet read in the law.",
)
_LEAST_READ = Text(
    "ตรวจจากแบบ: ห้องนอนกว้าง {bedroom} ม. และ {bedroom_area} ตร.ม. ขึ้นไป เพดานสูง {ceiling} ม. "
    "ห้องน้ำ {bathroom} ตร.ม. บันไดกว้าง {stair} ม. ขึ้นไป",
    "To be read from the drawings: bedrooms {bedroom} m wide and {bedroom_area} m², ceilings "
    "{ceiling} m, bathrooms {bathroom} m², stairs {stair} m at least.",
)
_ENGINEER = Text("วิศวกรและรายการคำนวณ", "Engineer and calculations")
_HAS_ENGINEER = Text(
    "มีวิศวกรลงนามรายการคำนวณ {name} เลขใบอนุญาต {licence}",
    "An engineer signs the calculations: {name}, licence {licence}.",
)
_STOREYS = Text(
    "อาคาร {given} ชั้น ไม่มีวิศวกร ตั้งแต่ {limit} ชั้นขึ้นไปต้องมีรายการคำนวณและวิศวกร",
    "{given} storeys without an engineer; from {limit} on calculations and an engineer are needed.",
)
_PUBLIC = Text(
    "อาคารสาธารณะหรืออาคารพิเศษต้องมีรายการคำนวณที่วิศวกรลงนาม แต่ไม่ได้แจ้งชื่อวิศวกร",
    "A public or special building needs calculations that an engineer signs; none is named.",
)
_STOREY_FACT = Text("จำนวนชั้น", "the storeys")
_ARCHITECT = Text("สถาปนิก", "Architect")
_HAS_ARCHITECT = Text(
    "มีสถาปนิกเป็นผู้ออกแบบ {name} เลขใบอนุญาต {licence}",
    "An architect designs it: {name}, licence {licence}.",
)
_AREA = Text(
    "พื้นที่ {given} ตร.ม. ไม่มีสถาปนิก เกิน {limit} ตร.ม. ต้องมีสถาปนิก",
    "{given} m² without an architect; over {limit} m² one is needed.",
)
_AREA_FACT = Text("พื้นที่รวม", "the area")
_HEIGHT = Text("ความสูงและขนาดอาคาร", "Height and size")
_TALL = Text(
    "สูง {height} ม. พื้นที่ {area} ตร.ม. อาคารสูงเริ่มที่ {tall} ม. อาคารขนาดใหญ่พิเศษเริ่มที่ {large} ตร.ม.",
    "{height} m high, {area} m²; tall buildings begin at {tall} m, very large ones at {large} m².",
)
_SIZE_FACT = Text("ความสูงหรือพื้นที่รวม", "the height or the area")


def drawings(asked: Asked, limits: Limits) -> Finding:
    """Return whether the drawings are known to be right."""
    by = limits["plan.standard"]
    if asked.plan is not None:
        return _by_plan("drawings", _DRAWINGS, asked, limits)
    said = _OWN if asked.own else _NO_PLAN
    return found("drawings", _DRAWINGS, Verdict.REFER, said, by)


def rooms(asked: Asked, limits: Limits) -> Finding:
    """Return the least sizes of rooms, which only an officer can read from own drawings."""
    if asked.plan is not None:
        return _by_plan("rooms", _ROOMS, asked, limits)
    least = {
        "bedroom": limits["room.bedroom.width"],
        "bedroom_area": limits["room.bedroom.area"],
        "ceiling": limits["room.ceiling"],
        "bathroom": limits["room.bathroom"],
        "stair": limits["room.stair"],
    }
    words = _LEAST_READ if all(one.verified for one in least.values()) else _LEAST
    said = words.format(**{name: figure(one.number) for name, one in least.items()})
    return found("rooms", _ROOMS, Verdict.REFER, said, least["bedroom"])


def engineer(asked: Asked, limits: Limits) -> Finding:
    """Return whether an engineer has signed where the building needs it."""
    if asked.plan is not None:
        return _by_plan("engineer", _ENGINEER, asked, limits)
    by, special = limits["engineer.storeys"], limits["calculations.uses"]
    if asked.engineer.named:
        said = _HAS_ENGINEER.format(name=asked.engineer.name, licence=asked.engineer.licence)
        return found("engineer", _ENGINEER, Verdict.PASS, said, limits["designer.unchecked"])
    if asked.use is not None and asked.use in special.value.split():
        return judged("engineer", _ENGINEER, False, _PUBLIC, special)
    if asked.storeys is None:
        return missing("engineer", _ENGINEER, _STOREY_FACT, by)
    said = _STOREYS.format(given=asked.storeys, limit=bare(by.number))
    return judged("engineer", _ENGINEER, asked.storeys < by.number, said, by)


def architect(asked: Asked, limits: Limits) -> Finding:
    """Return whether an architect has designed it where the building needs it."""
    if asked.plan is not None:
        return _by_plan("architect", _ARCHITECT, asked, limits)
    by = limits["architect.area"]
    if asked.architect.named:
        said = _HAS_ARCHITECT.format(name=asked.architect.name, licence=asked.architect.licence)
        return found("architect", _ARCHITECT, Verdict.PASS, said, limits["designer.unchecked"])
    if asked.area is None:
        return missing("architect", _ARCHITECT, _AREA_FACT, by)
    said = _AREA.format(given=figure(asked.area), limit=bare(by.number))
    return judged("architect", _ARCHITECT, asked.area <= by.number, said, by)


def height(asked: Asked, limits: Limits) -> Finding:
    """Return whether it is a tall or very large building, for which other rules hold too."""
    tall, large = limits["height.tall"], limits["area.very_large"]
    if asked.height is None or asked.area is None:
        return missing("height", _HEIGHT, _SIZE_FACT, tall)
    said = _TALL.format(
        height=figure(asked.height),
        area=figure(asked.area),
        tall=figure(tall.number),
        large=bare(large.number),
    )
    common = asked.height < tall.number and asked.area < large.number
    if common:
        return judged("height", _HEIGHT, True, said, tall, (large,))
    return found("height", _HEIGHT, Verdict.REFER, said, tall)


def _by_plan(rule: str, title: Text, asked: Asked, limits: Limits) -> Finding:
    plan = asked.plan.title if asked.plan else Text("", "")
    return found(rule, title, Verdict.PASS, _BY_PLAN.format(plan=plan), limits["plan.standard"])
