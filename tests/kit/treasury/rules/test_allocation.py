from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kit.treasury.refusals import Malformed
from kit.treasury.rules.allocation import Allocation, Outcome, Owed, Share, allocate

JULY, AUGUST = date(2026, 7, 31), date(2026, 8, 31)
WASTE = Owed(charge="waste-7", amount=6_000, due_on=JULY)
WATER = Owed(charge="water-7", amount=4_550, due_on=JULY, priority=1)
NEXT = Owed(charge="waste-8", amount=6_000, due_on=AUGUST)


@st.composite
def owed(draw: st.DrawFn) -> list[Owed]:
    found = []
    for number in range(draw(st.integers(0, 8))):
        amount = draw(st.integers(0, 10**9))
        found.append(
            Owed(
                charge=str(number),
                amount=amount,
                paid=draw(st.integers(0, amount)),
                due_on=JULY + timedelta(days=draw(st.integers(0, 60))),
                priority=draw(st.integers(0, 3)),
            )
        )
    return found


def test_the_oldest_is_paid_first_and_the_rest_stays_owed() -> None:
    assert allocate([NEXT, WATER, WASTE], 8_000) == Allocation(
        outcome=Outcome.UNDER,
        shares=(Share("waste-7", 6_000), Share("water-7", 2_000)),
        surplus=0,
        left=8_550,
    )


def test_a_payment_of_all_that_is_owed_settles_it() -> None:
    found = allocate([NEXT, WATER, WASTE], 16_550)

    assert found.outcome is Outcome.SETTLED
    assert [one.charge for one in found.shares] == ["waste-7", "water-7", "waste-8"]
    assert (found.surplus, found.left) == (0, 0)


def test_what_is_paid_too_much_is_surplus() -> None:
    assert allocate([WASTE], 6_001) == Allocation(
        outcome=Outcome.OVER, shares=(Share("waste-7", 6_000),), surplus=1, left=0
    )


def test_what_was_paid_before_is_not_paid_again() -> None:
    begun = Owed(charge="waste-7", amount=6_000, due_on=JULY, paid=5_999)

    assert allocate([begun, NEXT], 2).shares == (Share("waste-7", 1), Share("waste-8", 1))


def test_a_second_payment_of_a_paid_bill_is_surplus_as_a_whole() -> None:
    settled = Owed(charge="waste-7", amount=6_000, due_on=JULY, paid=6_000)

    assert allocate([settled], 6_000) == Allocation(
        outcome=Outcome.DOUBLE, shares=(), surplus=6_000, left=0
    )
    assert allocate([], 6_000).outcome is Outcome.DOUBLE


def test_of_one_day_and_one_priority_the_order_of_the_bill_stands() -> None:
    bill = [Owed(charge=name, amount=100, due_on=JULY) for name in "cab"]

    assert [one.charge for one in allocate(bill, 250).shares] == ["c", "a", "b"]


@given(owed(), st.integers(1, 10**10))
def test_no_satang_is_lost_and_none_is_made(bill: list[Owed], payment: int) -> None:
    before = sum(one.open for one in bill)
    found = allocate(bill, payment)
    given_out = sum(one.amount for one in found.shares)

    assert given_out + found.surplus == payment
    assert given_out + found.left == before
    assert not (found.surplus and found.left)
    if not before:
        assert found.outcome is Outcome.DOUBLE
    elif found.surplus:
        assert found.outcome is Outcome.OVER
    else:
        assert found.outcome is (Outcome.UNDER if found.left else Outcome.SETTLED)


@given(owed(), st.integers(1, 10**10))
def test_nothing_is_paid_before_what_is_older(bill: list[Owed], payment: int) -> None:
    paid = {one.charge: one.amount for one in allocate(bill, payment).shares}

    assert all(amount > 0 for amount in paid.values())
    for one in bill:
        assert paid.get(one.charge, 0) <= one.open
        if paid.get(one.charge, 0) < one.open:
            later = [
                other
                for other in bill
                if (other.due_on, other.priority) > (one.due_on, one.priority)
            ]
            assert not [other for other in later if other.charge in paid]


@given(owed(), st.integers(1, 10**9), st.integers(1, 10**9))
def test_two_payments_pay_the_same_as_one_of_both(bill: list[Owed], one: int, two: int) -> None:
    def paid(bill: list[Owed], payment: int) -> list[Owed]:
        shares = {share.charge: share.amount for share in allocate(bill, payment).shares}
        return [
            Owed(
                charge=charge.charge,
                amount=charge.amount,
                due_on=charge.due_on,
                priority=charge.priority,
                paid=charge.paid + shares.get(charge.charge, 0),
            )
            for charge in bill
        ]

    assert paid(paid(bill, one), two) == paid(bill, one + two)


@pytest.mark.parametrize("payment", [0, -1, -6_000])
def test_a_payment_of_nothing_is_refused(payment: int) -> None:
    with pytest.raises(Malformed) as refused:
        allocate([WASTE], payment)

    assert refused.value.field == "payment"


@pytest.mark.parametrize(("amount", "paid"), [(100, 101), (100, -1), (-1, 0)])
def test_a_charge_that_cannot_be_is_a_fault_of_the_caller(amount: int, paid: int) -> None:
    with pytest.raises(ValueError, match="charge x"):
        Owed(charge="x", amount=amount, paid=paid, due_on=JULY)
