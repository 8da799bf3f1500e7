"""How often something may be tried: after a few times there are pauses, and they grow.

An attempt is counted before it is made, in a transaction of its own, so that neither a
refusal nor a hundred attempts at once escape the count.
"""

from collections import Counter, deque
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from math import ceil
from typing import Any, NamedTuple

from core import db
from core.context import Context
from core.errors import TooMany
from core.identity.tables import SignInAttempt
from core.text import Text


class Allowance(NamedTuple):
    """How many attempts are free, and what follows.

    :param free: attempts before the first pause.
    :param pause: the first one; each further attempt doubles it.
    :param longest: what it grows to.
    :param forget: quiet time after which counting begins anew.
    """

    free: int
    pause: timedelta
    longest: timedelta
    forget: timedelta


_MINUTE = timedelta(minutes=1)
ACCOUNT = Allowance(5, timedelta(seconds=30), 15 * _MINUTE, 60 * _MINUTE)
# A whole office, or a village behind one mast, may share an address.
ADDRESS = Allowance(50, _MINUTE, 15 * _MINUTE, 60 * _MINUTE)
CODES = Allowance(5, 5 * _MINUTE, 60 * _MINUTE, 120 * _MINUTE)
# Of one case by who does not hold its code; of any code, from one address.
GUESSES = Allowance(10, _MINUTE, 15 * _MINUTE, 60 * _MINUTE)
# Within an hour from one address: half a province may share that of a telephone company.
FILINGS = Allowance(300, _MINUTE, 5 * _MINUTE, 60 * _MINUTE)
REGISTRATIONS = Allowance(20, _MINUTE, 60 * _MINUTE, 120 * _MINUTE)

_WAIT = Text(
    "ลองหลายครั้งเกินไป รอ {wait} แล้วลองอีกครั้ง สิ่งที่กรอกไว้ยังอยู่",
    "Tried too often. Wait {wait} and try again. What you typed is still there.",
)
_SECONDS = Text("{count} วินาที", "{count} seconds")
_MINUTES = Text("{count} นาที", "{count} minutes")

_COUNT = """
INSERT INTO core.sign_in_attempt AS a (tenant_id, key, attempts, last_at)
SELECT $1, key, count, $4 FROM unnest($2::bytea[], $3::int[]) AS counted (key, count) ORDER BY key
ON CONFLICT (tenant_id, key) DO UPDATE SET
  attempts = excluded.attempts + CASE WHEN a.last_at < $5 THEN 0 ELSE a.attempts END,
  last_at = excluded.last_at
RETURNING key, attempts, paused_until
"""


def pause_after(count: int, allowance: Allowance) -> timedelta | None:
    """Return the pause that follows the attempt of this number, the first being 1."""
    if count < allowance.free:
        return None
    # 2 to the power of 30 of any pause is longer than the longest.
    doublings: int = 2 ** min(count - allowance.free, 30)
    return min(allowance.pause * doublings, allowance.longest)


async def take(ctx: Context, what: str, key: str, allowance: Allowance) -> None:
    """Count one attempt.

    :param what: what is tried, e.g. ``"sign-in"``.
    :param key: on what or from where: kept as a fingerprint only.
    :raises TooMany: there is a pause.
    :raises RuntimeError: within a transaction, which would take the count back.
    """
    if db.in_transaction():
        raise RuntimeError("attempts are counted outside of a transaction")
    attempt = Attempt.of(ctx, what, key, allowance)
    if refusal := await ctx.host.batches.join(ctx, "core.attempts", attempt, _count_alone):
        raise refusal


class Attempt(NamedTuple):
    """What :func:`count` counts."""

    mark: bytes
    allowance: Allowance

    @classmethod
    def of(cls, ctx: Context, what: str, key: str, allowance: Allowance) -> "Attempt":
        """Return an attempt with the words of :func:`take`."""
        return cls(_mark(ctx, what, key), allowance)


async def _count_alone(ctx: Context, attempts: Sequence[Attempt]) -> list[TooMany | None]:
    async with db.transaction(ctx):
        return await count(ctx, attempts)


async def count(ctx: Context, attempts: Sequence[Attempt]) -> list[TooMany | None]:
    """Count attempts of the same moment within the transaction that makes them.

    Only for what does nothing when it is taken back; a guess is counted by :func:`take`.

    :returns: for each the refusal where there is a pause.
    """
    waits: dict[bytes, deque[datetime | None]] = {}
    connection = db.current_connection()
    for allowance in {one.allowance for one in attempts}:
        counts = Counter(one.mark for one in attempts if one.allowance == allowance)
        rows = await connection.fetch(
            _COUNT,
            ctx.tenant.id,
            list(counts),
            list(counts.values()),
            ctx.now,
            ctx.now - allowance.forget,
        )
        for row in rows:
            times = counts[row["key"]]
            waits[row["key"]] = deque(await _let_through(ctx, row, times, allowance))
    return [_refusal(ctx, waits[one.mark].popleft()) for one in attempts]


def _refusal(ctx: Context, until: datetime | None) -> TooMany | None:
    if until is None or until <= ctx.now:
        return None
    seconds = ceil((until - ctx.now).total_seconds())
    return TooMany(_WAIT.format(wait=_words(seconds)), retry_after=seconds)


async def _let_through(
    ctx: Context, row: Mapping[str, Any], count: int, allowance: Allowance
) -> list[datetime | None]:
    """Return until when each of the last attempts has to wait; None lets it through.

    The one that makes a pause begin still goes through.

    :param row: the key, how many attempts there are with these, and a pause that was set before.
    :param count: how many of them are of this moment.
    """
    if row["paused_until"] is not None and row["paused_until"] > ctx.now:
        return [row["paused_until"]] * count
    last = max(row["attempts"] - count + 1, allowance.free)
    pause = pause_after(last, allowance)
    free = last - (row["attempts"] - count)
    if pause is None or free > count:
        return [None] * count
    until = ctx.now + pause
    await SignInAttempt.update({SignInAttempt.paused_until: until}).where(
        SignInAttempt.of(ctx), SignInAttempt.key == row["key"]
    )
    return [None] * free + [until] * (count - free)


async def forget(ctx: Context, what: str, key: str) -> None:
    """Begin counting anew, after a success."""
    async with db.transaction(ctx):
        await SignInAttempt.delete().where(
            SignInAttempt.of(ctx), SignInAttempt.key == _mark(ctx, what, key)
        )


async def give_back(ctx: Context, what: str, key: str) -> None:
    """Take one attempt back that turned out well, where many people count together."""
    async with db.transaction(ctx):
        await SignInAttempt.update({SignInAttempt.attempts: SignInAttempt.attempts - 1}).where(
            SignInAttempt.of(ctx), SignInAttempt.key == _mark(ctx, what, key)
        )


def _mark(ctx: Context, what: str, key: str) -> bytes:
    return ctx.keys.fingerprint("attempt", what, key)


def _words(seconds: int) -> Text:
    if seconds < 60:
        return _SECONDS.format(count=seconds)
    return _MINUTES.format(count=ceil(seconds / 60))
