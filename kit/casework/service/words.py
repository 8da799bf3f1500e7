"""Reasons and opinions as they are kept."""

from core.api import InvalidInput, Text

LONGEST = 3000


def words_of(text: str) -> str:
    """Return what was written on one line, at most ``LONGEST`` characters."""
    return " ".join(text.split())[:LONGEST]


def reason_of(text: str) -> str:
    """Return a reason that must be given.

    :raises InvalidInput: nothing was written.
    """
    words = words_of(text)
    if not words:
        raise InvalidInput({"reason": Text("เขียนเหตุผล", "Write the reason.")})
    return words
