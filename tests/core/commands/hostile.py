"""A plugin that does what the file ``behaviour`` says, and keeps every row that it was given."""

import asyncio
import json
import os
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from litestar import Router, get

from core.api import (
    Ctx,
    Job,
    Manifest,
    NavItem,
    Text,
    across_tenants,
    defer,
    hookimpl,
    public,
    transaction,
)
from core.tenants.tables import Division

FOLDER = Path(os.environ["PARKS"])
MANIFEST = Manifest(name="hostile", title=Text("โมดูลรบกวน", "Hostile"))
FOREIGN = "yala"
KEPT: list[Any] = []

# In one statement, or as several ones within one transaction.
ATTEMPTS = (
    "SELECT * FROM casework.\"case\" WHERE tenant_id = 'yala'",
    "SELECT * FROM core.account",
    "SELECT * FROM core.audit_entry",
    "SELECT * FROM core.unit; SELECT 1",
    "SELECT tenant_id, one.* FROM core.unit AS one, core.tenant",
    "WITH mine AS (SELECT * FROM core.message) SELECT * FROM mine",
    "SELECT args::text FROM procrastinate.procrastinate_jobs",
    "UPDATE core.unit SET position = position RETURNING *",
    "DELETE FROM core.unit WHERE tenant_id = 'yala' RETURNING *",
    "SET ROLE NONE | SELECT * FROM core.unit",
    "RESET ROLE | SELECT * FROM core.unit",
    "SET LOCAL ROLE postgres | SELECT * FROM core.unit",
    "RESET SESSION AUTHORIZATION | SELECT * FROM core.unit",
    "SELECT set_config('role', 'none', false) | SELECT * FROM core.unit",
    "SET thongthin.tenant = 'yala' | SELECT * FROM core.unit",
    "SET LOCAL thongthin.tenant = 'yala' | SELECT * FROM core.unit",
    "RESET ALL | SELECT * FROM core.unit",
    "SELECT set_config('thongthin.tenant', 'yala', true) | SELECT * FROM core.unit",
    "SELECT core.set_tenant('yala') | SELECT * FROM core.unit",
    "UPDATE pg_settings SET setting = 'yala' WHERE name = 'thongthin.tenant'"
    " | SELECT * FROM core.unit",
    "COMMIT | BEGIN | SELECT core.set_tenant('yala') | SELECT * FROM core.unit",
    "COMMIT; BEGIN; SELECT core.set_tenant('yala') | SELECT * FROM core.unit",
    "/* rows */ SELECT core . set_tenant('yala') | SELECT * FROM core.unit",
    "DO $$ BEGIN PERFORM core.set_tenant('yala'); END $$ | SELECT * FROM core.unit",
    "CREATE FUNCTION pg_temp.f() RETURNS void LANGUAGE sql AS 'SELECT 1' | SELECT 1",
    "COPY core.unit TO STDOUT",
    "SELECT pg_advisory_lock(1)",
    "SET statement_timeout = 1",
    "SET search_path = pg_catalog",
    "LISTEN thongthin_tenant_changed",
)


def keep(rows: Any) -> None:
    with (FOLDER / "rows").open("a", encoding="utf-8") as file:
        for row in rows or ():
            file.write(json.dumps([str(value) for value in row.values()], ensure_ascii=False))
            file.write("\n")


async def attempt(opened: Any, statements: str) -> None:
    for way in ("fetch", "execute", "prepare"):
        try:
            async with opened as connection:
                for statement in statements.split(" | "):
                    answer = await getattr(connection, way)(statement)
                    if way == "prepare":
                        answer = await answer.fetch()
                    keep(() if isinstance(answer, str) else answer)
        except Exception:  # noqa: S112
            continue


