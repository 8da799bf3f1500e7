import asyncio
import contextlib
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest

from core import db, events, jobs
from core.context import Context
from core.discovery import Found
from core.jobs import Job
from core.runtime import Runtime, make_runtime
from core.settings import Settings
from core.tenants import service as tenants
from core.undelivered import service as undelivered
from core.worker import Worker

MakePlugin = Callable[..., Found]
Running = Callable[..., Any]
Rows = list[dict[str, Any]]


@pytest.fixture
def running(database: str, settings: Settings, ctx: Context) -> Running:
    """Run a worker with plugins that are on in แม่เหียะ, and give the context there.

    A deaf one is not told what changes.
    """

    @contextlib.asynccontextmanager
    async def run(*found: Found, on: bool = True, deaf: bool = False) -> AsyncIterator[Context]:
        runtime = make_runtime(settings, database, list(found))
        here = replace(ctx, host=runtime.host)
        for one in found if on else ():
            await tenants.switch_plugin(here, plugin=one.name, on=True)
        task = asyncio.create_task(Worker(runtime, database).work())
        tenant = await runtime.directory.get(ctx.tenant.id)
        assert tenant is not None
        if not deaf:
            await runtime.directory.listen()
        try:
            yield replace(here, tenant=tenant, now=datetime.now(UTC))
        finally:
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task
            await runtime.host.quarantine.settle()
            await runtime.directory.stop()

    return run


async def until(true: Callable[[], bool], within: float = 10) -> None:
    ended = time.monotonic() + within
    while not true():
        assert time.monotonic() < ended, "it did not happen in time"
        await asyncio.sleep(0.02)


async def eventually(
    ask: Callable[[Context], Awaitable[Rows]], ctx: Context, true: Callable[[Rows], bool]
) -> Rows:
    ended = time.monotonic() + 10
    while not true(found := await ask(ctx)):
        assert time.monotonic() < ended, found
        await asyncio.sleep(0.02)
    return found


def one_waits(rows: Rows) -> bool:
    return any(row["status"] == "todo" for row in rows)


async def due_now(ctx: Context) -> None:
    """Let the pauses of all waiting jobs be over."""
    async with db.transaction(ctx) as connection:
        await connection.execute("UPDATE procrastinate_jobs SET scheduled_at = NULL")


async def waiting(ctx: Context) -> Rows:
    async with db.transaction(ctx) as connection:
        found = await connection.fetch(
            "SELECT task_name, scheduled_at, attempts, status::text FROM procrastinate_jobs "
            "WHERE task_name NOT IN ('core.forget_run_out', 'core.fill_holidays') ORDER BY id"
        )
    return [dict(row) for row in found]


async def switch(ctx: Context, plugin: str = "parks") -> None:
    async with db.transaction(ctx):
        await events.publish(ctx, "on_plugin_switched", plugin=plugin, on=True)


async def test_an_event_is_delivered_within_a_second_after_the_commit(
    running: Running, a_plugin: MakePlugin
) -> None:
    heard: list[tuple[float, str]] = []

    async def listen(ctx: Context, event: UUID, plugin: str) -> None:
        heard.append((time.monotonic(), plugin))

    async with running(a_plugin("parks", on_plugin_switched=listen)) as ctx:
        await until(lambda: len(heard) == 1)  # its own switching
        for number in range(10):
            told = time.monotonic()
            await switch(ctx, f"p{number}")
            await until(lambda: heard[-1][1] == f"p{number}")  # noqa: B023
            assert heard[-1][0] - told < 1


async def test_a_plugin_hears_that_it_was_switched_on_before_word_of_it_is_round(
    running: Running, a_plugin: MakePlugin
) -> None:
    heard: list[str] = []

    async def listen(plugin: str) -> None:
        heard.append(plugin)

    parks = a_plugin("parks", on_plugin_switched=listen)
    async with running(parks, on=False, deaf=True) as ctx:
        await tenants.switch_plugin(ctx, plugin="parks", on=True)
        await until(lambda: heard == ["parks"])


async def change_and_fail(ctx: Context) -> None:
    async with db.transaction(ctx):
        await events.publish(ctx, "on_plugin_switched", plugin="undone", on=True)
        raise ValueError("no")


