"""Which reports may be the same: of one category, within some metres and some days."""

import math
from typing import NamedTuple

from kit.geo import Point

# Metres of a degree of latitude, a little less than anywhere, so that a box is never too small.
_DEGREE = 110_500


class Box(NamedTuple):
    """A part of the map in degrees, which holds all that is within a distance of its middle."""

    south: float
    north: float
    west: float
    east: float


def box_around(point: Point, metres: float) -> Box:
    """Return the box in which to look for what is within ``metres``."""
    up = metres / _DEGREE
    across = up / math.cos(math.radians(min(abs(point.lat) + up, 89)))
    return Box(point.lat - up, point.lat + up, point.lon - across, point.lon + across)
