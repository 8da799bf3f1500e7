"""Kinds of disasters, and where one lies.

Law: Disaster Prevention and Mitigation Act B.E. 2550, s. 4 (what is a disaster), unverified.
"""

from collections.abc import Iterable, Mapping, Sequence

import msgspec

from core.api import Text
from kit.geo import Outline, Point

KINDS: Mapping[str, Text] = {
    "flood": Text("อุทกภัย (น้ำท่วม)", "Flood"),
    "storm": Text("วาตภัย (พายุ)", "Storm"),
    "fire": Text("อัคคีภัย (ไฟไหม้)", "Fire"),
    "landslide": Text("ดินโคลนถล่ม", "Landslide"),
    "drought": Text("ภัยแล้ง", "Drought"),
    "earthquake": Text("แผ่นดินไหว", "Earthquake"),
    "other": Text("ภัยอื่น", "Another disaster"),
}
OPEN, CLOSED = "open", "closed"
STATES: Mapping[str, Text] = {
    OPEN: Text("กำลังเกิดเหตุ", "Going on"),
    CLOSED: Text("สิ้นสุดแล้ว", "Over"),
}
DEEPEST_CM = 2_000


class Zone(msgspec.Struct, frozen=True, kw_only=True):
    """A part of the area of a disaster: by its outline, by villages, or by a sub-district.

    :param corners: of its outline; empty where it has none.
    :param villages: names as they stand in the register of households.
    :param subdistrict: six digits; empty where it is not a whole sub-district.
    :param depth_cm: of the water above the ground, as it was last told; 0 where none is.
    """

    name: str
    corners: tuple[Point, ...] = ()
    villages: tuple[str, ...] = ()
    subdistrict: str = ""
    depth_cm: int = 0

    def holds(self, point: Point | None, village: str, subdistrict: str) -> bool:
        """Return whether a place lies in it, as far as is known of the place."""
        if self.corners and point is not None and Outline(self.corners).contains(point):
            return True
        if village and same_village(village) in map(same_village, self.villages):
            return True
        return bool(self.subdistrict) and self.subdistrict == subdistrict


def same_village(name: str) -> str:
    """Return a name as names of villages are compared: without blanks and in small letters."""
    return "".join(name.split()).casefold()


def deepest(zones: Iterable[Zone]) -> Zone | None:
    """Return the zone with the deepest water; None where there is no zone."""
    return max(zones, key=lambda zone: zone.depth_cm, default=None)


def zones_at(
    zones: Sequence[Zone], point: Point | None, village: str, subdistrict: str
) -> list[Zone]:
    """Return the zones in which a place lies."""
    return [zone for zone in zones if zone.holds(point, village, subdistrict)]