async def test_an_event_of_a_change_that_was_undone_is_never_delivered(
    running: Running, a_plugin: MakePlugin
) -> None:
    heard: list[str] = []

    async def listen(plugin: str) -> None:
        heard.append(plugin)

    async with running(a_plugin("parks", on_plugin_switched=listen)) as ctx:
        with pytest.raises(ValueError, match="no"):
            await change_and_fail(ctx)
        await switch(ctx, "kept")
        await until(lambda: "kept" in heard)

    assert "undone" not in heard


async def test_a_listener_that_fails_is_tried_again_alone_and_in_the_end_listed(
    running: Running, a_plugin: MakePlugin
) -> None:
    tries: list[UUID] = []
    heard: list[UUID] = []
    broken = True

    async def fail(event: UUID, plugin: str) -> None:
        if plugin == "told":
            tries.append(event)
            if broken:
                raise OSError("the archive of 081-234-5678 is away")

    async def listen(event: UUID, plugin: str) -> None:
        if plugin == "told":
            heard.append(event)

    parks = a_plugin("parks", on_plugin_switched=fail)
    async with running(parks, a_plugin("roads", on_plugin_switched=listen)) as ctx:
        ctx.host.quarantine.rest = None
        await switch(ctx, "told")
        for count in range(2, 9):
            await until(lambda: len(tries) == count - 1)  # noqa: B023
            if count < 8:
                await eventually(waiting, ctx, one_waits)
                await due_now(ctx)

        [listed] = await eventually(undelivered.undelivered, ctx, bool)
        assert listed["plugin"] == "parks"
        assert listed["hook"] == "on_plugin_switched"
        assert listed["error"] == "OSError: the archive of ••• is away"
        assert len(set(tries)) == 1
        assert len(heard) == 1

        broken = False
        await undelivered.deliver_again(ctx, failed=listed["id"])
        await until(lambda: len(tries) == 8)
        assert await undelivered.undelivered(ctx) == []


async def test_the_pauses_between_attempts_grow(running: Running, a_plugin: MakePlugin) -> None:
    async def fail(ctx: Context) -> None:
        raise OSError("away")

    job = Job(name="parks.count", run=fail)
    async with running(a_plugin("parks", register_jobs=lambda: [job])) as ctx:
        async with db.transaction(ctx):
            await jobs.defer(ctx, "parks.count")
        pauses = []
        for attempts in range(1, 6):
            [one] = await eventually(
                waiting,
                ctx,
                lambda rows: one_waits(rows) and rows[0]["attempts"] == attempts,  # noqa: B023
            )
            pauses.append((one["scheduled_at"] - datetime.now(UTC)).total_seconds())
            await due_now(ctx)
        await eventually(undelivered.undelivered, ctx, bool)
        await eventually(waiting, ctx, lambda rows: rows == [])

    assert pauses == pytest.approx([10, 60, 300, 1800, 7200], abs=8)


async def test_a_resting_plugin_hears_of_what_happened_when_it_is_resumed(
    running: Running, a_plugin: MakePlugin
) -> None:
    heard: list[str] = []

    async def listen(plugin: str) -> None:
        heard.append(plugin)

    async with running(a_plugin("parks", on_plugin_switched=listen)) as ctx:
        await until(lambda: heard == ["parks"])
        await tenants.rest_plugin(ctx, "parks", "a test")
        await asyncio.sleep(0.5)
        await switch(ctx, "meanwhile")
        await eventually(waiting, ctx, one_waits)
        assert "meanwhile" not in heard

        await tenants.switch_plugin(ctx, plugin="parks", on=True)
        await asyncio.sleep(0.5)
        await due_now(ctx)
        await until(lambda: "meanwhile" in heard)


async def test_a_job_of_a_plugin_that_is_off_waits_until_it_is_on(
    running: Running, a_plugin: MakePlugin
) -> None:
    done: list[str] = []

    async def count(ctx: Context, *, what: str) -> None:
        done.append(what)

    job = Job(name="parks.count", run=count)
    async with running(a_plugin("parks", register_jobs=lambda: [job]), on=False) as ctx:
        async with db.transaction(ctx):
            await jobs.defer(ctx, "parks.count", what="benches")
        await eventually(waiting, ctx, lambda rows: any(row["scheduled_at"] for row in rows))
        assert done == []

        await tenants.switch_plugin(ctx, plugin="parks", on=True)
        await asyncio.sleep(0.5)
        await due_now(ctx)
        await until(lambda: done == ["benches"])


