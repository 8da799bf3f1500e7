"""A try of a service that is being made: its form as a citizen meets it, and nothing is filed.

Nothing of a try is kept either: what was typed on the pages before travels with the page.
"""

from collections.abc import Mapping
from typing import Any

import msgspec

from core.api import Text
from kit.casework import Document, Service, questions
from kit.forms import AnyField, Field, Page, Place, pages, read, shown

Typed = dict[str, list[str]]


class Trial(msgspec.Struct, frozen=True, kw_only=True):
    """Where a try stands.

    :param number: of the page that is shown, from 1; one more than there are pages is the
        check of all answers.
    :param fields: the questions of that page.
    :param typed: on all pages.
    :param values: what was read of the pages so far.
    :param documents: those that these answers ask for.
    """

    pages: tuple[Page, ...]
    number: int
    fields: tuple[Field, ...]
    typed: Typed
    values: dict[str, Any]
    problems: dict[str, Text]
    documents: tuple[Document, ...]

    @property
    def carried(self) -> Typed:
        """What the page must send again: the texts of all other pages."""
        own = {control for field in self.fields for control in field.controls}
        return {control: texts for control, texts in self.typed.items() if control not in own}


def fields_of(service: Service) -> tuple[AnyField, ...]:
    """Return all that is asked: of the person, and of the matter."""
    return (*questions(service.applying), *service.form)


def try_out(service: Service, posted: Mapping[str, list[str]], place: Place, sent: int) -> Trial:
    """Read the pages up to the one that was sent, and go on when nothing is wrong.

    :param sent: number of that page; 0 to begin.
    """
    split = pages(fields_of(service))
    values: dict[str, Any] = {}
    typed: Typed = {}
    for field in fields_of(service):
        typed |= field.typed(posted)
    for number, one in enumerate(split[: max(sent, 0)], 1):
        reading = read(one.fields, posted, place, known=values)
        if reading.problems:
            return _at(service, split, number, typed, values, reading.problems)
        values |= reading.values
    return _at(service, split, min(max(sent, 0), len(split)) + 1, typed, values, {})


def _at(
    service: Service,
    split: tuple[Page, ...],
    number: int,
    typed: Typed,
    values: dict[str, Any],
    problems: dict[str, Text],
) -> Trial:
    here = split[number - 1].fields if number <= len(split) else ()
    return Trial(
        pages=split,
        number=number,
        fields=shown(here, values),
        typed=typed,
        values=values,
        problems=problems,
        documents=tuple(
            one for one in service.documents if one.when is None or one.when.holds(values)
        ),
    )
