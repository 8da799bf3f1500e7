"""Keeps the processes of an installation running, and ends them together.

Each process is a command of ours. One that ends is started again, at once the first time
and with growing pauses when it keeps ending. Whoever is asked to stop asks all others; what
does not stop is killed. A process whose starter was killed ends by itself.
"""

import logging
import os
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

log = logging.getLogger(__name__)

PERIOD = 0.2  # seconds between two looks at the processes
STOPPING = 8.0  # seconds in which a process may end by itself
STEADY = 30.0  # seconds after which a process counts as running well
LONGEST_PAUSE = 30.0


@dataclass(slots=True)
class _Kept:
    name: str
    command: Sequence[str]
    process: "subprocess.Popen[bytes]"
    started: float
    failures: int = 0
    again: float | None = field(default=None)  # when it is started again


class Supervisor:
    """The processes of one ``serve``.

    :param environment: in which they run.
    :param tend: called all the time, for what must run beside them.
    """

    def __init__(self, environment: Mapping[str, str], tend: Callable[[], None]) -> None:
        self._environment = dict(environment)
        self._tend = tend
        self._kept: list[_Kept] = []

    def start(self, name: str, command: Sequence[str]) -> None:
        """Start a process and keep it running from now on."""
        self._kept.append(_Kept(name, command, self._run(command), time.monotonic()))

    def _run(self, command: Sequence[str]) -> "subprocess.Popen[bytes]":
        # In a group of its own: Ctrl-C reaches this process, which ends the others in order.
        return subprocess.Popen(command, env=self._environment, process_group=0)  # noqa: S603

    def keep(self) -> None:
        """Start again whatever ends, until an exception (KeyboardInterrupt) ends it."""
        while True:
            time.sleep(PERIOD)
            self._tend()
            for kept in self._kept:
                self._look_after(kept)

    def look(self) -> None:
        """Look once at every process."""
        for kept in self._kept:
            self._look_after(kept)

    def _look_after(self, kept: _Kept) -> None:
        now = time.monotonic()
        if kept.again is None:
            status = kept.process.poll()
            if status is None:
                return
            steady = now - kept.started > STEADY
            kept.failures = 0 if steady else kept.failures + 1
            pause = min(LONGEST_PAUSE, 0.5 * 2**kept.failures) if kept.failures else 0.0
            kept.again = now + pause
            log.error("%s ended with %s; it is started again in %.1f s", kept.name, status, pause)
        if now >= kept.again:
            kept.process, kept.started, kept.again = self._run(kept.command), now, None

    def stop(self) -> None:
        """End all processes; after this none is left."""
        for kept in self._kept:
            if kept.process.poll() is None:
                kept.process.terminate()
        until = time.monotonic() + STOPPING
        for kept in self._kept:
            try:
                kept.process.wait(max(0.0, until - time.monotonic()))
            except subprocess.TimeoutExpired:
                log.warning("%s did not end and is killed", kept.name)
                kept.process.kill()
                kept.process.wait()


def end_with(parent: int) -> None:
    """End this process, first politely, when the process that started it is no more.

    :param parent: its number, as the starter gave it.
    """

    def look() -> None:
        while os.getppid() == parent:
            time.sleep(0.5)
        os.kill(os.getpid(), signal.SIGTERM)
        time.sleep(STOPPING)
        os.kill(os.getpid(), signal.SIGKILL)

    threading.Thread(target=look, name="parent", daemon=True).start()
