"""Fields that are chosen: one of a list, some of a list, a tick."""

from collections.abc import Iterator
from typing import Any, ClassVar

import msgspec

from core.api import Language, Text
from kit.forms import sentences
from kit.forms.field import CODE, JSON, Field, Texts
from kit.forms.place import Place

RADIOS = 7
OPTIONS_MOST = 100
TICKED, NOT_TICKED = "yes", "no"
_YES_NO = {TICKED: Text("ใช่", "Yes"), NOT_TICKED: Text("ไม่", "No")}
_COUNT = Text("จำนวนตัวเลือก", "the number of options")
_TICKS = Text("จำนวนที่เลือกได้", "how many may be ticked")


class Option(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """One answer of a list.

    :param code: what is stored: small ASCII letters, digits, hyphens and underscores.
    :param help: a second line, e.g. which document this answer asks for.
    """

    code: str
    label: Text
    help: Text | None = None


class Choice(Field, frozen=True, kw_only=True, tag="choice"):
    """One answer of a list: radio buttons up to seven options, else a list to open."""

    options: tuple[Option, ...]

    asks: ClassVar[Text] = sentences.CHOOSE

    @property
    def radios(self) -> bool:
        """Whether all options are shown at once."""
        return len(self.options) <= RADIOS

    def take(self, typed: Texts, place: Place) -> JSON:
        """Return the code that was chosen."""
        code = typed[self.name][0].strip()
        if code not in {option.code for option in self.options}:
            raise self.refuse(sentences.NOT_OFFERED)
        return code

    def listed(self, language: Language) -> list[tuple[str, ...]]:
        """Return code and label of every option, and its second line where radios show it."""
        rows = _listed(self.options, language)
        return rows if self.radios else [row[:2] for row in rows]

    def answer(self, code: str) -> Text | None:
        """Return the label of an option."""
        return _answer(self.options, code)

    def schema(self) -> dict[str, JSON]:
        """Return the codes, each with its Thai label."""
        return {"type": "string", "oneOf": _consts(self.options)}

    def show(self, value: JSON, language: Language) -> str:
        """Return the label of the option."""
        return _label(self.options, value, language)

    def faults(self) -> Iterator[Text]:
        """Yield what is wrong with the options."""
        yield from _option_faults(self, self.options)


class Choices(Field, frozen=True, kw_only=True, tag="choices"):
    """Any number of answers of a list; stored in the order of the list.

    :param most: how many may be ticked; None means all.
    """

    options: tuple[Option, ...]
    most: int | None = None

    shape: ClassVar[Any] = list[str]
    asks: ClassVar[Text] = sentences.CHOOSE_SOME

    def take(self, typed: Texts, place: Place) -> JSON:
        """Return the codes that were ticked."""
        ticked = {text.strip() for text in typed[self.name]} - {""}
        if ticked - {option.code for option in self.options}:
            raise self.refuse(sentences.NOT_OFFERED)
        if self.most is not None and len(ticked) > self.most:
            raise self.refuse(sentences.TOO_MANY, count=len(ticked), most=self.most)
        return [option.code for option in self.options if option.code in ticked]

    def same(self, taken: JSON, given: JSON) -> bool:
        """Return whether they are the same codes; in another order they mean the same."""
        return taken is not None and sorted(taken) == sorted(given)

    def fill(self, value: JSON) -> dict[str, list[str]]:
        """Return the codes to tick."""
        return {self.name: list(value)}

    def listed(self, language: Language) -> list[tuple[str, ...]]:
        """Return code, label and second line of every option."""
        return _listed(self.options, language)

    def answer(self, code: str) -> Text | None:
        """Return the label of an option."""
        return _answer(self.options, code)

    def hint(self, place: Place) -> Text | None:
        """Return how many may be ticked, where that is not all."""
        if self.most is None:
            return sentences.ANY_NUMBER
        return sentences.AT_MOST_ANSWERS.format(most=self.most)

    def schema(self) -> dict[str, JSON]:
        """Return a list of different codes."""
        return {
            "type": "array",
            "items": {"type": "string", "oneOf": _consts(self.options)},
            "minItems": 1,
            "maxItems": self.most or len(self.options),
            "uniqueItems": True,
        }

    def show(self, value: JSON, language: Language) -> str:
        """Return the labels, one after another."""
        return ", ".join(_label(self.options, code, language) for code in value)

    def faults(self) -> Iterator[Text]:
        """Yield what is wrong with the options."""
        yield from _option_faults(self, self.options)
        if self.most is not None:
            yield from self.outside(_TICKS, self.most, 1, len(self.options))


class Yes(Field, frozen=True, kw_only=True, tag="yes"):
    """A consent or a confirmation: a tick that is never set beforehand.

    The label is the sentence that is agreed to. Where it is not required, a tick that was
    not set is stored as False, so that a consent that was not given is on record.

    Law: Personal Data Protection Act B.E. 2562 (2019), s. 19 (consent is given freely).
    """

    shape: ClassVar[Any] = bool
    asks: ClassVar[Text] = sentences.TICK

    def take(self, typed: Texts, place: Place) -> JSON:
        """Return True for the one text that the tick sends."""
        if typed[self.name][0].strip() != TICKED:
            raise self.refuse(sentences.NOT_OFFERED)
        return True

    def empty(self) -> JSON:
        """Return False for a tick that need not be set."""
        super().empty()
        return False

    def fill(self, value: JSON) -> dict[str, list[str]]:
        """Return the tick, or nothing."""
        return {self.name: [TICKED]} if value else {}

    def schema(self) -> dict[str, JSON]:
        """Return true alone where it must be ticked."""
        return {"type": "boolean", "const": True} if self.required else {"type": "boolean"}

    def answer(self, code: str) -> Text | None:
        """Return the words for ticked and not ticked."""
        return _YES_NO.get(code)

    def show(self, value: JSON, language: Language) -> str:
        """Return whether it was ticked."""
        return _YES_NO[TICKED if value else NOT_TICKED].to(language)

    def hide(self, value: JSON, language: Language) -> str:
        """Return whether it was ticked; a consent is on record for those who rely on it."""
        return self.show(value, language)


def _consts(options: tuple[Option, ...]) -> list[dict[str, str]]:
    return [{"const": option.code, "title": option.label.th} for option in options]


def _answer(options: tuple[Option, ...], code: str) -> Text | None:
    return next((option.label for option in options if option.code == code), None)


def _label(options: tuple[Option, ...], code: str, language: Language) -> str:
    # A code that the list no longer has is shown as it is: an old answer is not lost.
    label = _answer(options, code)
    return label.to(language) if label else code


def _listed(options: tuple[Option, ...], language: Language) -> list[tuple[str, ...]]:
    return [
        (one.code, one.label.to(language), one.help.to(language) if one.help else "")
        for one in options
    ]


def _option_faults(field: Field, options: tuple[Option, ...]) -> Iterator[Text]:
    yield from field.outside(_COUNT, len(options), 2, OPTIONS_MOST)
    codes = [option.code for option in options]
    for code in dict.fromkeys(codes):
        if not CODE.fullmatch(code):
            yield field.says(sentences.BAD_CODE, code=code)
        if codes.count(code) > 1:
            yield field.says(sentences.SAME_CODE, code=code)
    if any(not (option.label.th.strip() and option.label.en.strip()) for option in options):
        yield field.says(sentences.UNNAMED_OPTION)
