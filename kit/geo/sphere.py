"""Lengths and directions on the earth, over the few kilometres of a municipality."""

import math

from core.api import Text
from kit.geo.points import Point

# Mean radius of the earth in metres (IUGG).
RADIUS = 6_371_008.8

# Clockwise from north, an eighth of the circle each.
DIRECTIONS = (
    Text("ทิศเหนือ", "north"),
    Text("ทิศตะวันออกเฉียงเหนือ", "north-east"),
    Text("ทิศตะวันออก", "east"),
    Text("ทิศตะวันออกเฉียงใต้", "south-east"),
    Text("ทิศใต้", "south"),
    Text("ทิศตะวันตกเฉียงใต้", "south-west"),
    Text("ทิศตะวันตก", "west"),
    Text("ทิศตะวันตกเฉียงเหนือ", "north-west"),
)

_METRES = Text("{length:,} เมตร", "{length:,} metres")
_KILOMETRES = Text("{length:,g} กิโลเมตร", "{length:,g} kilometres")


def offset_m(start: Point, end: Point) -> tuple[float, float]:
    """Return how far ``end`` lies east and north of ``start``, in metres.

    On a plane that touches the sphere at ``start``: right to 1 % within 50 km in Thailand.
    """
    east = math.radians(end.lon - start.lon) * math.cos(math.radians((start.lat + end.lat) / 2))
    north = math.radians(end.lat - start.lat)
    return east * RADIUS, north * RADIUS


def distance_m(start: Point, end: Point) -> float:
    """Return the distance in metres, right to 1 % within 50 km in Thailand."""
    return math.hypot(*offset_m(start, end))


def direction(east: float, north: float) -> Text:
    """Return the nearest of the eight winds, e.g. ``ทิศตะวันออก``, for an offset."""
    eighths = round(math.degrees(math.atan2(east, north)) / 45)
    return DIRECTIONS[eighths % 8]


def spoken_distance(metres: float) -> Text:
    """Return a distance as one says it: tens of metres, from a kilometre on with one decimal."""
    tens = max(10, round(metres / 10) * 10)
    if tens < 1_000:
        return _METRES.format(length=tens)
    kilometres = round(metres / 1_000, 1 if metres < 9_950 else None)
    return _KILOMETRES.format(length=kilometres)
