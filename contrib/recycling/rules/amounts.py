"""Money of the waste bank: what a weight is worth, and how a sum is shared without losing any.

All amounts are satang, all quantities are grams, pieces or crates; nothing here is a float.
"""

from collections.abc import Mapping
from typing import TypeVar

from contrib.recycling.rules.materials import KILO

Key = TypeVar("Key")

# The smallest coin that is handed over.
COIN = 25
WHOLE = 10_000  # ten-thousandths


def worth(quantity: int, unit: str, price: int) -> int:
    """Return what a quantity costs: half a satang and more counts as a whole one.

    :param price: for one kilogram, piece or crate.
    """
    return (quantity * price + 500) // 1000 if unit == KILO else quantity * price


def in_coins(amount: int) -> int:
    """Return how much of an amount can be paid in coins; the rest stays in the account."""
    return amount - amount % COIN


def part_of(total: int, part: int, whole: int) -> int:
    """Return the share of ``total`` for ``part`` of ``whole``, to the nearest; all of it for all.

    :param whole: more than 0, and no less than ``part``.
    """
    return (2 * total * part + whole) // (2 * whole)


def percent_of(total: int, percent: int) -> int:
    """Return so many ten-thousandths of a sum, rounded down.

    :param total: not below 0.
    """
    return total * percent // WHOLE


def within(told: int, found: int, tolerance: int) -> bool:
    """Return whether a second weighing is as near to the first as is allowed.

    :param tolerance: ten-thousandths of what was told.
    """
    return abs(told - found) * WHOLE <= told * tolerance


def shares(pool: int, weights: Mapping[Key, int]) -> dict[Key, int]:
    """Share a pool in proportion, all of it: by the largest remainders (Hamilton's way).

    Of equal remainders that of the earlier key gets the satang, so give them in a fixed order.

    :param weights: none below 0, and their sum above 0.
    """
    whole = sum(weights.values())
    given = {key: pool * weight // whole for key, weight in weights.items()}
    left = pool - sum(given.values())
    order = sorted(weights, key=lambda key: -(pool * weights[key] % whole))
    for key in order[:left]:
        given[key] += 1
    return given
