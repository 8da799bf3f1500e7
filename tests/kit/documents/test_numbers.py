import pytest
from hypothesis import given
from hypothesis import strategies as st

from kit.documents.numbers import paper_number, quoted_number, read_number

SERIALS = st.integers(1, 999_999_999)
YEARS = st.integers(1000, 9999)


def test_screens_show_arabic_digits_and_papers_thai_ones() -> None:
    assert quoted_number(1254, 2569) == "1254/2569"
    assert paper_number(12, 2569) == "๑๒/๒๕๖๙"


@given(SERIALS, YEARS)
def test_a_number_is_read_back_from_both_forms(serial: int, year: int) -> None:
    assert read_number(quoted_number(serial, year)) == (serial, year)
    assert read_number(f" {paper_number(serial, year)} ") == (serial, year)


def test_zeros_in_front_and_spaces_around_the_stroke_are_taken() -> None:
    assert read_number("๐๐๑๒ / ๒๕๖๙") == (12, 2569)


@pytest.mark.parametrize("typed", ["", "1254", "0/2569", "12/69", "12/25690", "a/2569", "1/2/2569"])
def test_what_is_no_number_is_none(typed: str) -> None:
    assert read_number(typed) is None


@pytest.mark.parametrize(("serial", "year"), [(0, 2569), (-1, 2569), (1, 69), (1, 25690)])
def test_a_number_that_nobody_could_quote_is_a_bug(serial: int, year: int) -> None:
    with pytest.raises(ValueError, match="no number"):
        quoted_number(serial, year)
