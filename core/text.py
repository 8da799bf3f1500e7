"""Words that a person reads, in every language that the platform speaks."""

from typing import Literal

import msgspec

Language = Literal["th", "en"]
LANGUAGES: tuple[Language, ...] = ("th", "en")


class Text(msgspec.Struct, frozen=True):
    """A sentence or label in Thai, the official text, and in English.

    Both are always given, so that no page is half translated.
    """

    th: str
    en: str

    def to(self, language: Language) -> str:
        """Return the text in ``language``."""
        return self.th if language == "th" else self.en

    def format(self, **values: object) -> "Text":
        """Return the text with ``{name}`` replaced in both languages."""
        return Text(self.th.format(**values), self.en.format(**values))
