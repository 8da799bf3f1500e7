"""The projection of web maps: Web Mercator (EPSG:3857), with the world as a square of side 1.

Python draws with it, and ``static/pin.js`` reckons with the same formulas, so that a pin, the
line of an area and the tiles of a map server fall on each other.
"""

import math

from kit.geo.points import Point

# Equatorial circumference of WGS 84 in metres, which the width of the world stands for.
CIRCUMFERENCE = 40_075_016.686


def to_world(point: Point) -> tuple[float, float]:
    """Return how far east of 180° W and south of the northern edge, as parts of the world."""
    latitude = math.radians(point.lat)
    return (
        point.lon / 360 + 0.5,
        0.5 - math.asinh(math.tan(latitude)) / (2 * math.pi),
    )


def from_world(x: float, y: float) -> Point:
    """Return the place at ``x``, ``y``, the reverse of :func:`to_world`."""
    latitude = math.atan(math.sinh((0.5 - y) * 2 * math.pi))
    return Point(math.degrees(latitude), (x - 0.5) * 360)


def metres_per_world(lat: float) -> float:
    """Return what the width of the world would be in metres at the scale of latitude ``lat``."""
    return CIRCUMFERENCE * math.cos(math.radians(lat))
