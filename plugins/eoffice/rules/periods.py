"""Periods of the archive, in which letters are searched one after the other, the newest first.

An id begins with its time, so the letters of 99 days are those whose ids begin alike (ADR 0028).
"""

from collections.abc import Iterator
from typing import NamedTuple
from uuid import UUID

_REST = 113  # bits of an id that differ within a period: all but 15 of the 48 that tell its time


class Period(NamedTuple):
    """A part of the archive.

    :param since: the smallest id in it; ``until``: the smallest behind it.
    """

    name: str
    since: UUID
    until: UUID


def period_of(letter: UUID) -> str:
    """Return the name of the period of a letter."""
    return _name(letter.int >> _REST)


def periods_between(oldest: UUID, until: UUID) -> Iterator[Period]:
    """Yield the periods of all letters before ``until``, back to that of the oldest."""
    for number in range(until.int - 1 >> _REST, (oldest.int >> _REST) - 1, -1):
        end = min(number + 1 << _REST, until.int)
        yield Period(_name(number), UUID(int=number << _REST), UUID(int=end))


def _name(number: int) -> str:
    return f"{number:04x}"
