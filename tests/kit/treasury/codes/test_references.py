from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kit.treasury.codes.references import (
    LARGEST_NUMBER,
    LENGTH,
    Reference,
    check_customer,
    check_digit,
    make_period,
    make_reference,
    parse_period,
    parse_reference,
)
from kit.treasury.refusals import Malformed

REFERENCES = st.builds(
    Reference,
    revenue=st.from_regex("[0-9]{2}", fullmatch=True),
    year=st.integers(2500, 2599),
    number=st.integers(1, LARGEST_NUMBER),
)


def refused(text: str) -> Malformed:
    with pytest.raises(Malformed) as found:
        parse_reference(text)
    return found.value


def test_a_reference_says_kind_year_and_number() -> None:
    reference = Reference(revenue="01", year=2569, number=1_234)

    assert make_reference(reference) == "016900012348"
    assert parse_reference("016900012348") == reference


@given(REFERENCES)
def test_a_reference_is_read_back(reference: Reference) -> None:
    text = make_reference(reference)

    assert len(text) == LENGTH
    assert parse_reference(text) == reference
    assert check_digit(text) == "0"


@given(REFERENCES)
def test_every_single_wrong_digit_is_found(reference: Reference) -> None:
    text = make_reference(reference)

    for place, right in enumerate(text):
        for wrong in set("0123456789") - {right}:
            refused(text[:place] + wrong + text[place + 1 :])


@given(REFERENCES)
def test_every_swap_of_neighbours_is_found(reference: Reference) -> None:
    text = make_reference(reference)

    for place in range(LENGTH - 1):
        one, other = text[place], text[place + 1]
        if one != other:
            refused(text[:place] + other + one + text[place + 2 :])


def test_the_table_behind_it_finds_both_for_every_state_and_every_pair() -> None:
    prefixes = {check_digit(str(number)): str(number) for number in range(100)}
    assert len(prefixes) == 10
    for prefix in prefixes.values():
        assert len({check_digit(f"{prefix}{digit}") for digit in range(10)}) == 10
        for one in range(10):
            assert check_digit(str(one) + check_digit(str(one))) == "0"
            for other in range(one):
                pair, swap = f"{prefix}{one}{other}", f"{prefix}{other}{one}"
                assert check_digit(pair) != check_digit(swap)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "69070001234",
        "0169000123480",
        "01690001234X",
        "01-690001234",
        " 16900012348",
        "๐๑๖๙๐๐๐๑๒๓๔๘",
        "010000000000",
        "016900012340",
    ],
)
def test_what_is_no_reference_of_ours_is_refused(text: str) -> None:
    assert refused(text).field == "ref1"


def test_a_number_of_nothing_is_no_reference() -> None:
    body = "01690000000"

    assert refused(body + check_digit(body)).field == "ref1"


@pytest.mark.parametrize(
    "reference",
    [
        Reference(revenue="1", year=2569, number=1),
        Reference(revenue="A1", year=2569, number=1),
        Reference(revenue="๐๑", year=2569, number=1),
        Reference(revenue="01", year=2026, number=1),
        Reference(revenue="01", year=2600, number=1),
        Reference(revenue="01", year=2569, number=0),
        Reference(revenue="01", year=2569, number=LARGEST_NUMBER + 1),
    ],
)
def test_what_does_not_fit_is_a_fault_of_the_caller(reference: Reference) -> None:
    with pytest.raises(ValueError, match=r"two digits|does not fit"):
        make_reference(reference)


def test_a_period_is_a_month_of_the_buddhist_era() -> None:
    assert make_period(date(2026, 7, 31)) == "256907"
    assert parse_period("256907") == date(2026, 7, 1)


@given(st.dates(date(1957, 1, 1), date(2056, 12, 31)))
def test_a_period_is_read_back(day: date) -> None:
    assert parse_period(make_period(day)) == day.replace(day=1)


@pytest.mark.parametrize(
    "text", ["", "202607", "256913", "256900", "2569", "2569-07", "25690701", "๒๕๖๙๐๗", "256907\n"]
)
def test_what_is_no_period_is_refused(text: str) -> None:
    with pytest.raises(Malformed) as found:
        parse_period(text)

    assert found.value.field == "ref2"
    assert "256907" in found.value.sentence.th


def test_a_customer_is_known_by_capitals_and_digits() -> None:
    assert check_customer("A00123") == "A00123"
    assert check_customer("1" * 20) == "1" * 20
    for wrong in ("", "a1", "A-1", "A" * 21, "ก1"):
        with pytest.raises(Malformed):
            check_customer(wrong)


def test_a_national_id_never_becomes_a_reference() -> None:
    assert check_customer("1101700230701") == "1101700230701"

    with pytest.raises(Malformed) as found:
        check_customer("1101700230708")

    assert found.value.sentence.en.startswith("A national ID must not be a reference.")


@given(st.text(max_size=25))
def test_any_text_is_read_or_refused(text: str) -> None:
    for read in (parse_reference, parse_period, check_customer):
        with suppress(Malformed):
            read(text)
