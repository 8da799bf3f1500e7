"""Fields that must be filled in, and how long they may be."""

from collections.abc import Mapping
from typing import NamedTuple

from core.text import Text

_FILL_IN = Text(
    "กรอก{label} ไม่เกิน {most:,} ตัวอักษร", "{label}: fill it in, with at most {most:,} characters."
)


class Field(NamedTuple):
    """One line of a form, or more of them.

    :param label: as it is called on the page.
    :param most: characters.
    """

    label: Text
    most: int


def faults_of(fields: Mapping[str, Field], words: Mapping[str, str]) -> dict[str, Text]:
    """Return what is wrong with the fields that are empty or too long, by field."""
    return {
        name: _FILL_IN.format(label=label, most=most)
        for name, (label, most) in fields.items()
        if not 0 < len(words[name]) <= most
    }
