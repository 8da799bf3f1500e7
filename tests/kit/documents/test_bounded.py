import asyncio
import os
from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest
from anyio import CapacityLimiter

from core.api import Conflict, InvalidInput, Text
from core.behalf import Behalf, Share, make_task, on_behalf
from core.context import Context
from core.watchdog import Watchdog
from kit.documents import bounded
from kit.documents.bounded import MEMORY, within_bounds
from kit.documents.files import kind_of
from kit.documents.keys import open_key
from kit.documents.refusals import NOT_TAKEN, FileRefused

ONE = CapacityLimiter(1)
TOO_MUCH = Conflict(Text("มากเกินไป", "too much"))


@pytest.fixture
async def tasks_are_noted() -> AsyncIterator[None]:
    """As a server has them, where each task that a plugin begins is its own."""
    loop = asyncio.get_running_loop()
    before = loop.get_task_factory()
    loop.set_task_factory(make_task)
    yield
    loop.set_task_factory(before)


async def test_work_is_done_in_another_process_and_the_next_by_the_same() -> None:
    first = await within_bounds(os.getpid, limiter=ONE, otherwise=TOO_MUCH)

    assert first != os.getpid()
    assert await within_bounds(os.getpid, limiter=ONE, otherwise=TOO_MUCH) == first


async def test_a_refusal_comes_back_in_its_own_words() -> None:
    with pytest.raises(FileRefused) as refused:
        await within_bounds(kind_of, b"MZ" * 8, limiter=ONE, otherwise=TOO_MUCH)
    assert refused.value.sentence == NOT_TAKEN

    at = datetime(2026, 11, 20, tzinfo=UTC)
    with pytest.raises(InvalidInput) as unfit:
        await within_bounds(open_key, b"", "x", at, limiter=ONE, otherwise=TOO_MUCH)
    assert unfit.value.problems.keys() == {"certificate"}


async def test_work_goes_to_another_process_where_the_one_that_was_kept_hears_nothing() -> None:
    first = await within_bounds(os.getpid, limiter=ONE, otherwise=TOO_MUCH)
    await within_bounds(os.close, 0, limiter=ONE, otherwise=TOO_MUCH)

    assert await within_bounds(os.getpid, limiter=ONE, otherwise=TOO_MUCH) != first


async def test_a_plugin_that_is_ended_does_not_take_the_process_along(
    ctx: Context, tasks_are_noted: None
) -> None:
    share = Share(Watchdog())
    with on_behalf(Behalf(ctx, "eoffice", share)):
        first = await within_bounds(os.getpid, limiter=ONE, otherwise=TOO_MUCH)
    share.end(ctx.tenant.id)
    await asyncio.sleep(0)

    assert await within_bounds(os.getpid, limiter=ONE, otherwise=TOO_MUCH) == first


async def test_who_stops_waiting_ends_the_work() -> None:
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(3):
            await within_bounds(sum, range(10**12), limiter=ONE, otherwise=TOO_MUCH)
    assert ONE.borrowed_tokens == 0


async def test_what_takes_too_long_is_ended_even_where_no_line_of_python_runs(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(bounded, "SECONDS", 1)

    with pytest.raises(Conflict):
        await within_bounds(sum, range(10**12), limiter=ONE, otherwise=TOO_MUCH)
    assert await within_bounds(sum, range(5), limiter=ONE, otherwise=TOO_MUCH) == 10


async def test_what_takes_too_much_memory_is_refused() -> None:
    with pytest.raises(Conflict):
        await within_bounds(bytes, 2 * MEMORY, limiter=ONE, otherwise=TOO_MUCH)
    assert await within_bounds(bytes, 3, limiter=ONE, otherwise=TOO_MUCH) == bytes(3)


async def test_a_mistake_of_ours_is_no_refusal() -> None:
    with pytest.raises(ZeroDivisionError):
        await within_bounds(divmod, 1, 0, limiter=ONE, otherwise=TOO_MUCH)
