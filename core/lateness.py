"""How late a process has been of late: at its own beat, or waiting for a connection.

Time budgets are measured by the clock on the wall. In a process that is overloaded they pass
without the fault of whoever had them.
"""

import time

PERIOD = 1.0  # seconds that are remembered, once or twice


class Lateness:
    """Remembers the longest delay of the last one to two seconds."""

    def __init__(self) -> None:
        self._since = time.monotonic()
        self._before = 0.0
        self._longest = 0.0

    def note(self, seconds: float) -> None:
        """Note a delay."""
        self._turn()
        self._longest = max(self._longest, seconds)

    def longest(self) -> float:
        """Return the longest delay, in seconds."""
        self._turn()
        return max(self._before, self._longest)

    def _turn(self) -> None:
        passed = time.monotonic() - self._since
        if passed > PERIOD:
            self._before = self._longest if passed <= 2 * PERIOD else 0.0
            self._longest = 0.0
            self._since = time.monotonic()
