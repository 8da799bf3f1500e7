from hypothesis import given
from hypothesis import strategies as st

from core.api import Text
from kit.geo import Point, distance_m, draw, read_area
from kit.geo.areas import SHIPPED
from kit.geo.clusters import REACH, clusters
from kit.geo.drawing import closer

MAEHIA = read_area((SHIPPED / "maehia.json").read_bytes(), Text("แม่เหียะ", "Mae Hia"))
SOUTH_WEST, NORTH_EAST = MAEHIA.bounds
places = st.builds(
    Point,
    st.floats(SOUTH_WEST.lat, NORTH_EAST.lat),
    st.floats(SOUTH_WEST.lon, NORTH_EAST.lon),
)
many = st.lists(st.tuples(st.uuids().map(str), places), max_size=60)


@given(many)
def test_every_point_is_in_one_mark_and_a_mark_stands_among_its_points(
    points: list[tuple[str, Point]],
) -> None:
    drawing = draw(MAEHIA)
    found = clusters(drawing, points)

    assert sum(one.count for one in found) == len(points)
    for one in found:
        assert REACH <= one.x <= drawing.width - REACH
        assert REACH <= one.y <= drawing.height - REACH
        assert one.first in {key for key, _ in points}
    apart = [(one, other) for one in found for other in found if one is not other]
    assert all(max(abs(a.x - b.x), abs(a.y - b.y)) >= 2 * REACH - 1e-6 for a, b in apart)


@given(places, st.sampled_from([2, 4, 8, 16, 32, 64]))
def test_a_map_that_is_closer_has_its_middle_where_it_was_asked_for(
    centre: Point, times: int
) -> None:
    whole = draw(MAEHIA)
    near = closer(whole, MAEHIA, centre, times)
    x, y = near.place(centre)

    assert abs(x - near.width / 2) < 0.1
    assert abs(y - near.height / 2) < 0.1
    east = Point(centre.lat, centre.lon + 0.001)
    metres = (near.place(east)[0] - x) * near.metres
    assert abs(metres - distance_m(centre, east)) < 2
    assert near.bar <= 130


def test_five_thousand_points_are_some_dozen_marks() -> None:
    points = [
        (
            str(n),
            Point(
                SOUTH_WEST.lat + (n * 37 % 1000) / 1000 * (NORTH_EAST.lat - SOUTH_WEST.lat),
                SOUTH_WEST.lon + (n * 61 % 997) / 997 * (NORTH_EAST.lon - SOUTH_WEST.lon),
            ),
        )
        for n in range(5_000)
    ]
    found = clusters(draw(MAEHIA), points)

    assert len(found) <= 60
    assert sum(one.count for one in found) == 5_000
