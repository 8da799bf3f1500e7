"""Commands as processes of their own, without each importing anew what all of them import.

That took most of their time. What is tried is a real process still: by its arguments, its
surroundings, what it reads and writes, and how it ends.
"""

import multiprocessing
import os
import runpy
import subprocess
import sys
import warnings
from collections.abc import Mapping, Sequence
from functools import cache
from multiprocessing.context import ForkServerContext
from pathlib import Path
from tempfile import TemporaryDirectory

from core.discovery import find

PATIENCE = 120  # seconds until a command must have ended
STREAMS = {"in": os.O_RDONLY, "out": os.O_WRONLY, "err": os.O_WRONLY}


def run_forked(
    arguments: Sequence[str], environment: Mapping[str, str], folder: Path, typed: str = ""
) -> "subprocess.CompletedProcess[str]":
    """Run ``thongthin``, or a script of Python, and wait for its end.

    :param arguments: of the command; or first the path of the script, which is absolute.
    :param typed: what it is answered.
    """
    with TemporaryDirectory() as place:
        files = [Path(place, name) for name in STREAMS]
        for file, text in zip(files, (typed, "", ""), strict=True):
            file.write_text(text, encoding="utf-8")
        target = (list(arguments), dict(environment), folder, files)
        process = _forking().Process(target=_act, args=target)
        process.start()
        process.join(PATIENCE)
        if process.exitcode is None:
            process.kill()
            process.join()
            raise subprocess.TimeoutExpired(list(arguments), PATIENCE)
        out, err = (file.read_text(encoding="utf-8") for file in files[1:])
        return subprocess.CompletedProcess(list(arguments), process.exitcode, out, err)


@cache
def _forking() -> ForkServerContext:
    """Return whence processes come, which has imported the core and every plugin."""
    context = multiprocessing.get_context("forkserver")
    plugins = [one.module for one in find() if isinstance(one.module, str)]
    context.set_forkserver_preload(["core.__main__", *plugins])
    return context


def _act(
    arguments: Sequence[str], environment: Mapping[str, str], folder: Path, files: Sequence[Path]
) -> None:
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(folder)
    for number, (file, flags) in enumerate(zip(files, STREAMS.values(), strict=True)):
        os.dup2(os.open(file, flags), number)
    sys.stdin = os.fdopen(0, encoding="utf-8", closefd=False)
    sys.path[:0] = environment["PYTHONPATH"].split(os.pathsep)
    warnings.filterwarnings("error", category=RuntimeWarning)
    if Path(arguments[0]).is_absolute():
        sys.argv = list(arguments)
        sys.path.insert(0, str(Path(arguments[0]).parent))
        runpy.run_path(arguments[0], run_name="__main__")
        return
    from core.__main__ import main

    sys.exit(main(arguments))
