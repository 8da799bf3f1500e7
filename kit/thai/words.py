"""What must stay on one line: Thai is broken by dictionary, which tears names and compounds.

Pages get ``<span class="nb">`` around it, papers a word joiner inside it. One list serves both.
Not straight inside a flex box, whose gap would part the words: put the label in one ``span``.
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from markupsafe import Markup, escape

from core.api import MONTHS, WEEKDAYS
from kit.thai.dates import SHORT_MONTHS
from kit.thai.vocabulary import BEFORE_NUMBERS, BEFORE_PLACES, COMPOUNDS, UNITS

WORD_JOINER = "\u2060"
NO_BREAK_SPACE = "\u00a0"

# Sara am is a letter to Unicode, but half of it stands over the letter before it.
_SARA_AM = "ำ"

# A longer run of letters is a sentence that goes on; kept whole it would leave a narrow screen.
_LONGEST_PLACE = 18


def keep(text: str, names: Iterable[str] = ()) -> Markup:
    """Return ``text``, escaped, with what must stay together in ``<span class="nb">``.

    Markup is not escaped again, and its tags are left alone.

    :param names: more to keep together: the places of this municipality.
    """
    pattern = _pattern(tuple(str(escape(name)) for name in names))
    parts = re.split("(<[^>]*>)", str(escape(text)))
    # Every second part is a tag. Text was escaped, so that it has none.
    parts[::2] = [pattern.sub(r'<span class="nb">\g<0></span>', part) for part in parts[::2]]
    # What was text is escaped above; what was markup is trusted by who made it.
    return Markup("".join(parts))  # noqa: S704


def glue(text: str, names: Iterable[str] = ()) -> str:
    """Return ``text`` for a paper: the same things cannot be broken there.

    Word joiners stand between their letters, and their spaces do not break. A typesetter that
    breaks Thai by dictionary pays joiners no heed, so the house style of papers sets each joined
    run as one box. Only for what is set in type: text that is searched or compared goes without.

    :param names: more to keep together: the places of this municipality.
    """
    return _pattern(tuple(names)).sub(lambda found: _glued(found[0]), text)


def _glued(kept: str) -> str:
    glued = ""
    for character in kept.replace(" ", NO_BREAK_SPACE):
        joined = unicodedata.category(character) == "Mn" or character == _SARA_AM
        glued += character if joined or not glued else WORD_JOINER + character
    return glued


@lru_cache(maxsize=256)
def _pattern(names: tuple[str, ...]) -> re.Pattern[str]:
    """Return what finds everything that is kept; the more specific forms come first."""
    number = r"[0-9๐-๙](?:[0-9๐-๙,.]*[0-9๐-๙])?"
    numbers = f"{number}(?:[–-]{number})?"
    months = _any(word for month in (*MONTHS, *SHORT_MONTHS) for word in (month.th, month.en))
    year = "[0-9๐-๙]{4}"
    before = _any(word for text in BEFORE_NUMBERS for word in (text.th, text.en))
    units = _any(word for unit in UNITS for word in (unit.th, unit.en))
    days = _any(day.th for day in WEEKDAYS)
    places = f"(?<={{}})[ก-๎]{{2,{_LONGEST_PLACE}}}(?![ก-๎])"
    return re.compile(
        "|".join(
            (
                f"{numbers} {months}(?: {_any(['พ.ศ.', 'B.E.'])})?(?: {year})?",
                f"{months} {year}",
                f"{before} {numbers}(?: {units})?",
                f"{numbers} {units}",
                f"{number}/{number}",
                "[0-9๐-๙•]+(?:-[0-9๐-๙•]+)+",
                rf"แบบ [ก-ฮ]\.{number}",
                f"{days}–{days}",
                _any((*names, *COMPOUNDS)),
                *(places.replace("{}", re.escape(word)) for word in BEFORE_PLACES),
            )
        )
    )


def _any(words: Iterable[str]) -> str:
    """Return a pattern for one of ``words``, the longest that fits."""
    longest_first = sorted({*words}, key=lambda word: (-len(word), word))
    return "(?:" + "|".join(_whole(word) for word in longest_first) + ")"


def _whole(word: str) -> str:
    """Return a pattern in which a Latin word ends where it does: no ``5 m`` in ``5 mistakes``."""
    before = r"\b" if word[0].isascii() and word[0].isalpha() else ""
    after = r"\b" if word[-1].isascii() and word[-1].isalpha() else ""
    return before + re.escape(word) + after
