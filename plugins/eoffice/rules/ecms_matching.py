"""Which letter is meant: eCMS has no id of a letter that both sides know."""

import re
import unicodedata
from datetime import date
from hashlib import sha256

from kit.thai import ascii_digits

# White space, and what is not seen: programs of other agencies lose and add both.
_UNSEEN = re.compile(r"[\s\u00ad\u200b-\u200f\u2028-\u202f\u2060-\u2064\ufeff]+")


def same_letter_key(number: str, dated_on: date, subject: str, department: str) -> str:
    """Return the same 64 signs for the same letter, however it is spelt.

    White space counts nowhere; Thai digits are as Arabic ones, a sara am as its two parts, large
    letters as small ones.

    :param department: the code of who is to accept it, so that the copies of a circular differ.
    """
    parts = (plain(number), dated_on.isoformat(), plain(subject), plain(department))
    return sha256("\n".join(parts).encode()).hexdigest()


def plain(text: str) -> str:
    """Return a text as it is compared."""
    even = unicodedata.normalize("NFKC", ascii_digits(text)).casefold()
    return _UNSEEN.sub("", even)
