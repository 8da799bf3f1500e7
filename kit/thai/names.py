"""Names of people as Thai offices write, shorten and hide them."""

import unicodedata

from core.api import Language, Text

# What a form offers; ranks and academic titles are typed.
TITLES = (
    Text("นาย", "Mr."),
    Text("นาง", "Mrs."),
    Text("นางสาว", "Miss"),
    Text("เด็กชาย", "Master"),
    Text("เด็กหญิง", "Miss (child)"),
)

_MASKED = Text("คุณ{name}", "{name}")
_HIDDEN = "•••"

_FIRST_CONSONANT, _LAST_CONSONANT = "ก", "ฮ"
_VOWELS_BEFORE = "เแโใไ"
# Written over, under or after the consonant that begins a syllable, unlike the mark of silence.
_SIGNS_AFTER = "ะัาำิีึืุู็่้๊๋"


def full_name(title: str, first: str, last: str = "") -> str:
    """Return ``นางสาวสุภาพร ใจดี``: a Thai title is written against the name, others apart."""
    gap = "" if not title or _is_thai(title[-1]) else " "
    return f"{title}{gap}{first} {last}".strip()


def short_name(first: str, last: str = "") -> str:
    """Return ``สุภาพร ใ.``, as pages that anybody may read name an officer."""
    return f"{first} {last[0]}." if last else first


def initials(first: str, last: str = "") -> str:
    """Return two letters to stand for a person in a small circle, e.g. ``สภ``, ``JS``.

    For a Thai first name: its first consonant and the one that begins its next syllable, as
    far as the spelling tells. Elsewhere: the first letters of both names.
    """
    heads = _syllable_heads(first)
    if heads:
        return heads
    return "".join(name[0] for name in (first, last) if name).upper()


def mask_name(first: str, last: str, language: Language) -> str:
    """Return ``คุณสม••• จัน•••``: enough for its bearer to know it, not for others.

    At most two letters of a name are shown, and never more than half of it.
    The number of dots says nothing of its length.
    """
    name = " ".join(_masked(part) for part in (first, last) if part)
    return _MASKED.to(language).format(name=name)


def _masked(name: str) -> str:
    letters = _letters(name)
    return "".join(letters[: min(2, len(letters) // 2)]) + _HIDDEN


def _letters(name: str) -> list[str]:
    """Split a name so that every letter keeps the marks above and below it."""
    letters: list[str] = []
    for character in name:
        if letters and unicodedata.category(character) == "Mn":
            letters[-1] += character
        else:
            letters.append(character)
    return letters


def _syllable_heads(name: str) -> str:
    places = [place for place, letter in enumerate(name) if _is_consonant(letter)]
    if not places:
        return ""
    first, rest = places[0], places[1:]
    # A bare consonant after the first mostly closes its syllable, so the one behind it is next.
    if len(rest) > 1 and not _begins(name, rest[0]):
        rest = rest[1:]
    return name[first] + "".join(name[place] for place in rest[:1])


def _begins(name: str, place: int) -> bool:
    """Return whether the consonant at ``place`` carries a vowel or a tone of its own."""
    return name[place - 1] in _VOWELS_BEFORE or name[place + 1 : place + 2] in tuple(_SIGNS_AFTER)


def _is_consonant(letter: str) -> bool:
    return _FIRST_CONSONANT <= letter <= _LAST_CONSONANT


def _is_thai(letter: str) -> bool:
    return "\u0e00" <= letter <= "\u0e7f"
