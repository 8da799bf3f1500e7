"""The area of a municipality: what lies inside, and how far and where to go from outside."""

from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from math import hypot
from pathlib import Path
from typing import Annotated, Any

import msgspec

from core.api import Tenant, Text
from kit.geo.points import Point
from kit.geo.sphere import direction, offset_m, spoken_distance
from kit.thai import Unreadable

# Where the areas lie that come with the platform; an office replaces its own in its settings.
SHIPPED = Path(__file__).parent / "data" / "areas"

# A line around a piece of land; the last point is the first one.
Ring = tuple[Point, ...]

_PIN = Text("หมุด", "The pin")
_OUTSIDE = Text(
    "{what}อยู่นอกเขต{name}ประมาณ {far} เลื่อน{what}ไปทาง{way} ให้เข้ามาในเส้นประ",
    "{what} is about {far} outside {name}. Move it {way}, inside the dotted line.",
)
_NOT_AN_AREA = Text(
    "ไฟล์นี้ไม่ใช่ GeoJSON ของพื้นที่ (Polygon หรือ MultiPolygon) เลือกไฟล์ใหม่",
    "This file is not GeoJSON of an area (a Polygon or MultiPolygon). Choose another file.",
)
_ABROAD = Text(
    "พื้นที่ในไฟล์นี้อยู่นอกประเทศไทย ใน GeoJSON ลองจิจูดมาก่อนละติจูด ตรวจแล้วเลือกไฟล์ใหม่",
    "The area in this file is outside Thailand. GeoJSON has the longitude before the latitude. "
    "Check it and choose another file.",
)


class Area(msgspec.Struct, frozen=True):
    """The area inside a municipality's limits.

    :param name: with its kind, as it stands in a sentence, e.g. ``เทศบาลเมืองแม่เหียะ``.
    :param rings: the lines around its parts, and those around the holes in them.
    :param verified: an office has compared the line with the announced limits.
    :param source: who drew it, from what.
    """

    name: Text
    rings: tuple[Ring, ...]
    verified: bool = False
    source: str = ""

    @property
    def bounds(self) -> tuple[Point, Point]:
        """The south-western and the north-eastern corner of the frame around it."""
        lats = [point.lat for ring in self.rings for point in ring]
        lons = [point.lon for ring in self.rings for point in ring]
        return Point(min(lats), min(lons)), Point(max(lats), max(lons))

    def contains(self, point: Point) -> bool:
        """Return whether ``point`` lies inside; on the very line it may be either."""
        inside = False
        for start, end in self._edges():
            if (start.lat > point.lat) != (end.lat > point.lat):
                along = (point.lat - start.lat) / (end.lat - start.lat)
                inside ^= point.lon < start.lon + along * (end.lon - start.lon)
        return inside

    def distance_m(self, point: Point) -> float:
        """Return the metres from ``point`` to the area, 0 inside; right to 1 % within 50 km."""
        return 0.0 if self.contains(point) else _length(self._way(point))

    def problem(self, point: Point, what: Text = _PIN) -> Text | None:
        """Return what to tell whoever put a pin outside: how far, and which way to go.

        :param what: is outside, as it begins a sentence; Thai ends in a space after a number.
        """
        if self.contains(point):
            return None
        way = self._way(point)
        far = spoken_distance(_length(way))
        return _OUTSIDE.format(what=what, name=self.name, far=far, way=direction(*way))

    def _edges(self) -> Iterator[tuple[Point, Point]]:
        for ring in self.rings:
            yield from pairwise(ring)

    def _way(self, point: Point) -> tuple[float, float]:
        """Return the metres east and north from ``point`` to the nearest place of the line."""
        ways = (_nearest(offset_m(point, a), offset_m(point, b)) for a, b in self._edges())
        return min(ways, key=_length)


def _nearest(start: tuple[float, float], end: tuple[float, float]) -> tuple[float, float]:
    """Return the place of the straight line from ``start`` to ``end`` nearest to 0, 0."""
    dx, dy = end[0] - start[0], end[1] - start[1]
    squared = dx * dx + dy * dy
    along = -(start[0] * dx + start[1] * dy) / squared if squared else 0.0
    along = min(1.0, max(0.0, along))
    return start[0] + along * dx, start[1] + along * dy


def _length(way: tuple[float, float]) -> float:
    return hypot(*way)


_Position = Annotated[list[float], msgspec.Meta(min_length=2, max_length=3)]
_Line = Annotated[list[_Position], msgspec.Meta(min_length=4)]
_Lines = Annotated[list[_Line], msgspec.Meta(min_length=1)]


class _Polygon(msgspec.Struct, tag="Polygon"):
    coordinates: _Lines

    def lines(self) -> list[_Line]:
        return self.coordinates


class _MultiPolygon(msgspec.Struct, tag="MultiPolygon"):
    coordinates: Annotated[list[_Lines], msgspec.Meta(min_length=1)]

    def lines(self) -> list[_Line]:
        return [line for part in self.coordinates for line in part]


class _Feature(msgspec.Struct, tag="Feature"):
    geometry: _Polygon | _MultiPolygon
    properties: dict[str, Any] | None = None

    def lines(self) -> list[_Line]:
        return self.geometry.lines()


class _Collection(msgspec.Struct, tag="FeatureCollection"):
    features: Annotated[list[_Feature], msgspec.Meta(min_length=1)]

    def lines(self) -> list[_Line]:
        return [line for feature in self.features for line in feature.lines()]


@lru_cache(maxsize=100)
def read_area(geojson: str | bytes, name: Text) -> Area:
    """Read an area from GeoJSON: a Feature, some of them, or a Polygon or MultiPolygon alone.

    Positions are longitude, latitude, as RFC 7946 has them. A Feature may have the properties
    ``verified`` and ``source`` of :class:`Area`. Read again, the same text costs nothing.

    :raises Unreadable: it is none, or lies outside Thailand.
    """
    kinds = _Feature | _Collection | _Polygon | _MultiPolygon
    try:
        given: _Feature | _Collection | _Polygon | _MultiPolygon
        given = msgspec.json.decode(geojson, type=kinds)
    except msgspec.DecodeError:
        raise Unreadable(_NOT_AN_AREA) from None
    told = (given.properties or {}) if isinstance(given, _Feature) else {}
    rings = tuple(_ring(line) for line in given.lines())
    area = Area(name, rings, told.get("verified") is True, str(told.get("source", "")))
    south_west, north_east = area.bounds
    if south_west.lat == north_east.lat or south_west.lon == north_east.lon:
        raise Unreadable(_NOT_AN_AREA)
    return area


def area_of(tenant: Tenant) -> Area | None:
    """Return the area that the office has set, else the one that comes with the platform.

    :returns: None where there is neither; nobody can be told then that a pin is outside.
    """
    set_by_office = tenant.settings.get("geo", {}).get("area")
    if set_by_office:
        return read_area(set_by_office, tenant.name)
    path = SHIPPED / f"{tenant.id}.json"
    return read_area(path.read_bytes(), tenant.name) if path.is_file() else None


def _ring(line: list[_Position]) -> Ring:
    if line[0] != line[-1]:
        raise Unreadable(_NOT_AN_AREA)
    ring = tuple(Point(position[1], position[0]) for position in line)
    if not all(point.in_thailand for point in ring):
        raise Unreadable(_ABROAD)
    return ring