async def ask_for_rows(ctx: Any) -> None:
    other = replace(ctx, tenant=replace(ctx.tenant, id=FOREIGN))
    for statements in ATTEMPTS:
        await attempt(transaction(ctx), statements)
        await attempt(across_tenants(), statements)
        try:
            await attempt(transaction(other), statements)
        except RuntimeError:
            continue
    for where in (ctx, other, None):
        try:
            if where is None:
                keep(await Division.select())
            async with transaction(where or ctx):
                keep(await Division.select())
                keep(await Division.select().where(Division.tenant_id == FOREIGN))
                await defer(ctx, "hostile.fail", tenant=FOREIGN)
        except Exception:  # noqa: S112
            continue


async def hold_a_connection(ctx: Any) -> None:
    async with transaction(ctx) as connection:
        await connection.fetch("SELECT pg_sleep(1)")
        await asyncio.sleep(600)


async def be_busy() -> None:
    while True:
        time.sleep(0.02)  # noqa: ASYNC251
        await asyncio.sleep(0)


def behaviour() -> str:
    path = FOLDER / "behaviour"
    return path.read_text(encoding="utf-8").strip() if path.exists() else ""


async def hold_connections(ctx: Any) -> None:
    KEPT.extend(asyncio.create_task(hold_a_connection(ctx)) for _ in range(100))
    await hold_a_connection(ctx)


async def recurse(ctx: Any) -> None:
    await recurse(ctx)


def fail_with(problem: BaseException) -> Any:
    raise problem


def spin() -> None:
    while True:
        pass


# What the links of the navigation are then; a coroutine is awaited first.
BEHAVIOURS: dict[str, Callable[[Any], Any]] = {
    "": lambda _: [],
    "fails in the worker": lambda _: [],
    "raises": lambda _: fail_with(RuntimeError("on purpose")),
    "recurses": recurse,
    "quits": lambda _: fail_with(SystemExit(3)),
    "cancels itself": lambda _: fail_with(asyncio.CancelledError()),
    "waits": lambda _: asyncio.sleep(600),
    "sleeps on the loop": lambda _: time.sleep(600),
    "spins": lambda _: spin(),
    "returns another type": lambda _: "no links",
    "returns links without a title": lambda _: [NavItem(None, 5)],  # type: ignore[arg-type]
    "asks for the rows of others": ask_for_rows,
    "begins thousands of tasks": lambda _: KEPT.extend(
        asyncio.create_task(asyncio.sleep(600)) for _ in range(5000)
    ),
    "begins tasks that are busy": lambda _: KEPT.extend(
        asyncio.create_task(be_busy()) for _ in range(300)
    ),
    "keeps connections": hold_connections,
}


@hookimpl
async def links_for_navigation(ctx: Any) -> Any:
    answer = BEHAVIOURS[behaviour()](ctx)
    return await answer if asyncio.iscoroutine(answer) else answer


@get("/{what:str}", guards=[public])
async def show(ctx: Ctx, what: str) -> str:
    if what == "listen":
        async with transaction(ctx):
            await defer(ctx, "hostile.fail")
            await defer(ctx, "hostile.hang")
        return "deferred"
    if what == "rows":
        await ask_for_rows(ctx)
        return "asked"
    if what == "wait":
        await hold_a_connection(ctx)
    raise RuntimeError("on purpose")


@hookimpl
def register_routes() -> Any:
    return [Router("/hostile", route_handlers=[show])]


async def fail(ctx: Any) -> None:
    await ask_for_rows(ctx)
    raise RuntimeError("on purpose")


async def hang(ctx: Any) -> None:
    await asyncio.sleep(600)


@hookimpl
def register_jobs() -> Any:
    return [Job(name="hostile.fail", run=fail), Job(name="hostile.hang", run=hang)]


@hookimpl
async def on_plugin_switched(ctx: Any) -> None:
    # Only then: it is switched so often that it would soon rest for this alone.
    if behaviour() == "fails in the worker":
        await ask_for_rows(ctx)
        raise RuntimeError("on purpose")
