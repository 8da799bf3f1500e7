import pytest
from hypothesis import given
from hypothesis import strategies as st

from kit.treasury.refusals import Malformed
from kit.treasury.rules.denominations import (
    DENOMINATIONS,
    MOST_PIECES,
    Counted,
    count_till,
    fewest,
)

VALUES = [one.value for one in DENOMINATIONS]
TILLS = st.dictionaries(st.sampled_from(VALUES), st.integers(0, 1_000))


def test_a_till_is_summed_by_notes_and_coins() -> None:
    till = count_till({100_000: 2, 2_000: 3, 1_000: 1, 25: 4}, expected=207_200)

    assert till == Counted(notes=206_000, coins=1_100, expected=207_200)
    assert (till.total, till.difference) == (207_100, -100)


def test_pieces_are_named_as_people_call_them() -> None:
    assert [one.name.th for one in DENOMINATIONS][::5] == [
        "ธนบัตร 1,000 บาท",
        "เหรียญ 10 บาท",
        "เหรียญ 25 สตางค์",
    ]
    assert sorted(set(VALUES), reverse=True) == VALUES


@given(TILLS, st.integers(-(10**9), 10**9))
def test_the_difference_is_what_is_there_more_than_expected(
    pieces: dict[int, int], expected: int
) -> None:
    till = count_till(pieces, expected=expected)

    assert till.total == sum(value * count for value, count in pieces.items())
    assert till.expected + till.difference == till.total


@given(st.integers(0, 10**8))
def test_change_is_counted_back(amount: int) -> None:
    pieces, rest = fewest(amount)

    assert count_till(pieces, expected=amount).difference == -rest
    assert 0 <= rest < min(VALUES)
    assert list(pieces) == sorted(pieces, reverse=True)
    assert 0 not in pieces.values()


def test_no_other_pieces_are_fewer() -> None:
    best = [0]
    unit = min(VALUES)
    for amount in range(1, 1_600):
        best.append(1 + min(best[amount - v // unit] for v in VALUES if v // unit <= amount))

    for amount, count in enumerate(best):
        assert sum(fewest(amount * unit)[0].values()) == count


@pytest.mark.parametrize(
    "pieces", [{300: 1}, {0: 1}, {-100: 1}, {100: -1}, {100: MOST_PIECES + 1}, {1: 5}]
)
def test_a_count_that_cannot_be_is_refused(pieces: dict[int, int]) -> None:
    with pytest.raises(Malformed) as refused:
        count_till(pieces, expected=0)

    assert refused.value.field == "pieces"
    assert "ตรวจ" in refused.value.sentence.th


def test_less_than_nothing_is_not_paid_out() -> None:
    with pytest.raises(ValueError, match="-1"):
        fewest(-1)
