"""A person's name as one text, and the letters that stand for it in a small circle."""

# The five Thai vowels that are written before the consonant which they follow in speech.
_VOWELS_BEFORE = "\u0e40\u0e41\u0e42\u0e43\u0e44"


def full_name(title: str, first: str, last: str = "") -> str:
    """Return ``นางสาวสุภาพร ใจดี``: a Thai title is written against the name, others apart."""
    gap = " " if title and title[-1].isascii() else ""
    return f"{title}{gap}{first} {last}".strip()


def initials(first: str, last: str = "") -> str:
    """Return the first letter of each name; in Thai the first consonant, whatever its vowel."""
    return "".join(name.lstrip(_VOWELS_BEFORE)[:1] for name in (first, last)).upper()
