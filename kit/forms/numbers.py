"""Fields of figures: a number with its unit, and an amount of money. Never a float."""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any, ClassVar

from core.api import Language, Text
from kit.forms import sentences
from kit.forms.field import JSON, Field, Texts
from kit.forms.place import Place
from kit.thai import LARGEST_AMOUNT, Unreadable, amount, ascii_digits, baht, parse_baht

# Safe in every reader of JSON, also one that knows only floats (2 to the power of 53 is 16 digits).
NUMBER_MOST = 999_999_999_999
DECIMALS_MOST = 6

_FIGURE = re.compile(
    r"(?P<sign>[-−]?)(?P<whole>[0-9]{1,15}|[0-9]{1,3}(?:,[0-9]{3}){1,4})(?:\.(?P<rest>[0-9]*))?"
)
_NO_UNIT = Text("", "")
_DECIMALS = Text("จำนวนตำแหน่งทศนิยม", "the number of decimals")


class Number(Field, frozen=True, kw_only=True, tag="number"):
    """A figure with its unit, e.g. 150 square metres.

    Stored as an int where ``decimals`` is 0. Else as a str with exactly that many
    decimals, ``"150.25"``: it says by itself what it is, ``Decimal(value)`` is exact, and
    no reader of the JSON can turn it into a float. Commas between thousands are taken.

    :param unit: as it stands after the figure; None for a bare count.
    :param least: whole units, inclusive.
    :param most: whole units, inclusive.
    :param decimals: how many may be given, at most 6.
    """

    unit: Text | None = None
    least: int = 0
    most: int = NUMBER_MOST
    decimals: int = 0

    shape: ClassVar[Any] = int | str

    def take(self, typed: Texts, place: Place) -> JSON:
        """Return the figure as it is stored."""
        text = "".join(ascii_digits(typed[self.name][0]).split())
        found = _FIGURE.fullmatch(text)
        if found is None:
            raise self.refuse(sentences.NO_NUMBER)
        rest = (found["rest"] or "").rstrip("0")
        if len(rest) > self.decimals:
            fine = sentences.TOO_FINE if self.decimals else sentences.NOT_WHOLE
            raise self.refuse(fine, decimals=self.decimals)
        digits = found["whole"].replace(",", "") + rest.ljust(self.decimals, "0")
        number = Decimal(int(digits)).scaleb(-self.decimals)
        return self._within(-number if found["sign"] and number else number)

    def _within(self, number: Decimal) -> JSON:
        if number < self.least:
            limit = self._words(self.least)
            raise self.refuse(sentences.TOO_LITTLE, given=self._words(number), limit=limit)
        if number > self.most:
            limit = self._words(self.most)
            raise self.refuse(sentences.TOO_MUCH, given=self._words(number), limit=limit)
        return f"{number:.{self.decimals}f}" if self.decimals else int(number)

    def _words(self, number: Decimal | int | str) -> Text:
        figure = f"{Decimal(number):,f}"
        unit = self.unit or _NO_UNIT
        return Text(f"{figure} {unit.th}".strip(), f"{figure} {unit.en}".strip())

    def fill(self, value: JSON) -> dict[str, list[str]]:
        """Return the figure with commas between thousands, if it is one."""
        return {self.name: [f"{value:,}" if isinstance(value, int) else value]}

    def schema(self) -> dict[str, JSON]:
        """Return an integer, or a string of digits whose limits a schema cannot say."""
        if not self.decimals:
            return {"type": "integer", "minimum": self.least, "maximum": self.most}
        sign = "-?" if self.least < 0 else ""
        whole = f"^{sign}(0|[1-9][0-9]{{0,14}})"
        return {"type": "string", "pattern": f"{whole}\\.[0-9]{{{self.decimals}}}$"}

    def show(self, value: JSON, language: Language) -> str:
        """Return the figure with its unit."""
        return self._words(value).to(language)

    def faults(self) -> Iterator[Text]:
        """Yield the limits that cannot be kept."""
        if not -NUMBER_MOST <= self.least <= self.most <= NUMBER_MOST:
            yield self.says(sentences.CROSSED_LIMITS)
        yield from self.outside(_DECIMALS, self.decimals, 0, DECIMALS_MOST)


class Money(Field, frozen=True, kw_only=True, tag="money"):
    """An amount of baht, stored as an int of satang.

    :param least: satang, inclusive.
    :param most: satang, inclusive.
    """

    least: int = 0
    most: int = LARGEST_AMOUNT

    shape: ClassVar[Any] = int

    def take(self, typed: Texts, place: Place) -> JSON:
        """Return the satang."""
        try:
            satang = parse_baht(typed[self.name][0])
        except Unreadable as refusal:
            raise self.wrong(refusal.sentence) from None
        if satang < self.least:
            raise self.refuse(sentences.TOO_LITTLE, given=_baht(satang), limit=_baht(self.least))
        if satang > self.most:
            raise self.refuse(sentences.TOO_MUCH, given=_baht(satang), limit=_baht(self.most))
        return satang

    def fill(self, value: JSON) -> dict[str, list[str]]:
        """Return the amount in baht with two decimals."""
        return {self.name: [baht(value)]}

    def schema(self) -> dict[str, JSON]:
        """Return an integer."""
        return {"type": "integer", "minimum": self.least, "maximum": self.most}

    def show(self, value: JSON, language: Language) -> str:
        """Return the amount with its unit, ``1,250.25 บาท``."""
        return amount(value, language)

    def faults(self) -> Iterator[Text]:
        """Yield the limits that cannot be kept."""
        if not 0 <= self.least <= self.most <= LARGEST_AMOUNT:
            yield self.says(sentences.CROSSED_LIMITS)


def _baht(satang: int) -> Text:
    return Text(amount(satang, "th"), amount(satang, "en"))
