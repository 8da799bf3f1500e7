"""Words that a person reads, in every language that the platform speaks."""

from collections.abc import Iterable, Mapping
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

    @property
    def quoted(self) -> "Text":
        """The text in quotation marks."""
        return Text(f"“{self.th}”", f"“{self.en}”")

    @classmethod
    def joined(cls, texts: Iterable["Text"], between: str = ", ") -> "Text":
        """Return texts one after another, each language by itself."""
        parts = tuple(texts)
        return cls(*(between.join(one.to(language) for one in parts) for language in LANGUAGES))

    def format(self, **values: object) -> "Text":
        """Return the text with ``{name}`` replaced, by a value or by a Text in its language."""
        return Text(*(self.to(one).format(**_in(one, values)) for one in LANGUAGES))


def _in(language: Language, values: Mapping[str, object]) -> dict[str, object]:
    return {
        name: value.to(language) if isinstance(value, Text) else value
        for name, value in values.items()
    }
