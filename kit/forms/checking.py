"""Finding the faults of a form that somebody made, before anybody is asked to fill it in."""

import re
from collections.abc import Iterator, Sequence

from core.api import Text
from kit.forms import sentences
from kit.forms.choices import Choice, Choices, Yes
from kit.forms.field import Field, When
from kit.forms.pins import Pin
from kit.forms.plots import Plot

FIELDS_MOST = 100
_NAME = re.compile("[a-z][a-z0-9_]{0,39}")
# Ids of the shell's own elements and names of its own controls: a field of that name would
# be led to, or read, in their place.
RESERVED = frozenset({"do", "main", "problem", "submit", "language", "theme", "search"})


def check_fields(fields: Sequence[Field]) -> list[Text]:
    """Return what is wrong with a form, field by field; an empty list is a sound form."""
    return list(_faults(fields))


def _faults(fields: Sequence[Field]) -> Iterator[Text]:
    if not 1 <= len(fields) <= FIELDS_MOST:
        yield sentences.FIELD_COUNT.format(most=FIELDS_MOST)
    for index, field in enumerate(fields):
        before = fields[:index]
        yield from _name_faults(field, before)
        yield from _word_faults(field)
        if field.when is not None:
            yield from _condition_faults(field, field.when, before)
        if isinstance(field, Plot) and field.around:
            yield from _around_faults(field, before)
        if before and field.step != before[-1].step and field.step in {one.step for one in before}:
            yield field.says(sentences.SPLIT_STEP)
        yield from field.faults()


def _name_faults(field: Field, before: Sequence[Field]) -> Iterator[Text]:
    if not _NAME.fullmatch(field.name):
        yield field.says(sentences.BAD_NAME, name=field.name)
    elif field.name in RESERVED:
        yield field.says(sentences.RESERVED_NAME, name=field.name)
    if field.name in {one.name for one in before}:
        yield field.says(sentences.SAME_NAME, name=field.name)


def _word_faults(field: Field) -> Iterator[Text]:
    for words in (field.label, field.help, field.step, field.missing):
        if words is not None and not (words.th.strip() and words.en.strip()):
            yield field.says(sentences.EMPTY_WORDS, name=field.name)


def _condition_faults(field: Field, when: When, before: Sequence[Field]) -> Iterator[Text]:
    other = next((one for one in before if one.name == when.field), None)
    if other is None:
        yield field.says(sentences.UNKNOWN_CONDITION, name=when.field)
    elif not isinstance(other, Choice | Choices | Yes):
        yield field.says(sentences.OPEN_CONDITION, other=other.label)
    elif not (when.values and all(other.answer(code) for code in when.values)):
        yield field.says(sentences.UNKNOWN_ANSWER, other=other.label)


def _around_faults(field: Plot, before: Sequence[Field]) -> Iterator[Text]:
    if not any(isinstance(one, Pin) and one.name == field.around for one in before):
        yield field.says(sentences.NO_SUCH_PIN, name=field.around)
