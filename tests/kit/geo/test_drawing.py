import math
import re
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.api import Tenant, Text
from kit.geo import Area, Drawing, Point, distance_m, draw, draw_near, map_near, map_of
from kit.geo.drawing import HEIGHT, MARGIN, WIDTH
from kit.geo.mercator import from_world

Shipped = Callable[[str], Area]
Municipality = Callable[..., Tenant]

CODES = ["khrueng", "maehia", "yala"]
codes = st.sampled_from(CODES)


def corners(drawing: Drawing) -> list[tuple[float, float]]:
    return [(float(x), float(y)) for x, y in re.findall(r"(-?[\d.]+),(-?[\d.]+)", drawing.path)]


@pytest.mark.parametrize("code", CODES)
def test_the_whole_area_is_on_the_map_with_a_margin(shipped: Shipped, code: str) -> None:
    found = corners(draw(shipped(code)))

    assert min(x for x, _ in found) >= MARGIN - 1
    assert max(x for x, _ in found) <= WIDTH - MARGIN + 1
    assert min(y for _, y in found) >= MARGIN - 1
    assert max(y for _, y in found) <= HEIGHT - MARGIN + 1


@given(codes, st.floats(-0.02, 0.02), st.floats(-0.02, 0.02))
def test_a_place_on_the_map_is_that_place_on_the_ground(
    shipped: Shipped, code: str, north: float, east: float
) -> None:
    drawing = draw(shipped(code))
    middle = shipped(code).bounds[0]
    point = Point(middle.lat + north, middle.lon + east)

    x, y = drawing.place(point)
    back = from_world((x + drawing.left) / drawing.world, (y + drawing.top) / drawing.world)
    assert distance_m(point, back) <= 0.01 * drawing.metres


def test_north_is_up_and_east_is_right(shipped: Shipped) -> None:
    drawing = draw(shipped("maehia"))
    x, y = drawing.place(Point(18.74, 98.95))

    assert drawing.place(Point(18.75, 98.95))[1] < y
    assert drawing.place(Point(18.74, 98.96))[0] > x


def test_a_pin_outside_but_near_widens_the_map(shipped: Shipped) -> None:
    pin = Point(18.7412, 98.88)
    drawing = draw(shipped("maehia"), [pin])

    [(x, y)] = drawing.pins
    assert MARGIN - 1 <= x <= WIDTH - MARGIN + 1
    assert 0 < y < HEIGHT
    assert drawing.world < draw(shipped("maehia")).world


def test_a_pin_at_the_other_end_of_the_country_is_left_out(shipped: Shipped) -> None:
    drawing = draw(shipped("maehia"), [Point(6.541, 101.281), Point(18.74, 98.95)])

    assert drawing.pins == (draw(shipped("maehia")).place(Point(18.74, 98.95)),)
    assert drawing.world == draw(shipped("maehia")).world


@given(codes)
def test_the_bar_is_as_long_as_it_says(shipped: Shipped, code: str) -> None:
    drawing = draw(shipped(code))
    figure, unit = drawing.bar_length.en.split()

    metres = float(figure) * (1_000 if unit == "kilometres" else 1)
    assert drawing.bar * drawing.metres == pytest.approx(metres, rel=0.01)
    assert 40 < drawing.bar <= 130


def test_a_line_of_many_points_is_drawn_with_few() -> None:
    turns = [2 * math.pi * at / 20_000 for at in range(20_000)]
    ring = tuple(Point(18.7 + 0.03 * math.sin(t), 98.9 + 0.03 * math.cos(t)) for t in turns)
    drawing = draw(Area(Text("ก", "A"), ((*ring, ring[0]),)))

    assert len(drawing.path) < 16_000
    assert len(corners(drawing)) > 100


def test_a_municipality_gets_its_map_with_the_tiles_that_it_set(municipality: Municipality) -> None:
    tiles = "https://tiles.example/{z}/{x}/{y}.png"
    drawing = map_of(municipality("yala", tiles=tiles, attribution="© กรมแผนที่"))

    assert drawing is not None
    assert drawing.name.th == "เทศบาลนครยะลา"
    assert (drawing.tiles, drawing.attribution) == (tiles, "© กรมแผนที่")
    assert map_of(municipality("nowhere")) is None


LAND = (Point(18.74, 98.95), Point(18.7403, 98.95), Point(18.7403, 98.9504))


@given(codes, st.floats(1, 900), st.floats(1, 900))
def test_land_is_drawn_as_large_as_the_map_allows_with_what_is_around_it(
    shipped: Shipped, code: str, wide: float, high: float
) -> None:
    start = shipped(code).bounds[0]
    far = Point(start.lat + high / 111_000, start.lon + wide / 108_000)
    drawing = draw_near(shipped(code), outline=(start, far, Point(start.lat, far.lon)))

    xs, ys = zip(*drawing.outline, strict=True)
    assert MARGIN <= min(xs) <= max(xs) <= WIDTH - MARGIN
    assert MARGIN <= min(ys) <= max(ys) <= HEIGHT - MARGIN
    shown = drawing.metres * WIDTH, drawing.metres * HEIGHT
    assert min(shown) >= 60
    # It fills a good part of the map, unless it is smaller than what is always shown.
    assert max(wide, 40) / shown[0] > 0.3 or max(high, 40) / shown[1] > 0.3
    assert distance_m(start, far) == pytest.approx(
        math.dist(drawing.outline[0], drawing.outline[1]) * drawing.metres, rel=0.01, abs=0.2
    )


def test_a_pin_beside_the_land_is_on_its_map(shipped: Shipped) -> None:
    pin = Point(18.745, 98.95)
    drawing = draw_near(shipped("maehia"), [pin], LAND)

    assert drawing.pins == (drawing.place(pin),)
    assert drawing.outline == tuple(drawing.place(corner) for corner in LAND)
    assert 0 < drawing.pins[0][1] < HEIGHT


def test_land_is_on_the_map_of_the_municipality_unless_absurdly_far(shipped: Shipped) -> None:
    assert len(draw(shipped("maehia"), outline=LAND).outline) == 3
    assert draw(shipped("yala"), outline=LAND).outline == ()


def test_land_gets_the_tiles_of_its_municipality(municipality: Municipality) -> None:
    drawing = map_near(municipality("maehia", tiles="/t/{z}/{x}/{y}"), outline=LAND)

    assert drawing is not None
    assert drawing.tiles == "/t/{z}/{x}/{y}"
    assert drawing.outline
    assert map_near(municipality("nowhere"), outline=LAND) is None
