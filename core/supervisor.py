"""Keeps the processes of an installation running, and ends them together.

One that ends is started again, at once the first time and with growing pauses when it keeps
ending. Whoever is asked to stop asks all others; what does not stop is killed. A process
whose starter was killed ends by itself.

On Linux they are forks: all is imported once, so a start takes a moment and pages of memory
are shared.
"""

import contextlib
import logging
import multiprocessing
import os
import signal
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from multiprocessing.process import BaseProcess
from pathlib import Path

log = logging.getLogger(__name__)

PERIOD = 0.2  # seconds between two looks at the processes
STOPPING = 8.0  # seconds in which a process may end by itself
STEADY = 30.0  # seconds after which a process counts as running well
LONGEST_PAUSE = 30.0

Work = Callable[[], None]

if sys.platform == "linux":
    _starts = multiprocessing.get_context("fork")
else:
    _starts = multiprocessing.get_context("spawn")


def do_apart(name: str, work: Work) -> None:
    """Do something in a process of its own, and return when it is done.

    Threads that it begins, as those that compile papers, would be missing in the processes
    that are forked of this one.

    :raises RuntimeError: it failed, and has said why.
    """
    process = _starts.Process(target=_do, args=(work, os.getpid()), name=name)
    process.start()
    try:
        process.join()
    except KeyboardInterrupt:
        process.terminate()
        process.join()
        raise
    if process.exitcode:
        raise RuntimeError(f"{name} failed")


def _do(work: Work, parent: int) -> None:
    end_with(parent)
    # Who asked to stop has asked the process that waits, too.
    with contextlib.suppress(KeyboardInterrupt):
        work()


@dataclass(slots=True)
class _Kept:
    name: str
    work: Work
    process: BaseProcess
    started: float
    failures: int = 0
    again: float | None = field(default=None)  # when it is started again


class Supervisor:
    """The processes of one ``serve``.

    :param tend: called all the time, for what must run beside them.
    """

    def __init__(self, tend: Callable[[], None]) -> None:
        self._tend = tend
        self._kept: list[_Kept] = []

    def start(self, name: str, work: Work) -> None:
        """Start a process and keep it running from now on.

        :param work: what it does; it can be pickled.
        """
        self._kept.append(_Kept(name, work, _run(name, work), time.monotonic()))

    def keep(self) -> None:
        """Start again whatever ends, until an exception (KeyboardInterrupt) ends it."""
        while True:
            time.sleep(PERIOD)
            self._tend()
            self.look()

    def look(self) -> None:
        """Look once at every process."""
        for kept in self._kept:
            _look_after(kept)

    def stop(self) -> None:
        """End all processes; after this none is left."""
        for kept in self._kept:
            kept.process.terminate()
        until = time.monotonic() + STOPPING
        for kept in self._kept:
            kept.process.join(max(0.0, until - time.monotonic()))
            if kept.process.is_alive():
                log.warning("%s did not end and is killed", kept.name)
                kept.process.kill()
                kept.process.join()


def _look_after(kept: _Kept) -> None:
    now = time.monotonic()
    if kept.again is None:
        if kept.process.is_alive():
            return
        steady = now - kept.started > STEADY
        kept.failures = 0 if steady else kept.failures + 1
        pause = min(LONGEST_PAUSE, 0.5 * 2**kept.failures) if kept.failures else 0.0
        kept.again = now + pause
        status = kept.process.exitcode
        log.error("%s ended with %s; it is started again in %.1f s", kept.name, status, pause)
    if now >= kept.again:
        kept.process, kept.started, kept.again = _run(kept.name, kept.work), now, None


def _run(name: str, work: Work) -> BaseProcess:
    process = _starts.Process(target=_begin, args=(name, work, os.getpid()), name=name)
    process.start()
    return process


def _begin(name: str, work: Work, parent: int) -> None:
    # In a group of its own: Ctrl-C reaches only the first process, which ends all in order.
    os.setpgid(0, 0)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    _call_oneself(f"thongthin-{name}")
    end_with(parent)
    try:
        work()
    except Exception:
        # Else it would be printed, and what is written here is lines of JSON.
        log.exception("%s ends with a fault", name)
        sys.exit(1)


def _call_oneself(name: str) -> None:
    """Tell the system the name under which ``ps -o comm`` and ``top`` show this process."""
    comm = Path("/proc/self/comm")
    if comm.exists():
        comm.write_text(name, encoding="ascii")


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
