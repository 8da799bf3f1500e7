"""What a plugin's code may take: rows of its own municipality, some connections, some tasks."""

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator, Callable
from dataclasses import replace

import asyncpg
import pytest

from core import db, jobs
from core.behalf import CONNECTIONS, TASKS, make_task, on_behalf
from core.context import Context
from core.discovery import Found
from core.host import Host
from core.tenants.tables import Division

MakePlugin = Callable[..., Found]


@pytest.fixture
async def parks(ctx: Context, a_plugin: MakePlugin) -> AsyncIterator[Context]:
    """The context in which the code of a plugin is at work."""
    host = Host([a_plugin("parks")])
    tenant = replace(ctx.tenant, plugins=frozenset({"parks"}))
    loop = asyncio.get_running_loop()
    before = loop.get_task_factory()
    loop.set_task_factory(make_task)
    host.watchdog.start()
    yield replace(ctx, host=host, tenant=tenant)
    host.watchdog.stop()
    loop.set_task_factory(before)
    await host.quarantine.settle()


def at_work(ctx: Context) -> contextlib.AbstractContextManager[None]:
    return on_behalf(ctx.host.behalf(ctx, "parks"))


async def take(ctx: Context) -> None:
    async with db.transaction(ctx):
        await asyncio.sleep(60)


async def end(tasks: list["asyncio.Task[None]"]) -> None:
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


async def test_a_context_kept_from_another_municipality_opens_no_transaction(
    parks: Context, other: Context
) -> None:
    with at_work(parks):
        with pytest.raises(RuntimeError, match="for maehia and asks for rows of yala"):
            async with db.transaction(other):
                pass
        async with db.transaction(parks):
            assert await Division.count().where(Division.of(parks)) == 2

    async with db.transaction(other):
        assert await Division.count().where(Division.of(other)) == 2


async def test_one_transaction_does_not_become_one_of_another_municipality(
    ctx: Context, other: Context
) -> None:
    async with db.transaction(ctx):
        with pytest.raises(RuntimeError, match="over maehia cannot be one over yala"):
            async with db.transaction(other):
                pass


async def test_a_query_outside_a_transaction_is_refused(ctx: Context) -> None:
    with pytest.raises(RuntimeError, match="belongs in a transaction"):
        await Division.select()


async def test_jobs_of_other_municipalities_are_neither_seen_nor_added(
    parks: Context, other: Context
) -> None:
    count = "SELECT count(*) FROM procrastinate_jobs WHERE task_name = 'parks.count'"
    for one in (parks, other):
        async with db.transaction(one):
            await jobs.defer(one, "parks.count")

    async with db.transaction(parks) as connection:
        assert await connection.fetchval(count) == 1
    async with db.across_tenants() as connection:
        assert await connection.fetchval(count) == 2
    with at_work(parks):
        async with db.across_tenants() as connection:
            assert await connection.fetchval(count) == 0
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        async with db.transaction(parks):
            await jobs.defer_each(parks, "parks.count", [{"tenant": "yala"}])


async def test_a_plugin_that_keeps_connections_leaves_some_to_the_others(
    parks: Context, other: Context
) -> None:
    with at_work(parks):
        greedy = [asyncio.create_task(take(parks)) for _ in range(50)]
    await asyncio.sleep(0.5)
    try:
        async with asyncio.timeout(2):
            for _ in range(20):
                async with db.transaction(other):
                    assert await Division.count().where(Division.of(other)) == 2
        assert db.engine.pool is not None
        idle = db.engine.pool.get_max_size() - CONNECTIONS
        assert idle >= 2
    finally:
        await end(greedy)

    with at_work(parks):
        async with asyncio.timeout(2), db.transaction(parks):
            assert await Division.count().where(Division.of(parks)) == 2


async def test_a_plugin_that_begins_tasks_without_end_gets_no_more(parks: Context) -> None:
    with at_work(parks):
        begun = [asyncio.create_task(asyncio.sleep(60)) for _ in range(TASKS)]
        with pytest.raises(RuntimeError, match="gets no more"):
            asyncio.create_task(asyncio.sleep(60))  # noqa: RUF006

    await asyncio.create_task(asyncio.sleep(0))  # others get theirs
    parks.host.end_tasks(replace(parks.tenant, plugins=frozenset()))
    await asyncio.gather(*begun, return_exceptions=True)
    assert all(task.cancelled() for task in begun)


async def test_tasks_that_hold_the_loop_in_turn_are_ended_and_blamed(parks: Context) -> None:
    async def be_busy() -> None:
        while True:
            time.sleep(0.02)  # noqa: ASYNC251
            await asyncio.sleep(0)

    rested = []

    async def rest(_ctx: Context, plugin: str, cause: str) -> None:
        rested.append((plugin, cause))

    parks.host.quarantine.rest = rest
    for _ in range(2):
        with at_work(parks):
            busy = [asyncio.create_task(be_busy()) for _ in range(50)]
        async with asyncio.timeout(10):
            await asyncio.gather(*busy, return_exceptions=True)
        assert all(task.cancelled() for task in busy)

    await parks.host.quarantine.settle()
    assert [plugin for plugin, _ in rested] == ["parks"]
    assert "half of 2 s" in rested[0][1]


async def test_a_room_of_the_kit_is_bound_to_the_municipality_and_to_no_share(
    ctx: Context, other: Context, a_plugin: MakePlugin
) -> None:
    host = Host([a_plugin("trees", manifest={"fixed": True})])

    with on_behalf(host.behalf(ctx, "trees")):
        with pytest.raises(RuntimeError, match="asks for rows of yala"):
            async with db.transaction(other):
                pass
        tasks = [asyncio.create_task(asyncio.sleep(0)) for _ in range(TASKS + 10)]
    await asyncio.gather(*tasks)
