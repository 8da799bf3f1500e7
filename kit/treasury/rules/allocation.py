"""Which charges a payment pays.

The oldest debt is paid first, to the satang; of the same day, the one of the smaller priority.
What is left when nothing is owed any more is handed back as surplus, never spread.

Law: Civil and Commercial Code, s. 328 (unverified in its wording): where a debtor does not say
which of several obligations he pays, that which is due first is discharged first.
"""

import enum
from collections.abc import Sequence
from datetime import date

import msgspec

from core.api import Text
from kit.treasury.refusals import Malformed

_NOT_POSITIVE = Text(
    "จำนวนเงินที่ชำระต้องมากกว่า 0 ตรวจจำนวนเงินอีกครั้ง",
    "The amount paid is more than 0. Check the amount.",
)


class Owed(msgspec.Struct, frozen=True, kw_only=True):
    """A charge as it stands before a payment.

    :param charge: its id; unique among those of one payment.
    :param amount: satang, what was charged.
    :param paid: satang, what was paid or waived before; from 0 to ``amount``.
    :param priority: of charges due on one day the smaller is paid first.
    """

    charge: str
    amount: int
    due_on: date
    priority: int = 0
    paid: int = 0

    def __post_init__(self) -> None:
        if not 0 <= self.paid <= self.amount:
            raise ValueError(f"charge {self.charge}: {self.paid} paid of {self.amount}")

    @property
    def open(self) -> int:
        """What is still owed, satang."""
        return self.amount - self.paid


class Outcome(enum.StrEnum):
    """How a payment compares with what was owed."""

    SETTLED = "settled"
    UNDER = "under"
    OVER = "over"
    DOUBLE = "double"


class Share(msgspec.Struct, frozen=True):
    """What a payment gives to one charge: satang, more than 0."""

    charge: str
    amount: int


class Allocation(msgspec.Struct, frozen=True, kw_only=True):
    """Where the money of a payment goes; shares and surplus are the payment.

    :param shares: in the order in which they were paid.
    :param surplus: satang that nothing is owed for: to be refunded, or kept for the next bill.
    :param left: satang that are still owed afterwards.
    """

    outcome: Outcome
    shares: tuple[Share, ...]
    surplus: int
    left: int


def allocate(owed: Sequence[Owed], payment: int) -> Allocation:
    """Share a payment out among the charges of a bill.

    :param payment: satang.
    :returns: ``DOUBLE`` where nothing was owed before, so that all of it is surplus.
    :raises Malformed: the payment is not more than 0.
    """
    if payment <= 0:
        raise Malformed("payment", _NOT_POSITIVE)
    rest = payment
    shares = []
    for one in sorted(owed, key=lambda one: (one.due_on, one.priority)):
        amount = min(rest, one.open)
        if amount:
            shares.append(Share(one.charge, amount))
            rest -= amount
    left = sum(one.open for one in owed) - (payment - rest)
    return Allocation(
        outcome=_outcome(found=bool(shares), surplus=rest, left=left),
        shares=tuple(shares),
        surplus=rest,
        left=left,
    )


def _outcome(*, found: bool, surplus: int, left: int) -> Outcome:
    if not found:
        return Outcome.DOUBLE
    if surplus:
        return Outcome.OVER
    return Outcome.UNDER if left else Outcome.SETTLED
