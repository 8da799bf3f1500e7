import math
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kit.geo import Outline, Point
from kit.geo.mercator import metres_per_world

# The ellipsoid of WGS 84, and the UTM scale on the central meridian.
A, F, K0 = 6_378_137.0, 1 / 298.257223563, 0.9996

# Areas and lengths of geodesic polygons by C. Karney's algorithm (GeographicLib 2.0), in m² and m.
KNOWN = [
    ([(18.74, 98.95), (18.7403, 98.95), (18.7403, 98.9504), (18.74, 98.9504)], 1400.716, 150.777),
    (
        [(18.73, 98.94), (18.739, 98.9405), (18.7385, 98.9502), (18.7292, 98.949)],
        1_005_106.973,
        4012.433,
    ),
    (
        [
            (6.5412, 101.2801),
            (6.5431, 101.2801),
            (6.5431, 101.2822),
            (6.542, 101.281),
            (6.5412, 101.2823),
        ],
        35_347.715,
        1034.549,
    ),
    (
        [(20.1301, 100.3301), (20.135, 100.3255), (20.1399, 100.3301), (20.135, 100.3349)],
        533_151.39,
        2927.979,
    ),
]

centres = st.builds(Point, st.floats(5.5, 20.5), st.floats(97.5, 105.5))


@st.composite
def stars(draw: st.DrawFn, least: float = 0.3, corners_least: int = 3) -> Outline:
    """Land that a point sees to every corner of, some of which stand inwards.

    :param least: of the way to the farthest corner that every corner is away; 1 for none inwards.
    """
    centre = draw(centres)
    most_m = draw(st.floats(5, 500))
    count = draw(st.integers(corners_least, 40))
    around = metres_per_world(centre.lat)
    corners = []
    for at in range(count):
        far = draw(st.floats(least, 1)) * most_m
        turn = 2 * math.pi * at / count
        north, east = far * math.sin(turn), far * math.cos(turn)
        lon = centre.lon + 360 * east / around
        corners.append(Point(centre.lat + north / 111_000, lon))
    return Outline(tuple(corners))


def utm(point: Point, meridian: float) -> tuple[float, float]:
    """Metres east and north by the transverse Mercator series of Snyder, 8-9 and 8-10."""
    e2 = F * (2 - F)
    lat = math.radians(point.lat)
    t, c = math.tan(lat) ** 2, e2 / (1 - e2) * math.cos(lat) ** 2
    a = math.radians(point.lon - meridian) * math.cos(lat)
    n = A / math.sqrt(1 - e2 * math.sin(lat) ** 2)
    m = A * (
        (1 - e2 / 4 - 3 * e2**2 / 64 - 5 * e2**3 / 256) * lat
        - (3 * e2 / 8 + 3 * e2**2 / 32 + 45 * e2**3 / 1024) * math.sin(2 * lat)
        + (15 * e2**2 / 256 + 45 * e2**3 / 1024) * math.sin(4 * lat)
        - (35 * e2**3 / 3072) * math.sin(6 * lat)
    )
    east = n * (a + (1 - t + c) * a**3 / 6)
    north = m + n * math.tan(lat) * (a**2 / 2 + (5 - t + 9 * c + 4 * c**2) * a**4 / 24)
    return K0 * east, K0 * north


def by_triangles(outline: Outline) -> float:
    """The area as triangles from the middle of a star, in UTM of a meridian near by."""
    meridian = round(outline.centre.lon)
    corners = [utm(corner, meridian) for corner in outline.ring]
    x, y = utm(outline.centre, meridian)
    whole = 0.0
    for (a, b), (c, d) in pairwise(corners):
        whole += ((a - x) * (d - y) - (b - y) * (c - x)) / 2
    scale = K0 * (1 + (x / K0) ** 2 / (2 * A**2))
    return abs(whole) / scale**2


@pytest.mark.parametrize(("corners", "area", "line"), KNOWN)
def test_area_and_length_are_those_of_the_ellipsoid(
    corners: list[tuple[float, float]], area: float, line: float
) -> None:
    outline = Outline(tuple(Point(*corner) for corner in corners))

    assert outline.area_m2 == pytest.approx(area, rel=1e-6)
    assert outline.perimeter_m == pytest.approx(line, rel=1e-5)
    assert outline.crossing is None


@given(stars())
def test_the_area_is_that_of_triangles_in_another_projection(outline: Outline) -> None:
    assert outline.area_m2 == pytest.approx(by_triangles(outline), rel=0.001)


@given(stars(), st.integers(0, 39), st.booleans())
def test_it_does_not_matter_where_the_line_begins_and_which_way_it_goes(
    outline: Outline, first: int, back: bool
) -> None:
    first %= len(outline.corners)
    turned = outline.corners[first:] + outline.corners[:first]
    other = Outline(turned[::-1] if back else turned)

    assert other.area_m2 == pytest.approx(outline.area_m2, rel=1e-9, abs=1e-6)
    assert other.perimeter_m == pytest.approx(outline.perimeter_m, rel=1e-12)
    assert (other.crossing is None) == (outline.crossing is None)


