"""Searching inside Thai words: pieces of one to three characters.

Thai is written without spaces, so words cannot be looked up; pieces are compared. What contains
the query is always found; a longer query can also find a text that has its pieces in another
order, which a person sees. A row keeps ``search_vector(…)`` in a ``tsvector`` column with a GIN
index, and matches a query when ``vector @@ search_query(…)``, see ADR 0021.

Before cutting, every character is brought to one form by itself: Thai digits are Arabic ones,
letters are small, and spaces, hyphens, apostrophes, tone marks and the mark of silence are left
out, because people forget them and keyboards store them in different orders.
"""

import unicodedata
from collections.abc import Iterable, Sequence

from kit.thai.digits import ascii_digits

LONGEST = 3
MOST_ASKED = 8  # pieces, where the words of what is found are compared too

# The four tone marks and the mark of silence; and what a vector would have to quote.
_LEFT_OUT = frozenset("่้๊๋์'\\")
# Two sara e are typed for one sara ae, and look the same.
_SARA_AE, _TWO_SARA_E = "แ", "เเ"


def ngrams(*texts: str) -> list[str]:
    """Return all pieces of one, two and three characters of the texts, each once.

    Pieces run across spaces inside one text, never from one text into the next.
    """
    return list(
        {
            text[start : start + size]: None
            for text in map(search_form, texts)
            for size in range(1, LONGEST + 1)
            for start in range(len(text) - size + 1)
        }
    )


def query_ngrams(query: str) -> list[str]:
    """Return the pieces that a row must contain, sorted; none for a query without any letter.

    Every word of the query may be found in another text of the row. A word of one or two
    characters is one piece, a longer word is the threes that it consists of.
    """
    pieces: set[str] = set()
    for word in filter(None, map(search_form, query.split())):
        size = min(len(word), LONGEST)
        pieces |= {word[start : start + size] for start in range(len(word) - size + 1)}
    return sorted(pieces)


def search_vector(*texts: str, within: str) -> str:
    """Return the pieces of three characters of the texts, fewer at their ends, as a ``tsvector``.

    Shorter ones are the beginnings of these.

    :param within: the id of the municipality, which stands before every piece: of all that have
        a piece in one index, those of others are not looked through.
    """
    begin = f"{within}/"
    pieces = {
        begin + text[start : start + LONGEST]: None
        for text in map(search_form, texts)
        for start in range(len(text))
    }
    return "'" + "' '".join(pieces) + "'" if pieces else ""


def search_query(query: str, *, within: str) -> str:
    """Return what a row must contain, as a ``tsquery``; "" for a query without any letter."""
    return _asked(query_ngrams(query), within)


def search_queries(query: str, *, within: Iterable[str]) -> list[str]:
    """Return what a row must contain in each of several places, as a ``tsquery`` for each.

    Only for who compares the words of what is found too: not all pieces are asked for. Those at
    the end of a word tell most, since Thai says last what is special; short words tell little.
    """
    words = list(filter(None, map(search_form, query.split())))
    words = [word for word in words if len(word) >= LONGEST] or words
    most = max(1, MOST_ASKED // max(1, len(words)))
    pieces = sorted({piece for word in words for piece in _last_pieces(word, most)})
    return [_asked(pieces, place) for place in within]


def _last_pieces(word: str, most: int) -> list[str]:
    """Return all pieces of a word, or every second one from its end on."""
    size = min(len(word), LONGEST)
    pieces = [word[start : start + size] for start in range(len(word) - size, -1, -1)]
    return pieces if len(pieces) <= most else pieces[::2][:most]


def _asked(pieces: Sequence[str], within: str) -> str:
    return " & ".join(
        f"'{within}/{piece}'" + ("" if len(piece) == LONGEST else ":*") for piece in pieces
    )


class _Plain(dict[int, str]):
    """What stands for each character; it is worked out when it comes for the first time."""

    def __missing__(self, code: int) -> str:
        plain = _plain_character(chr(code))
        if len(self) < _REMEMBERED:
            self[code] = plain
        return plain


_REMEMBERED = 10_000
_PLAIN = _Plain()


def search_form(text: str) -> str:
    """Return the text in the one form in which texts are cut and compared, without spaces."""
    return ascii_digits(text).translate(_PLAIN)


def _plain_character(character: str) -> str:
    """Return what stands for one character, without a look at its neighbours.

    That is why a part of a text always becomes a part of what the text becomes.
    """
    return "".join(
        part.replace(_SARA_AE, _TWO_SARA_E)
        for part in unicodedata.normalize("NFKD", character).casefold()
        if part not in _LEFT_OUT and not _is_silent(part)
    )


def _is_silent(part: str) -> bool:
    """Return whether it is a space, hyphen, control or the accent of a Latin letter."""
    category = unicodedata.category(part)
    return (
        part.isspace()
        or category in ("Pd", "Cf", "Cc")
        or (category == "Mn" and unicodedata.combining(part) == 230)
    )
