"""Commands as processes of their own, without each importing anew what all of them import.

That took most of their time. What is tried is a real process still: by its arguments, its
surroundings, what it reads and writes, and how it ends.
"""

import multiprocessing
import os
import runpy
import signal
import subprocess
import sys
import warnings
from collections.abc import Mapping, Sequence
from functools import cache
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerContext, ForkServerProcess
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import IO, Self

from core.discovery import find

PATIENCE = 120  # seconds until a command must have ended
FLAGS = (os.O_RDONLY, os.O_WRONLY, os.O_WRONLY)


class Forked:
    """A process that goes on; it is asked and stopped as one of :mod:`subprocess` is.

    :ivar stdin: what is written to it, where it has no files; ``stdout`` and ``stderr`` likewise.
    """

    def __init__(self, process: ForkServerProcess, ends: Sequence[IO[str]]) -> None:
        assert process.pid is not None
        self._process = process
        self.pid = process.pid
        if ends:
            self.stdin, self.stdout, self.stderr = ends

    @property
    def returncode(self) -> int | None:
        return self._process.exitcode

    def poll(self) -> int | None:
        return self._process.exitcode

    def wait(self, timeout: float | None = None) -> int:
        self._process.join(timeout)
        if (status := self._process.exitcode) is None:
            raise subprocess.TimeoutExpired(self._process.name, timeout or 0)
        return status

    def send_signal(self, number: int) -> None:
        if self.poll() is None:
            os.kill(self.pid, number)

    def terminate(self) -> None:
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        problem: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for end in (self.stdin, self.stdout, self.stderr):
            end.close()
        self.wait()


def start_forked(
    arguments: Sequence[str],
    environment: Mapping[str, str],
    folder: Path,
    files: Sequence[Path] = (),
) -> Forked:
    """Begin ``thongthin``, or a module or a script of Python.

    :param arguments: of the command; or ``-m`` and a module; or first the path of the script,
        which is absolute.
    :param files: that it reads, and writes its output and its errors to; none for pipes.
    """
    for file in files[1:]:
        file.write_bytes(b"")  # whoever reads them may be there first
    theirs, ours = (files, []) if files else _pipes()
    target = (list(arguments), dict(environment), folder, theirs)
    process = _forking().Process(target=_act, args=target, name=" ".join(arguments[:3]))
    process.start()
    for one in theirs:
        if isinstance(one, Connection):
            one.close()
    return Forked(process, ours)


def run_forked(
    arguments: Sequence[str], environment: Mapping[str, str], folder: Path, typed: str = ""
) -> "subprocess.CompletedProcess[str]":
    """Run what :func:`start_forked` begins, and wait for its end.

    :param typed: what it is answered.
    """
    with TemporaryDirectory() as place:
        files = [Path(place, name) for name in ("in", "out", "err")]
        files[0].write_text(typed, encoding="utf-8")
        process = start_forked(arguments, environment, folder, files)
        try:
            status = process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            raise
        out, err = (file.read_text(encoding="utf-8") for file in files[1:])
        return subprocess.CompletedProcess(list(arguments), status, out, err)


def _pipes() -> tuple[Sequence[Connection], Sequence[IO[str]]]:
    """Return the ends of a process, and ours."""
    (read, typed), (out, written), (err, told) = os.pipe(), os.pipe(), os.pipe()
    theirs = [Connection(read, writable=False)]
    theirs += [Connection(one, readable=False) for one in (written, told)]
    ours = [os.fdopen(typed, "w", encoding="utf-8")]
    return theirs, [*ours, *(os.fdopen(one, encoding="utf-8") for one in (out, err))]


@cache
def _forking() -> ForkServerContext:
    """Return whence processes come, which has imported the core and every plugin."""
    context = multiprocessing.get_context("forkserver")
    plugins = [one.module for one in find() if isinstance(one.module, str)]
    context.set_forkserver_preload(["core.__main__", *plugins])
    return context


def _act(
    arguments: Sequence[str],
    environment: Mapping[str, str],
    folder: Path,
    streams: Sequence[Path | Connection],
) -> None:
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(folder)
    for number, (one, flags) in enumerate(zip(streams, FLAGS, strict=True)):
        opened = one.fileno() if isinstance(one, Connection) else os.open(one, flags)
        os.dup2(opened, number)
    sys.stdin = os.fdopen(0, encoding="utf-8", closefd=False)
    sys.path[:0] = environment.get("PYTHONPATH", "").split(os.pathsep)
    warnings.filterwarnings("error", category=RuntimeWarning)
    sys.argv = list(arguments)
    if Path(arguments[0]).is_absolute():
        sys.path.insert(0, str(Path(arguments[0]).parent))
        runpy.run_path(arguments[0], run_name="__main__")
    elif arguments[0] == "-m":
        sys.argv = list(arguments[1:])
        runpy.run_module(arguments[1], run_name="__main__", alter_sys=True)
    else:
        # By which it starts itself anew.
        sys.orig_argv = [sys.executable, "-m", "core", *arguments]
        from core.__main__ import main

        sys.exit(main(arguments))
