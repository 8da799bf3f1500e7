"""The inspection of a site: where it is done, what is noted, how it differs from what was stated.

The parts of the record are those that inspectors keep (dossier of the office, not a text of law).
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Literal

import msgspec

from core.api import Text
from kit.geo import Point
from kit.law import figure
from plugins.permits.rules.after import CERTIFY
from plugins.permits.rules.asked import SIDES, Asked
from plugins.permits.rules.ways import BUILD, SMALL

Result = Literal["drawn", "differs", "unsure"]
MOST_PHOTOS = 10
# A photo shows one of the four sides, or something else.
SHOWN: Mapping[str, Text] = {**SIDES, "other": Text("อื่น ๆ", "something else")}
RESULTS: Mapping[str, Text] = {
    "drawn": Text("ตรงตามแบบและที่แจ้งไว้", "As drawn and stated"),
    "differs": Text("ไม่ตรงตามแบบหรือที่แจ้งไว้", "Differs from what was drawn or stated"),
    "unsure": Text("ยังตัดสินไม่ได้", "Cannot be judged"),
}
# Of the plan of the town, as inspectors name them.
COLOURS: Mapping[str, Text] = {
    "yellow": Text("เหลือง", "Yellow"),
    "orange": Text("ส้ม", "Orange"),
    "brown": Text("น้ำตาล", "Brown"),
    "red": Text("แดง", "Red"),
    "purple": Text("ม่วง", "Purple"),
    "green": Text("เขียว", "Green"),
    "blue": Text("น้ำเงิน", "Blue"),
    "other": Text("สีอื่น เขียนในหมายเหตุ", "Another; say which in the remarks"),
}
_MORE = Text("มากกว่าที่แจ้ง {by} ม.", "{by} m more than stated")
_LESS = Text("น้อยกว่าที่แจ้ง {by} ม.", "{by} m less than stated")
_SAME = Text("ตรงกับที่แจ้ง", "as stated")
_NOT_STATED = Text("ไม่ได้แจ้งไว้", "nothing was stated")
_NOT_MEASURED = Text("ไม่ได้วัด", "not measured")
ROAD = Text("ความกว้างถนน", "width of the road")


class Stop(msgspec.Struct, frozen=True):
    """The step of a service at which its site is inspected, and whose work that is."""

    step: str
    permission: str


STOPS: Mapping[str, Stop] = {
    BUILD: Stop("inspect", "casework.as_inspector"),
    SMALL: Stop("pre-check", "casework.as_officer"),
    CERTIFY: Stop("inspect", "casework.as_inspector"),
}


class Inspected(msgspec.Struct, frozen=True, kw_only=True):
    """What was found on a site.

    :param made_at: aware, when it was found, not when it was sent.
    :param accuracy: metres, as the device gave it.
    :param distances: metres from the building to the boundary, by side; those that were measured.
    :param road: metres of the width of the road.
    :param parcel: its number as it was seen there.
    :param encroaches: it reaches over public land or a neighbour's.
    :param consent: a neighbour has to consent.
    :param drains: septic tank and drain are shown.
    :param zone: code of the colour on the plan of the town; empty where nobody looked.
    """

    made_at: datetime
    result: Result
    position: Point | None = None
    accuracy: int | None = None
    distances: Mapping[str, Decimal] = {}
    road: Decimal | None = None
    parcel: str = ""
    encroaches: bool = False
    consent: bool = False
    drains: bool = False
    zone: str = ""
    remarks: str = ""


class Compared(msgspec.Struct, frozen=True, kw_only=True):
    """A length as it was stated and as it was measured, in metres; either may be missing."""

    what: Text
    stated: Decimal | None
    measured: Decimal | None

    @property
    def differs(self) -> bool:
        """Whether both are known and are not the same."""
        return None not in (self.stated, self.measured) and self.stated != self.measured

    @property
    def words(self) -> Text:
        """How one stands to the other."""
        if self.measured is None:
            return _NOT_MEASURED
        if self.stated is None:
            return _NOT_STATED
        by = self.measured - self.stated
        if not by:
            return _SAME
        return (_MORE if by > 0 else _LESS).format(by=figure(abs(by)))


def stated_of(asked: Asked) -> dict[str, Decimal]:
    """Return the lengths that a request states, by side, and ``road``; those that it does."""
    lengths = {side: one.distance for side, one in asked.sides.items()} | {"road": asked.road_width}
    return {name: length for name, length in lengths.items() if length is not None}


def compare(stated: Mapping[str, Decimal], found: Inspected) -> list[Compared]:
    """Return the four sides and the road, each as stated and as measured."""
    sides = [
        Compared(what=name, stated=stated.get(side), measured=found.distances.get(side))
        for side, name in SIDES.items()
    ]
    return [*sides, Compared(what=ROAD, stated=stated.get("road"), measured=found.road)]


def unseen(shown: Sequence[str]) -> list[Text]:
    """Return the sides that no photo shows.

    :param shown: what each photo shows.
    """
    return [name for side, name in SIDES.items() if side not in shown]


def problems_of(found: Mapping[str, object], photos: int) -> dict[str, Text]:
    """Return what a record lacks, by the control where it is to be put right.

    What cannot be had on a site may be left out where the remarks say why: nobody is sent back.

    :param found: answers of the form, by name.
    :param photos: how many there are.
    """
    problems: dict[str, Text] = {}
    silent = not found.get("remarks")
    if "position" not in found and silent:
        problems["position"] = NEEDED["position"]
    if found.get("result") == "drawn":
        missing = [side for side in SIDES if f"measured_{side}" not in found]
        problems |= {f"measured_{side}": NEEDED["distance"] for side in missing}
    if not photos and silent:
        problems["photo_front"] = NEEDED["photos"]
    if photos > MOST_PHOTOS:
        problems["photo_other"] = NEEDED["fewer"]
    if found.get("result") in ("differs", "unsure") and silent:
        problems["remarks"] = NEEDED["remarks"]
    return problems


# Said by the server, and on the device before anything is kept.
NEEDED: Mapping[str, Text] = {
    "position": Text(
        "กดหาตำแหน่ง หรือพิมพ์พิกัด ถ้าหาไม่ได้ เขียนเหตุผลในหมายเหตุ",
        "Find the position or type it. If there is none, say why in the remarks.",
    ),
    "distance": Text(
        "กรอกระยะที่วัดได้ ถ้าวัดไม่ได้ เลือกผลว่ายังตัดสินไม่ได้",
        "Give what was measured. If it could not be, choose that it cannot be judged.",
    ),
    "photos": Text(
        "ถ่ายรูปอย่างน้อยหนึ่งรูป ถ้าถ่ายไม่ได้ เขียนเหตุผลในหมายเหตุ",
        "Take a photo at least. If you could not, say why in the remarks.",
    ),
    "fewer": Text(
        f"แนบได้ไม่เกิน {MOST_PHOTOS} รูป ลบรูปที่ไม่ใช้ก่อน",
        f"At most {MOST_PHOTOS} photos. Leave out those that are not needed.",
    ),
    "remarks": Text(
        "เขียนในหมายเหตุว่าต่างอย่างไร หรือตัดสินไม่ได้เพราะอะไร",
        "Write in the remarks what differs, or why it cannot be judged.",
    ),
    "choose": Text("เลือกหนึ่งข้อ", "Choose one."),
}
