"""A day, asked in three controls: day, month and year of the Buddhist Era."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import ClassVar

from core.api import InvalidInput, Language, Text
from kit.forms import sentences
from kit.forms.field import JSON, Field, Texts
from kit.forms.place import Place
from kit.thai import MONTHS, Unreadable, buddhist_year, long_day, parse_day, said_day

# A day that is right in all three controls: each control is tried with the two others of it.
_GOOD = {"day": "1", "month": "1", "year": "2569"}
# Two centuries: no limit of a form lies further away.
DAYS_MOST = 73_000
_LIMIT = Text("ขอบเขตนับเป็นวัน", "a limit in days")


class Day(Field, frozen=True, kw_only=True, tag="day"):
    """A day of the municipality, stored as ``2026-11-20``.

    Limits are inclusive. Those in days are counted from the day on which the form is
    filled in: ``latest_days=0`` is a day that is not in the future.

    :param earliest_days: days from today, negative before it.
    :param latest_days: days from today.
    """

    earliest: date | None = None
    latest: date | None = None
    earliest_days: int | None = None
    latest_days: int | None = None

    parts: ClassVar[tuple[str, ...]] = ("day", "month", "year")
    asks: ClassVar[Text] = sentences.WHOLE_DAY

    def take(self, typed: Texts, place: Place) -> JSON:
        """Return the day in ISO form."""
        given = {part: typed.get(f"{self.name}.{part}", [""])[0] for part in self.parts}
        problems = {
            f"{self.name}.{part}": refusal
            for part in self.parts
            if (refusal := _refusal(**(_GOOD | {part: given[part]})))
        }
        if problems:
            raise InvalidInput(problems)
        try:
            day = parse_day(**given)
        except Unreadable as refusal:
            raise self.wrong(refusal.sentence) from None
        self._within(day, place)
        return day.isoformat()

    def _within(self, day: date, place: Place) -> None:
        first, last = self.limits(place)
        if first is not None and day < first:
            raise self.refuse(sentences.TOO_EARLY, given=said_day(day), limit=said_day(first))
        if last is not None and day > last:
            raise self.refuse(sentences.TOO_LATE, given=said_day(day), limit=said_day(last))

    def limits(self, place: Place) -> tuple[date | None, date | None]:
        """Return the first and the last day that are taken, None where there is no limit."""
        firsts = [self.earliest, _from(place.today, self.earliest_days)]
        lasts = [self.latest, _from(place.today, self.latest_days)]
        return (
            max((day for day in firsts if day), default=None),
            min((day for day in lasts if day), default=None),
        )

    def months(self, language: Language) -> list[str]:
        """Return the names of the months."""
        return [month.to(language) for month in MONTHS]

    def hint(self, place: Place) -> Text | None:
        """Return an example that could be the answer."""
        first, last = self.limits(place)
        return sentences.EXAMPLE.format(example=said_day(last or first or place.today))

    def fill(self, value: JSON) -> dict[str, list[str]]:
        """Return day, month and Buddhist year, if it is a day."""
        try:
            day = date.fromisoformat(value)
        except ValueError:
            # Of what is no day, nothing can be shown; the reader finds the controls empty.
            return {f"{self.name}.day": [value]}
        numbers = (day.day, day.month, buddhist_year(day))
        return {
            f"{self.name}.{part}": [str(number)]
            for part, number in zip(self.parts, numbers, strict=True)
        }

    def schema(self) -> dict[str, JSON]:
        """Return a day in ISO form; limits counted from today are beyond a schema."""
        return {"type": "string", "format": "date", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}

    def show(self, value: JSON, language: Language) -> str:
        """Return ``25 พฤศจิกายน 2569``."""
        return long_day(date.fromisoformat(value), language)

    def faults(self) -> Iterator[Text]:
        """Yield the limits that cannot be kept."""
        days = [day for day in (self.earliest_days, self.latest_days) if day is not None]
        for day in days:
            yield from self.outside(_LIMIT, day, -DAYS_MOST, DAYS_MOST)
        if days != sorted(days) or (self.earliest and self.latest and self.earliest > self.latest):
            yield self.says(sentences.CROSSED_LIMITS)


def _from(today: date, days: int | None) -> date | None:
    return None if days is None else today + timedelta(days=days)


def _refusal(day: str, month: str, year: str) -> Text | None:
    try:
        parse_day(day, month, year)
    except Unreadable as refusal:
        return refusal.sentence
    return None