async def test_work_by_the_clock_is_done_once_for_each_municipality_that_wants_it(
    running: Running, a_plugin: MakePlugin, other: Context, runtime: Runtime, database: str
) -> None:
    done: list[str] = []

    async def count(ctx: Context) -> None:
        done.append(ctx.tenant.id)
        await asyncio.sleep(0.2)

    # Once a year: the time that passed before the first start is made up for.
    job = Job(name="parks.count", run=count, every="0 0 1 1 *")
    parks = a_plugin("parks", register_jobs=lambda: [job])
    async with running(parks), running(parks):
        await until(lambda: len(done) > 0)
        await asyncio.sleep(1.5)

    assert done == ["maehia"]


async def test_a_job_that_holds_the_loop_fails_and_the_others_go_on(
    running: Running, a_plugin: MakePlugin
) -> None:
    done: list[str] = []

    async def hold(ctx: Context) -> None:
        time.sleep(60)  # noqa: ASYNC251

    async def go_on(ctx: Context) -> None:
        done.append("went on")

    parks = a_plugin(
        "parks",
        register_jobs=lambda: [
            Job(name="parks.hold", run=hold),
            Job(name="parks.go_on", run=go_on),
        ],
    )
    async with running(parks) as ctx:
        ctx.host.watchdog.start()
        try:
            async with db.transaction(ctx):
                await jobs.defer(ctx, "parks.hold")
            await asyncio.sleep(0.3)
            async with db.transaction(ctx):
                await jobs.defer(ctx, "parks.go_on")
            await until(lambda: done == ["went on"])
        finally:
            ctx.host.watchdog.stop()


async def test_work_of_plugins_that_does_not_end_holds_up_no_event(
    running: Running, a_plugin: MakePlugin
) -> None:
    heard: list[str] = []
    begun: list[int] = []

    async def listen(plugin: str) -> None:
        heard.append(plugin)

    async def never_end(ctx: Context, *, number: int) -> None:
        begun.append(number)
        await asyncio.sleep(600)

    job = Job(name="parks.never_end", run=never_end)
    parks = a_plugin("parks", register_jobs=lambda: [job], on_plugin_switched=listen)
    async with running(parks) as ctx:
        async with db.transaction(ctx):
            numbers = [{"number": number} for number in range(50)]
            await jobs.defer_each(ctx, "parks.never_end", numbers)
        await until(lambda: len(begun) > 0)

        await switch(ctx, "meanwhile")
        await until(lambda: "meanwhile" in heard, within=2)


async def test_what_is_urgent_is_done_before_what_waits(
    running: Running, a_plugin: MakePlugin
) -> None:
    done: list[int] = []

    async def count(ctx: Context, *, number: int) -> None:
        done.append(number)
        await asyncio.sleep(0.05)

    job = Job(name="parks.count", run=count)
    parks = a_plugin("parks", register_jobs=lambda: [job])
    async with running(parks) as ctx:
        async with db.transaction(ctx):
            numbers = [{"number": number} for number in range(100)]
            await jobs.defer_each(ctx, "parks.count", numbers)
            await jobs.defer_each(ctx, "parks.count", [{"number": 4711}], urgent=True)
        await until(lambda: 4711 in done)

    assert done.index(4711) < 20


async def test_jobs_of_a_plugin_that_was_missing_are_taken_up_when_it_is_back(
    running: Running, a_plugin: MakePlugin
) -> None:
    done: list[str] = []

    async def count(ctx: Context) -> None:
        done.append("counted")

    job = Job(name="parks.count", run=count)
    parks = a_plugin("parks", register_jobs=lambda: [job])
    async with running() as ctx:
        async with db.transaction(ctx):
            await jobs.defer(ctx, "parks.count")
        await eventually(waiting, ctx, lambda rows: rows[0]["status"] == "failed")

    async with running(parks):
        await until(lambda: done == ["counted"])


async def test_a_job_under_another_plugins_name_is_refused_with_its_plugin(
    database: str, settings: Settings, a_plugin: MakePlugin
) -> None:
    async def count(ctx: Context) -> None: ...

    job = Job(name="roads.count", run=count)
    runtime = make_runtime(settings, database, [a_plugin("parks", register_jobs=lambda: [job])])

    worker = Worker(runtime, database)

    assert "roads.count" not in worker.kinds
    assert "roads.count" in runtime.host.refused["parks"].reason
