"""What is asked for, as the rules are given it: the answers of the forms and the chosen plan.

Whatever was not answered, or cannot be read, is None. No rule takes None for a nought.
"""

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Literal

import msgspec

from core.api import Text
from plugins.permits.rules.plans import Plan

OWN = "own"
SIDES: Mapping[str, Text] = {
    "front": Text("ด้านหน้า", "front"),
    "back": Text("ด้านหลัง", "back"),
    "left": Text("ด้านซ้าย", "left"),
    "right": Text("ด้านขวา", "right"),
}
# Square metres of a rai, a ngan and a square wah.
_RAI, _NGAN, _WAH = Decimal(1600), Decimal(400), Decimal(4)
_FIGURE = re.compile(r"[0-9]{1,12}(\.[0-9]{1,6})?")


class Side(msgspec.Struct, frozen=True, kw_only=True):
    """The wall towards one boundary of the land.

    :param distance: metres from the boundary.
    """

    wall: Literal["openings", "solid"] | None = None
    distance: Decimal | None = None


class Person(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody who is named with a licence; both may have been left out."""

    name: str = ""
    licence: str = ""

    @property
    def named(self) -> bool:
        """Whether there is a name and a number."""
        return bool(self.name and self.licence)


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """A request to build, alter or demolish, in lengths of metres.

    :param notified: it is a notification, which needs no permit.
    :param plan: the standard plan that was chosen; None for own drawings.
    :param own: whether own drawings were chosen; neither: a plan that is not known.
    :param storeys: above ground; with ``area`` and the others taken from the plan, if any.
    :param area: square metres of all floors of all buildings.
    :param footprint: square metres of the largest floor, of all buildings.
    :param land: square metres by the deed.
    :param others: square metres that other buildings cover on the same land.
    :param road_distance: metres from the building to the edge of the road.
    :param fence: metres of a fence next to a public place; 0 where there is none, or it stands
        elsewhere and is no building.
    :param load: whether it was said that a floor bears more than the schedule of fees draws the
        line at; of small houses it is not asked.
    :param parking: square metres of parking and driveways that are counted separately.
    :param days: how long the work takes.
    """

    notified: bool = False
    work: str | None = None
    use: str | None = None
    plan: Plan | None = None
    own: bool = False
    storeys: int | None = None
    area: Decimal | None = None
    height: Decimal | None = None
    footprint: Decimal | None = None
    land: Decimal | None = None
    others: Decimal | None = None
    deed: str = ""
    land_owner: str | None = None
    sides: Mapping[str, Side] = {}
    neighbour: str | None = None
    road: str | None = None
    road_width: Decimal | None = None
    road_distance: Decimal | None = None
    water: str | None = None
    water_width: Decimal | None = None
    water_distance: Decimal | None = None
    fence: Decimal | None = None
    load: bool = False
    parking: Decimal | None = None
    engineer: Person = Person()
    architect: Person = Person()
    supervisor: str | None = None
    supervising_engineer: Person = Person()
    supervising_architect: Person = Person()
    days: int | None = None

    @property
    def builds(self) -> bool:
        """Whether something stands there afterwards that did not before."""
        return self.work != "demolish"


def number_of(value: Any) -> Decimal | None:
    """Return a figure of an answer; None where there is none, or it cannot be read."""
    if isinstance(value, bool) or not isinstance(value, int | str):
        return None
    return Decimal(value) if _FIGURE.fullmatch(str(value)) else None


def _count_of(value: Any) -> int | None:
    number = number_of(value)
    return int(number) if number is not None and number == int(number) else None


def asked_of(
    answers: Mapping[str, Any], plans: Mapping[str, Plan], *, notified: bool = False
) -> Asked:
    """Return what the answers of a form ask for, with the figures of the chosen plan."""
    chosen = _word(answers, "plan")
    plan = plans.get(chosen) if chosen else None
    own = Asked(
        notified=notified,
        work=_word(answers, "work"),
        use=_word(answers, "use"),
        own=chosen in (None, OWN),
        storeys=_count_of(answers.get("storeys")),
        area=number_of(answers.get("area")),
        height=number_of(answers.get("height")),
        footprint=number_of(answers.get("footprint")),
        land=_land(answers),
        others=number_of(answers.get("others")),
        deed=_word(answers, "deed_number") or "",
        land_owner=_word(answers, "land_owner"),
        sides={side: _side(answers, side) for side in SIDES},
        neighbour=_word(answers, "neighbour"),
        **_outside(answers),
        **_people(answers, notified=notified),
        load=answers.get("load") == "heavy",
        parking=number_of(answers.get("parking_area")),
        days=_count_of(answers.get("days")),
    )
    return _by(plan, own, number_of(answers.get("buildings"))) if plan else own


def _by(plan: Plan, asked: Asked, buildings: Decimal | None) -> Asked:
    many = buildings or Decimal(1)
    return msgspec.structs.replace(
        asked,
        plan=plan,
        storeys=plan.storeys,
        area=plan.area * many,
        height=plan.height,
        footprint=plan.footprint * many,
    )


def _word(answers: Mapping[str, Any], name: str) -> str | None:
    value = answers.get(name)
    return value if isinstance(value, str) and value else None


def _land(answers: Mapping[str, Any]) -> Decimal | None:
    rai, ngan, wah = (number_of(answers.get(f"land_{one}")) for one in ("rai", "ngan", "wah"))
    if rai is None or ngan is None or wah is None:
        return None
    return rai * _RAI + ngan * _NGAN + wah * _WAH


def _side(answers: Mapping[str, Any], side: str) -> Side:
    wall = answers.get(f"{side}_wall")
    return Side(
        wall=wall if wall in ("openings", "solid") else None,
        distance=number_of(answers.get(f"{side}_distance")),
    )


def _outside(answers: Mapping[str, Any]) -> dict[str, Any]:
    lengths = ("road_width", "road_distance", "water_width", "water_distance")
    return {
        "road": _word(answers, "road"),
        "water": _word(answers, "water"),
        "fence": _fence(answers),
        **{name: number_of(answers.get(name)) for name in lengths},
    }


def _fence(answers: Mapping[str, Any]) -> Decimal | None:
    match answers.get("fence"):
        case "public":
            return number_of(answers.get("fence_length"))
        case "none" | "private":
            return Decimal(0)
        case _:
            return None


def _people(answers: Mapping[str, Any], *, notified: bool) -> dict[str, Any]:
    # A name that was typed before another answer was given to who it is counts no more.
    supervisor = _word(answers, "supervisor")
    chosen = {"": _word(answers, "designer"), "supervising_": supervisor}
    people: dict[str, Any] = {"supervisor": supervisor}
    for role, by in chosen.items():
        for trade in ("engineer", "architect"):
            who = f"{role}{trade}"
            people[who] = _person(answers, who) if notified or by in (trade, "both") else Person()
    return people


def _person(answers: Mapping[str, Any], who: str) -> Person:
    name, licence = _word(answers, f"{who}_name"), _word(answers, f"{who}_licence")
    return Person(name=name or "", licence=licence or "")
