"""A person's name: as one text, as the letters that stand for it, and its place in a list."""

import re

# The five Thai vowels that are written before the consonant which they follow in speech.
_VOWELS_BEFORE = "\u0e40\u0e41\u0e42\u0e43\u0e44"


def full_name(title: str, first: str, last: str = "") -> str:
    """Return ``นางสาวสุภาพร ใจดี``: a Thai title is written against the name, others apart."""
    gap = " " if title and title[-1].isascii() else ""
    return f"{title}{gap}{first} {last}".strip()


def initials(first: str, last: str = "") -> str:
    """Return the first letter of each name; in Thai the first consonant, whatever its vowel."""
    return "".join(name.lstrip(_VOWELS_BEFORE)[:1] for name in (first, last)).upper()


def name_order(name: str) -> str:
    """Return what names are sorted by, so that Thai ones stand as in a dictionary.

    A vowel before its consonant is looked at after it, and the signs over letters, which are
    of tone or silence, are not looked at.
    """
    turned = re.sub(f"([{_VOWELS_BEFORE}])(.)", r"\2\1", name)
    return re.sub("[\u0e47-\u0e4c]", "", turned).casefold()
