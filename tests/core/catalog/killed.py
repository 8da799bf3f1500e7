"""Kill a change at one touch after another; run with the data, where to work, and the change."""

import json
import os
import shutil
import signal
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from core.catalog.client import Catalog
from core.catalog.installed import Installations, what_changed
from core.catalog.installing import go_back, install, remove

TOUCHING = {"open", "os.rename", "os.mkdir", "os.remove", "os.rmdir", "os.chmod", "os.symlink"}
STEPS: dict[str, Callable[[Path], object]] = {
    "install": lambda data: install(data, "library", "0.1.0", datetime.now(UTC)),
    "update": lambda data: install(data, "library", "0.2.0", datetime.now(UTC), update=True),
    "back": lambda data: go_back(data, "library"),
    "remove": lambda data: remove(data, "library"),
    "clear": lambda data: Installations(data).clear(),
    "refresh": lambda data: Catalog(data).refresh(),
}


def watch(data: Path, die_at: int) -> Callable[[], int]:
    """Kill this process at the given touch of a file in the folder; return what counts them."""
    counted = 0

    def hook(event: str, arguments: tuple[object, ...]) -> None:
        nonlocal counted
        if event in TOUCHING and any(str(one).startswith(str(data)) for one in arguments[:2]):
            counted += 1
            if counted == die_at:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(hook)
    return lambda: counted


def run_until(step: str, data: Path, die_at: int) -> bool:
    """Do a step in a process that dies at a touch; return whether it died."""
    child = os.fork()
    if child == 0:
        watch(data, die_at)
        STEPS[step](data)
        os._exit(0)
    status = os.waitpid(child, 0)[1]
    if not os.WIFSIGNALED(status) and os.WEXITSTATUS(status) != 0:
        raise RuntimeError(f"the step failed by itself before touch {die_at}")
    return os.WIFSIGNALED(status)


def state(data: Path) -> dict[str, object]:
    """Return what is installed, and what of it is not as it should be; what the catalog says."""
    here = Installations(data)
    found: dict[str, object] = {}
    for name, one in here.read().items():
        changed = what_changed(here.place(name, one.current.version), one.current)
        found[name] = [one.current.version, changed]
    found["catalog"] = sorted(" ".join(one) for one in Catalog(data).read(datetime.now(UTC)).listed)
    return found


def main() -> None:
    """Print, for each touch, what was found after the kill and after doing the step once more."""
    template, work, step = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]
    seen, at = [], 1
    while True:
        data = work / "data"
        shutil.rmtree(data, ignore_errors=True)
        shutil.copytree(template, data, symlinks=True)
        died = run_until(step, data, at)
        killed = state(data)
        if not died:
            break
        if killed == state(template):
            STEPS[step](data)
        Installations(data).clear()
        seen.append([killed, state(data)])
        at += 1
    sys.stdout.write(json.dumps({"before": state(template), "after": killed, "seen": seen}))


main()
