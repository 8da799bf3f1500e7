"""Run a program of Python on what strangers wrote: limited, for a time, with nothing of ours."""

import asyncio
import contextlib
import os
import signal
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from core.api import catalog

ROOT = Path(catalog.__file__).parents[2]
_GRACE = 20  # seconds in which it may end what it started, such as a database


def environment_of(folder: Path) -> Mapping[str, str]:
    """Return all that such a program is told: nothing of the platform's own environment."""
    return {
        "PATH": os.defpath,
        "LC_ALL": "C.UTF-8",
        "HOME": str(folder),
        "TMPDIR": str(folder),
        "THONGTHIN_DATA": str(folder / "data"),
        "PYTHONPATH": str(ROOT),
        "PYTHONDONTWRITEBYTECODE": "1",
    }


async def run_limited(arguments: Sequence[str], folder: Path, *, seconds: float) -> int | None:
    """Run ``python`` with arguments and return its status; None where it was ended.

    :param folder: its own, which is its home; the caller removes it.
    :param seconds: after which it is ended.
    """
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "contrib.catalog.service.limited", *arguments),
        cwd=folder,
        env=environment_of(folder),
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        return await asyncio.wait_for(process.wait(), seconds)
    except TimeoutError:
        _send(process.pid, signal.SIGINT)
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(process.wait(), _GRACE)
        return None
    finally:
        # Also what it left behind, and when this job is ended itself.
        _send(process.pid, signal.SIGKILL)


def _send(group: int, sent: signal.Signals) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.killpg(group, sent)
