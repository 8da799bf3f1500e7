import asyncio
from pathlib import Path

import pytest

from contrib.catalog.service import running
from contrib.catalog.service.running import run_limited

LEAVES = """
import subprocess, sys
late = "import time; time.sleep(1); open('late', 'w')"
subprocess.Popen([sys.executable, "-c", late])
open("begun", "w")
"""


async def test_nothing_of_our_environment_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("THONGTHIN_SECRET", "ab" * 32)
    monkeypatch.setenv("PGPASSWORD", "secret")
    tell = "import os; open('told', 'w').write('\\n'.join(os.environ) + os.getcwd())"

    assert await run_limited(["-c", tell], tmp_path, seconds=60) == 0
    told = (tmp_path / "told").read_text()
    assert str(tmp_path) in told
    assert "PGPASSWORD" not in told
    assert "THONGTHIN_SECRET" not in told
    assert running.environment_of(tmp_path)["HOME"] == str(tmp_path)


@pytest.mark.parametrize(
    "greedy",
    ["bytearray(3_000_000_000)", "open('large', 'wb').truncate(300_000_000)"],
    ids=["memory", "a large file"],
)
async def test_who_takes_too_much_is_refused_it(tmp_path: Path, greedy: str) -> None:
    assert await run_limited(["-c", greedy], tmp_path, seconds=60) == 1


async def test_what_it_left_behind_ends_with_it(tmp_path: Path) -> None:
    assert await run_limited(["-c", LEAVES], tmp_path, seconds=60) == 0
    assert (tmp_path / "begun").exists()
    await asyncio.sleep(2)
    assert not (tmp_path / "late").exists()


async def test_who_does_not_end_when_asked_is_ended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "_GRACE", 0.2)
    deaf = "import signal, time; signal.signal(signal.SIGINT, signal.SIG_IGN); time.sleep(60)"

    assert await run_limited(["-c", deaf], tmp_path, seconds=1) is None
