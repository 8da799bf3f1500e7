"""Numbers that people quote, as they are written and as they are typed.

Drawing the next number without gaps is the database's; here is only its form.
"""

import re

from kit.thai import ascii_digits, thai_digits

_QUOTED = re.compile(r"0*([1-9][0-9]{0,8})\s*/\s*([0-9]{4})")


def quoted_number(serial: int, year: int) -> str:
    """Return ``1254/2569``, the form on screens.

    :param serial: counted from 1 within the office and the year.
    :param year: of the Buddhist Era, four digits.
    :raises ValueError: either is no such number.
    """
    if serial < 1 or not 1000 <= year <= 9999:
        raise ValueError(f"{serial}/{year} is no number of a paper or a case")
    return f"{serial}/{year}"


def paper_number(serial: int, year: int) -> str:
    """Return ``๑๒/๒๕๖๙``, the form on papers; arguments as in :func:`quoted_number`."""
    return thai_digits(quoted_number(serial, year))


def read_number(typed: str) -> tuple[int, int] | None:
    """Return serial and Buddhist year of a number as it was typed; None when it is none.

    Thai digits, spaces around the stroke and leading zeros are taken.
    """
    found = _QUOTED.fullmatch(ascii_digits(typed).strip())
    return (int(found[1]), int(found[2])) if found else None


def digest_words(digest: str) -> str:
    """Return the digest of a file as a paper shows it: in groups that a line can break between."""
    groups = " ".join(digest[at : at + 8] for at in range(0, len(digest), 8))
    return f"SHA-256 {groups}"
