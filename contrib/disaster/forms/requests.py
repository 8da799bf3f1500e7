"""What is asked of whoever needs help, of who takes a call, and of a team that comes back."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

import msgspec

from contrib.disaster.rules.households import FLAGS, MOST_PEOPLE
from contrib.disaster.rules.requests import HIGHEST, NEEDS, OUTCOMES, WATER
from core.api import LONGEST_REASON, InvalidInput, Text
from kit.forms import (
    AnyField,
    Choice,
    Choices,
    Groups,
    Line,
    Lines,
    Number,
    Option,
    Phone,
    Place,
    Reading,
    moment_fields,
    read,
    read_moment,
    ungrouped,
)
from kit.geo import Point
from kit.thai import Unreadable

_WHERE = Text(
    "บอกว่าอยู่ที่ใด: กดหาตำแหน่งที่ยืนอยู่ หรือพิมพ์บ้านเลขที่หรือจุดสังเกต",
    "Say where you are: press to find where you stand, or give house number or landmark.",
)
POSITION = Line(
    "position",
    Text("พิกัด", "Coordinates"),
    help=Text("เครื่องกรอกให้เมื่อกดปุ่ม ไม่มีก็ได้", "The device fills it in; may be left"),
    longest=200,
    required=False,
)
ASKED: tuple[AnyField, ...] = (
    Choices(
        "needs",
        Text("ต้องการความช่วยเหลืออะไร", "What do you need"),
        options=tuple(Option(code, words) for code, words in NEEDS.items()),
    ),
    Phone("phone", Text("เบอร์โทรศัพท์ที่ติดต่อได้", "Telephone by which you can be reached")),
    Line(
        "address",
        Text("บ้านเลขที่ ชุมชน หรือจุดสังเกต", "House number, community or a landmark"),
        longest=300,
        required=False,
    ),
    POSITION,
    Choice(
        "water",
        Text("น้ำสูงแค่ไหน", "How high is the water"),
        options=tuple(Option(code, words) for code, (words, _) in WATER.items()),
        required=False,
    ),
    Number(
        "people",
        Text("อยู่ด้วยกันกี่คน", "How many are you"),
        unit=Text("คน", "people"),
        least=1,
        most=MOST_PEOPLE,
    ),
    Choices(
        "flags",
        Text("มีใครที่ต้องช่วยก่อน", "Who needs help first"),
        options=tuple(Option(code, words) for code, words in FLAGS.items()),
        required=False,
    ),
    Line("name", Text("ชื่อ", "Name"), required=False),
    Lines("note", Text("บอกเพิ่มเติม", "Anything else"), longest=1_000, required=False),
)
TEAM: Groups = ungrouped(
    Line("name", Text("ชื่อทีม", "What the team is called"), longest=100),
    Line("leader", Text("หัวหน้าทีม", "Who leads it")),
    Phone("phone", Text("โทรศัพท์ของทีม", "Telephone of the team")),
    Line(
        "can",
        Text("เรือ รถ หรือความชำนาญที่มี", "Boats, vehicles or skills"),
        longest=300,
        required=False,
    ),
)
POINTS: Groups = ungrouped(
    Number("points", Text("คะแนนที่ใช้แทน", "Points in place of the score"), most=HIGHEST, decimals=2),
    Lines("why", Text("เหตุผล", "Reason"), longest=LONGEST_REASON),
)
TOLD: tuple[AnyField, ...] = (
    Choice(
        "outcome",
        Text("ผลการช่วยเหลือ", "What came of it"),
        options=tuple(Option(code, words) for code, (words, _) in OUTCOMES.items()),
    ),
    Lines("note", Text("บันทึกของทีม", "What the team notes"), longest=1_000, required=False),
    *moment_fields(Text("วันที่", "Day"), Text("เวลา", "Time")),
)


class Told(msgspec.Struct, frozen=True):
    """What a team tells of a request."""

    outcome: str
    note: str
    made_at: datetime


def asked_fields(events: Sequence[Mapping[str, Any]]) -> tuple[AnyField, ...]:
    """Return what is asked of who needs help; which disaster, where there are several."""
    if len(events) < 2:
        return ASKED
    options = tuple(Option(one["id"].hex, Text(one["title"], one["title"])) for one in events)
    return (Choice("event", Text("เหตุการณ์", "Disaster"), options=options), *ASKED)


def facts_of(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the columns of a request of what was read.

    :raises InvalidInput: nothing says where it is, or coordinates cannot be read.
    """
    pin = None
    if values.get("position"):
        try:
            pin = msgspec.to_builtins(Point.parse(values["position"]))
        except Unreadable as refusal:
            raise InvalidInput({"position": refusal.sentence}) from None
    if pin is None and not values.get("address"):
        raise InvalidInput({"address": _WHERE})
    return {
        "name": values.get("name", ""),
        "phone": values["phone"],
        "address": values.get("address", ""),
        "pin": pin,
        "needs": values["needs"],
        "water": values.get("water", ""),
        "people": values["people"],
        "flags": dict.fromkeys(values.get("flags", []), 1),
        "note": values.get("note", ""),
    }


def read_told(
    posted: Mapping[str, list[str]], place: Place, now: datetime
) -> tuple[Reading, Told | None]:
    """Return the reading of a team's form, and what it tells where nothing is wrong."""
    reading = read(TOLD, posted, place)
    try:
        made_at = read_moment(reading.values, place, now)
    except InvalidInput as refusal:
        reading.problems.update(refusal.problems)
        return reading, None
    if reading.problems or made_at is None:
        return reading, None
    values = reading.values
    return reading, Told(values["outcome"], values.get("note", ""), made_at)


def points_of(values: Mapping[str, Any]) -> tuple[Decimal, str]:
    """Return the points that were set by hand, and why."""
    return Decimal(values["points"]), values["why"]
