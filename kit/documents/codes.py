"""The verification code of a paper: twelve signs that a person can read out and type.

The alphabet is Crockford's base 32, which leaves out I, L, O and U, so that no sign is
taken for another. Twelve signs are 60 bits of chance: with ten million papers issued, a
guess hits one of them once in 115 thousand million tries.
"""

import secrets
import unicodedata

from kit.thai import ascii_digits

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 12

_GROUP = 4
_LOOK_ALIKES = str.maketrans("OIL", "011")


def new_code() -> str:
    """Return a code nobody can guess, as it is printed and kept: ``MH7K-2Q9D-41TA``."""
    chance = secrets.randbits(5 * LENGTH)
    return _grouped("".join(ALPHABET[chance >> 5 * at & 31] for at in range(LENGTH)))


def read_code(typed: str) -> str | None:
    """Return the code that was typed or scanned, as it is kept; None when it is none.

    Lower case, spaces, any dash, Thai and full-width digits are taken, O as 0, I and L as 1,
    and the whole address from the QR, which a hand scanner types into the field.
    """
    plain = ascii_digits(unicodedata.normalize("NFKC", typed)).strip().rstrip("/")
    plain = plain.rpartition("/")[2].upper().translate(_LOOK_ALIKES)
    signs = "".join(sign for sign in plain if not _is_gap(sign))
    if len(signs) != LENGTH or not set(signs) <= set(ALPHABET):
        return None
    return _grouped(signs)


def _grouped(signs: str) -> str:
    return "-".join(signs[at : at + _GROUP] for at in range(0, LENGTH, _GROUP))


def _is_gap(sign: str) -> bool:
    """Whether the sign is a space, a dash, or one of those that show nothing."""
    return sign.isspace() or unicodedata.category(sign) in {"Pd", "Cf"} or sign in "_.\u2212"
