import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.api import Text
from kit.geo import Point
from kit.geo.points import EAST, NORTH, SOUTH, WEST
from kit.thai import Unreadable, thai_digits

points = st.builds(Point, st.floats(SOUTH, NORTH), st.floats(WEST, EAST))


def refusal(text: str) -> Text:
    with pytest.raises(Unreadable) as refused:
        Point.parse(text)
    return refused.value.sentence


@pytest.mark.parametrize(
    "typed",
    [
        "18.74120, 98.92310",
        "18.7412,98.9231",
        "  18.7412  98.9231 ",
        "18.7412; 98.9231",
        "18.7412/98.9231",
        "(18.7412, 98.9231)",
        "18.7412° N, 98.9231° E",
        "๑๘.๗๔๑๒๐, ๙๘.๙๒๓๑๐",
        "18°44'28.32\"N 98°55'23.16\"E",
        "18° 44′ 28.32″, 98° 55′ 23.16″",
    ],
)
def test_a_place_is_read_however_it_is_typed(typed: str) -> None:
    assert Point.parse(typed) == Point(18.7412, 98.9231)


@given(points)
def test_what_is_written_is_read_as_the_same_to_five_decimals(point: Point) -> None:
    again = Point.parse(str(point))

    assert again.lat == pytest.approx(point.lat, abs=0.000_005_1)
    assert again.lon == pytest.approx(point.lon, abs=0.000_005_1)
    assert Point.parse(str(again)) == again
    assert Point.parse(thai_digits(str(again))) == again


@given(points, st.sampled_from([" ", ",", ";", " , ", "\t", "|"]))
def test_any_mark_may_stand_between(point: Point, mark: str) -> None:
    assert Point.parse(f"{point.lat:.5f}{mark}{point.lon:.5f}") == Point.parse(str(point))


@given(points)
def test_the_wrong_way_round_is_seen_and_the_right_one_said(point: Point) -> None:
    sentence = refusal(f"{point.lon:.5f}, {point.lat:.5f}")

    assert str(point) in sentence.th
    assert "กรอกละติจูดก่อน" in sentence.th
    assert "latitude first" in sentence.en


@pytest.mark.parametrize("typed", ["51.5, 0.12", "-18.7, 98.9", "4.9, 100", "0 0"])
def test_a_place_abroad_is_refused(typed: str) -> None:
    assert "อยู่นอกประเทศไทย" in refusal(typed).th


@pytest.mark.parametrize(
    "typed", ["", "18.7412", "18.7412, 98.9231, 300", "บ้านฉัน", "18.7.4, 98", "18,7412 98,9231"]
)
def test_what_is_no_pair_of_numbers_is_refused_with_an_example(typed: str) -> None:
    assert refusal(typed).th == ("กรอกละติจูดและลองจิจูดเป็นทศนิยม เช่น 18.74120, 98.92310")


@given(st.text())
def test_any_text_is_a_place_or_refused(text: str) -> None:
    with contextlib.suppress(Unreadable):
        assert Point.parse(text).in_thailand


def test_a_long_row_of_spaces_takes_no_time() -> None:
    assert "กรอกละติจูด" in refusal("18.7" + " " * 100_000 + "x").th
