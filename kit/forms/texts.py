"""Fields that are typed as text: one line, many lines, an address of e-mail."""

import re
from collections.abc import Iterator
from typing import Literal

from core.api import Language, Text
from kit.forms import cleaning, sentences
from kit.forms.field import DOTS, JSON, Field, Texts
from kit.forms.place import Place
from kit.thai import ascii_digits

LINE_MOST = 500
LINES_MOST = 20_000
EMAIL_MOST = 254
_WIDTHS = ((4, "w-4"), (8, "w-8"), (20, "w-13"))
_LONGEST = Text("ความยาวสูงสุด", "the greatest length")
_SHORTEST = Text("ความยาวต่ำสุด", "the least length")
# What a browser may fill in by itself (WCAG 2.2, 1.3.5: only for the reader's own data).
Autofill = Literal[
    "off", "name", "honorific-prefix", "given-name", "family-name", "organization", "nickname"
]


class Line(Field, frozen=True, kw_only=True, tag="line"):
    """One line of text.

    :param shortest: characters that it must have at least when it is given.
    :param longest: characters, at most 500.
    :param digits: only digits are taken, Thai ones too, and zeros in front are kept: numbers
        of deeds, meters, licences. A figure to reckon with is a ``Number``.
    :param autofill: what the browser may fill in.
    """

    shortest: int = 1
    longest: int = 200
    digits: bool = False
    autofill: Autofill = "off"

    @property
    def room(self) -> int:
        """Blanks around the text are forgiven."""
        return self.longest * 4 + 100

    @property
    def width(self) -> str:
        """The class that tells by the width of the box how long the answer is."""
        return next((name for most, name in _WIDTHS if self.longest <= most), "")

    def take(self, typed: Texts, place: Place) -> JSON:
        """Return the words one space apart."""
        text = cleaning.line(typed[self.name][0])
        if self.digits:
            text = ascii_digits(text).replace(" ", "")
            if not text.isdecimal():
                raise self.refuse(sentences.ONLY_DIGITS)
        return _measured(self, text, self.shortest, self.longest)

    def schema(self) -> dict[str, JSON]:
        """Return a string without blanks around it, nor two in a row."""
        return {
            "type": "string",
            "minLength": max(self.shortest, 1),
            "maxLength": self.longest,
            "pattern": "^[0-9]+$" if self.digits else f"^{cleaning.LINE}$",
        }

    def hide(self, value: JSON, language: Language) -> str:
        """Return the first letter; a Thai vowel before its consonant counts as one."""
        return f"{value[:1]}{DOTS}"

    def faults(self) -> Iterator[Text]:
        """Yield the limits that cannot be kept."""
        yield from self.outside(_LONGEST, self.longest, 1, LINE_MOST)
        yield from self.outside(_SHORTEST, self.shortest, 0, self.longest)


class Lines(Field, frozen=True, kw_only=True, tag="lines"):
    """Text of several lines, with a count of the characters left.

    :param shortest: characters that it must have at least when it is given.
    :param longest: characters, at most 20,000; a line end counts as one.
    """

    shortest: int = 1
    longest: int = 1_000

    @property
    def room(self) -> int:
        """Blanks around the lines are forgiven."""
        return self.longest * 4 + 100

    def take(self, typed: Texts, place: Place) -> JSON:
        """Return the lines with at most one empty one in a row."""
        text = cleaning.lines(typed[self.name][0])
        return _measured(self, text, self.shortest, self.longest)

    def hint(self, place: Place) -> Text | None:
        """Return how much may be written."""
        return sentences.AT_MOST_CHARACTERS.format(longest=self.longest)

    def schema(self) -> dict[str, JSON]:
        """Return a string of lines, each without blanks around it."""
        return {
            "type": "string",
            "minLength": max(self.shortest, 1),
            "maxLength": self.longest,
            "pattern": f"^{cleaning.LINES}$",
        }

    def faults(self) -> Iterator[Text]:
        """Yield the limits that cannot be kept."""
        yield from self.outside(_LONGEST, self.longest, 1, LINES_MOST)
        yield from self.outside(_SHORTEST, self.shortest, 0, self.longest)


class Email(Field, frozen=True, kw_only=True, tag="email"):
    """An address of e-mail in ASCII; the part after the @ is kept in small letters."""

    personal: bool = True

    def take(self, typed: Texts, place: Place) -> JSON:
        """Return the address without blanks."""
        text = "".join(typed[self.name][0].split())
        user, at, domain = text.rpartition("@")
        address = f"{user}{at}{domain.lower()}"
        if len(address) > EMAIL_MOST or not _EMAIL.fullmatch(address):
            raise self.refuse(sentences.NO_EMAIL)
        return address

    def schema(self) -> dict[str, JSON]:
        """Return the pattern by which it is read."""
        return {
            "type": "string",
            "format": "email",
            "maxLength": EMAIL_MOST,
            "pattern": f"^{_EMAIL.pattern}$",
        }

    def hide(self, value: JSON, language: Language) -> str:
        """Return the first letter and the domain."""
        return f"{value[:1]}{DOTS}@{value.rpartition('@')[2]}"


_ATOM = "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_LABEL = "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?"
_EMAIL = re.compile(rf"{_ATOM}(\.{_ATOM})*@({_LABEL}\.)+[a-z]([a-z0-9-]{{0,61}}[a-z0-9])")


def _measured(field: Field, text: str, shortest: int, longest: int) -> str:
    """Return ``text`` if its length is within the limits.

    :raises InvalidInput: it is not.
    """
    if len(text) > longest:
        raise field.refuse(sentences.TOO_LONG, length=len(text), longest=longest)
    if len(text) < shortest:
        raise field.refuse(sentences.TOO_SHORT, length=len(text), shortest=shortest)
    return text
