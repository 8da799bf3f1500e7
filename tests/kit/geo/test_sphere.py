import math

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from kit.geo import Point, direction, distance_m, offset_m, spoken_distance
from kit.geo.sphere import RADIUS

points = st.builds(Point, st.floats(5.5, 20.5), st.floats(97.5, 105.5))
steps = st.floats(-0.3, 0.3)


def haversine(start: Point, end: Point) -> float:
    lat_1, lat_2 = math.radians(start.lat), math.radians(end.lat)
    half_lat, half_lon = (lat_2 - lat_1) / 2, math.radians(end.lon - start.lon) / 2
    chord = math.sin(half_lat) ** 2 + math.cos(lat_1) * math.cos(lat_2) * math.sin(half_lon) ** 2
    return 2 * RADIUS * math.asin(math.sqrt(chord))


@given(points, steps, steps)
def test_distances_agree_with_the_great_circle(start: Point, north: float, east: float) -> None:
    end = Point(start.lat + north, start.lon + east)

    assert distance_m(start, end) == pytest.approx(haversine(start, end), rel=0.001, abs=0.01)


@given(points, steps, steps)
def test_an_offset_points_the_way_of_its_signs(start: Point, north: float, east: float) -> None:
    assume(abs(north) > 1e-9 and abs(east) > 1e-9)

    x, y = offset_m(start, Point(start.lat + north, start.lon + east))
    assert (x > 0, y > 0) == (east > 0, north > 0)


@pytest.mark.parametrize(
    ("east", "north", "thai", "english"),
    [
        (0, 1, "ทิศเหนือ", "north"),
        (1, 1, "ทิศตะวันออกเฉียงเหนือ", "north-east"),
        (1, 0, "ทิศตะวันออก", "east"),
        (1, -1, "ทิศตะวันออกเฉียงใต้", "south-east"),
        (0, -1, "ทิศใต้", "south"),
        (-1, -1, "ทิศตะวันตกเฉียงใต้", "south-west"),
        (-1, 0, "ทิศตะวันตก", "west"),
        (-1, 1, "ทิศตะวันตกเฉียงเหนือ", "north-west"),
        (0.4, 1, "ทิศเหนือ", "north"),
        (0.5, 1, "ทิศตะวันออกเฉียงเหนือ", "north-east"),
        (-0.01, 1, "ทิศเหนือ", "north"),
    ],
)
def test_a_way_has_the_name_of_the_nearest_wind(
    east: float, north: float, thai: str, english: str
) -> None:
    assert (direction(east, north).th, direction(east, north).en) == (thai, english)


@pytest.mark.parametrize(
    ("metres", "thai", "english"),
    [
        (0.4, "10 เมตร", "10 metres"),
        (243, "240 เมตร", "240 metres"),
        (994, "990 เมตร", "990 metres"),
        (996, "1 กิโลเมตร", "1 kilometres"),
        (1_240, "1.2 กิโลเมตร", "1.2 kilometres"),
        (9_960, "10 กิโลเมตร", "10 kilometres"),
        (1_378_400, "1,378 กิโลเมตร", "1,378 kilometres"),
    ],
)
def test_a_distance_is_said_as_people_say_it(metres: float, thai: str, english: str) -> None:
    assert (spoken_distance(metres).th, spoken_distance(metres).en) == (thai, english)
