"""Passwords: what is taken as one, how it is kept, how it is compared."""

import unicodedata
from collections.abc import Collection
from itertools import pairwise

import anyio
import anyio.to_thread
from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError

from core.text import Text

SHORTEST, LONGEST = 10, 200

# 19 MiB and two passes are what OWASP asks for at least; two at a time, so that a crowd at the
# door does not exhaust a process.
_hasher = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
_at_once = anyio.CapacityLimiter(2)

# Compared where there is no account, so that the answer takes as long as where there is one.
_NOBODY = _hasher.hash("nobody has this password")

_SHORT = Text(
    "รหัสผ่านต้องมีอย่างน้อย {least} ตัวอักษร ตอนนี้มี {count} ตัวอักษร",
    "A password has at least {least} characters, this one has {count}.",
)
_LONG = Text(
    "รหัสผ่านยาวเกิน {most} ตัวอักษร ตั้งให้สั้นลง",
    "A password has at most {most} characters. Choose a shorter one.",
)
_EASY = Text(
    "รหัสผ่านนี้เดาง่าย ใช้คำหลายคำที่ไม่เกี่ยวกับตัวท่าน เช่น สี่คำที่นึกขึ้นเอง",
    "This password is easy to guess. Use several words that have nothing to do with you.",
)


def problem_of(password: str, *, known: Collection[str] = ()) -> Text | None:
    """Return what is wrong with a new password; None when it is taken.

    :param known: what others know of the person: number, phone, name.
    """
    given = _normal(password)
    if len(given) < SHORTEST:
        return _SHORT.format(least=SHORTEST, count=len(given))
    if len(given) > LONGEST:
        return _LONG.format(most=LONGEST)
    plain = given.casefold()
    if len(set(plain)) < 4 or _is_run(plain):
        return _EASY
    if any(len(one) >= 4 and one.casefold() in plain for one in known):
        return _EASY
    return None


def _is_run(text: str) -> bool:
    """Return whether each sign follows the one before it, up or down: 12345678, zyxwvuts."""
    steps = {ord(after) - ord(before) for before, after in pairwise(text)}
    return steps <= {1, -9} or steps <= {-1, 9}  # 0 follows 9


async def hash_password(password: str) -> str:
    """Return what is kept in place of a password."""
    return await anyio.to_thread.run_sync(_hasher.hash, _normal(password), limiter=_at_once)


async def is_password(kept: str, password: str) -> bool:
    """Return whether ``password`` is the one of ``kept``; "" is no account's and takes as long."""
    return await anyio.to_thread.run_sync(_matches, kept, password, limiter=_at_once)


def is_outdated(kept: str) -> bool:
    """Return whether the password should be kept anew, since the cost was raised."""
    return _hasher.check_needs_rehash(kept)


def _matches(kept: str, password: str) -> bool:
    try:
        return _hasher.verify(kept or _NOBODY, _normal(password)) and bool(kept)
    except VerifyMismatchError:
        return False


def _normal(password: str) -> str:
    """Return one form for what keyboards type in several, e.g. the Thai vowel am.

    Nothing longer than a password may be is compared: its hash would only take time.
    """
    return unicodedata.normalize("NFKC", password[: 4 * LONGEST])
