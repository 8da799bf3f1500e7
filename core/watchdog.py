"""Interrupts code of a plugin that holds the event loop, with which nobody else is served.

A time budget alone does not help: as long as ``time.sleep(60)`` or an endless loop does not
give way, no other code of the process runs. So a thread looks on, and a signal raises
:class:`HeldUp` in the very code that holds the loop. Code in C that neither returns nor lets
signals in cannot be interrupted.
"""

import asyncio
import contextlib
import signal
import threading
import time
import types
from collections.abc import Callable, Coroutine, Generator, Iterator
from types import FrameType
from typing import Any, TypeVar

from core.lateness import Lateness

PERIOD = 0.25  # seconds between two looks
BEAT = 0.05  # seconds
_CANCELLED = "it was cancelled from within"
SIGNAL = signal.SIGUSR1

_Value = TypeVar("_Value")


class HeldUp(TimeoutError):
    """A piece of code held the event loop for too long and was interrupted."""


class _Interruption(BaseException):
    """Raised where the loop is held; ``except Exception`` there shall not catch it."""


class Watchdog:
    """Knows whose code runs at this moment, and interrupts it when it takes too long."""

    def __init__(self) -> None:
        self.step: Watched | None = None
        self.lateness = Lateness()
        self._ended = threading.Event()
        self._thread: threading.Thread | None = None
        self._beating: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin to look on. Call it in the main thread, where signals arrive, within its loop."""
        if self._thread is None:
            self._begin()
        if self._beating is None:
            self._beating = asyncio.get_running_loop().create_task(self._beat())

    def stop(self) -> None:
        """Look away."""
        if self._thread is not None:
            self._end(self._thread)
        if self._beating is not None:
            self._beating.cancel()
            self._beating = None

    @contextlib.contextmanager
    def looking(self) -> Iterator[None]:
        """Look on while a process is put together, before its loop runs.

        Elsewhere than in the main thread nobody can be interrupted.
        """
        if self._thread is not None or threading.current_thread() is not threading.main_thread():
            yield
            return
        thread = self._begin()
        try:
            yield
        finally:
            self._end(thread)

    def _begin(self) -> threading.Thread:
        signal.signal(SIGNAL, self._interrupt)
        self._ended.clear()
        main = threading.get_ident()
        self._thread = threading.Thread(
            target=self._look, args=(main,), name="watchdog", daemon=True
        )
        self._thread.start()
        return self._thread

    def _end(self, thread: threading.Thread) -> None:
        self._ended.set()
        thread.join()
        self._thread = None
        signal.signal(SIGNAL, signal.SIG_DFL)

    def call(self, function: Callable[..., _Value], *arguments: Any, longest: float) -> _Value:
        """Call a plain function as one step, and return what it gives.

        :param longest: seconds that it may take.
        :raises HeldUp: it took longer.
        """

        async def run() -> _Value:
            return function(*arguments)

        with self.looking():
            _, value = self.watch(run(), longest=longest).first()
        given: _Value = value
        return given

    async def _beat(self) -> None:
        """Note how late the loop is, with which everybody waits."""
        while True:
            began = time.monotonic()
            await asyncio.sleep(BEAT)
            self.lateness.note(time.monotonic() - began - BEAT)

    def watch(
        self,
        coroutine: Coroutine[Any, Any, Any],
        *,
        longest: float,
        tell: Callable[[float], None] | None = None,
    ) -> "Watched":
        """Return what to await instead of ``coroutine``.

        :param longest: seconds for which it may hold the loop at a stretch; what it waits
            for while giving way does not count.
        :param tell: called with the seconds for which each step has held the loop.
        """
        return Watched(self, coroutine, longest, tell)

    def _look(self, main: int) -> None:
        while not self._ended.wait(PERIOD):
            if self._too_long() is not None:
                signal.pthread_kill(main, SIGNAL)

    def _too_long(self) -> "Watched | None":
        step = self.step
        return step if step and time.monotonic() - step.began > step.longest else None

    def _interrupt(self, _signal: int, frame: FrameType | None) -> None:
        # Between the look and the signal the code may have given way: then nothing is done. What
        # is raised while an object is finalized goes nowhere: the next look sends another signal.
        if (step := self._too_long()) is not None and not _is_finalizing(frame):
            step.held = time.monotonic() - step.began
            step.began = time.monotonic()  # what it does to clean up has its own time
            raise _Interruption


def _is_finalizing(frame: FrameType | None) -> bool:
    while frame is not None:
        if frame.f_code.co_name == "__del__":
            return True
        frame = frame.f_back
    return False


class Watched(Generator[Any, Any, Any]):
    """A coroutine whose every step, from one waiting to the next, is marked in the watchdog.

    :ivar spent: seconds for which it has held the loop, all steps together.
    """

    __slots__ = ("_coroutine", "_tell", "_watchdog", "began", "held", "longest", "spent")

    def __init__(
        self,
        watchdog: Watchdog,
        coroutine: Coroutine[Any, Any, Any],
        longest: float,
        tell: Callable[[float], None] | None,
    ) -> None:
        self._watchdog = watchdog
        self._coroutine = coroutine
        self._tell = tell
        self.longest = longest
        self.began = 0.0
        self.held = 0.0
        self.spent = 0.0

    def __await__(self) -> "Watched":
        return self

    def first(self) -> tuple[bool, Any]:
        """Make the first step, which for what never gives way is the only one.

        :returns: true and the value when it is done, otherwise false and what it waits for.
        :raises RuntimeError: it cancelled itself.
        """
        try:
            return False, self._go(self._coroutine.send, None)
        except StopIteration as done:
            return True, done.value
        except asyncio.CancelledError:
            raise RuntimeError(_CANCELLED) from None

    async def rest(self, waiting: Any, *, within: float | None) -> Any:
        """Make the other steps.

        :param waiting: what the first step waits for.
        :param within: the seconds that they may take.
        :raises TimeoutError: they took longer.
        :raises RuntimeError: it cancelled itself, where nobody had cancelled this task.
        """
        task = asyncio.current_task()
        before = task.cancelling() if task else 0
        try:
            async with asyncio.timeout(within):
                return await _go_on(self, waiting)
        except asyncio.CancelledError:
            if task is None or task.cancelling() > before:
                raise
            raise RuntimeError(_CANCELLED) from None

    def __next__(self) -> Any:
        return self.send(None)

    def send(self, value: Any) -> Any:
        """Make the next step."""
        return self._go(self._coroutine.send, value)

    def throw(self, *problem: Any) -> Any:
        """Make the next step, which begins with an exception."""
        return self._go(self._coroutine.throw, *problem)

    def close(self) -> None:
        """End it where it waits."""
        self._coroutine.close()

    def _go(self, step: Any, *arguments: Any) -> Any:
        watchdog = self._watchdog
        outer = watchdog.step
        self.began = began = time.monotonic()
        watchdog.step = self
        try:
            return step(*arguments)
        except _Interruption:
            raise HeldUp(f"held the event loop for {self.held:.1f} s") from None
        except SystemExit as problem:
            raise RuntimeError("asked for the end of the whole process") from problem
        finally:
            watchdog.step = outer
            took = time.monotonic() - began
            self.spent += took
            if outer is not None:
                outer.began += took
            if self._tell is not None:
                self._tell(took)


@types.coroutine
def _go_on(begun: Watched, waiting: Any) -> Generator[Any, Any, Any]:
    """Await what has made its first step and now waits for ``waiting``."""
    try:
        while True:
            try:
                yield waiting
            except BaseException as problem:  # a cancellation is for what was begun to handle
                waiting = begun.throw(problem)
            else:
                waiting = begun.send(None)
    except StopIteration as done:
        return done.value
