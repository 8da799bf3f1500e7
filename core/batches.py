"""Changes of one municipality that would wait for each other are made in one transaction.

Numbers without gaps make everybody who draws one wait until the one before has committed.
Whoever comes while a transaction is under way waits here instead, and goes with all others
who wait into the next one: the wait for the disk is shared.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, TypeVar

from core.behalf import on_behalf
from core.context import Context

MOST = 32

_Item = TypeVar("_Item")
_Result = TypeVar("_Result")
_Waiting = tuple[Any, "asyncio.Future[Any]"]


class Batches:
    """What waits in this process, by municipality and kind of change."""

    def __init__(self) -> None:
        self._queues: dict[tuple[str, str], list[_Waiting]] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    async def join(
        self,
        ctx: Context,
        kind: str,
        item: _Item,
        change: Callable[[Context, Sequence[_Item]], Awaitable[Sequence[_Result]]],
    ) -> _Result:
        """Make a change together with those of its kind that wait, and return what came of it.

        :param kind: ``<plugin>.<noun>``; all that join under it give the same ``change``.
        :param change: makes all changes of one batch in a transaction of its own, and returns
            one result for each. When it raises, each is made by itself, so that only who
            caused it hears of it.
        """
        place = (ctx.tenant.id, kind)
        result: asyncio.Future[_Result] = asyncio.get_running_loop().create_future()
        queue = self._queues.get(place)
        if queue is None:
            queue = self._queues[place] = []
            # A task of its own: who came first may leave before the others are done.
            with on_behalf(None):
                task = asyncio.create_task(self._work(ctx, place, change))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
        queue.append((item, result))
        return await result

    async def settle(self) -> None:
        """Wait until nothing waits any more."""
        while self._tasks:
            await asyncio.wait(self._tasks)

    async def _work(self, ctx: Context, place: tuple[str, str], change: Any) -> None:
        queue = self._queues[place]
        try:
            while queue:
                some = queue[:MOST]
                del queue[:MOST]
                await _make(ctx, some, change)
        finally:
            del self._queues[place]


async def _make(ctx: Context, some: Sequence[_Waiting], change: Any) -> None:
    try:
        results = await change(ctx, [item for item, _ in some])
    except Exception as problem:
        if len(some) == 1:
            _tell(some[0][1], problem)
            return
        for one in some:
            await _make(ctx, [one], change)
        return
    for (_, waiting), result in zip(some, results, strict=True):
        if not waiting.done():
            waiting.set_result(result)


def _tell(waiting: "asyncio.Future[Any]", problem: Exception) -> None:
    if not waiting.done():
        waiting.set_exception(problem)
