"""What a member says when calling for a collector."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from contrib.recycling.rules.calls import DAYS_AHEAD, SLOTS
from contrib.recycling.rules.materials import GROUPS
from core.api import Text
from kit.forms import AnyField, Choice, Choices, Day, Line, Lines, Number, Option, Pin

MOST_PHOTOS = 4
CALLING: tuple[AnyField, ...] = (
    Choices(
        "kinds",
        Text("มีวัสดุอะไรบ้าง", "What is there"),
        options=tuple(Option(code, words) for code, words in GROUPS.items()),
    ),
    Number(
        "kilos",
        Text("น้ำหนักรวมโดยประมาณ", "Weight in all, as you guess"),
        unit=Text("กก.", "kg"),
        least=1,
        most=5_000,
    ),
    Day("slot_on", Text("วันที่ให้ไปรับ", "Day"), earliest_days=0, latest_days=DAYS_AHEAD),
    Choice(
        "slot",
        Text("ช่วงเวลา", "Time"),
        options=tuple(Option(code, words) for code, words in SLOTS.items()),
    ),
    Line("address", Text("ที่ให้ไปรับ", "Where"), longest=300),
    Pin("pin", Text("จุดบนแผนที่", "Place on the map"), required=False, inside=False),
    Lines("note", Text("บอกผู้รับซื้อ", "For the collector"), longest=500, required=False),
)


def asked_of(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return what was called for, in the words of the service."""
    return {
        "slot_on": date.fromisoformat(values["slot_on"]),
        "slot": values["slot"],
        "kinds": values["kinds"],
        "grams": values["kilos"] * 1000,
        "address": values["address"],
        "note": values.get("note", ""),
        "pin": values.get("pin"),
    }
