"""How near a building may stand to its neighbours, and how much of the land stays open.

Law: Ministerial Regulation no. 55 (B.E. 2543) under the Building Control Act, clause 50.
"""

from collections.abc import Iterator
from decimal import Decimal

from core.api import Text
from kit.casework import Finding, Verdict, found, judged, missing
from kit.law import Limits, bare, figure
from plugins.permits.rules.asked import SIDES, Asked, Side

_TITLE = Text("ระยะ{side}ถึงเขตที่ดิน", "Distance to the boundary, {side}")
_OPENINGS = Text(
    "ผนัง{side}มีช่องเปิด ห่างเขตที่ดิน {given} ม. ต้องไม่น้อยกว่า {limit} ม.",
    "The {side} wall has openings and stands {given} m from the boundary; at least {limit} m.",
)
_SOLID = Text(
    "ผนัง{side}เป็นผนังทึบ ห่างเขตที่ดิน {given} ม. ต้องไม่น้อยกว่า {limit} ม.",
    "The {side} wall is solid and stands {given} m from the boundary; at least {limit} m.",
)
_CONSENT = Text(
    "ผนัง{side}เป็นผนังทึบ ห่างเขตที่ดิน {given} ม. น้อยกว่า {limit} ม. และแจ้งว่าเพื่อนบ้านยินยอมเป็นหนังสือ "
    "เจ้าหน้าที่ตรวจหนังสือยินยอม",
    "The solid {side} wall stands {given} m from the boundary, under {limit} m, and the neighbour "
    "is said to consent in writing; an officer checks the letter.",
)
_TALL = Text(
    "อาคารสูง {height} ม. ถึงเกณฑ์อาคารสูง {limit} ม. ระยะถึงเขตที่ดินเป็นไปตามเกณฑ์อื่น เจ้าหน้าที่เป็นผู้พิจารณา",
    "At {height} m it is a tall building ({limit} m); other distances hold, and an officer judges.",
)
_WALL = Text("ชนิดผนังหรือระยะ{side}", "the wall or the distance, {side}")
_HEIGHT = Text("ความสูงของอาคาร", "the height of the building")
_OPEN = Text("ที่ว่างบนที่ดิน", "Open space on the land")
_SPACE = Text(
    "ที่ว่าง {given} ตร.ม. ต้องไม่น้อยกว่า {percent}% ของพื้นที่ชั้นที่กว้างที่สุด คือ {limit} ตร.ม.",
    "{given} m² stay open; at least {percent}% of the largest floor, which is {limit} m².",
)
_SIZES = Text("ขนาดที่ดินหรือพื้นที่ที่อาคารปกคลุม", "the size of the land, or what buildings cover")
_OTHER_USE = Text(
    "เกณฑ์ที่ว่างของอาคารประเภทนี้ เจ้าหน้าที่เป็นผู้พิจารณา",
    "The open space of a building of this use is for an officer to judge.",
)


def setbacks(asked: Asked, limits: Limits) -> Iterator[Finding]:
    """Yield what is found of each of the four sides."""
    for side in SIDES:
        yield setback(asked, side, limits)


def setback(asked: Asked, side: str, limits: Limits) -> Finding:
    """Return what is found of the wall on one side, by its openings and the height."""
    rule, name = f"setback-{side}", SIDES[side]
    title = _TITLE.format(side=name)
    wall = asked.sides.get(side, Side())
    low, tall = limits["setback.openings.low"], limits["height.tall"]
    if wall.wall is None or wall.distance is None:
        return missing(rule, title, _WALL.format(side=name), low)
    if asked.height is None:
        return missing(rule, title, _HEIGHT, low)
    if asked.height >= tall.number:
        said = _TALL.format(height=figure(asked.height), limit=figure(tall.number))
        return found(rule, title, Verdict.REFER, said, tall)
    bound = limits["setback.openings.low_height"]
    limit = low if asked.height <= bound.number else limits["setback.openings.high"]
    if wall.wall == "solid" and wall.distance < limit.number:
        return _solid(asked, side, wall.distance, limits)
    # A solid wall that stands as far off as one with openings must is fine by either limit.
    given = {"side": name, "given": figure(wall.distance), "limit": figure(limit.number)}
    said = (_OPENINGS if wall.wall == "openings" else _SOLID).format(**given)
    return judged(rule, title, wall.distance >= limit.number, said, limit, (bound,))


def _solid(asked: Asked, side: str, distance: Decimal, limits: Limits) -> Finding:
    limit = limits["setback.solid"]
    given = {"side": SIDES[side], "given": figure(distance), "limit": figure(limit.number)}
    rule, title = f"setback-{side}", _TITLE.format(side=SIDES[side])
    fine = distance >= limit.number
    if not fine and asked.neighbour == "consent":
        return found(rule, title, Verdict.REFER, _CONSENT.format(**given), limit)
    return judged(rule, title, fine, _SOLID.format(**given), limit)


def open_space(asked: Asked, limits: Limits) -> Finding:
    """Return whether enough of the land stays open, as a share of what buildings cover."""
    percent = limits["open.percent"]
    if asked.land is None or asked.footprint is None or asked.others is None:
        return missing("open-space", _OPEN, _SIZES, percent)
    if asked.use != "house":
        return found("open-space", _OPEN, Verdict.REFER, _OTHER_USE, percent)
    covered = asked.footprint + asked.others
    space, need = asked.land - covered, covered * percent.number / 100
    said = _SPACE.format(given=figure(space), percent=bare(percent.number), limit=figure(need))
    return judged("open-space", _OPEN, space >= need, said, percent)
