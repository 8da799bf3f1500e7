import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from stdnum.th import pin

from core.identity.identifiers import (
    Identifier,
    read_email,
    read_national_id,
    read_phone,
    recognise,
)
from core.text import Text

THAI = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")
numbers = st.text("0123456789", min_size=12, max_size=12).map(
    lambda digits: digits + pin.calc_check_digit(digits)
)


def shaped(number: str) -> str:
    return "-".join((number[0], number[1:5], number[5:10], number[10:12], number[12]))


@given(numbers)
def test_a_number_is_read_however_it_is_typed(number: str) -> None:
    assert read_national_id(number) == number
    assert read_national_id(shaped(number)) == number
    assert read_national_id(f"  {shaped(number)} ".translate(THAI)) == number


@given(numbers, st.integers(1, 9))
def test_every_other_last_digit_is_noticed(number: str, shift: int) -> None:
    wrong = f"{number[:-1]}{(int(number[-1]) + shift) % 10}"

    assert isinstance(read_national_id(wrong), Text)


def test_a_number_that_begins_with_zero_is_taken() -> None:
    number = "050000000001"
    assert not isinstance(read_national_id(number + pin.calc_check_digit(number)), Text)


def test_too_few_digits_are_counted_for_the_reader() -> None:
    problem = read_national_id("123456789012")
    assert isinstance(problem, Text)
    assert "12 หลัก" in problem.th


@given(st.sampled_from(["6", "8", "9"]), st.text("0123456789", min_size=8, max_size=8))
@example("8", "00669571")
def test_a_mobile_number_is_read_however_it_is_typed(first: str, rest: str) -> None:
    wanted = f"+66{first}{rest}"

    for typed in (
        f"0{first}{rest}",
        f"0{first}-{rest[:4]}-{rest[4:]}",
        f"0{first}{rest}".translate(THAI),
        f"+66{first}{rest}",
        f"0066 {first}{rest}",
        f"+66 (0){first} {rest}",
    ):
        assert read_phone(typed) == wanted


@pytest.mark.parametrize("typed", ["", "053123456", "081234567", "08123456789", "0812345a78"])
def test_what_cannot_get_a_message_is_no_mobile_number(typed: str) -> None:
    assert isinstance(read_phone(typed), Text)


@pytest.mark.parametrize(
    "typed", ["a@b", "@b.co", "a b@c.co", "ก@b.co", "a@b.co\n@c.co", "a" * 260]
)
def test_what_is_no_address_is_refused(typed: str) -> None:
    assert isinstance(read_email(typed), Text)


@pytest.mark.parametrize(
    ("typed", "known"),
    [
        ("1-2345-45678-78-1", Identifier("national_id", "1234545678781")),
        ("๐๘๑ ๒๓๔ ๕๖๗๘", Identifier("phone", "+66812345678")),
        (" Somchai@Example.COM ", Identifier("email", "somchai@example.com")),
        ("สมชาย", None),
        ("", None),
    ],
)
def test_what_was_typed_to_sign_in_is_recognised(typed: str, known: Identifier | None) -> None:
    assert recognise(typed) == known


@given(st.text(max_size=60))
def test_whatever_is_typed_is_either_recognised_or_not(typed: str) -> None:
    known = recognise(typed)
    assert known is None or known.value.isascii()
