from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from kit.thai import Calendar
from kit.treasury.rules.agreed import portions, stood
from kit.treasury.rules.instalments import plan

FIRST = date(2026, 12, 7)
EVERY_DAY = Calendar(weekdays_off=frozenset())
owings = st.lists(st.integers(0, 200_000), min_size=1, max_size=12)


@given(st.integers(10_000, 10**9), st.integers(1, 24), st.data())
def test_what_was_paid_settles_the_oldest_instalment_first_to_the_satang(
    amount: int, count: int, data: st.DataObject
) -> None:
    parts = plan(amount, count=count, first_on=FIRST, calendar=EVERY_DAY, step=100)
    owed = data.draw(st.integers(0, amount))
    stands = stood(parts, owed)

    assert sum(one.part.amount for one in stands) == amount
    assert sum(one.owed for one in stands) == owed
    assert all(0 <= one.settled <= one.part.amount for one in stands)
    # Behind one that is not whole nothing is settled.
    begun = [one for one in stands if one.owed]
    assert all(one.settled == 0 for one in begun[1:])


@given(owings, st.integers(1, 12), st.data())
def test_each_bill_is_due_when_the_first_of_it_that_is_owed_is(
    bills: list[int], count: int, data: st.DataObject
) -> None:
    amount = sum(bills) + 100 * count
    bills = [*bills, 100 * count]
    parts = plan(amount, count=count, first_on=FIRST, calendar=EVERY_DAY, step=100)
    owed = [data.draw(st.integers(0, one)) for one in bills]
    found = portions(parts, owed)

    assert [one is None for one in found] == [one == 0 for one in owed]
    shown = [one for one in found if one is not None]
    assert [one.due_on for one in shown] == sorted(one.due_on for one in shown)
    assert all(one.amount <= left for one, left in zip(found, owed, strict=True) if one)
    open_ = [one.part.due_on for one in stood(parts, sum(owed)) if one.owed]
    assert [one.due_on for one in shown[:1]] == open_[:1]


def test_an_instalment_is_missed_from_the_day_after_its_own() -> None:
    [first, second] = stood(
        plan(20_000, count=2, first_on=FIRST, calendar=EVERY_DAY, step=100), 15_000
    )

    assert (first.owed, second.owed) == (5_000, 10_000)
    assert not first.is_missed(FIRST)
    assert first.is_missed(FIRST + timedelta(days=1))
    assert not second.is_missed(FIRST + timedelta(days=1))
