"""How an agreement to pay in instalments stands, from what is still owed of its bills.

What was paid, waived or cancelled since the agreement settles the oldest instalment first; the
same holds for the bills, so that each bill is due when the first part of it that is owed is.
"""

from collections.abc import Sequence
from datetime import date

import msgspec

from kit.treasury.rules.instalments import Instalment


class Stood(msgspec.Struct, frozen=True):
    """An instalment and how much of it is settled, satang."""

    part: Instalment
    settled: int

    @property
    def owed(self) -> int:
        """What is still owed of it."""
        return self.part.amount - self.settled

    def is_missed(self, today: date) -> bool:
        """Return whether it was to be paid before today and is not."""
        return self.owed > 0 and self.part.due_on < today


def stood(parts: Sequence[Instalment], owed: int) -> list[Stood]:
    """Return the instalments in their order, each with what is settled of it.

    :param owed: satang that are owed of all bills now; no more than the instalments together.
    """
    rest = max(0, sum(one.amount for one in parts) - owed)
    found = []
    for part in parts:
        settled = min(rest, part.amount)
        rest -= settled
        found.append(Stood(part, settled))
    return found


class Portion(msgspec.Struct, frozen=True):
    """What of a bill is asked for first: satang, and until when."""

    amount: int
    due_on: date


def portions(parts: Sequence[Instalment], owed: Sequence[int]) -> list[Portion | None]:
    """Return for each bill its first portion that is owed; None for a bill that is settled.

    :param owed: satang of each bill now, the oldest first.
    """
    left = [one for one in stood(parts, sum(owed)) if one.owed]
    found: list[Portion | None] = []
    taken = 0  # of the first instalment that is left
    for amount in owed:
        first: Portion | None = None
        rest = amount
        while rest and left:
            share = min(rest, left[0].owed - taken)
            first = first or Portion(share, left[0].part.due_on)
            rest, taken = rest - share, taken + share
            if taken == left[0].owed:
                left, taken = left[1:], 0
        found.append(first)
    return found
