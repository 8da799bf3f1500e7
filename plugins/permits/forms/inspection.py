"""The form of an inspection, filled in on a phone and perhaps sent hours later."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

import msgspec

from core.api import InvalidInput, Text
from kit.forms import (
    AnyField,
    Choice,
    Line,
    Lines,
    Number,
    Option,
    Pin,
    Place,
    Reading,
    moment_fields,
    read,
    read_moment,
)
from kit.geo import Point
from plugins.permits.rules.asked import SIDES
from plugins.permits.rules.inspecting import COLOURS, RESULTS, SHOWN, Inspected, problems_of

_METRES = Text("เมตร", "metres")
PHOTOS: Mapping[str, str] = {f"photo_{shown}": shown for shown in SHOWN}

POSITION: tuple[AnyField, ...] = (
    Pin(
        "position",
        Text("พิกัดที่ตรวจ (ละติจูด, ลองจิจูด)", "Position (latitude, longitude)"),
        inside=False,
        required=False,
    ),
    Number(
        "accuracy",
        Text("ความคลาดเคลื่อนที่เครื่องบอก", "Accuracy, as the device says"),
        unit=_METRES,
        most=100_000,
        required=False,
    ),
)


def _length(name: str, label: Text) -> Number:
    return Number(name, label, unit=_METRES, most=10_000, decimals=2, required=False)


LENGTHS: tuple[AnyField, ...] = (
    *(
        _length(f"measured_{side}", Text(f"{name.th}ถึงเขตที่ดิน", f"To the boundary, {name.en}"))
        for side, name in SIDES.items()
    ),
    _length("road", Text("ความกว้างถนน", "Width of the road")),
)


def _yes_or_no(name: str, label: Text, yes: Text, no: Text) -> Choice:
    return Choice(name, label, options=(Option("no", no), Option("yes", yes)))


_YES, _NO = Text("ใช่", "Yes"), Text("ไม่ใช่", "No")
SEEN: tuple[AnyField, ...] = (
    Line(
        "parcel",
        Text("เลขที่ดินหรือหลักเขตที่เห็น", "Number of the parcel or of the posts that were seen"),
        longest=60,
        required=False,
    ),
    _yes_or_no("encroaches", Text("รุกล้ำที่สาธารณะหรือที่ดินข้างเคียง", "It encroaches"), _YES, _NO),
    _yes_or_no(
        "consent",
        Text("ต้องมีหนังสือยินยอมของที่ดินข้างเคียง", "A neighbour has to consent"),
        _YES,
        _NO,
    ),
    _yes_or_no(
        "drains",
        Text("เห็นตำแหน่งบ่อเกรอะและทางระบายน้ำ", "Septic tank and drain are shown"),
        Text("เห็น", "Yes"),
        Text("ไม่เห็น", "No"),
    ),
    Choice(
        "zone",
        Text("สีผังเมืองของที่ดิน", "Colour on the plan of the town"),
        options=tuple(Option(code, name) for code, name in COLOURS.items()),
        required=False,
    ),
)
RESULT: tuple[AnyField, ...] = (
    Choice(
        "result",
        Text("ผลการตรวจ", "Result"),
        options=tuple(Option(code, name) for code, name in RESULTS.items()),
    ),
    Lines("remarks", Text("หมายเหตุ", "Remarks"), longest=2_000, required=False),
)
WHEN: tuple[AnyField, ...] = moment_fields(Text("วันที่ตรวจ", "Day"), Text("เวลาที่ตรวจ", "Time"))
FIELDS: tuple[AnyField, ...] = (*POSITION, *LENGTHS, *SEEN, *RESULT, *WHEN)


def read_inspection(
    posted: Mapping[str, list[str]], place: Place, now: datetime, photos: int
) -> tuple[Reading, Inspected | None]:
    """Return what was read, and what was found where nothing is wrong with it.

    :param now: aware.
    :param photos: how many came with it.
    """
    reading = read(FIELDS, posted, place)
    problems = problems_of(reading.values, photos) | reading.problems
    made_at = None
    try:
        made_at = read_moment(reading.values, place, now)
    except InvalidInput as refusal:
        problems |= refusal.problems
    reading.problems.clear()
    reading.problems.update(_in_order(problems))
    if problems or made_at is None:
        return reading, None
    return reading, _found(reading.values, made_at)


def _in_order(problems: Mapping[str, Text]) -> dict[str, Text]:
    names = [name for field in (*POSITION, *LENGTHS) for name in field.controls]
    names += PHOTOS
    names += [name for field in (*SEEN, *RESULT, *WHEN) for name in field.controls]
    return {name: problems[name] for name in names if name in problems} | dict(problems)


def _found(values: Mapping[str, Any], made_at: datetime) -> Inspected:
    sides = {side: values.get(f"measured_{side}") for side in SIDES}
    return Inspected(
        made_at=made_at,
        result=values["result"],
        position=msgspec.convert(values["position"], Point) if "position" in values else None,
        accuracy=values.get("accuracy"),
        distances={side: Decimal(length) for side, length in sides.items() if length is not None},
        road=Decimal(values["road"]) if "road" in values else None,
        parcel=values.get("parcel", ""),
        zone=values.get("zone", ""),
        remarks=values.get("remarks", ""),
        **{name: values[name] == "yes" for name in ("encroaches", "consent", "drains")},
    )
