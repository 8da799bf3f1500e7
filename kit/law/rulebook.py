"""The figures of law that one plugin brings, and what an officer calls them.

Titles stand in ``titles.json`` beside the figures, so that one that is added there comes with
words for whoever sets it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

import msgspec

from core.api import Text
from kit.law.dated import Entry, Limits, in_force
from kit.law.showing import bare
from kit.law.units import UNITS, Unit
from kit.thai import baht


class Named(msgspec.Struct, frozen=True):
    """What a figure is called.

    :param unit: a key of ``UNITS``.
    """

    code: str
    title: Text
    unit: str

    @property
    def kind(self) -> Unit:
        """How it is shown and asked for."""
        return UNITS[self.unit]

    def shown(self, entry: Entry) -> Text:
        """Return the value of an entry with its unit, as an officer reads it."""
        if self.kind.decimals is None:
            return self.kind.words.format(figure=entry.value)
        figure = baht(entry.whole) if self.kind.money else bare(entry.number)
        return self.kind.words.format(figure=figure)

    def is_same(self, one: Entry, other: Entry) -> bool:
        """Return whether two entries say the same: 2 metres are 2.00 metres."""
        if self.kind.decimals is None:
            return one.value == other.value
        return one.number == other.number


class Group(msgspec.Struct, frozen=True):
    """Figures that an officer looks for together."""

    code: str
    title: Text
    figures: tuple[Named, ...]


class _Entries(msgspec.Struct):
    about: str
    entries: tuple[Entry, ...]


class _Titles(msgspec.Struct):
    about: str
    groups: tuple[Group, ...]


@dataclass(frozen=True, eq=False)
class Rulebook:
    """The figures of law of a plugin.

    :ivar starting: what the code begins with, in the order of the files.
    :ivar groups: in the order in which the page shows them.
    """

    plugin: str
    starting: tuple[Entry, ...]
    groups: tuple[Group, ...]

    @cached_property
    def latest(self) -> Limits:
        """What holds after the last change that is known; for what is declared without a day."""
        return in_force(self.starting, date.max)

    @cached_property
    def named(self) -> dict[str, Named]:
        """What each figure is called, by its code."""
        return {one.code: one for group in self.groups for one in group.figures}

    @cached_property
    def group_of(self) -> dict[str, Group]:
        """The group of each figure, by its code."""
        return {one.code: group for group in self.groups for one in group.figures}


def read_rulebook(plugin: str, folder: Path, files: Sequence[str]) -> Rulebook:
    """Read the figures of a plugin: the entries of some files, and ``titles.json``.

    :param files: names without their ending, whose entries follow one another.
    :raises ValueError: a figure has no title, a title no figure, or a unit is unknown.
    """
    read = [(folder / f"{name}.json").read_bytes() for name in files]
    entries = [one for text in read for one in msgspec.json.decode(text, type=_Entries).entries]
    titles = msgspec.json.decode((folder / "titles.json").read_bytes(), type=_Titles)
    book = Rulebook(plugin, tuple(entries), titles.groups)
    if odd := book.latest.keys() ^ book.named.keys():
        raise ValueError(f"{plugin}: either entry or title is missing of {', '.join(sorted(odd))}")
    if odd := {one.unit for one in book.named.values()} - UNITS.keys():
        raise ValueError(f"{plugin}: there is no unit {', '.join(sorted(odd))}")
    return book
