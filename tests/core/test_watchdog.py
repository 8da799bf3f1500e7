import asyncio
import time
from collections.abc import AsyncIterator

import pytest

from core.watchdog import HeldUp, Watchdog


@pytest.fixture
async def watchdog() -> AsyncIterator[Watchdog]:
    made = Watchdog()
    made.start()
    yield made
    made.stop()


async def sleep_without_giving_way(seconds: float) -> str:
    time.sleep(seconds)  # noqa: ASYNC251
    return "done"


async def test_code_that_sleeps_on_the_loop_is_interrupted(watchdog: Watchdog) -> None:
    began = time.monotonic()

    with pytest.raises(HeldUp, match="held the event loop for 0"):
        await watchdog.watch(sleep_without_giving_way(30), longest=0.5)

    assert 0.5 <= time.monotonic() - began < 2


async def test_an_endless_loop_is_interrupted_though_it_catches_exceptions(
    watchdog: Watchdog,
) -> None:
    async def spin() -> None:
        while True:
            try:
                sum(range(1000))
            except Exception:  # noqa: S112
                continue

    with pytest.raises(HeldUp):
        await watchdog.watch(spin(), longest=0.3)


async def test_code_that_waits_without_holding_the_loop_is_left_alone(watchdog: Watchdog) -> None:
    async def wait() -> str:
        await asyncio.sleep(1.2)
        return "done"

    assert await watchdog.watch(wait(), longest=0.3) == "done"


async def test_others_are_served_again_as_soon_as_the_loop_is_free(watchdog: Watchdog) -> None:
    other = asyncio.create_task(asyncio.sleep(0.1, "served"))

    with pytest.raises(HeldUp):
        await watchdog.watch(sleep_without_giving_way(30), longest=0.3)

    assert await other == "served"


async def test_code_that_holds_the_loop_for_a_moment_only_goes_on(watchdog: Watchdog) -> None:
    assert await watchdog.watch(sleep_without_giving_way(0.4), longest=1) == "done"


async def test_it_is_the_inner_code_that_is_blamed_and_the_outer_may_go_on(
    watchdog: Watchdog,
) -> None:
    async def outer() -> str:
        try:
            await watchdog.watch(sleep_without_giving_way(30), longest=0.5)
        except HeldUp:
            return "went on"
        return "not interrupted"

    assert await watchdog.watch(outer(), longest=0.5) == "went on"


async def test_what_was_begun_is_cleaned_up_before_the_interruption_shows(
    watchdog: Watchdog,
) -> None:
    steps = []

    async def work() -> None:
        try:
            await sleep_without_giving_way(30)
        finally:
            await asyncio.sleep(0.01)
            steps.append("cleaned up")

    with pytest.raises(HeldUp):
        await watchdog.watch(work(), longest=0.3)

    assert steps == ["cleaned up"]


async def test_code_that_nobody_watches_is_never_interrupted(watchdog: Watchdog) -> None:
    await watchdog.watch(asyncio.sleep(0), longest=0.3)

    assert await sleep_without_giving_way(1) == "done"


async def test_answers_and_errors_come_through_as_they_are(watchdog: Watchdog) -> None:
    async def fail() -> None:
        await asyncio.sleep(0)
        raise KeyError("mine")

    with pytest.raises(KeyError, match="mine"):
        await watchdog.watch(fail(), longest=1)


async def test_a_cancelled_task_is_cancelled_within(watchdog: Watchdog) -> None:
    task = asyncio.ensure_future(watch_forever(watchdog))
    await asyncio.sleep(0.05)
    task.cancel()

    with pytest.raises(asyncio.CancelledError):
        await task


async def watch_forever(watchdog: Watchdog) -> None:
    await watchdog.watch(asyncio.sleep(60), longest=1)
