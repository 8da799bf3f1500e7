"""How urgent a request for help is: depth of the water × vulnerability + time waited.

Arithmetic alone, of figures that an office can change. Every part is said in words, so that
whoever is asked why somebody else was helped first has the answer on the page.
The formula is that of the project (inference; no law sets it).
"""

from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal

import msgspec

from contrib.disaster.rules.households import FLAGS
from core.api import Text
from kit.law import Limits, bare

_CENT = Decimal("0.01")
_DEPTH = Text("ระดับน้ำเหนือพื้นบ้าน", "Water above the floor")
_WEIGHT = Text("ความเปราะบางของครัวเรือน", "Vulnerability of the household")
_WAITING = Text("เวลาที่รอ", "Time waited")
_BY_ZONE = Text("{zone} น้ำสูง {cm} ซม.", "{zone}: water {cm} cm high")
_BY_CALLER = Text("ผู้ขอแจ้งว่าน้ำสูง {cm} ซม.", "The caller says {cm} cm of water")
_UNKNOWN = Text("ไม่ทราบระดับน้ำที่จุดนี้", "The depth here is not known")
_FLOOR = Text(
    "{said} พื้นบ้านสูง {floor} ซม. เหลือ {above} ซม.",
    "{said}, the floor is {floor} cm high, which leaves {above} cm",
)
_COUNTED = Text("{said} คิด {counted} ซม. × {each} คะแนน", "{said}; {counted} cm × {each} points")
_NOBODY = Text("เริ่มที่ 1 ไม่มีผู้เปราะบาง", "1, nobody vulnerable")
_PEOPLE = Text("{flag} {count} คน +{more}", "{flag} {count}: +{more}")
_SUMMED = Text("เริ่มที่ 1 {people}", "1, {people}")
_CAPPED = Text("{said} คิดไม่เกิน {most}", "{said}, counted up to {most}")
_WAITED = Text(
    "รอ {hours} ชั่วโมง {minutes} นาที × {each} คะแนนต่อชั่วโมง",
    "{hours} h {minutes} min × {each} points an hour",
)


class Facts(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of a request.

    :param zone: name of the zone with the deepest water at the place; empty where there is none.
    :param zone_cm: of the water there.
    :param told_cm: what the caller says; None where it was not said.
    :param floor_cm: of the house above the ground.
    :param flags: how many people have which flag.
    :param waited_minutes: since it was asked.
    """

    zone: str = ""
    zone_cm: int = 0
    told_cm: int | None = None
    floor_cm: int = 0
    flags: Mapping[str, int] = {}
    waited_minutes: int = 0


class Part(msgspec.Struct, frozen=True):
    """A part of a score: what it is, how it was reckoned, and what it comes to."""

    title: Text
    words: Text
    points: Decimal


class Score(msgspec.Struct, frozen=True, kw_only=True):
    """How urgent a request is: ``depth.points * weight.points + waiting.points``."""

    depth: Part
    weight: Part
    waiting: Part

    @property
    def total(self) -> Decimal:
        """The whole of it, with two decimals."""
        whole = self.depth.points * self.weight.points + self.waiting.points
        return whole.quantize(_CENT, ROUND_HALF_UP)

    @property
    def parts(self) -> tuple[Part, ...]:
        """All of it, in the order of the formula."""
        return (self.depth, self.weight, self.waiting)

    @property
    def formula(self) -> str:
        """The figures as they are put together: ``120 × 2.5 + 40 = 340``."""
        depth, weight, waiting = (bare(part.points) for part in self.parts)
        return f"{depth} × {weight} + {waiting} = {bare(self.total)}"


def score(facts: Facts, limits: Limits) -> Score:
    """Return how urgent a request is, by the figures of a day."""
    return Score(
        depth=_depth(facts, limits),
        weight=_weight(facts.flags, limits),
        waiting=_waiting(facts.waited_minutes, limits),
    )


def _depth(facts: Facts, limits: Limits) -> Part:
    told = facts.told_cm
    ground = max(facts.zone_cm if facts.zone else 0, told or 0)
    if told is not None and told == ground:
        said = _BY_CALLER.format(cm=told)
    elif facts.zone:
        said = _BY_ZONE.format(zone=facts.zone, cm=ground)
    else:
        said = _UNKNOWN
    above = max(ground - facts.floor_cm, 0)
    if facts.floor_cm:
        said = _FLOOR.format(said=said, floor=facts.floor_cm, above=above)
    least, most = limits["depth.least"].number, limits["depth.most"].number
    counted = min(max(Decimal(above), least), max(least, most))
    each = limits["depth.points"].number
    words = _COUNTED.format(said=said, counted=bare(counted), each=bare(each))
    return Part(_DEPTH, words, counted * each)


def _weight(flags: Mapping[str, int], limits: Limits) -> Part:
    more = {
        flag: flags[flag] * limits[f"weight.{flag}"].number for flag in FLAGS if flags.get(flag)
    }
    if not more:
        return Part(_WEIGHT, _NOBODY, Decimal(1))
    people = [
        _PEOPLE.format(flag=FLAGS[flag], count=flags[flag], more=bare(points))
        for flag, points in more.items()
    ]
    whole, most = sum(more.values(), Decimal(1)), max(limits["weight.most"].number, Decimal(1))
    said = _SUMMED.format(people=Text.joined(people))
    if whole > most:
        said = _CAPPED.format(said=said, most=bare(most))
    return Part(_WEIGHT, said, min(whole, most))


def _waiting(minutes: int, limits: Limits) -> Part:
    each = limits["waiting.points"].number
    hours, left = divmod(max(minutes, 0), 60)
    points = (each * max(minutes, 0) / 60).quantize(_CENT, ROUND_HALF_UP)
    return Part(_WAITING, _WAITED.format(hours=hours, minutes=left, each=bare(each)), points)
