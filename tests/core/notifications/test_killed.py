import asyncio
import contextlib
import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from core import db, embedded
from core.context import Context
from core.notifications import Message, send
from core.text import Text
from tests.forked import Forked, start_forked

PostOffice = Any  # the class of conftest.py, which cannot be imported
FILED = Message("oss.filed", Text("เลขรับ 1", "Filed as 1"), Text("ยื่นแล้ว", "It is filed."))
ROOT = Path(embedded.__file__).parents[1]


@pytest.fixture
def worker(database: str, smtp_url: str, tmp_path: Path) -> Iterator[Callable[[], Forked]]:
    """Start the worker as a process of its own."""
    with contextlib.ExitStack() as ending:

        def start() -> Forked:
            environment = {
                "PATH": os.defpath,
                "PYTHONPATH": str(ROOT),
                "THONGTHIN_DATA": str(tmp_path / "data"),
                "THONGTHIN_DATABASE_URL": database,
                "THONGTHIN_SMTP_URL": smtp_url,
            }
            files = (Path(os.devnull), tmp_path / "out.txt", tmp_path / "err.txt")
            process = start_forked(("work",), environment, tmp_path, files)
            ending.callback(process.wait, 20)
            ending.callback(process.terminate)
            return process

        yield start


async def until(true: Callable[[], bool], within: float = 60) -> None:
    ended = time.monotonic() + within
    while not true():
        assert time.monotonic() < ended, "it did not happen in time"
        await asyncio.sleep(0.05)


async def states(ctx: Context) -> list[str]:
    async with db.transaction(ctx) as connection:
        found = await connection.fetch("SELECT state FROM core.message WHERE channel = 'email'")
    return [row[0] for row in found]


async def test_a_letter_whose_sender_was_killed_is_sent_again_under_its_number(
    ctx: Context, post_office: PostOffice, worker: Callable[[], Forked]
) -> None:
    post_office.answers.append("hold")
    first = worker()
    async with db.transaction(ctx):
        await send(ctx, to="somchai@example.com", template=FILED, key="k")
    await until(lambda: len(post_office.letters) == 1)

    first.kill()
    worker()
    await until(lambda: len(post_office.letters) == 2)

    ended = time.monotonic() + 10
    while await states(ctx) != ["sent"]:
        assert time.monotonic() < ended
        await asyncio.sleep(0.05)
    assert len({letter["Message-ID"] for letter in post_office.letters}) == 1


async def test_a_worker_that_is_asked_to_stop_in_the_middle_loses_nothing(
    ctx: Context, post_office: PostOffice, worker: Callable[[], Forked]
) -> None:
    first = worker()
    async with db.transaction(ctx):
        for number in range(200):
            await send(ctx, to=f"a{number}@example.com", template=FILED, key="k")
    await until(lambda: len(post_office.letters) > 10)

    first.terminate()
    assert first.wait(15) == 0
    worker()
    await until(lambda: len(post_office.letters) >= 200)

    assert sorted({letter["To"] for letter in post_office.letters}) == sorted(
        {f"a{number}@example.com" for number in range(200)}
    )
    assert len(post_office.letters) == 200
