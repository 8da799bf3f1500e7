"""Find services by what people type: Thai without spaces, a word too many, a letter too few.

What was typed and what a service says are compared by pieces of three characters, so that no
dictionary is needed. A word that people type may also stand inside what was typed: of
"อยากแจ้งไฟดับหน้าบ้าน" the word "ไฟดับ" is enough.
"""

from collections.abc import Iterable, Iterator
from functools import lru_cache

from kit.casework import Service
from kit.thai import ngrams, query_ngrams

LONGEST = 100  # characters of a query that are looked at

_TITLE, _WORD, _SUMMARY = 1.0, 0.9, 0.5
_LEAST_SHARE = 0.5  # of the pieces of a word, less is chance
_LEAST_OF_BEST = 0.4  # of the best service's score, less is noise
_LEAST_INSIDE = 3  # characters of a word that is looked for inside what was typed


def find(services: Iterable[Service], query: str) -> list[Service]:
    """Return the services that are meant by a query, the likeliest first.

    :param query: as typed; of an empty one nothing is found.
    """
    words = _words(query)
    scored = [(score, one) for one in services if (score := _score(one, words)) > 0]
    best = max((score for score, _ in scored), default=0.0)
    likely = [(score, one) for score, one in scored if score >= best * _LEAST_OF_BEST]
    return [one for _, one in sorted(likely, key=lambda pair: (-pair[0], pair[1].title.th))]


def is_answered(services: Iterable[Service], query: str) -> bool:
    """Return whether a title, or a word of a service, says all of a query."""
    words = _words(query)
    return any(_score(one, words) >= _WORD for one in services)


def _words(query: str) -> list[str]:
    typed = query[:LONGEST].split()
    words = [word for word in typed if any(map(str.isalnum, word)) and query_ngrams(word)]
    # "I want to see …": short English words say nothing beside longer ones.
    telling = [word for word in words if len(word) > 2 or not word.isascii()]
    return telling or words


def _score(service: Service, words: list[str]) -> float:
    if not words:
        return 0.0
    return sum(_fit(service, word) for word in words) / len(words)


def _fit(service: Service, word: str) -> float:
    return max(weight * _share(word, text) ** 2 for weight, text in _texts(service))


def _texts(service: Service) -> Iterator[tuple[float, str]]:
    yield from ((_TITLE, text) for text in (service.title.th, service.title.en))
    yield from ((_WORD, text) for text in service.words)
    yield from ((_SUMMARY, text) for text in (service.summary.th, service.summary.en))


def _share(word: str, text: str) -> float:
    """Return how much of a word is in a text, 1 also where the text is inside the word.

    English words have spaces between them: a "cat" is not looked for in a "certificate".
    """
    wanted = _wanted(word)
    share = len(wanted & _pieces(text)) / len(wanted)
    if share < 1 and _is_inside(text, word):
        return 1.0
    return share if share >= _LEAST_SHARE else 0.0


def _is_inside(text: str, word: str) -> bool:
    long_enough = len(text) >= _LEAST_INSIDE and not text.isascii()
    return long_enough and _wanted(text) <= _pieces(word)


@lru_cache(maxsize=20_000)
def _pieces(text: str) -> frozenset[str]:
    return frozenset(ngrams(text))


@lru_cache(maxsize=20_000)
def _wanted(text: str) -> frozenset[str]:
    return frozenset(query_ngrams(text))
