import json
import math
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from core.api import Tenant, Text
from kit.geo import Area, Point, area_of, distance_m, read_area
from kit.geo.areas import SHIPPED, Ring
from kit.thai import Unreadable

Shipped = Callable[[str], Area]
Municipality = Callable[..., Tenant]

NAME = Text("เทศบาลทดสอบ", "Test Municipality")
CENTRE = Point(18.74, 98.95)


def star(lengths: list[float], clockwise: bool = False) -> Ring:
    """A line around CENTRE, as many corners as lengths (in degrees), seldom convex."""
    turns = [2 * math.pi * at / len(lengths) for at in range(len(lengths))]
    corners = [
        Point(CENTRE.lat + length * math.sin(turn), CENTRE.lon + length * math.cos(turn))
        for length, turn in zip(lengths, turns, strict=True)
    ]
    if clockwise:
        corners.reverse()
    return (*corners, corners[0])


lines = st.builds(star, st.lists(st.floats(0.005, 0.05), min_size=3, max_size=12), st.booleans())
points = st.builds(Point, st.floats(CENTRE.lat - 0.1, CENTRE.lat + 0.1), st.floats(98.85, 99.05))


def winding(ring: Ring, point: Point) -> int:
    total = 0.0
    for start, end in pairwise(ring):
        before = math.atan2(start.lat - point.lat, start.lon - point.lon)
        after = math.atan2(end.lat - point.lat, end.lon - point.lon)
        total += (after - before + math.pi) % (2 * math.pi) - math.pi
    return round(total / (2 * math.pi))


def sampled_distance(ring: Ring, point: Point) -> float:
    return min(
        distance_m(
            point,
            Point(
                start.lat + (end.lat - start.lat) * step / 400,
                start.lon + (end.lon - start.lon) * step / 400,
            ),
        )
        for start, end in pairwise(ring)
        for step in range(401)
    )


@given(lines, points)
def test_inside_is_where_the_line_winds_around(ring: Ring, point: Point) -> None:
    area = Area(NAME, (ring,))
    assume(sampled_distance(ring, point) > 1)

    assert area.contains(point) == (winding(ring, point) != 0)


@given(lines, st.integers(0, 11))
def test_corners_on_the_height_of_the_point_do_not_confuse(ring: Ring, at: int) -> None:
    west = Point(ring[at % len(ring)].lat, CENTRE.lon - 0.09)

    assert not Area(NAME, (ring,)).contains(west)


@given(lines, points)
def test_the_distance_is_that_to_the_nearest_place_of_the_line(ring: Ring, point: Point) -> None:
    area = Area(NAME, (ring,))
    distance = area.distance_m(point)

    if area.contains(point):
        assert distance == 0
    else:
        assert distance == pytest.approx(sampled_distance(ring, point), rel=0.01, abs=15)


@given(lines, points)
def test_who_goes_the_way_that_is_said_comes_nearer(ring: Ring, point: Point) -> None:
    area = Area(NAME, (ring,))
    problem = area.problem(point)
    assume(problem is not None and area.distance_m(point) > 100)
    assert problem is not None

    ways = {"north": (1, 0), "east": (0, 1), "south": (-1, 0), "west": (0, -1)}
    said = problem.en.split("Move it ")[1].split(",")[0].split("-")
    north = sum(ways[word][0] for word in said)
    east = sum(ways[word][1] for word in said)
    step = 20 / 111_195 / math.hypot(north, east)
    nearer = Point(
        point.lat + north * step, point.lon + east * step / math.cos(math.radians(point.lat))
    )
    assert area.distance_m(nearer) < area.distance_m(point)


def test_a_hole_and_a_second_part_are_seen() -> None:
    outer, hole = star([0.04] * 8), star([0.01] * 8, clockwise=True)
    island = tuple(Point(point.lat, point.lon + 0.2) for point in hole)
    area = Area(NAME, (outer, hole, island))

    assert not area.contains(CENTRE)
    assert area.contains(Point(CENTRE.lat + 0.02, CENTRE.lon))
    assert area.contains(Point(CENTRE.lat, CENTRE.lon + 0.2))
    assert area.distance_m(CENTRE) == pytest.approx(0.00924 * 105_300, rel=0.02)


def test_a_pin_outside_is_told_how_far_and_which_way(shipped: Shipped) -> None:
    area = shipped("maehia")

    assert area.problem(Point.parse("18.74120, 98.92310")) == Text(
        "หมุดอยู่นอกเขตเทศบาลเมืองแม่เหียะประมาณ 240 เมตร เลื่อนหมุดไปทางทิศตะวันออก ให้เข้ามาในเส้นประ",
        "The pin is about 240 metres outside Mae Hia Town Municipality. "
        "Move it east, inside the dotted line.",
    )
    assert area.problem(Point(18.74, 98.95)) is None


