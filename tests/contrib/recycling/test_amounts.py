from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contrib.recycling.rules.amounts import (
    COIN,
    in_coins,
    part_of,
    percent_of,
    shares,
    within,
    worth,
)
from contrib.recycling.rules.materials import MOST_GRAMS, figure, read_quantity
from core.text import Text

AMOUNTS = st.integers(min_value=0, max_value=10**12)
GRAMS = st.integers(min_value=0, max_value=MOST_GRAMS)


@given(GRAMS, st.integers(min_value=0, max_value=1_000_000))
def test_a_weight_is_worth_its_share_of_a_kilogram_to_the_nearest_satang(
    grams: int, price: int
) -> None:
    exact = Decimal(grams) * price / 1000

    assert worth(grams, "kg", price) == exact.quantize(Decimal(1), ROUND_HALF_UP)


@pytest.mark.parametrize("unit", ["piece", "crate"])
def test_pieces_and_crates_are_counted(unit: str) -> None:
    assert worth(3, unit, 500) == 1_500


@given(AMOUNTS)
def test_coins_pay_all_but_less_than_the_smallest_coin(amount: int) -> None:
    paid = in_coins(amount)

    assert paid % COIN == 0
    assert 0 <= amount - paid < COIN


@given(AMOUNTS, st.lists(st.integers(0, 10**9), min_size=1, max_size=30).filter(sum))
def test_no_satang_is_lost_in_sharing_and_nobody_is_off_by_one(
    pool: int, weights: list[int]
) -> None:
    given_out = shares(pool, dict(enumerate(weights)))

    assert sum(given_out.values()) == pool
    for key, weight in enumerate(weights):
        exact = Fraction(pool * weight, sum(weights))
        assert int(exact) <= given_out[key] <= int(exact) + 1
        assert weight or not given_out[key]


@given(AMOUNTS, st.lists(st.integers(1, 10**9), min_size=2, max_size=30))
def test_who_sold_more_gets_no_less(pool: int, weights: list[int]) -> None:
    given_out = shares(pool, dict(enumerate(weights)))

    for one, other in combinations(range(len(weights)), 2):
        if weights[one] < weights[other]:
            assert given_out[one] <= given_out[other]
        elif weights[one] > weights[other]:
            assert given_out[one] >= given_out[other]


def test_the_largest_remainder_gets_the_satang_that_is_left() -> None:
    assert shares(100, {"a": 1, "b": 1, "c": 1}) == {"a": 34, "b": 33, "c": 33}
    assert shares(10, {"a": 6, "b": 3, "c": 2}) == {"a": 5, "b": 3, "c": 2}


@given(AMOUNTS, st.integers(1, 10**9))
def test_all_of_a_thing_takes_all_of_its_cost(total: int, whole: int) -> None:
    assert part_of(total, whole, whole) == total
    assert part_of(total, 0, whole) == 0


@given(AMOUNTS, st.lists(st.integers(1, 10**6), min_size=1, max_size=20))
def test_a_cost_that_is_taken_in_parts_is_used_up_exactly(total: int, parts: list[int]) -> None:
    left, there, taken = total, sum(parts), 0
    for part in parts:
        cost = part_of(left, part, there)
        left, there, taken = left - cost, there - part, taken + cost
        assert left >= 0
    assert (taken, left) == (total, 0)


@given(AMOUNTS, st.integers(0, 10_000))
def test_a_part_of_a_hundred_is_never_more_than_all(total: int, percent: int) -> None:
    assert 0 <= percent_of(total, percent) <= total


def test_a_weight_at_the_tolerance_is_near_enough_and_a_gram_more_is_not() -> None:
    assert within(10_000, 9_800, 200)
    assert not within(10_000, 9_799, 200)
    assert within(10_000, 10_200, 200)
    assert not within(10_000, 10_201, 200)


@given(GRAMS)
def test_a_weight_is_read_as_it_is_shown(grams: int) -> None:
    assert read_quantity(figure(grams, "kg"), "kg") == grams


@given(st.integers(0, 100_000))
def test_pieces_are_read_as_they_are_shown(pieces: int) -> None:
    assert read_quantity(figure(pieces, "piece"), "piece") == pieces


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("-1", "kg"),
        ("1e3", "kg"),
        ("1.2345", "kg"),
        (".", "kg"),
        ("๑๒", "kg"),
        ("30000.001", "kg"),
        ("1.5", "piece"),
        ("2.", "crate"),
        ("", "piece"),
        ("100001", "piece"),
        ("9" * 400, "kg"),
    ],
)
def test_what_is_no_weight_is_refused_in_words(text: str, unit: str) -> None:
    assert isinstance(read_quantity(text, unit), Text)


@given(st.text(), st.sampled_from(["kg", "piece", "crate"]))
def test_whatever_is_typed_is_a_quantity_or_a_sentence(text: str, unit: str) -> None:
    read = read_quantity(text, unit)

    assert isinstance(read, Text) or 0 <= read <= MOST_GRAMS
