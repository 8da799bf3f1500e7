"""The pages of one subject that a long form is split into."""

from collections.abc import Mapping, Sequence

import msgspec

from core.api import Text
from kit.forms.field import JSON, Field


class Page(msgspec.Struct, frozen=True):
    """Fields that stand on one page.

    :param title: None where the form has no steps.
    """

    title: Text | None
    fields: tuple[Field, ...]


def pages(fields: Sequence[Field]) -> tuple[Page, ...]:
    """Return the pages of a form, in the order in which their steps are first named."""
    titles = dict.fromkeys(field.step for field in fields)
    return tuple(
        Page(title, tuple(field for field in fields if field.step == title)) for title in titles
    )


def shown(fields: Sequence[Field], known: Mapping[str, JSON]) -> tuple[Field, ...]:
    """Return the fields to show on a page, given the values of the pages before it.

    A field whose condition looks at an answer of the same page stays: the answer can still
    change there, and without a script the field must be within reach.
    """
    here = {field.name for field in fields}
    return tuple(
        field
        for field in fields
        if field.is_asked(known) or (field.when is not None and field.when.field in here)
    )
