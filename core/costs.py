"""What plugins cost in time, as this process has seen it since it began.

Kept in memory, by hook and page, over all municipalities: other processes have their own.
"""

import time
from collections import deque
from datetime import UTC, datetime
from types import TracebackType

from core.trace import TRACE, Call, Trace

LATEST = 200  # calls of which the slowest are told


class Cost:
    """What one hook or page of a plugin has cost.

    :ivar where: the hook, or the pattern of the page's address.
    """

    __slots__ = ("_latest", "calls", "failed", "seconds", "where")

    def __init__(self, where: str) -> None:
        self.where = where
        self.calls = 0
        self.failed = 0
        self.seconds = 0.0
        self._latest: deque[float] = deque(maxlen=LATEST)

    def note(self, seconds: float, *, failed: bool) -> None:
        """Note one call."""
        self.calls += 1
        self.failed += failed
        self.seconds += seconds
        self._latest.append(seconds)

    @property
    def mean(self) -> float:
        """Seconds that a call took, in the mean of all."""
        return self.seconds / self.calls

    @property
    def slow(self) -> float:
        """Seconds within which 95 of 100 calls were done, of the latest."""
        ordered = sorted(self._latest)
        return ordered[-(-95 * len(ordered) // 100) - 1]


class Costs:
    """What all plugins of a process have cost.

    :ivar since: when it began to count.
    """

    def __init__(self) -> None:
        self.since = datetime.now(UTC)
        self._costs: dict[tuple[str, str], Cost] = {}

    def of(self, plugin: str) -> list[Cost]:
        """Return what a plugin has cost, the dearest in all first."""
        found = [cost for (name, _), cost in self._costs.items() if name == plugin]
        return sorted(found, key=lambda cost: -cost.seconds)

    def note(self, plugin: str, where: str, seconds: float, *, failed: bool) -> None:
        """Note one call."""
        key = (plugin, where)
        if key not in self._costs:
            self._costs[key] = Cost(where)
        self._costs[key].note(seconds, failed=failed)


class Measured:
    """What runs within it is noted in the costs, and in the trace where somebody looks.

    :ivar where: the hook or the page; it may be known only at the end.
    :ivar problem: why it failed; set by who caught it.
    """

    __slots__ = ("_before", "_began", "_costs", "_plugin", "_trace", "problem", "where")

    def __init__(self, costs: Costs, plugin: str, where: str) -> None:
        self._costs = costs
        self._plugin = plugin
        self.where = where
        self.problem: BaseException | str | None = None

    def __enter__(self) -> "Measured":
        self._trace: Trace | None = TRACE.get()
        self._before = self._trace.queries if self._trace else 0
        self._began = time.perf_counter()
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        raised: BaseException | None,
        _traceback: TracebackType | None,
    ) -> None:
        took = time.perf_counter() - self._began
        problem = self.problem or raised
        self._costs.note(self._plugin, self.where, took, failed=problem is not None)
        if self._trace is not None:
            queries = self._trace.queries - self._before
            self._trace.calls.append(Call(self._plugin, self.where, took, queries, _words(problem)))


def _words(problem: BaseException | str | None) -> str:
    if isinstance(problem, BaseException):
        return f"{type(problem).__name__}: {problem}"[:500]
    return problem or ""
