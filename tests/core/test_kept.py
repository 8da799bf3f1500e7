from dataclasses import replace
from datetime import timedelta

import pytest

from core.context import Context


class Counter:
    def __init__(self) -> None:
        self.asked = 0

    async def __call__(self) -> int:
        self.asked += 1
        return self.asked


@pytest.fixture
def find() -> Counter:
    return Counter()


async def test_what_was_found_is_given_again_for_some_minutes(ctx: Context, find: Counter) -> None:
    later = replace(ctx, now=ctx.now + timedelta(minutes=4, seconds=59))
    kept = ctx.host.kept

    assert await kept.recall(ctx, "parks.benches", find, for_minutes=5) == 1
    assert await kept.recall(later, "parks.benches", find, for_minutes=5) == 1


async def test_it_is_asked_anew_when_the_minutes_are_over(ctx: Context, find: Counter) -> None:
    later = replace(ctx, now=ctx.now + timedelta(minutes=5))
    kept = ctx.host.kept

    assert await kept.recall(ctx, "parks.benches", find, for_minutes=5) == 1
    assert await kept.recall(later, "parks.benches", find, for_minutes=5) == 2
    assert await kept.recall(later, "parks.benches", find, for_minutes=5) == 2


async def test_no_municipality_is_given_what_was_found_for_another(
    ctx: Context, other: Context, find: Counter
) -> None:
    assert await ctx.host.kept.recall(ctx, "parks.benches", find, for_minutes=5) == 1
    assert await ctx.host.kept.recall(other, "parks.benches", find, for_minutes=5) == 2


async def test_what_could_not_be_found_is_asked_again(ctx: Context, find: Counter) -> None:
    async def fail() -> int:
        raise OSError("no line")

    with pytest.raises(OSError, match="no line"):
        await ctx.host.kept.recall(ctx, "parks.benches", fail, for_minutes=5)
    assert await ctx.host.kept.recall(ctx, "parks.benches", find, for_minutes=5) == 1
