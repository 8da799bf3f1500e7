import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.th import moa, pin

from kit.thai import (
    Unreadable,
    mask_national_id,
    parse_house_code,
    parse_juristic_id,
    parse_national_id,
    parse_tax_id,
    show_house_code,
    show_juristic_id,
    show_national_id,
    thai_digits,
)

DIGITS_13 = st.text("0123456789", min_size=13, max_size=13)


def valid(number: str) -> str:
    return number[:12] + pin.calc_check_digit(number)


@pytest.mark.parametrize("number", ["1234545678781", "3100600445635"])
def test_a_national_id_is_read_however_it_is_typed(number: str) -> None:
    shown = show_national_id(number)

    for typed in (number, shown, thai_digits(shown), f" {shown.replace('-', ' ')} "):
        assert parse_national_id(typed) == number


def test_a_person_without_civil_registration_has_a_number_too() -> None:
    assert parse_national_id(valid("0123456789010")) == valid("0123456789010")


@given(DIGITS_13)
def test_the_check_digit_is_the_one_of_the_law(number: str) -> None:
    weighed = sum(int(digit) * (13 - place) for place, digit in enumerate(number[:12]))
    right = number[12] == str((11 - weighed % 11) % 10)

    try:
        accepted = parse_national_id(number) == number
    except Unreadable:
        accepted = False
    assert accepted == right


def test_a_wrong_check_digit_is_told_in_words() -> None:
    with pytest.raises(Unreadable) as refused:
        parse_national_id("1-2345-45678-78-2")

    assert refused.value.sentence.th == "เลขหลักสุดท้ายไม่ตรง ตรวจเลขอีกครั้ง"


@given(DIGITS_13.map(valid))
def test_the_library_agrees_wherever_it_judges(number: str) -> None:
    assert parse_national_id(number) == number
    assert pin.is_valid(number) == (number[0] not in "09")
    assert moa.is_valid(number) == (number[0] == "0")


@given(DIGITS_13.map(valid), st.integers(0, 12), st.integers(1, 9))
def test_one_wrong_digit_is_noticed_unless_the_remainder_is_shared(
    number: str, place: int, more: int
) -> None:
    wrong = number[:place] + str((int(number[place]) + more) % 10) + number[place + 1 :]

    if valid(wrong) != wrong:
        with pytest.raises(Unreadable):
            parse_national_id(wrong)
    else:
        assert place != 12


def test_a_wrong_length_is_told_with_its_count() -> None:
    with pytest.raises(Unreadable) as refused:
        parse_national_id("1-2345-45678-78")

    assert refused.value.sentence.th == "เลขประจำตัวประชาชนต้องมี 13 หลัก ตอนนี้มี 12 หลัก"
    assert refused.value.sentence.en == "A national ID has 13 digits, this one has 12."


def test_a_letter_is_pointed_at() -> None:
    with pytest.raises(Unreadable) as refused:
        parse_national_id("1-2345-4567O-78-1")

    assert "“O”" in refused.value.sentence.th


@pytest.mark.parametrize("number", ["0994000617721", "0993000133978", "0105536112014"])
def test_a_company_is_read_by_its_number(number: str) -> None:
    assert parse_juristic_id(show_juristic_id(number)) == number
    assert parse_tax_id(number) == number


def test_a_person_is_no_company_but_pays_tax() -> None:
    with pytest.raises(Unreadable, match="begins with 0"):
        parse_juristic_id("1234545678781")

    assert parse_tax_id("1234545678781") == "1234545678781"


def test_the_number_of_a_company_is_shown_in_its_own_groups() -> None:
    assert show_juristic_id("0994000617721") == "0-99-4-000-61772-1"


def test_a_house_code_has_eleven_digits() -> None:
    assert parse_house_code("5001-012345-6") == "50010123456"
    assert show_house_code("50010123456") == "5001-012345-6"
    with pytest.raises(Unreadable, match="11 digits, this one has 10"):
        parse_house_code("5001012345")


def test_a_masked_number_is_the_one_of_the_face() -> None:
    assert mask_national_id("1234545678781") == "1-2345-•••••-••-1"


@given(DIGITS_13, st.text("0123456789", min_size=7, max_size=7))
def test_a_mask_says_nothing_of_seven_digits(number: str, other: str) -> None:
    hidden_otherwise = number[:5] + other + number[12]

    assert mask_national_id(number) == mask_national_id(hidden_otherwise)