@given(stars(), st.floats(-0.5, 0.5))
def test_moved_along_a_parallel_it_stays_as_large(outline: Outline, by: float) -> None:
    moved = Outline(tuple(Point(one.lat, one.lon + by) for one in outline.corners))

    assert moved.area_m2 == pytest.approx(outline.area_m2, rel=1e-6)
    assert moved.sides_m == pytest.approx(outline.sides_m, rel=1e-6, abs=1e-6)


@given(centres, st.floats(0, 2 * math.pi), st.floats(10, 500), st.floats(10, 500))
def test_a_rectangle_that_is_turned_stays_as_large(
    centre: Point, turn: float, wide: float, high: float
) -> None:
    """Metres of the ground become degrees here by the radii of the ellipsoid."""
    e2, lat = F * (2 - F), math.radians(centre.lat)
    bulge = 1 - e2 * math.sin(lat) ** 2
    up = math.radians(A * (1 - e2) / bulge**1.5)
    right = math.radians(A * math.cos(lat) / math.sqrt(bulge))
    corners = []
    for x, y in ((-1, -1), (1, -1), (1, 1), (-1, 1)):
        a, b = x * wide / 2, y * high / 2
        east = a * math.cos(turn) - b * math.sin(turn)
        north = a * math.sin(turn) + b * math.cos(turn)
        corners.append(Point(centre.lat + north / up, centre.lon + east / right))
    outline = Outline(tuple(corners))

    assert outline.area_m2 == pytest.approx(wide * high, rel=0.001)
    assert outline.sides_m == pytest.approx((wide, high, wide, high), rel=0.001)


@given(stars())
def test_a_star_never_crosses_itself(outline: Outline) -> None:
    assert outline.crossing is None
    assert outline.twice is None


@given(stars(1, 4), st.integers(0, 39))
def test_sides_that_cross_are_the_two_that_are_named(outline: Outline, at: int) -> None:
    corners = list(outline.corners)
    at %= len(corners) - 1
    corners[at], corners[at + 1] = corners[at + 1], corners[at]
    found = Outline(tuple(corners)).crossing

    assert found is not None
    ring = (*corners, corners[0])
    (a, b), (c, d) = ((ring[number - 1], ring[number]) for number in found)
    assert _turn(a, b, c) * _turn(a, b, d) <= 0
    assert _turn(c, d, a) * _turn(c, d, b) <= 0


def _turn(a: Point, b: Point, c: Point) -> float:
    return (b.lat - a.lat) * (c.lon - a.lon) - (b.lon - a.lon) * (c.lat - a.lat)


def of(*corners: tuple[float, float]) -> Outline:
    return Outline(tuple(Point(18.74 + x / 10_000, 98.95 + y / 10_000) for x, y in corners))


@pytest.mark.parametrize(
    ("outline", "crossing"),
    [
        (of((0, 0), (4, 4), (4, 0), (0, 4)), (1, 3)),
        (of((0, 0), (4, 0), (2, 0), (2, 3)), (1, 2)),
        (of((0, 0), (4, 0), (4, 4), (2, 0), (0, 4)), (1, 3)),
        (of((2, 2), (4, 0), (4, 4), (0, 4), (1, 3), (5, 3)), (2, 5)),
        (of((0, 0), (2, 0), (4, 0)), (1, 3)),
        (of((0, 0), (2, 0), (4, 0), (4, 4), (0, 4)), None),
        (of((0, 0), (4, 0), (4, 4), (2, 1), (0, 4)), None),
    ],
    ids=["bow", "spike", "corner on a side", "knot", "no land", "straight on", "stands inwards"],
)
def test_sides_that_cross_touch_or_turn_back_are_found(
    outline: Outline, crossing: tuple[int, int] | None
) -> None:
    assert outline.crossing == crossing


def test_the_same_corner_twice_is_found_to_a_centimetre() -> None:
    assert of((0, 0), (4, 0), (4, 4), (0, 0.0001)).twice == (1, 4)
    assert of((0, 0), (4, 0), (4, 4), (0, 0.1)).twice is None


@given(stars())
def test_its_middle_is_inside_and_what_is_beyond_its_frame_is_not(outline: Outline) -> None:
    south_west, north_east = outline.bounds
    outside = Point(south_west.lat - 0.001, outline.centre.lon)

    assert not outline.contains(outside)
    assert outline.distance_m(outside) > 100
    seen = Point(
        sum(one.lat for one in outline.corners) / len(outline.corners),
        sum(one.lon for one in outline.corners) / len(outline.corners),
    )
    if outline.contains(seen):
        assert outline.distance_m(seen) == 0
    assert south_west.lat < outline.centre.lat < north_east.lat


def test_an_inward_corner_keeps_what_lies_behind_it_outside() -> None:
    outline = of((0, 0), (4, 0), (4, 4), (2, 1), (0, 4))

    assert outline.contains(Point(18.74005, 98.95005))
    assert not outline.contains(Point(18.7402, 98.9503))
