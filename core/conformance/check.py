"""A check: what is looked at, to which level it belongs, and how a finding is mended."""

from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass
from enum import IntEnum
from inspect import isasyncgenfunction
from typing import Any

from core.text import Text


class Level(IntEnum):
    """How good a plugin is: it has a level when it passes every check of it and those below."""

    BRONZE = 1
    SILVER = 2
    GOLD = 3
    PLATINUM = 4

    @property
    def word(self) -> str:
        """The level as it is written."""
        return self.name.lower()


# What is wrong, a sentence each. One that reads files is given the plugin (``Subject``); one
# that waits is given a running installation with the plugin (``Trial``).
Look = Callable[[Any], Iterator[str]] | Callable[[Any], AsyncIterator[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """Something that a plugin has to show.

    :ivar id: ``<what is looked at>.<what of it>``; reports are compared by it.
    :ivar title: what holds where it is passed.
    :ivar mend: what to do where it is not.
    :ivar look: yields what is wrong.
    """

    id: str
    level: Level
    title: Text
    mend: Text
    look: Look

    @property
    def runs(self) -> bool:
        """Whether it needs a running installation."""
        return isasyncgenfunction(self.look)


class Shelf:
    """The checks of one module, in the order in which they stand in it."""

    def __init__(self) -> None:
        self.checks: list[Check] = []

    def check(
        self, id: str, level: Level, title: Text, mend: Text
    ) -> Callable[[Callable[[Any], Any]], Callable[[Any], Any]]:
        """Make a check of a function."""

        def keep(look: Callable[[Any], Any]) -> Callable[[Any], Any]:
            self.checks.append(Check(id=id, level=level, title=title, mend=mend, look=look))
            return look

        return keep
