"""Sixty-four writers on one register, processes that are killed, and New Year in between.

``THONGTHIN_NUMBERS=10000`` has each writer enter so many letters; the suite has it smaller.
"""

import asyncio
import os
import signal
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from core import embedded
from core.context import Context
from tests.forked import start_forked
from tests.plugins.eoffice.conftest import rows

PROCESSES, WRITERS = 4, 16
EACH = int(os.environ.get("THONGTHIN_NUMBERS", "12"))
ROOT = Path(embedded.__file__).parents[1]


class Registry:
    """Processes of writers; each is killed after so many numbers, or ends by itself."""

    def __init__(self, database: str, folder: Path) -> None:
        self._arguments = (database, str(folder), str(WRITERS), str(EACH))
        self.said: list[str] = []
        self.killed = 0

    def write(self, lives: Sequence[int]) -> None:
        """Let every process enter letters; 0 for one that is not killed."""
        with ThreadPoolExecutor(PROCESSES) as threads:
            list(threads.map(self._live, lives))

    def _live(self, after: int) -> None:
        command = ("-m", "tests.plugins.eoffice.numbering", *self._arguments)
        with start_forked(command, os.environ, ROOT) as process:
            for count, line in enumerate(process.stdout, start=1):
                self.said.append(line.strip())
                if count == after:
                    process.kill()
            wrong = process.stderr.read()
        self.killed += process.returncode == -signal.SIGKILL
        assert process.returncode in ((-signal.SIGKILL,) if after else (0,)), wrong


async def test_numbers_have_no_gap_and_no_double_over_new_year_whoever_is_killed(
    ctx: Context, database: str, tmp_path: Path
) -> None:
    registry = Registry(database, tmp_path)
    some = WRITERS * EACH

    await asyncio.to_thread(registry.write, (some // 7, some // 3, some // 2, some * 3 // 4))
    await asyncio.to_thread(registry.write, (0,) * PROCESSES)

    found = await rows(
        ctx,
        "SELECT year, count(*), min(number), max(number), count(DISTINCT letter_id) AS letters"
        " FROM eoffice.entry WHERE tenant_id = $1 AND register = 'receive'"
        " GROUP BY year ORDER BY year",
        ctx.tenant.id,
    )
    kept = await rows(
        ctx, "SELECT number, year FROM eoffice.entry WHERE tenant_id = $1", ctx.tenant.id
    )
    numbers = {f"{row['number']}/{row['year']}" for row in kept}
    assert registry.killed == PROCESSES
    assert [row["year"] for row in found] == [2569, 2570]
    for row in found:
        assert row["min"] == 1
        assert row["max"] == row["count"] == row["letters"] >= some * PROCESSES / 2
    assert len(registry.said) == len(set(registry.said)) >= some * PROCESSES
    assert set(registry.said) <= numbers
