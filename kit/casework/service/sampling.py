"""Answers that a form takes, for trying a service and for the demonstration."""

import random
from collections.abc import Sequence
from functools import singledispatch
from typing import Any

from core.api import Context, Text
from kit.forms import (
    AddressField,
    AnyField,
    Choice,
    Choices,
    Day,
    Email,
    File,
    JuristicID,
    Line,
    Lines,
    Money,
    Number,
    Phone,
    Pin,
    Place,
    Plot,
    ThaiID,
    Yes,
    read_json,
)
from kit.geo import subdistrict

_KNOWN = {
    "thai_id": "1234545678781",
    "juristic_id": "0994000617721",
    "phone": "+66812345678",
    "email": "somebody@example.com",
}
_WORDS = (
    Text("กิ่งไม้พาดสายไฟหน้าบ้าน", "Branches on the power line"),
    Text("ท่อระบายน้ำอุดตันในซอย", "The drain in the lane is blocked"),
    Text("ขอใช้ในงานบุญของหมู่บ้าน", "For a fair of the village"),
    Text("แจ้งเพื่อให้ตรวจสอบและดำเนินการ", "Please look into it"),
)


def sample_answers(
    ctx: Context, fields: Sequence[AnyField], chance: random.Random
) -> dict[str, Any]:
    """Return answers that the form takes, the optional ones left out.

    :raises ValueError: there is no sample for one of its fields.
    """
    place = Place.of(ctx)
    answers: dict[str, Any] = {}
    for field in fields:
        if field.required and field.is_asked(answers) and not isinstance(field, File):
            answers[field.name] = _sample(field, place, chance)
    reading = read_json(fields, answers, place)
    wrong = {name: text.en for name, text in reading.problems.items()}
    if wrong and not all(isinstance(field, File) for field in fields if field.name in wrong):
        raise ValueError(f"no sample fits: {wrong}")
    return reading.values


@singledispatch
def _sample(field: AnyField, place: Place, chance: random.Random) -> Any:
    raise ValueError(f"no sample for {field.kind}")


@_sample.register(Line)
@_sample.register(Lines)
def _words(field: Line | Lines, _place: Place, chance: random.Random) -> str:
    if isinstance(field, Line) and field.digits:
        return "1234567890"[: field.longest].ljust(field.shortest, "1")
    return chance.choice(_WORDS).th[: field.longest]


@_sample.register
def _choice(field: Choice, _place: Place, chance: random.Random) -> str:
    return chance.choice(field.options).code


@_sample.register
def _choices(field: Choices, _place: Place, _chance: random.Random) -> list[str]:
    return [field.options[0].code]


@_sample.register
def _yes(_field: Yes, _place: Place, _chance: random.Random) -> bool:
    return True


@_sample.register
def _day(field: Day, place: Place, _chance: random.Random) -> str:
    first, last = field.limits(place)
    return (first or last or place.today).isoformat()


@_sample.register
def _number(field: Number, _place: Place, _chance: random.Random) -> int | str:
    least = max(field.least, min(1, field.most))
    return f"{least:.{field.decimals}f}" if field.decimals else least


@_sample.register
def _money(field: Money, _place: Place, _chance: random.Random) -> int:
    return max(field.least, min(10_000, field.most))


@_sample.register(ThaiID)
@_sample.register(JuristicID)
@_sample.register(Phone)
@_sample.register(Email)
def _known(field: AnyField, _place: Place, _chance: random.Random) -> str:
    return _KNOWN[field.kind]


@_sample.register
def _pin(_field: Pin, place: Place, _chance: random.Random) -> dict[str, float]:
    if place.area is None:
        return {"lat": 13.75, "lon": 100.5}
    corner, other = place.area.bounds
    lat, lon = (corner.lat + other.lat) / 2, (corner.lon + other.lon) / 2
    return {"lat": round(lat, 5), "lon": round(lon, 5)}


@_sample.register
def _plot(field: Plot, place: Place, chance: random.Random) -> list[dict[str, float]]:
    """Return a square whose middle is the sample of a pin."""
    middle = _pin(Pin(field.name, field.label), place, chance)
    # A degree is about 110 kilometres, a little less to the east.
    half = ((field.least + min(field.most, 4 * field.least)) / 2) ** 0.5 / 2 / 110_000
    turns = ((-half, -half), (half, -half), (half, half), (-half, half))
    return [
        {"lat": round(middle["lat"] + north, 5), "lon": round(middle["lon"] + east, 5)}
        for north, east in turns
    ]


@_sample.register
def _address(_field: AddressField, place: Place, _chance: random.Random) -> dict[str, str]:
    found = subdistrict(place.subdistricts[0]) if place.subdistricts else None
    if found is None:
        raise ValueError("the municipality has no sub-district of its own")
    return {
        "house_no": "88/12",
        "moo": "5",
        "subdistrict": found.code,
        "postcode": found.postcodes[0],
    }
