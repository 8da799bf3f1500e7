import pytest
from hypothesis import given
from hypothesis import strategies as st

from kit.thai import keep, land, land_area, land_parts


@pytest.mark.parametrize(
    ("square_metres", "words"),
    [
        (0, "0 ตารางวา"),
        (0.4, "0.1 ตารางวา"),
        (4, "1 ตารางวา"),
        (400, "1 งาน"),
        (608, "1 งาน 52 ตารางวา"),
        (1_600, "1 ไร่"),
        (2_542, "1 ไร่ 2 งาน 35.5 ตารางวา"),
        (5_679.9, "3 ไร่ 2 งาน 20 ตารางวา"),
        (1_000_000, "625 ไร่"),
        (1_600_000_000, "1,000,000 ไร่"),
    ],
)
def test_an_area_is_said_as_deeds_say_it(square_metres: float, words: str) -> None:
    assert land(square_metres, "th") == words


@pytest.mark.parametrize("square_metres", [399.9, 1_599.9, 6_399.85])
def test_what_is_rounded_up_goes_over_into_the_next_unit(square_metres: float) -> None:
    rai, ngan, tenths = land_parts(square_metres)

    assert tenths == 0
    assert (rai * 4 + ngan) * 400 == round(square_metres)


@given(st.floats(0, 1e9))
def test_the_units_come_to_the_area_again_and_none_runs_over(square_metres: float) -> None:
    rai, ngan, tenths = land_parts(square_metres)

    assert 0 <= ngan < 4
    assert 0 <= tenths < 1_000
    assert rai * 1_600 + ngan * 400 + tenths * 0.4 == pytest.approx(square_metres, abs=0.2001)


def test_both_units_stand_side_by_side_in_both_languages() -> None:
    assert land_area(2_542.3, "th") == "2,542 ตารางเมตร (1 ไร่ 2 งาน 35.6 ตารางวา)"
    assert land_area(2_542.3, "en") == "2,542 square metres (1 rai 2 ngan 35.6 square wa)"


def test_a_figure_and_its_unit_stay_on_one_line() -> None:
    for part in ("1 ไร่", "2 งาน", "35.5 ตารางวา"):
        assert f'<span class="nb">{part}</span>' in keep("เนื้อที่ 1 ไร่ 2 งาน 35.5 ตารางวา")
