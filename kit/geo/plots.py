"""A piece of land by its corners: its area, its sides, and whether its line is a sound one."""

import math
from itertools import combinations, pairwise

import msgspec

from core.api import Text
from kit.geo.areas import Area, Ring
from kit.geo.points import Point

# The ellipsoid of WGS 84: its equatorial radius in metres, and its eccentricity.
_EQUATOR = 6_378_137.0
_FLATTENING = 1 / 298.257_223_563
_ECCENTRICITY = math.sqrt(_FLATTENING * (2 - _FLATTENING))

# Whole parts of a degree in which corners are compared, a hundredth of a metre.
_PARTS = 10_000_000
_NAMELESS = Text("", "")

_Spot = tuple[int, int]


class Outline(msgspec.Struct, frozen=True):
    """The line around a piece of land, by its corners in their order, either way round.

    Lengths and areas are those of the ellipsoid, by the cylindrical equal-area projection
    through the middle of the land (J. P. Snyder, Map Projections, USGS 1395, 1987, s. 10):
    areas are kept exactly, lengths to 0.1 % over 10 km.

    :param corners: without the first one again at the end; may stand inwards.
    """

    corners: tuple[Point, ...]

    @property
    def ring(self) -> Ring:
        """The corners with the first one again at the end, as an :class:`Area` has them."""
        return (*self.corners, *self.corners[:1])

    @property
    def bounds(self) -> tuple[Point, Point]:
        """The south-western and the north-eastern corner of the frame around it."""
        lats = [corner.lat for corner in self.corners]
        lons = [corner.lon for corner in self.corners]
        return Point(min(lats), min(lons)), Point(max(lats), max(lons))

    @property
    def centre(self) -> Point:
        """The middle of the frame around it, which may lie outside."""
        south_west, north_east = self.bounds
        lat, lon = south_west.lat + north_east.lat, south_west.lon + north_east.lon
        return Point(lat / 2, lon / 2)

    @property
    def area_m2(self) -> float:
        """The area in square metres; of a line that crosses itself it means nothing."""
        return abs(sum(a * d - b * c for (a, b), (c, d) in pairwise(self._metres()))) / 2

    @property
    def sides_m(self) -> tuple[float, ...]:
        """The length of each side in metres, the one from the first to the second corner first."""
        return tuple(math.dist(start, end) for start, end in pairwise(self._metres()))

    @property
    def perimeter_m(self) -> float:
        """The length of the whole line in metres."""
        return sum(self.sides_m)

    @property
    def twice(self) -> tuple[int, int] | None:
        """The numbers of the first two corners, from 1, that are one and the same place."""
        spots = self._spots()
        pairs = combinations(range(len(spots)), 2)
        return next(((a + 1, b + 1) for a, b in pairs if spots[a] == spots[b]), None)

    @property
    def crossing(self) -> tuple[int, int] | None:
        """The numbers of the first two sides, from 1, that cross, touch or lie on each other.

        Side 1 goes from corner 1 to corner 2, the last one back to corner 1. Sides that
        follow each other have a corner in common, and may have no more than that.
        """
        spots = self._spots()
        sides = list(pairwise([*spots, *spots[:1]]))
        for first, second in combinations(range(len(sides)), 2):
            if second - first == 1:
                wrong = _turns_back(*sides[first], sides[second][1])
            elif second - first == len(sides) - 1:
                wrong = _turns_back(*sides[second], sides[first][1])
            else:
                wrong = _meet(*sides[first], *sides[second])
            if wrong:
                return first + 1, second + 1
        return None

    def contains(self, point: Point) -> bool:
        """Return whether ``point`` lies inside; on the very line it may be either."""
        return Area(_NAMELESS, (self.ring,)).contains(point)

    def distance_m(self, point: Point) -> float:
        """Return the metres from ``point`` to the land, 0 inside; right to 1 %."""
        return Area(_NAMELESS, (self.ring,)).distance_m(point)

    def _metres(self) -> list[tuple[float, float]]:
        """Return the ring as metres east and north of the middle of the land."""
        middle = self.centre
        latitude = math.radians(middle.lat)
        bulge = math.sqrt(1 - (_ECCENTRICITY * math.sin(latitude)) ** 2)
        scale = math.cos(latitude) / bulge
        level = _authalic(middle.lat)
        return [
            (
                _EQUATOR * scale * math.radians(corner.lon - middle.lon),
                _EQUATOR * (_authalic(corner.lat) - level) / (2 * scale),
            )
            for corner in self.ring
        ]

    def _spots(self) -> list[_Spot]:
        return [(round(one.lat * _PARTS), round(one.lon * _PARTS)) for one in self.corners]


def _authalic(lat: float) -> float:
    """Return q of Snyder's formula 3-12, which grows with the area south of a latitude."""
    sine = math.sin(math.radians(lat))
    bent = _ECCENTRICITY * sine
    return (1 - _ECCENTRICITY**2) * (sine / (1 - bent**2) + math.atanh(bent) / _ECCENTRICITY)


def _turn(a: _Spot, b: _Spot, c: _Spot) -> int:
    """Return 1 where the way over ``a``, ``b``, ``c`` turns one way, -1 the other, 0 straight."""
    twice = (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])
    return (twice > 0) - (twice < 0)


def _between(a: _Spot, b: _Spot, c: _Spot) -> bool:
    """Return whether ``c``, which is in line with ``a`` and ``b``, lies from one to the other."""
    return min(a, b) <= c <= max(a, b)


def _turns_back(a: _Spot, b: _Spot, c: _Spot) -> bool:
    """Return whether the way from ``a`` goes back at ``b`` over itself to ``c``."""
    return _turn(a, b, c) == 0 and (_between(a, b, c) or _between(b, c, a))


def _meet(a: _Spot, b: _Spot, c: _Spot, d: _Spot) -> bool:
    """Return whether the lines from ``a`` to ``b`` and ``c`` to ``d`` have a place in common."""
    sides = _turn(a, b, c), _turn(a, b, d), _turn(c, d, a), _turn(c, d, b)
    if sides[0] != sides[1] and sides[2] != sides[3]:
        return True
    ends = ((a, b, c), (a, b, d), (c, d, a), (c, d, b))
    return any(not turn and _between(*end) for turn, end in zip(sides, ends, strict=True))
