"""Telephones of people of one test."""

from uuid import uuid4


def a_phone() -> str:
    """Return a mobile number that nobody has yet."""
    return f"08{uuid4().int % 10**8:08}"
