"""A form's answers in words: for check pages, papers and officers."""

from collections.abc import Mapping, Sequence

import msgspec

from core.api import Language
from kit.forms.field import JSON, Field


class Answer(msgspec.Struct, frozen=True):
    """One answer in one language.

    :param name: of the field, to link back to it.
    """

    label: str
    text: str
    name: str


def describe(
    fields: Sequence[Field],
    values: Mapping[str, JSON],
    language: Language,
    *,
    masked: bool = True,
) -> list[Answer]:
    """Return the answers that were given, in the order of the form.

    :param masked: hide what is personal; to show it whole is for its owner, and for an
        officer whose look is recorded.
    """
    answers = []
    for field in fields:
        if field.name in values:
            words = field.hide if masked and field.personal else field.show
            text = words(values[field.name], language)
            answers.append(Answer(field.label.to(language), text, field.name))
    return answers
