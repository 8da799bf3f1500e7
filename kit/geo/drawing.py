"""An area and its pins as the values that the map macros draw: an SVG that needs no tiles."""

from collections.abc import Sequence

import msgspec

from core.api import Tenant, Text
from kit.geo.areas import Area, Ring, area_of
from kit.geo.mercator import from_world, metres_per_world, to_world
from kit.geo.points import Point
from kit.geo.sphere import distance_m, spoken_distance

# The frame of every map in SVG units; also pixels where the column is that wide.
WIDTH, HEIGHT = 480, 320
MARGIN = 24

# The shortest side of a map of something small, in metres: enough to see what is around it.
NEAREST = 60
# How much wider than what it is about such a map is.
ROOM = 1.5

# A pin this many times the area's own length away would leave the area too small to see.
FAR = 2.0
# The bar of the scale: the longest of these metres that fits.
BAR_LENGTHS = (10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 20_000, 50_000)
LONGEST_BAR = 130
# Points of a line nearer to each other than this cannot be told apart on the map.
APART = 0.8

# Middle, width and height of what a map shows, as parts of the world.
_Frame = tuple[tuple[float, float], float, float]


class Drawing(msgspec.Struct, frozen=True):
    """A map as plain values. Lengths are SVG units, in a frame of ``width`` to ``height``.

    :param name: of the area.
    :param path: SVG path of its limits.
    :param world: length that the whole world would have on this map.
    :param left: of the frame on that world, from 180° W.
    :param top: of the frame on that world, from its northern edge.
    :param middle: where the name of the area stands.
    :param pins: places of the pins that fall on the map.
    :param metres: what one unit is on the ground, in the middle of the map.
    :param bar: length of the scale's bar.
    :param bar_length: what the bar says, e.g. ``500 เมตร``.
    :param tiles: address of a tile, with {z}, {x} and {y}; "" where the office has set none.
    :param attribution: whose tiles they are, shown beside them.
    :param outline: places of the corners of a piece of land.
    """

    name: Text
    path: str
    world: float
    left: float
    top: float
    middle: tuple[float, float]
    pins: tuple[tuple[float, float], ...]
    metres: float
    bar: float
    bar_length: Text
    tiles: str = ""
    attribution: str = ""
    outline: tuple[tuple[float, float], ...] = ()
    width: int = WIDTH
    height: int = HEIGHT

    def place(self, point: Point) -> tuple[float, float]:
        """Return where ``point`` falls, to a hundredth of a unit."""
        x, y = to_world(point)
        return round(x * self.world - self.left, 2), round(y * self.world - self.top, 2)


def map_of(
    tenant: Tenant, pins: Sequence[Point] = (), outline: Sequence[Point] = ()
) -> Drawing | None:
    """Return the map of a municipality with its tiles; None while it has no area."""
    area = area_of(tenant)
    return _tiled(tenant, draw(area, pins, outline)) if area else None


def map_near(
    tenant: Tenant, pins: Sequence[Point] = (), outline: Sequence[Point] = ()
) -> Drawing | None:
    """Return the map of what lies around pins and a piece of land, of which there is one at least.

    :returns: None while the municipality has no area.
    """
    area = area_of(tenant)
    return _tiled(tenant, draw_near(area, pins, outline)) if area else None


def _tiled(tenant: Tenant, drawing: Drawing) -> Drawing:
    own = tenant.settings.get("geo", {})
    return msgspec.structs.replace(
        drawing, tiles=own.get("tiles", ""), attribution=own.get("attribution", "")
    )


def draw(area: Area, pins: Sequence[Point] = (), outline: Sequence[Point] = ()) -> Drawing:
    """Return the map of ``area``, wide enough to show the pins that are not absurdly far."""
    south_west, north_east = area.bounds
    reach = FAR * distance_m(south_west, north_east)
    near = [pin for pin in pins if area.distance_m(pin) <= reach]
    shape = outline if all(area.distance_m(corner) <= reach for corner in outline) else ()
    frame = _around((south_west, north_east, *near, *shape))
    return _framed(area, frame, near, shape)


def draw_near(area: Area, pins: Sequence[Point] = (), outline: Sequence[Point] = ()) -> Drawing:
    """Return the map of what lies around pins and a piece of land; of the area, its line there."""
    middle, wide, high = _around((*pins, *outline))
    least = NEAREST / metres_per_world(from_world(*middle).lat)
    wide, high = max(ROOM * wide, least), max(ROOM * high, least)
    return _framed(area, (middle, wide, high), pins, outline)


def _around(points: Sequence[Point]) -> _Frame:
    """Return the middle of the frame around some points, its width and its height, on the world."""
    xs, ys = zip(*(to_world(point) for point in points), strict=True)
    middle = (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2
    return middle, max(xs) - min(xs), max(ys) - min(ys)


def _framed(area: Area, frame: _Frame, pins: Sequence[Point], outline: Sequence[Point]) -> Drawing:
    middle, wide, high = frame
    world = round(min((WIDTH - 2 * MARGIN) / wide, (HEIGHT - 2 * MARGIN) / high), 1)
    left = round(middle[0] * world - WIDTH / 2, 2)
    top = round(middle[1] * world - HEIGHT / 2, 2)
    metres = round(metres_per_world(from_world(*middle).lat) / world, 6)
    empty = Drawing(area.name, "", world, left, top, (0, 0), (), metres, *_bar(metres))
    return msgspec.structs.replace(
        empty,
        path="".join(_path(empty, ring) for ring in area.rings),
        middle=empty.place(_centre(area)),
        pins=tuple(empty.place(pin) for pin in pins),
        outline=tuple(empty.place(corner) for corner in outline),
    )


def _centre(area: Area) -> Point:
    south_west, north_east = area.bounds
    return Point((south_west.lat + north_east.lat) / 2, (south_west.lon + north_east.lon) / 2)


def closer(drawing: Drawing, area: Area, centre: Point, times: int) -> Drawing:
    """Return the map of ``area`` again, so many times larger and with ``centre`` in its middle."""
    x, y = to_world(centre)
    world = round(drawing.world * times, 1)
    metres = round(drawing.metres / times, 6)
    bar, bar_length = _bar(metres)
    frame = msgspec.structs.replace(
        drawing,
        world=world,
        left=round(x * world - drawing.width / 2, 2),
        top=round(y * world - drawing.height / 2, 2),
        metres=metres,
        bar=bar,
        bar_length=bar_length,
        pins=(),
        outline=(),
    )
    path = "".join(_path(frame, ring) for ring in area.rings)
    return msgspec.structs.replace(frame, path=path, middle=frame.place(_centre(area)))


def _path(drawing: Drawing, ring: Ring) -> str:
    kept: list[tuple[float, float]] = []
    for x, y in (drawing.place(point) for point in ring[:-1]):
        if not kept or abs(x - kept[-1][0]) + abs(y - kept[-1][1]) >= APART:
            kept.append((x, y))
    return "M" + " ".join(f"{x:.1f},{y:.1f}" for x, y in kept) + "Z"


def _bar(metres_per_unit: float) -> tuple[float, Text]:
    fitting = [length for length in BAR_LENGTHS if length / metres_per_unit <= LONGEST_BAR]
    metres = max(fitting, default=BAR_LENGTHS[0])
    return round(metres / metres_per_unit, 1), spoken_distance(metres)