@pytest.mark.parametrize(
    ("code", "inside", "km2"),
    [
        ("maehia", Point(18.74, 98.95), 24.0),
        ("yala", Point(6.541, 101.281), 19.4),
        ("khrueng", Point(20.13, 100.33), 57.7),
    ],
)
def test_areas_that_come_with_the_platform_are_plausible_and_say_that_nobody_verified_them(
    shipped: Shipped, code: str, inside: Point, km2: float
) -> None:
    area = shipped(code)

    assert area.contains(inside)
    assert square_kilometres(area) == pytest.approx(km2, rel=0.01)
    assert not area.verified
    assert area.source == "drawn by hand, approximate; an office replaces it in its settings"


def square_kilometres(area: Area) -> float:
    [ring] = area.rings
    degrees = abs(sum(a.lon * b.lat - b.lon * a.lat for a, b in pairwise(ring))) / 2
    return degrees * 111.195**2 * math.cos(math.radians(ring[0].lat))


def test_every_area_that_comes_with_the_platform_can_be_read(shipped: Shipped) -> None:
    codes = sorted(path.stem for path in SHIPPED.glob("*.json"))

    assert codes == ["khrueng", "maehia", "yala"]
    assert all(shipped(code).rings for code in codes)


def test_a_municipality_has_the_area_that_it_set_before_the_one_that_came(
    shipped: Shipped, municipality: Municipality
) -> None:
    drawn = geojson([[[99, 18], [99.1, 18], [99.1, 18.1], [99, 18]]])

    assert area_of(municipality("maehia")) == shipped("maehia")
    assert area_of(municipality("nowhere")) is None
    own = area_of(municipality("maehia", area=drawn))
    assert own is not None
    assert own.bounds == (Point(18, 99), Point(18.1, 99.1))
    assert own.name == municipality("maehia").name


def geojson(coordinates: object, **properties: object) -> str:
    return json.dumps(
        {
            "type": "Feature",
            "properties": properties,
            "geometry": {"type": "Polygon", "coordinates": coordinates},
        }
    )


SQUARE: list[list[float]] = [[99, 18], [99.1, 18], [99.1, 18.1], [99, 18.1], [99, 18]]


@pytest.mark.parametrize(
    "given_as",
    [
        {"type": "Polygon", "coordinates": [SQUARE]},
        {"type": "MultiPolygon", "coordinates": [[SQUARE]]},
        {"type": "Polygon", "coordinates": [[[*position, 310.5] for position in SQUARE]]},
        {
            "type": "FeatureCollection",
            "features": [
                {
                    "type": "Feature",
                    "properties": None,
                    "geometry": {"type": "Polygon", "coordinates": [SQUARE]},
                }
            ],
        },
    ],
)
def test_an_area_is_read_in_each_form_that_programs_for_maps_write(given_as: object) -> None:
    area = read_area(json.dumps(given_as).encode(), NAME)

    assert area.contains(Point(18.05, 99.05))
    assert not area.verified


def test_an_office_can_say_that_it_verified_its_area() -> None:
    area = read_area(geojson([SQUARE], verified=True, source="ประกาศกระทรวงมหาดไทย"), NAME)

    assert area.verified
    assert area.source == "ประกาศกระทรวงมหาดไทย"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{}",
        "[]",
        b"\xff\xfe",
        '{"type": "Feature", "geometry": null}',
        '{"type": "Point", "coordinates": [99, 18]}',
        geojson([]),
        geojson([SQUARE[:3]]),
        geojson([SQUARE[:4]]),
        geojson([[["a", "b"]] * 5]),
        geojson([[[99, 18]] * 5]),
        geojson([[[99, 18], [99.1, 18], [99.2, 18], [99, 18]]]),
    ],
)
def test_what_is_no_area_is_refused(text: str | bytes) -> None:
    with pytest.raises(Unreadable) as refused:
        read_area(text, NAME)

    assert "GeoJSON" in refused.value.sentence.th


def test_an_area_the_wrong_way_round_is_refused() -> None:
    turned = geojson([[[lat, lon] for lon, lat in SQUARE]])

    with pytest.raises(Unreadable) as refused:
        read_area(turned, NAME)
    assert "ลองจิจูดมาก่อนละติจูด" in refused.value.sentence.th


@given(st.text() | st.binary())
@example(Path(__file__).read_bytes())
def test_any_file_is_an_area_or_refused(content: str | bytes) -> None:
    with pytest.raises(Unreadable):
        read_area(content, NAME)
