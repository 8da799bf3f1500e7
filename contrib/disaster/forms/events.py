"""What is asked of whoever opens a disaster or draws a zone of it."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import msgspec

from contrib.disaster.rules.events import DEEPEST_CM, KINDS, Zone
from core.api import InvalidInput, Text
from kit.forms import Choice, Day, Groups, Line, Lines, Number, Option, Plot, ungrouped
from kit.geo import Point, Subdistrict

_CM = Text("ซม.", "cm")
_NOWHERE = Text(
    "บอกว่าพื้นที่อยู่ที่ใด: วาดเส้นบนแผนที่ พิมพ์ชื่อชุมชน หรือเลือกทั้งตำบล",
    "Say where the zone is: draw it, name its communities, or choose a whole sub-district.",
)
DEPTH = Number(
    "depth_cm",
    Text("ระดับน้ำจากพื้นดิน", "Water above the ground"),
    help=Text("ถ้าไม่ใช่น้ำท่วม กรอก 0", "0 where it is no flood"),
    unit=_CM,
    most=DEEPEST_CM,
)
EVENT: Groups = ungrouped(
    Choice(
        "kind",
        Text("ประเภทสาธารณภัย", "Kind of disaster"),
        options=tuple(Option(code, words) for code, words in KINDS.items()),
    ),
    Line(
        "title",
        Text("ชื่อเหตุการณ์", "What it is called"),
        help=Text("เช่น น้ำท่วมแม่น้ำปัตตานี พฤศจิกายน 2569", "e.g. Flood of the Pattani, November 2569"),
    ),
    Day("begun_on", Text("เกิดเหตุตั้งแต่วันที่", "Since"), earliest_days=-366, latest_days=0),
    Lines(
        "cause",
        Text("สาเหตุและลักษณะของภัย", "Cause, and what it is like"),
        help=Text("พิมพ์ลงในประกาศ", "It is printed in the notice"),
        longest=1_000,
        required=False,
    ),
)
MEASURED: Groups = ungrouped(DEPTH)


def facts_of(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the columns of a disaster of what was read."""
    begun_on = date.fromisoformat(values["begun_on"])
    return {"cause": "", **values, "begun_on": begun_on}


def zone_groups(own: Sequence[Subdistrict]) -> Groups:
    """Return what is asked about a zone, with the sub-districts of the office."""
    whole = tuple(Option(one.code, one.name) for one in own)
    where = (
        Lines(
            "villages",
            Text("ชุมชนหรือหมู่บ้าน", "Communities or villages"),
            help=Text(
                "บรรทัดละชื่อ ตามทะเบียนครัวเรือน", "One to a line, as in the register of households"
            ),
            longest=3_000,
            required=False,
        ),
        Choice(
            "subdistrict", Text("ทั้งตำบล", "A whole sub-district"), options=whole, required=False
        ),
        Plot("corners", Text("เส้นรอบพื้นที่บนแผนที่", "Outline on the map"), required=False),
    )
    name = Line("name", Text("ชื่อพื้นที่", "What it is called"), longest=100)
    return ungrouped(name, DEPTH, *(one for one in where if whole or one.name != "subdistrict"))


def zone_of(values: Mapping[str, Any]) -> Zone:
    """Return the zone that was read.

    :raises InvalidInput: nothing says where it is.
    """
    villages = tuple(dict.fromkeys(one.strip() for one in values.get("villages", "").split("\n")))
    zone = Zone(
        name=values["name"],
        corners=tuple(msgspec.convert(values.get("corners", []), list[Point])),
        villages=tuple(one for one in villages if one),
        subdistrict=values.get("subdistrict", ""),
        depth_cm=values["depth_cm"],
    )
    if not (zone.corners or zone.villages or zone.subdistrict):
        raise InvalidInput({"villages": _NOWHERE})
    return zone
