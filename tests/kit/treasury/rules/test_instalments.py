from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kit.thai import Calendar
from kit.treasury.refusals import Malformed
from kit.treasury.rules.instalments import MOST_PARTS, Instalment, due_days, plan, split

ALWAYS = Calendar(weekdays_off=frozenset())
USUAL = Calendar(holidays=frozenset({date(2026, 12, 31), date(2027, 1, 1)}))


def test_odd_satang_go_to_the_first_parts() -> None:
    assert split(100_000, count=3) == (33_334, 33_333, 33_333)
    assert split(100_001, count=3) == (33_334, 33_334, 33_333)


def test_parts_of_whole_baht_leave_the_satang_to_the_first() -> None:
    assert split(100_050, count=3, step=100) == (33_450, 33_300, 33_300)


@given(st.integers(1, 10**13), st.integers(1, MOST_PARTS), st.sampled_from([1, 25, 100, 10_000]))
def test_parts_sum_to_the_amount_exactly(amount: int, count: int, step: int) -> None:
    if amount // step < count:
        with pytest.raises(Malformed) as refused:
            split(amount, count=count, step=step)
        assert refused.value.field == "amount"
        return
    parts = split(amount, count=count, step=step)

    assert sum(parts) == amount
    assert len(parts) == count
    assert min(parts) >= step
    assert max(parts) - min(parts) < 2 * step
    assert list(parts) == sorted(parts, reverse=True)
    assert not [part for part in parts[1:] if part % step]


@pytest.mark.parametrize("count", [0, -1, MOST_PARTS + 1, 10**9])
def test_a_number_of_parts_that_nobody_agrees_to_is_refused(count: int) -> None:
    with pytest.raises(Malformed) as refused:
        split(100_000, count=count)
    assert refused.value.field == "count"

    with pytest.raises(Malformed):
        due_days(date(2026, 7, 1), count=count, calendar=ALWAYS)


@pytest.mark.parametrize("amount", [0, -100])
def test_nothing_cannot_be_parted(amount: int) -> None:
    with pytest.raises(Malformed) as refused:
        split(amount, count=1)

    assert refused.value.field == "amount"


def test_a_day_that_a_month_lacks_is_its_last() -> None:
    assert due_days(date(2027, 12, 31), count=5, calendar=ALWAYS) == (
        date(2027, 12, 31),
        date(2028, 1, 31),
        date(2028, 2, 29),
        date(2028, 3, 31),
        date(2028, 4, 30),
    )


def test_a_closed_day_moves_to_the_next_open_one_and_the_others_stay() -> None:
    # 31 October is a Saturday; 31 December and 1 January are holidays before a weekend.
    assert due_days(date(2026, 10, 31), count=4, calendar=USUAL) == (
        date(2026, 11, 2),
        date(2026, 11, 30),
        date(2027, 1, 4),
        date(2027, 2, 1),
    )


@given(st.dates(date(2020, 1, 1), date(2090, 1, 1)), st.integers(1, MOST_PARTS))
def test_every_part_is_due_on_an_open_day_of_its_month_or_soon_after(
    first_on: date, count: int
) -> None:
    days = due_days(first_on, count=count, calendar=USUAL)

    for number, day in enumerate(days):
        years, month = divmod(first_on.month - 1 + number, 12)
        begins = date(first_on.year + years, month + 1, 1)
        assert USUAL.is_open(day)
        assert begins <= day <= begins + timedelta(days=35)
    assert list(days) == sorted(set(days))


def test_years_that_no_calendar_has_are_refused() -> None:
    with pytest.raises(Malformed) as refused:
        due_days(date(9_990, 1, 1), count=120, calendar=ALWAYS)

    assert refused.value.field == "first_on"


def test_a_plan_has_number_amount_and_day() -> None:
    assert plan(10_000, count=3, first_on=date(2026, 7, 31), calendar=USUAL, step=100) == (
        Instalment(1, 3_400, date(2026, 7, 31)),
        Instalment(2, 3_300, date(2026, 8, 31)),
        Instalment(3, 3_300, date(2026, 9, 30)),
    )
