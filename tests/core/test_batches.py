import asyncio
from collections.abc import Sequence

import pytest

from core import db, numbers
from core.batches import MOST
from core.context import Context


class Register:
    """Draws a number for each name; names of the wrong kind undo their transaction."""

    def __init__(self) -> None:
        self.sizes: list[int] = []

    async def enter(self, ctx: Context, names: Sequence[str]) -> list[tuple[str, int]]:
        self.sizes.append(len(names))
        async with db.transaction(ctx):
            drawn = await numbers.draw_some(ctx, "register", len(names))
            await asyncio.sleep(0.01)
            if any(name.startswith("bad") for name in names):
                raise ValueError(names)
            return list(zip(names, drawn, strict=True))


async def join(ctx: Context, register: Register, name: str) -> tuple[str, int]:
    return await ctx.host.batches.join(ctx, "tests.register", name, register.enter)


async def test_who_comes_at_once_goes_together_and_gets_the_own_result(ctx: Context) -> None:
    register = Register()
    names = [f"n{n}" for n in range(100)]

    entered = await asyncio.gather(*(join(ctx, register, name) for name in names))

    assert [name for name, _ in entered] == names
    assert sorted(number for _, number in entered) == list(range(1, 101))
    assert len(register.sizes) < 10
    assert max(register.sizes) <= MOST


async def test_who_fails_undoes_nobody_else_and_leaves_no_gap(ctx: Context) -> None:
    register = Register()
    names = [f"{'bad' if n % 5 == 0 else 'n'}{n}" for n in range(40)]

    entered = await asyncio.gather(
        *(join(ctx, register, name) for name in names), return_exceptions=True
    )

    failed = [one for one in entered if isinstance(one, BaseException)]
    assert len(failed) == 8
    assert all(isinstance(one, ValueError) for one in failed)
    numbers_drawn = [one[1] for one in entered if not isinstance(one, BaseException)]
    assert sorted(numbers_drawn) == list(range(1, 33))


async def test_who_leaves_takes_nobody_along(ctx: Context) -> None:
    register = Register()
    tasks = [asyncio.create_task(join(ctx, register, f"n{n}")) for n in range(10)]
    await asyncio.sleep(0)
    tasks[0].cancel()

    entered = await asyncio.gather(*tasks, return_exceptions=True)

    assert isinstance(entered[0], asyncio.CancelledError)
    assert len([one for one in entered if isinstance(one, tuple)]) == 9


async def test_municipalities_do_not_wait_for_each_other(ctx: Context, other: Context) -> None:
    register = Register()

    here, there = await asyncio.gather(join(ctx, register, "n1"), join(other, register, "n2"))

    assert here[1] == there[1] == 1
    assert register.sizes == [1, 1]


async def test_settling_waits_for_who_is_under_way(ctx: Context) -> None:
    register = Register()
    task = asyncio.create_task(join(ctx, register, "n1"))
    await asyncio.sleep(0)

    await ctx.host.batches.settle()

    assert task.done() or await task == ("n1", 1)
    with pytest.raises(ValueError, match="bad"):
        await join(ctx, register, "bad")
