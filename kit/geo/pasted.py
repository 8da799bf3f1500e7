"""The coordinates in the address of a map's page, as people share it."""

import re
from urllib.parse import unquote_plus

_NUMBER = r"(-?\d{1,3}\.\d{1,15})"
_BETWEEN = r"(?:,\s?|~|\s)"
# What an address can name a place by. Google's place itself comes before the middle of the
# view, which is where somebody happened to look.
_PLACES = (
    rf"!3d{_NUMBER}!4d{_NUMBER}",
    rf"[?&](?:q|query|ll|sll|daddr|destination|saddr|loc|pin|center|cp|point)=(?:loc:)?\s?"
    rf"{_NUMBER}{_BETWEEN}{_NUMBER}",
    rf"[?&]mlat={_NUMBER}&mlon={_NUMBER}",
    rf"/(?:place|search|dir)/(?:[^/]{{0,200}}/)?{_NUMBER},[\s+]?{_NUMBER}",
    rf"^geo:{_NUMBER},{_NUMBER}",
    rf"[@?]{_NUMBER},{_NUMBER}",
    rf"#map=[\d.]{{1,5}}/{_NUMBER}/{_NUMBER}",
)
_PATTERNS = tuple(re.compile(place, re.IGNORECASE) for place in _PLACES)
_ADDRESS = re.compile(r"https?://|^geo:|^(?:www\.|maps\.)?[a-z]+\.[a-z.]+/", re.IGNORECASE)

# Addresses that stand for another one, which only their own service knows.
SHORTENED = re.compile(
    r"\b(?:maps\.app\.goo\.gl|goo\.gl|g\.co|bit\.ly|maps\.apple|lin\.ee|t\.co)/", re.IGNORECASE
)


def from_link(text: str) -> tuple[float, float] | None:
    """Return latitude and longitude in the address of a page of a map, as they stand there.

    Words around the address are passed over, as apps share them.

    :returns: None where ``text`` is no such address or has no coordinates in it.
    """
    if not _ADDRESS.search(text):
        return None
    plain = unquote_plus(text)
    for pattern in _PATTERNS:
        if found := pattern.search(plain):
            return float(found[1]), float(found[2])
    return None
