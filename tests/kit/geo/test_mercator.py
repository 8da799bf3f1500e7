import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kit.geo import Point, distance_m
from kit.geo.mercator import from_world, metres_per_world, to_world

points = st.builds(Point, st.floats(5, 21), st.floats(97, 106))


def test_the_world_is_a_square_of_one_with_greenwich_and_the_equator_in_its_middle() -> None:
    edge = math.degrees(math.atan(math.sinh(math.pi)))

    assert to_world(Point(0, 0)) == (0.5, 0.5)
    assert to_world(Point(edge, -180)) == pytest.approx((0, 0), abs=1e-12)
    assert to_world(Point(-edge, 180)) == pytest.approx((1, 1), abs=1e-12)


@given(points, st.integers(0, 19))
def test_a_place_is_on_the_tile_that_map_servers_have_it_on(point: Point, zoom: int) -> None:
    lat, count = math.radians(point.lat), 2**zoom
    column = (point.lon + 180) / 360 * count
    row = (1 - math.log(math.tan(lat) + 1 / math.cos(lat)) / math.pi) / 2 * count

    x, y = to_world(point)
    assert (x * count, y * count) == pytest.approx((column, row), rel=1e-12)


@given(points)
def test_going_there_and_back_leads_to_the_same_place(point: Point) -> None:
    back = from_world(*to_world(point))

    assert back.lat == pytest.approx(point.lat, abs=1e-9)
    assert back.lon == pytest.approx(point.lon, abs=1e-9)


@given(points)
def test_the_scale_is_that_of_the_ground(point: Point) -> None:
    east = Point(point.lat, point.lon + 0.01)
    width = to_world(east)[0] - to_world(point)[0]

    assert width * metres_per_world(point.lat) == pytest.approx(distance_m(point, east), rel=0.005)
