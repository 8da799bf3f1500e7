from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.api import Text
from kit.forms import Field, Money, Number, Place, fill, read

LABEL = Text("พื้นที่", "Area")
METRES = Text("ตารางเมตร", "square metres")


def said(field: Field, text: str, place: Place) -> object:
    reading = read([field], {field.name: [text]}, place)
    problem = reading.problems.get(field.name)
    return problem.en if problem else reading.values.get(field.name)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("0", 0), ("๑,๒๐๐", 1200), (" 1 200 ", 1200), ("007", 7), ("150.00", 150), ("15.", 15)],
)
def test_a_whole_number_is_an_int(typed: str, kept: int, place: Place) -> None:
    assert said(Number("area", LABEL), typed, place) == kept


@pytest.mark.parametrize("typed", ["", "abc", "1,5", "1,2345", "1e3", "0x1", "½", "1-2", ".5"])
def test_what_is_no_figure_is_refused(typed: str, place: Place) -> None:
    assert said(Number("area", LABEL), typed, place) in (
        "Give “Area” in figures, for example 1,250.",
        "Fill in “Area”.",
    )


@pytest.mark.parametrize(
    ("typed", "kept"), [("150", "150.00"), ("0.5", "0.50"), ("1,000.250", "1000.25")]
)
def test_a_number_with_decimals_is_a_str_with_all_of_them(
    typed: str, kept: str, place: Place
) -> None:
    assert said(Number("area", LABEL, decimals=2), typed, place) == kept


def test_limits_are_inclusive_and_told_with_the_unit(place: Place) -> None:
    field = Number("area", LABEL, unit=METRES, least=10, most=150, decimals=2)

    assert said(field, "150", place) == "150.00"
    assert said(field, "10", place) == "10.00"
    assert said(field, "150.01", place) == (
        "“Area” must be at most 150 square metres, it is 150.01 square metres. Check it."
    )
    assert said(field, "9.99", place) == (
        "“Area” must be at least 10 square metres, it is 9.99 square metres. Check it."
    )


def test_decimals_beyond_what_is_taken_are_refused_not_rounded(place: Place) -> None:
    assert said(Number("area", LABEL, decimals=1), "1.25", place) == (
        "“Area” has at most 1 decimals."
    )
    assert said(Number("area", LABEL), "1.5", place) == (
        "Give “Area” as a whole number, without decimals."
    )


def test_a_number_may_be_negative_where_that_is_said(place: Place) -> None:
    field = Number("height", LABEL, least=-10, decimals=1)

    assert said(field, "-2.5", place) == "-2.5"
    assert said(field, "−2.5", place) == "-2.5"
    assert said(field, "-0", place) == "0.0"


@given(st.decimals(-(10**9), 10**9, places=3))
def test_a_figure_comes_back_exactly(place: Place, number: Decimal) -> None:
    field = Number("height", LABEL, least=-(10**9), decimals=3)

    values = read([field], {"height": [f"{number:,}"]}, place).values

    assert Decimal(values["height"]) == number
    assert read([field], fill([field], values), place).values == values


def test_money_is_satang(place: Place) -> None:
    field = Money("worth", Text("มูลค่า", "Worth"), least=100, most=1_000_00)

    assert said(field, "๑,๐๐๐ บาท", place) == 1_000_00
    assert said(field, "1", place) == 100
    assert (
        said(field, "0.99", place)
        == "“Worth” must be at least 1.00 baht, it is 0.99 baht. Check it."
    )
    assert said(field, "1000.01", place) == (
        "“Worth” must be at most 1,000.00 baht, it is 1,000.01 baht. Check it."
    )
    assert "decimals" in str(said(field, "1.005", place))
