"""Figures of law as they hold in an office: its own go before those that the code begins with."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

import msgspec

from core.api import Context, NotFound, Text, transaction
from kit.law.dated import Entry, Limits, in_force
from kit.law.rulebook import Named, Rulebook
from kit.law.tables import Figure

_NO_FIGURE = Text(
    "ไม่พบเกณฑ์นี้ เลือกจากรายการเกณฑ์ทั้งหมด", "There is no such figure. Choose from the list of all."
)


class Setting(msgspec.Struct, frozen=True, kw_only=True):
    """An entry of the office, as it was made.

    :param number: counts from 1 within the code.
    :param withdrawn: moment, name and reason; None while it counts.
    """

    number: int
    entry: Entry
    made_at: datetime
    made_by_name: str
    withdrawn: tuple[datetime, str, str] | None


class Dated(msgspec.Struct, frozen=True, kw_only=True):
    """A figure of law on a day, with its history in the office.

    :param now: what holds.
    :param starting: what the code begins with, the last first.
    :param settings: of the office, the one made last first.
    """

    named: Named
    now: Entry
    starting: Sequence[Entry]
    settings: Sequence[Setting]

    @property
    def revision(self) -> int:
        """Counts what was done to it, for who decides on what they saw."""
        return len(self.settings) + sum(one.withdrawn is not None for one in self.settings)

    @property
    def own(self) -> bool:
        """Whether what holds was set by the office."""
        return any(one.entry is self.now for one in self.settings)

    @property
    def in_law(self) -> bool:
        """Whether it stands in a law, and does not just catch slips of the keyboard."""
        return bool(self.starting[0].law)

    def coming(self, today: date) -> Sequence[Setting]:
        """Return what has not begun yet and was not withdrawn, the next first."""
        new = [one for one in self.settings if one.withdrawn is None and one.entry.since > today]
        return sorted(new, key=lambda one: (one.entry.since, one.number))


async def of_office(ctx: Context, book: Rulebook) -> Sequence[Entry]:
    """Return the entries of the office in the order in which they were made."""
    return [one.entry for one in await _settings(ctx, book) if one.withdrawn is None]


async def limits_on(ctx: Context, book: Rulebook, on: date) -> Limits:
    """Return the figures that hold in the office on a day."""
    return in_force((*book.starting, *await of_office(ctx, book)), on)


async def all_figures(ctx: Context, book: Rulebook) -> Mapping[str, Dated]:
    """Return every figure that the rules use, as it stands today, by code."""
    settings = await _settings(ctx, book)
    counted = [one.entry for one in settings if one.withdrawn is None]
    holding = in_force((*book.starting, *counted), ctx.today)
    starting: dict[str, list[Entry]] = {}
    for entry in sorted(book.starting, key=lambda one: one.since, reverse=True):
        starting.setdefault(entry.code, []).append(entry)
    own: dict[str, list[Setting]] = {}
    for one in reversed(settings):
        own.setdefault(one.entry.code, []).append(one)
    return {
        code: Dated(
            named=named, now=holding[code], starting=starting[code], settings=own.get(code, ())
        )
        for code, named in book.named.items()
    }


async def get_figure(ctx: Context, book: Rulebook, code: str) -> Dated:
    """Return a figure with its history.

    :raises NotFound: no rule asks for one of this code.
    """
    if code not in book.named:
        raise NotFound(_NO_FIGURE)
    return (await all_figures(ctx, book))[code]


async def get_setting(ctx: Context, book: Rulebook, code: str, number: int) -> Setting:
    """Return an entry of the office.

    :raises NotFound: there is none.
    """
    for one in (await get_figure(ctx, book, code)).settings:
        if one.number == number:
            return one
    raise NotFound(_NO_FIGURE)


async def _settings(ctx: Context, book: Rulebook) -> Sequence[Setting]:
    async with transaction(ctx):
        rows = (
            await Figure.select()
            .where(Figure.of(ctx), Figure.plugin == book.plugin)
            .order_by(Figure.number)
        )
    return [_setting(row) for row in rows]


def _setting(row: Mapping[str, Any]) -> Setting:
    withdrawn = None
    if row["withdrawn_at"] is not None:
        withdrawn = (
            row["withdrawn_at"],
            row["withdrawn_by_name"] or "",
            row["withdrawn_why"] or "",
        )
    entry = Entry(
        code=row["code"],
        since=row["since"],
        value=row["value"],
        law=row["law"],
        source=row["why"],
        verified=True,
    )
    return Setting(
        number=row["number"],
        entry=entry,
        made_at=row["made_at"],
        made_by_name=row["made_by_name"],
        withdrawn=withdrawn,
    )
