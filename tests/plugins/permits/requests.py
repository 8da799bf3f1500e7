"""A request in which nothing is wrong, and standard plans, for the tests of the rules."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

import msgspec

from core.api import Text
from kit.law import Entry
from plugins.permits.rules.dated import BOOK
from plugins.permits.rules.plans import Plan

TODAY = date(2026, 11, 20)
PLAN = Plan(
    code="dpt-1",
    title=Text("แบบบ้าน 1", "House plan 1"),
    source=Text("กรมโยธาธิการและผังเมือง", "Department of Public Works"),
    storeys=2,
    area=Decimal("120.00"),
    footprint=Decimal("60.00"),
    height=Decimal("7.00"),
    width=Decimal(8),
    depth=Decimal(9),
)
PLANS = {PLAN.code: PLAN}

# A house of two storeys by own drawings, on 400 square metres beside a road of 8 metres.
HOUSE: dict[str, Any] = {
    "filed_as": "owner",
    "work": "build",
    "use": "house",
    "parking": 1,
    "fence": "none",
    "deed_kind": "deed",
    "deed_number": "12345",
    "land_rai": 0,
    "land_ngan": 1,
    "land_wah": "0.0",
    "others": "0.00",
    "land_owner": "own",
    **{f"{side}_wall": "openings" for side in ("front", "back", "left", "right")},
    **{f"{side}_distance": "3.00" for side in ("front", "back", "left", "right")},
    "neighbour": "no",
    "road": "public",
    "road_width": "8.00",
    "road_distance": "3.00",
    "water": "no",
    "plan": "own",
    "storeys": 2,
    "area": "120.00",
    "height": "7.00",
    "footprint": "60.00",
    "designer": "unlicensed",
    "supervisor": "owner",
    "days": 240,
}
SIZES = ("storeys", "area", "height", "footprint")


def changed(answers: dict[str, Any]) -> dict[str, Any]:
    """Return the request with some answers changed; None takes one away.

    Of a standard plan no sizes are asked.
    """
    merged = HOUSE | answers
    if merged["plan"] != "own":
        merged = {name: value for name, value in merged.items() if name not in SIZES}
    return {name: value for name, value in merged.items() if value is not None}


def read_by_office(codes: Iterable[str] | None = None) -> list[Entry]:
    """Return the entries of an office that has read the law of some codes; None: of all."""
    chosen = {one.code for one in BOOK.starting} if codes is None else set(codes)
    return [
        msgspec.structs.replace(one, source="read by the office", verified=True)
        for one in BOOK.starting
        if one.code in chosen
    ]
