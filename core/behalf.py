"""In whose name code runs: which plugin's, and for which municipality.

The host says so around every hook, page and job, and tasks that such code begins inherit it.
By it a transaction for another municipality is refused, and one plugin takes neither all
connections nor the whole event loop. Rooms of the kit (fixed plugins) are bound to the
municipality, and may take what there is.
"""

import asyncio
import contextlib
import time
from collections.abc import Coroutine, Iterator
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any, NamedTuple

from core.watchdog import HeldUp, Watchdog

if TYPE_CHECKING:
    from core.context import Context

CONNECTIONS = 6  # of one process' ten that one plugin may hold at a time
TASKS = 500  # of one plugin alive in one process
LONGEST_HOLD = 2.0  # seconds for which a task of a plugin may hold the loop at a stretch
WINDOW = 2.0  # seconds, of which the tasks of one plugin may hold the loop for half


class Behalf(NamedTuple):
    """Whose code runs.

    :param share: what the plugin may take; None for a room of the kit.
    """

    ctx: "Context"
    plugin: str
    share: "Share | None"


BEHALF: ContextVar[Behalf | None] = ContextVar("behalf", default=None)


@contextlib.contextmanager
def on_behalf(of: Behalf | None) -> Iterator[None]:
    """Run what is within in somebody's name; None for the platform's own."""
    token = BEHALF.set(of)
    try:
        yield
    finally:
        BEHALF.reset(token)


class Share:
    """What one plugin may take of one process, over all municipalities.

    :ivar connections: held while it holds one of the pool's.
    """

    def __init__(self, watchdog: Watchdog) -> None:
        self.connections = asyncio.Semaphore(CONNECTIONS)
        self._watchdog = watchdog
        self._tasks: dict[asyncio.Task[Any], str] = {}
        self._since = 0.0
        self._spent = 0.0

    def begin(
        self,
        behalf: Behalf,
        loop: asyncio.AbstractEventLoop,
        coroutine: Coroutine[Any, Any, Any],
        **how: Any,
    ) -> asyncio.Task[Any]:
        """Begin a task of the plugin, under the watchdog.

        :raises RuntimeError: too many of them are alive.
        """
        if len(self._tasks) >= TASKS:
            coroutine.close()
            raise RuntimeError(f"plugin {behalf.plugin} has {TASKS} tasks alive and gets no more")
        task = asyncio.Task(self._run(behalf, coroutine), loop=loop, **how)
        self._tasks[task] = behalf.ctx.tenant.id

        def forget(ended: asyncio.Task[Any]) -> None:
            self._tasks.pop(ended, None)
            # Cancelled before its first step it would never have been awaited.
            coroutine.close()

        task.add_done_callback(forget)
        return task

    async def _run(self, behalf: Behalf, coroutine: Coroutine[Any, Any, Any]) -> Any:
        def tell(seconds: float) -> None:
            self._tell(behalf, seconds)

        try:
            return await self._watchdog.watch(coroutine, longest=LONGEST_HOLD, tell=tell)
        except HeldUp as problem:
            self._fail(behalf, problem)
            raise

    def _tell(self, behalf: Behalf, seconds: float) -> None:
        """Note how long a step of a task held the loop; too many short ones hold it too."""
        now = time.monotonic()
        if now - self._since > WINDOW:
            self._since, self._spent = now, 0.0
        self._spent += seconds
        if self._spent > WINDOW / 2:
            self._spent = 0.0
            self.end(behalf.ctx.tenant.id)
            self._fail(behalf, HeldUp(f"its tasks held the loop for half of {WINDOW:.0f} s"))

    def _fail(self, behalf: Behalf, problem: HeldUp) -> None:
        behalf.ctx.host.quarantine.failed(behalf.ctx, behalf.plugin, "tasks", problem)

    def end(self, tenant: str) -> None:
        """Cancel what the plugin has begun for a municipality and not ended."""
        for task, whose in tuple(self._tasks.items()):
            if whose == tenant:
                task.cancel()


def make_task(loop: asyncio.AbstractEventLoop, coroutine: Any, **how: Any) -> asyncio.Task[Any]:
    """Make a task as the loop would, and note the ones that plugins begin."""
    context = how.get("context")
    behalf = BEHALF.get() if context is None else context.get(BEHALF)
    if behalf is None or behalf.share is None:
        return asyncio.Task(coroutine, loop=loop, **how)
    return behalf.share.begin(behalf, loop, coroutine, **how)
