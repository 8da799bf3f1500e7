"""The land: whose it is, what no form can know of it, and answers that do not fit together."""

from core.api import Text
from kit.casework import Finding, Verdict, found, missing
from kit.law import Limits, figure
from plugins.permits.rules.asked import Asked

_LAND = Text("สิทธิในที่ดิน", "Right to the land")
_OWNED = Text("แจ้งว่าเป็นที่ดินของผู้ขอ เลขที่ {deed}", "The applicant's own land, no. {deed}.")
_SHARED = Text(
    "ที่ดินมีเจ้าของร่วม เลขที่ {deed} เจ้าหน้าที่ตรวจหนังสือยินยอมของเจ้าของร่วม",
    "The land, no. {deed}, has other owners too; an officer checks their consent.",
)
_CONSENTS = Text(
    "ที่ดินของผู้อื่น เลขที่ {deed} เจ้าหน้าที่ตรวจหนังสือยินยอมของเจ้าของที่ดิน",
    "Land of somebody else, no. {deed}; an officer checks the owner's consent.",
)
_NO_CONSENT = Text(
    "ที่ดินของผู้อื่น เลขที่ {deed} และเจ้าของที่ดินยังไม่ยินยอม",
    "Land of somebody else, no. {deed}, who has not consented.",
)
_LAND_FACTS = Text("เจ้าของที่ดินหรือเลขที่เอกสารสิทธิ", "whose land it is, or the number of its deed")
_ZONING = Text("ผังเมือง", "Zoning")
_COLOUR = Text(
    "เจ้าหน้าที่ตรวจสีผังเมืองและข้อห้ามของพื้นที่จากหมุดและแผนที่",
    "An officer checks the zone of the site, and what is barred there, by the pin and the map.",
)
_ENCROACH = Text("การรุกล้ำที่สาธารณะ", "Encroachment on public land")
_LOOK = Text(
    "เจ้าหน้าที่ตรวจแนวเขตและระยะที่แจ้ง จากแผนผังบริเวณ ภาพถ่าย หรือสถานที่ ว่าไม่รุกล้ำที่สาธารณะ",
    "An officer checks the boundary and the distances given, by site plan, picture or visit.",
)
_ANSWERS = Text("คำตอบที่ไม่สอดคล้องกัน", "Answers that do not fit together")
_AGREE = Text("ไม่พบคำตอบที่ขัดกัน", "No answers contradict each other.")
_NEARER = Text(
    "อาคารห่างเขตถนน {road} ม. แต่ผนังที่ใกล้เขตที่ดินที่สุดห่าง {side} ม. เจ้าหน้าที่ตรวจว่าที่ดินเว้นระยะจากถนนหรือรุกล้ำ",
    "{road} m to the edge of the road, but {side} m from the nearest wall to the boundary; an "
    "officer checks whether the land reaches into the road.",
)
_UNANSWERED = Text("คำตอบบางข้อ", "some answers")
_DEMOLITION = Text("การรื้อถอน", "Demolition")
_APART = Text(
    "เจ้าหน้าที่ตรวจว่าการรื้อถอนนี้เข้าเกณฑ์ที่ต้องขออนุญาต และวิธีรื้อปลอดภัยต่ออาคารข้างเคียง",
    "An officer checks whether this demolition needs a permit, and that it is safe for neighbours.",
)


def land(asked: Asked, limits: Limits) -> Finding:
    """Return whether the applicant may build on the land."""
    by = limits["land.consent"]
    known = {
        "own": (Verdict.PASS, _OWNED),
        "shared": (Verdict.REFER, _SHARED),
        "consents": (Verdict.REFER, _CONSENTS),
        "no_consent": (Verdict.FAIL, _NO_CONSENT),
    }
    if asked.land_owner not in known or not asked.deed:
        return missing("land", _LAND, _LAND_FACTS, by)
    verdict, said = known[asked.land_owner]
    return found("land", _LAND, verdict, said.format(deed=asked.deed), by)


def zoning(asked: Asked, limits: Limits) -> Finding:
    """Refer: what the plan of the town allows on a spot is not known here."""
    return found("zoning", _ZONING, Verdict.REFER, _COLOUR, limits["zoning"])


def encroachment(asked: Asked, limits: Limits) -> Finding:
    """Refer: where the boundary really runs only a person on the spot can say."""
    return found("encroachment", _ENCROACH, Verdict.REFER, _LOOK, limits["encroachment"])


def demolition(asked: Asked, limits: Limits) -> Finding:
    """Refer: which demolitions need a permit depends on what stands near."""
    return found("demolition", _DEMOLITION, Verdict.REFER, _APART, limits["demolition"])


def answers(asked: Asked, limits: Limits) -> Finding:
    """Return whether distances that were given can be true together."""
    by = limits["encroachment"]
    known = [side.distance for side in asked.sides.values() if side.distance is not None]
    if not known or asked.road is None:
        return missing("answers", _ANSWERS, _UNANSWERED, by)
    if asked.road == "public" and asked.road_distance is None:
        return missing("answers", _ANSWERS, _UNANSWERED, by)
    if asked.road == "public" and asked.road_distance is not None:
        nearest = min(known)
        if asked.road_distance < nearest:
            said = _NEARER.format(road=figure(asked.road_distance), side=figure(nearest))
            return found("answers", _ANSWERS, Verdict.REFER, said, by)
    return found("answers", _ANSWERS, Verdict.PASS, _AGREE, by)
