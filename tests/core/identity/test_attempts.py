import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import db
from core.context import Context
from core.errors import TooMany
from core.identity import attempts
from core.identity.attempts import Allowance

FEW = Allowance(3, timedelta(seconds=30), timedelta(minutes=15), timedelta(hours=1))


async def tried(ctx: Context, key: str = "a", **later: float) -> int:
    """0 when it was free, else the seconds to wait."""
    try:
        moment = replace(ctx, now=ctx.now + timedelta(**later))
        await attempts.take(moment, "sign-in", key, FEW)
    except TooMany as refusal:
        return refusal.retry_after
    return 0


async def test_after_a_few_attempts_there_is_a_pause(stranger: Context) -> None:
    assert [await tried(stranger) for _ in range(5)] == [0, 0, 0, 30, 30]
    assert await tried(stranger, seconds=20) == 10


async def test_each_attempt_after_a_pause_doubles_the_next(stranger: Context) -> None:
    for _ in range(3):
        await tried(stranger)

    assert await tried(stranger, seconds=31) == 0
    assert await tried(stranger, seconds=32) > 30


async def test_quiet_time_begins_the_count_anew(stranger: Context) -> None:
    for _ in range(3):
        await tried(stranger)

    assert [await tried(stranger, hours=2) for _ in range(4)] == [0, 0, 0, 30]


async def test_a_success_begins_the_count_anew(stranger: Context) -> None:
    await tried(stranger)
    await tried(stranger)

    await attempts.forget(stranger, "sign-in", "a")

    assert [await tried(stranger) for _ in range(4)] == [0, 0, 0, 30]


async def test_what_turned_out_well_can_be_given_back(stranger: Context) -> None:
    for _ in range(20):
        assert await tried(stranger) == 0
        await attempts.give_back(stranger, "sign-in", "a")


async def test_each_key_and_each_municipality_counts_for_itself(
    stranger: Context, other: Context
) -> None:
    for _ in range(4):
        await tried(stranger)

    assert await tried(stranger, "b") == 0
    assert await tried(other) == 0


async def test_a_hundred_attempts_at_once_do_not_escape_the_count(stranger: Context) -> None:
    waits = await asyncio.gather(*(tried(stranger) for _ in range(100)))

    assert waits.count(0) == 3


async def test_counting_within_a_transaction_is_refused(stranger: Context) -> None:
    with pytest.raises(RuntimeError, match="outside"):
        async with db.transaction(stranger):
            await tried(stranger)


async def test_what_is_counted_on_cannot_be_read_from_the_rows(stranger: Context) -> None:
    await tried(stranger, "+66812345678")

    async with db.transaction(stranger) as connection:
        kept = str(dict(await connection.fetchrow("SELECT * FROM core.sign_in_attempt")))
    assert "812345678" not in kept


@given(st.integers(1, 10_000))
def test_pauses_never_shrink_and_have_a_longest(count: int) -> None:
    pause, after = attempts.pause_after(count, FEW), attempts.pause_after(count + 1, FEW)

    assert (pause or timedelta()) <= (after or timedelta()) <= FEW.longest
    assert (pause is None) == (count < FEW.free)
