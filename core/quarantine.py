"""Three failures in a short time and a plugin rests, for the municipality where it failed."""

import asyncio
import contextvars
import logging
import time
from collections import Counter, defaultdict, deque
from collections.abc import Awaitable, Callable

from core import db
from core.context import Context
from core.watchdog import HeldUp

log = logging.getLogger(__name__)

FAILURES = 3
WITHIN = 60.0  # seconds
HEARD = 1.0  # seconds in which every process hears of a switch


class Quarantine:
    """Counts failures of plugins in this process and tells when one has to rest.

    :ivar rest: what is done then; given by whoever keeps the switches.
    :ivar note: what is done with every failure; given by whoever counts them for a person.
    :ivar resting: municipality and plugin that were put to rest here a moment ago. Until the
        switch is stored and every process has heard of it, nobody asks them here.
    :ivar rests: how often each plugin was put to rest here.
    """

    def __init__(self) -> None:
        self.rest: Callable[[Context, str, str], Awaitable[None]] | None = None
        self.note: Callable[[Context, str, str], Awaitable[None]] | None = None
        self._failures: dict[tuple[str, str], deque[float]] = defaultdict(
            lambda: deque(maxlen=FAILURES)
        )
        self._tasks: set[asyncio.Task[None]] = set()
        self.resting: set[tuple[str, str]] = set()
        self.rests: Counter[str] = Counter()

    def failed(self, ctx: Context, plugin: str, where: str, problem: BaseException) -> None:
        """Note one failure; the third within a minute puts the plugin to rest.

        One that held the loop kept everybody waiting and counts twice. Without a database
        nobody can work: then it is nobody's failure.

        :param where: the hook or the path in which it failed.
        """
        cause = f"{where}: {type(problem).__name__}: {problem}"[:500]
        log.error("plugin %s failed for %s: %s", plugin, ctx.tenant.id, cause, exc_info=problem)
        if db.engine.was_lost():
            return
        self.count(ctx, plugin, cause)
        failures = self._failures[ctx.tenant.id, plugin]
        failures.extend([time.monotonic()] * (2 if isinstance(problem, HeldUp) else 1))
        if len(failures) == FAILURES and failures[-1] - failures[0] <= WITHIN and self.rest:
            failures.clear()
            which = (ctx.tenant.id, plugin)
            self.resting.add(which)
            self.rests[plugin] += 1
            task = self._begin(self.rest(ctx, plugin, cause))
            call_later = task.get_loop().call_later
            task.add_done_callback(lambda _: call_later(HEARD, self.resting.discard, which))

    def count(self, ctx: Context, plugin: str, cause: str) -> None:
        """Count a failure for the pages of modules, without putting anything to rest."""
        if self.note is not None:
            self._begin(self.note(ctx, plugin, cause))

    def _begin(self, deciding: Awaitable[None]) -> asyncio.Task[None]:
        loop = asyncio.get_running_loop()
        # A context of its own, so that it never joins the transaction in which the plugin failed.
        task = loop.create_task(_wait(deciding), context=contextvars.Context())
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    async def settle(self) -> None:
        """Wait until every failure and decision so far is stored."""
        await asyncio.gather(*self._tasks)


async def _wait(deciding: Awaitable[None]) -> None:
    await deciding
