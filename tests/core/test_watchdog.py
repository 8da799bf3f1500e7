import asyncio
import time
from collections.abc import AsyncIterator
from typing import Any

import pytest

from core.watchdog import HeldUp, Watchdog, Watched


@pytest.fixture
async def watchdog() -> AsyncIterator[Watchdog]:
    made = Watchdog()
    made.start()
    yield made
    made.stop()


async def done(run: Watched, *, within: float) -> Any:
    is_done, value = run.first()
    return value if is_done else await run.rest(value, within=within)


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


async def test_what_is_finalized_meanwhile_is_let_through_and_its_code_is_interrupted(
    watchdog: Watchdog,
) -> None:
    finalized = []

    class Slow:
        def __del__(self) -> None:
            until = time.monotonic() + 1
            while time.monotonic() < until:
                sum(range(1000))
            finalized.append(True)

    async def drop() -> None:
        slow = Slow()
        del slow
        time.sleep(30)  # noqa: ASYNC251

    began = time.monotonic()
    with pytest.raises(HeldUp):
        await watchdog.watch(drop(), longest=0.3)

    assert finalized == [True]
    assert time.monotonic() - began < 5


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


async def test_what_waits_longer_than_it_may_is_ended(watchdog: Watchdog) -> None:
    began = time.monotonic()

    with pytest.raises(TimeoutError):
        await done(watchdog.watch(asyncio.sleep(30), longest=1), within=0.1)

    assert time.monotonic() - began < 2


async def test_within_its_time_it_may_wait_again_and_again(watchdog: Watchdog) -> None:
    async def wait() -> str:
        for _ in range(5):
            await asyncio.sleep(0)
        return await asyncio.to_thread(lambda: "done")

    assert await done(watchdog.watch(wait(), longest=1), within=5) == "done"


async def test_what_is_ended_for_its_time_may_clean_up(watchdog: Watchdog) -> None:
    async def wait() -> str:
        try:
            await asyncio.sleep(30)
        except asyncio.CancelledError:
            await asyncio.sleep(0)
            raise
        return "never"

    with pytest.raises(TimeoutError):
        await done(watchdog.watch(wait(), longest=1), within=0.05)


async def test_errors_before_and_after_the_first_wait_come_through(watchdog: Watchdog) -> None:
    async def fail(waits: int) -> None:
        for _ in range(waits):
            await asyncio.sleep(0)
        raise KeyError(waits)

    for waits in (0, 1, 3):
        with pytest.raises(KeyError, match=str(waits)):
            await done(watchdog.watch(fail(waits), longest=1), within=5)
