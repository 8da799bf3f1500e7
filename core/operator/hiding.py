"""Which counts of a table may be shown, so that no small one can be told from the others.

A line is one service in one fiscal year, month after month. A count of 1 up to the smallest that
may be told is hidden. Where it would be the only one, it could be worked out from the sum of the
year: so the next month in which there was anything is hidden with it. A month that was shown is
never hidden afterwards, or whoever kept an older page would know it. The sum is told when the year
is over, unless it is small too, or would give away what is hidden.
"""

from collections.abc import Sequence

import msgspec

MONTHS = 12


class Counts(msgspec.Struct, frozen=True):
    """What was counted of one service in one month.

    :param alone: in one office only it is a small count, which that office hides by itself.
    """

    filed: int = 0
    decided: int = 0
    in_time: int = 0
    alone: bool = False


class Shown(msgspec.Struct, frozen=True):
    """What may be told of a month, or of a year; None: hidden."""

    filed: int | None
    decided: int | None
    in_time: int | None


class Line(msgspec.Struct, frozen=True):
    """What may be told of a service in a year, month after month, and altogether.

    :param whole: None while the year is not over.
    """

    months: tuple[Shown, ...]
    whole: Shown | None


def shown(line: Sequence[Counts], *, smallest: int) -> Line:
    """Return what may be told of a line.

    :param line: the months of a fiscal year from its first, up to the last that has ended.
    :param smallest: the smallest count that may be told, at least 2.
    """
    filed = [one.filed for one in line]
    decided = [one.decided for one in line]
    in_time = [one.in_time for one in line]
    late = [one.decided - one.in_time for one in line]

    def small(number: int) -> bool:
        return 0 < number < smallest

    no_filed = _hidden(filed, [small(one.filed) or one.alone for one in line])
    no_decided = _hidden(decided, [small(one.decided) or one.alone for one in line])
    risky = [
        hidden or small(on_time) or small(after)
        for hidden, on_time, after in zip(no_decided, in_time, late, strict=True)
    ]
    no_in_time = _hidden(decided, risky)
    months = tuple(
        Shown(
            None if no_filed[n] else one.filed,
            None if no_decided[n] else one.decided,
            None if no_in_time[n] else one.in_time,
        )
        for n, one in enumerate(line)
    )
    if len(line) < MONTHS:
        return Line(months, None)
    return Line(
        months,
        Shown(
            _sum(filed, no_filed, smallest),
            _sum(decided, no_decided, smallest),
            None
            if any(no_decided)
            or any(one.alone for one in line)
            or small(sum(in_time))
            or small(sum(late))
            else _sum_in_time(in_time, decided, no_in_time, smallest),
        ),
    )


def _hidden(counts: Sequence[int], small: Sequence[bool]) -> list[bool]:
    """Return what is hidden: what is small, and after a single one the next that is anything."""
    hidden: list[bool] = []
    for count, is_small in zip(counts, small, strict=True):
        hidden.append(is_small or (sum(hidden) == 1 and count > 0))
    return hidden


def _sum(counts: Sequence[int], hidden: Sequence[bool], smallest: int) -> int | None:
    """Return the sum, or None where it is small itself or leaves what is hidden no room."""
    if 0 < sum(counts) < smallest:
        return None
    left = [count for count, away in zip(counts, hidden, strict=True) if away]
    if left and (len(left) == 1 or sum(left) in (len(left), (smallest - 1) * len(left))):
        return None
    return sum(counts)


def _sum_in_time(
    in_time: Sequence[int], decided: Sequence[int], hidden: Sequence[bool], smallest: int
) -> int | None:
    """Return the sum, or None where it would leave one value only for a month that is hidden."""
    left = [n for n, away in enumerate(hidden) if away]
    told = sum(in_time[n] for n in left)
    possible = [
        _anything(decided[n]) if place == 1 else _small_on_a_side(decided[n], smallest)
        for place, n in enumerate(left)
    ]
    for place, own in enumerate(possible):
        others = _sums(possible[:place] + possible[place + 1 :])
        fits = [value for value in _numbers(own) if value <= told and others >> (told - value) & 1]
        if len(fits) < 2:
            return None
    return sum(in_time)


# Sets of numbers as bits: the number n is in it where the bit n is set.


def _anything(most: int) -> int:
    """Return the numbers up to ``most``: the second that is hidden may only keep company."""
    return (1 << most + 1) - 1


def _small_on_a_side(decided: int, smallest: int) -> int:
    """Return how many may be in time where those in time, or those late, are few."""
    few = range(1, min(smallest, decided))
    return sum(1 << number for number in {*few, *(decided - number for number in few)})


def _sums(sets: Sequence[int]) -> int:
    """Return what one number of each set can sum up to."""
    found = 1
    for one in sets:
        with_one = 0
        for number in _numbers(one):
            with_one |= found << number
        found = with_one
    return found


def _numbers(bits: int) -> list[int]:
    return [number for number in range(bits.bit_length()) if bits >> number & 1]
