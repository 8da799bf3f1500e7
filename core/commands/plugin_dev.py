"""``thongthin plugin dev``: serve with a plugin from its author's folder, as it is saved."""

import argparse
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from core.commands.surroundings import say
from core.conformance.locating import laid_out, read_project, source_of
from core.settings import Settings

DATA = ".thongthin"  # in the plugin's folder
LOOK = 0.5  # seconds between two looks at the files
ENDING = 20  # seconds that a server may take to end
_SERVE = (sys.executable, "-m", "core", "serve", "--demo")
_FOLLOWED = frozenset({".py", ".html", ".typ", ".js", ".css", ".json", ".svg"})
_UNSEEN = frozenset({"__pycache__", ".git", ".venv", "build", "tests", DATA})


def add(actions: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the action to the parser."""
    parser = actions.add_parser("dev", help="serve the demonstration with a plugin you write")
    parser.add_argument("folder", type=Path, help="with its pyproject.toml")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace, _settings: Settings) -> int:
    """Serve until Ctrl-C; what was entered is kept over each new start.

    The demonstration lies in the plugin's folder, and was made with the plugin on.
    """
    folder = arguments.folder.absolute()
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with laid_out(folder, read_project(folder)) as path:
        known = os.environ.get("PYTHONPATH", "")
        environment = os.environ | {
            "PYTHONPATH": os.pathsep.join([*path, *([known] if known else [])]),
            "THONGTHIN_DATA": os.environ.get("THONGTHIN_DATA") or str(folder / DATA),
        }
        try:
            follow(source_of(folder), _SERVE, environment)
        except KeyboardInterrupt:
            say("Stopped.")
    return os.EX_OK


def follow(folder: Path, command: Sequence[str], environment: Mapping[str, str]) -> None:
    """Run a server for ever, and run it anew whenever a file in the folder was saved."""
    while True:
        seen = dict(_files(folder))
        server = subprocess.Popen(command, env=environment)  # noqa: S603 - our own
        try:
            while (now := dict(_files(folder))) == seen:
                time.sleep(LOOK)
        finally:
            _end(server)
        changed = sorted(path.name for path, _ in now.items() ^ seen.items())
        say(f"{', '.join(dict.fromkeys(changed))}: served anew.")


def _end(server: "subprocess.Popen[bytes]") -> None:
    server.terminate()
    try:
        server.wait(ENDING)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()


def _files(folder: Path) -> Iterator[tuple[Path, int]]:
    """Yield the files that matter, each with when it was saved."""
    for path in folder.rglob("*"):
        if path.suffix in _FOLLOWED and not set(path.relative_to(folder).parts) & _UNSEEN:
            try:
                yield path, path.stat().st_mtime_ns
            except FileNotFoundError:
                continue  # an editor saves by putting another file in its place
