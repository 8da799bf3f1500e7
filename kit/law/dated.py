"""Dated entries: which one of a code holds on a day.

What the code begins with stands in files of its plugin, each entry with its law, its source and
whether it was read there. An office replaces an entry by one of its own: of the same day to say
that it has read the text, of a later day when the law has changed.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal

import msgspec


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One figure, word or pattern of law, as it holds from a day on.

    :param code: what it is, e.g. ``setback.solid``; rules ask for it by this.
    :param value: in the unit that the rulebook gives it; money in satang.
    :param law: regulation and clause; empty for what only catches slips of the keyboard.
    :param source: where the figure was read, or whose knowledge it is.
    :param verified: whether somebody has read it in the text, or decided it as the office.
    """

    code: str
    since: date
    value: str
    law: str
    source: str
    verified: bool

    @property
    def number(self) -> Decimal:
        """The value to reckon with."""
        return Decimal(self.value)

    @property
    def whole(self) -> int:
        """The value where it is a count or an amount of satang."""
        return int(self.number)


Limits = Mapping[str, Entry]


def in_force(entries: Iterable[Entry], on: date) -> dict[str, Entry]:
    """Return by code the entry that holds on a day: the last that has begun.

    Before the first of a code has begun that one holds, as nothing older is known. Of two of
    the same day the one that stands later holds: an office's entries stand behind the others.
    """
    holding: dict[str, Entry] = {}
    for entry in entries:
        held = holding.get(entry.code)
        begun = entry.since <= on
        if (
            held is None
            or (begun and (held.since > on or held.since <= entry.since))
            or (not begun and held.since > on and entry.since < held.since)
        ):
            holding[entry.code] = entry
    return holding
