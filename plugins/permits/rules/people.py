"""Who supervises the work, and whose licences an officer looks up.

Law: Building Control Act B.E. 2522, s. 26 (no licence, no receiving of the request), s. 29
(the owner may supervise, unless the work is of a controlled profession) and s. 39 bis.
"""

import re
from typing import Literal

from core.api import Text
from kit.casework import Finding, Verdict, found, judged, missing
from kit.law import Limits, bare, figure
from kit.thai import ascii_digits
from plugins.permits.rules.asked import Asked, Person

Profession = Literal["engineer", "architect"]
PROFESSIONS: dict[Profession, Text] = {
    "engineer": Text("วิศวกร", "an engineer"),
    "architect": Text("สถาปนิก", "an architect"),
}
_SUPERVISOR = Text("ผู้ควบคุมงาน", "Supervisor")
_WHO = Text("ผู้ควบคุมงาน", "who supervises the work")
_OVERSEES = Text(
    "อาคาร {storeys} ชั้น {area} ตร.ม. ควบคุมงานโดย{who} "
    "ตั้งแต่ {limit} ชั้นต้องมีวิศวกร เกิน {most} ตร.ม. ต้องมีสถาปนิก",
    "{storeys} storeys, {area} m², supervised by {who}. From {limit} storeys an engineer is "
    "needed, over {most} m² an architect.",
)
_BY_OWNER = Text("เจ้าของอาคาร", "the owner")
_BY_PERSON = Text("ผู้ที่ไม่มีใบอนุญาต", "somebody without a licence")
_BY_BOTH = Text("วิศวกรและสถาปนิก", "an engineer and an architect")
_SIZES = Text("จำนวนชั้นหรือพื้นที่รวม", "the storeys or the area")
_LICENCES = Text("ใบอนุญาตประกอบวิชาชีพ", "Professional licences")
_LOOK_UP = Text(
    "ตรวจกับสภาวิชาชีพว่าใบอนุญาตยังใช้ได้: {list}", "To be looked up with the councils: {list}."
)
_ODD = Text(
    "ตรวจกับสภาวิชาชีพ: {list} เลขที่รูปแบบไม่ตรงกับที่ระบบรู้จัก: {odd}",
    "To be looked up with the councils: {list}. Not of a form that is known here: {odd}.",
)
_BOTH = Text("สถาปนิกและวิศวกรของการแจ้ง", "Architect and engineer of a notification")
_ALL_FOUR = Text(
    "มีสถาปนิกและวิศวกรทั้งผู้ออกแบบและผู้ควบคุมงาน",
    "Architect and engineer are named, both for the design and for supervising.",
)
_LACKING = Text(
    "การแจ้งต้องมีสถาปนิกและวิศวกรทั้งผู้ออกแบบและผู้ควบคุมงาน ยังขาด{list}",
    "A notification needs an architect and an engineer who design, and two who supervise. "
    "Lacking: {list}.",
)
_MARKS = re.compile(r"[\s./-]")


def plain_licence(typed: str) -> str:
    """Return a number of a licence without points, hyphens and blanks, in common digits."""
    return _MARKS.sub("", ascii_digits(typed))


def fits(profession: Profession, typed: str, limits: Limits) -> bool:
    """Return whether a number is of the form that a profession has."""
    pattern = limits[f"licence.{profession}"].value
    return bool(re.fullmatch(pattern, plain_licence(typed)))


def named(asked: Asked) -> list[tuple[str, Profession, Person]]:
    """Return whoever is named with a licence, by the beginning of the name of the field."""
    people: list[tuple[str, Profession, Person]] = [
        ("engineer", "engineer", asked.engineer),
        ("architect", "architect", asked.architect),
        ("supervising_engineer", "engineer", asked.supervising_engineer),
        ("supervising_architect", "architect", asked.supervising_architect),
    ]
    return [one for one in people if one[2].licence]


def supervisor(asked: Asked, limits: Limits) -> Finding:
    """Return whether who supervises may do so."""
    by = limits["supervisor.owner"]
    engineer = asked.supervising_engineer.named
    architect = asked.supervising_architect.named
    if not engineer and not architect and asked.supervisor not in ("owner", "person"):
        return missing("supervisor", _SUPERVISOR, _WHO, by)
    if asked.storeys is None or asked.area is None:
        return missing("supervisor", _SUPERVISOR, _SIZES, by)
    limit, most = limits["engineer.storeys"], limits["architect.area"]
    said = _OVERSEES.format(
        storeys=asked.storeys,
        area=figure(asked.area),
        who=_who(asked, engineer, architect),
        limit=bare(limit.number),
        most=bare(most.number),
    )
    # A threshold decides only where the one for whom it asks is not there.
    deciding = [one for one, there in ((limit, engineer), (most, architect)) if not there]
    fine = (engineer or asked.storeys < limit.number) and (architect or asked.area <= most.number)
    return judged("supervisor", _SUPERVISOR, fine, said, by, deciding)


def _who(asked: Asked, engineer: bool, architect: bool) -> Text:
    if engineer and architect:
        return _BY_BOTH
    if engineer:
        return PROFESSIONS["engineer"]
    if architect:
        return PROFESSIONS["architect"]
    return _BY_OWNER if asked.supervisor == "owner" else _BY_PERSON


def licences(asked: Asked, limits: Limits) -> Finding | None:
    """Return which licences are to be looked up; None where none is named."""
    people = named(asked)
    if not people:
        return None
    odd = [one.licence for _, what, one in people if not fits(what, one.licence, limits)]
    listed = ", ".join(f"{one.name} {one.licence}" for _, _, one in people)
    said = (_ODD if odd else _LOOK_UP).format(list=listed, odd=", ".join(odd))
    return found("licences", _LICENCES, Verdict.REFER, said, limits["designer.licence"])


def professionals(asked: Asked, limits: Limits) -> Finding:
    """Return whether a notification names all whom the Act demands for it."""
    wanted = (
        (asked.architect, Text("สถาปนิกผู้ออกแบบ", "an architect who designs")),
        (asked.engineer, Text("วิศวกรผู้ออกแบบ", "an engineer who designs")),
        (asked.supervising_architect, Text("สถาปนิกผู้ควบคุมงาน", "an architect who supervises")),
        (asked.supervising_engineer, Text("วิศวกรผู้ควบคุมงาน", "an engineer who supervises")),
    )
    by, lacking = limits["notify.people"], [what for person, what in wanted if not person.named]
    if not lacking:
        return judged("professionals", _BOTH, True, _ALL_FOUR, by)
    return judged("professionals", _BOTH, False, _LACKING.format(list=Text.joined(lacking)), by)
