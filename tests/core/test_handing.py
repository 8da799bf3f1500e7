import asyncio
import contextlib
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from core import db
from core.behalf import on_behalf
from core.context import Context
from core.discovery import Found
from core.handing import hand_over
from core.jobs import Job
from core.runtime import make_runtime
from core.settings import Settings
from core.tenants.service import others_here, switch_plugin
from core.worker import Worker

MakePlugin = Callable[..., Found]


async def test_work_is_done_by_the_same_plugin_of_the_other_municipality(
    ctx: Context, other: Context, settings: Settings, database: str, a_plugin: MakePlugin
) -> None:
    done: list[tuple[str, dict[str, Any]]] = []
    came = asyncio.Event()

    async def take(ctx: Context, **arguments: Any) -> None:
        done.append((ctx.tenant.id, arguments))
        came.set()

    parks = a_plugin("parks", register_jobs=lambda: [Job(name="parks.take", run=take)])
    runtime = make_runtime(settings, database, [parks])
    for one in (ctx, other):
        await switch_plugin(replace(one, host=runtime.host), plugin="parks", on=True)
    task = asyncio.create_task(Worker(runtime, database).work())
    here = replace(ctx, host=runtime.host, now=datetime.now(UTC))
    with on_behalf(runtime.host.behalf(here, "parks")):
        async with db.transaction(here):
            await hand_over(here, "parks.take", to="yala", letter="1")
        with contextlib.suppress(ValueError):
            async with db.transaction(here):
                await hand_over(here, "parks.take", to="yala", letter="2")
                raise ValueError("undone")

    async with asyncio.timeout(20):
        await came.wait()
    task.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await task
    assert done == [("yala", {"letter": "1", "sender": "maehia"})]


async def test_a_plugin_hands_over_nothing_in_the_name_of_another(ctx: Context) -> None:
    with on_behalf(ctx.host.behalf(ctx, "oss")):
        async with db.transaction(ctx):
            with pytest.raises(RuntimeError, match="job of another plugin"):
                await hand_over(ctx, "permits.take", to="yala")


async def test_the_others_of_an_installation_are_known_by_name(
    ctx: Context, other: Context
) -> None:
    found = await others_here(ctx)

    assert {id: name.th for id, name in found.items()} == {"yala": "เทศบาลนครยะลา"}
