import pytest
from hypothesis import given
from hypothesis import strategies as some

from kit.forms import read_page


@pytest.mark.parametrize(("text", "page"), [("1", 1), ("007", 7), ("99999", 99_999)])
def test_a_page_is_read(text: str, page: int) -> None:
    assert read_page(text) == page


@pytest.mark.parametrize("text", ["", "0", "-2", "1.5", "๒", "²", " 2", "100000", "9" * 5000])
def test_what_is_no_page_is_the_first(text: str) -> None:
    assert read_page(text) == 1


@given(some.text())
def test_whatever_stands_in_an_address_it_is_a_page(text: str) -> None:
    assert 0 < read_page(text) < 10**5
