from hypothesis import given
from hypothesis import strategies as st

from kit.thai import ascii_digits, thai_digits


def test_both_kinds_of_digits_are_read() -> None:
    assert ascii_digits("เลขที่ ๑๒/2569") == "เลขที่ 12/2569"


def test_a_paper_shows_thai_digits() -> None:
    assert thai_digits("พ.ศ. 2569") == "พ.ศ. ๒๕๖๙"


@given(st.integers(min_value=0))
def test_a_number_comes_back_from_thai_digits(number: int) -> None:
    written = thai_digits(str(number))

    assert not any("0" <= digit <= "9" for digit in written)
    assert int(ascii_digits(written)) == number
