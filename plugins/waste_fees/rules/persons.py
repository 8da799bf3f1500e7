"""Whether two names are of one person, as far as their spelling tells."""

from core.api import Text
from kit.thai import TITLES

# Written in registers beside those that a form offers.
_MORE = (
    Text("น.ส.", "Ms."),
    Text("ด.ช.", "Master"),
    Text("ด.ญ.", "Miss"),
    Text("คุณ", "Khun"),
)
_TITLES = sorted(
    {title for one in (*TITLES, *_MORE) for title in (one.th, one.en)}, key=len, reverse=True
)


def same_person(one: str, other: str) -> bool:
    """Return whether two names are the same but for title, blanks and capital letters."""
    plain = _plain(one)
    return bool(plain) and plain == _plain(other)


def _plain(name: str) -> str:
    words = " ".join(name.split())
    for title in _TITLES:
        if words.startswith(title) and len(words) > len(title):
            words = words.removeprefix(title)
            break
    return "".join(words.split()).casefold()
