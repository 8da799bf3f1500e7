"""The demonstration: three municipalities, filled by the plugins' own services, and their operator.

``thongthin serve --demo`` makes it in an empty database; ``thongthin demo --reset`` anew.
A database that did not begin as a demonstration is never touched.
"""

import argparse
import asyncio
import os
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import asyncpg
import msgspec

from core.commands import demo_people
from core.commands.demo_catalog import found_catalog
from core.commands.surroundings import bring_up_found, database, opened, say
from core.demonstration import BEGUN, DONE, Mark, mark_of, set_mark
from core.discovery import find
from core.host import Host
from core.registry import apps
from core.runtime import Runtime
from core.settings import Settings, SettingsError, read_settings
from core.tenants.calendar import fill_holidays
from core.tenants.founding import new_tenant
from core.tenants.service import create_tenant
from core.text import Text

_TENANTS = Path(__file__).with_name("data") / "demo.json"


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command to the parser."""
    parser = commands.add_parser("demo", help="begin the demonstration anew")
    parser.add_argument(
        "--reset", action="store_true", required=True, help="what was entered there is lost"
    )
    parser.set_defaults(run=run)


def run(_arguments: argparse.Namespace, settings: Settings) -> int:
    """Remove everything and fill the demonstration again; 1 when that is not allowed."""
    demo = as_demo(settings)
    with database(demo) as url:
        return asyncio.run(_reset(demo, url))


def as_demo(settings: Settings) -> Settings:
    """Return the settings of a demonstration, for this process and those that it starts."""
    if settings.demo:
        return settings
    os.environ["THONGTHIN_DEMO"] = "1"
    return read_settings(os.environ)


async def _reset(settings: Settings, url: str) -> int:
    connection = await asyncpg.connect(url)
    try:
        if await mark_of(connection) not in (BEGUN, DONE):
            say("This database is not a demonstration. Nothing was changed.")
            return 1
        if await connection.fetchval(
            "SELECT EXISTS (SELECT 1 FROM pg_stat_activity "
            "WHERE datname = current_database() AND application_name = 'thongthin')"
        ):
            say("The demonstration is being served. Stop it first; nothing was changed.")
            return 1
        await _remove(connection, settings)
    finally:
        await connection.close()
    await bring_up_found(settings, url)
    await seed(settings, url)
    return 0


async def _remove(connection: asyncpg.Connection, settings: Settings) -> None:
    schemas = ["procrastinate", *(app.app_name for app in apps(Host(find(data=settings.data))))]
    async with connection.transaction():
        await connection.execute(f"DROP SCHEMA IF EXISTS {', '.join(schemas)} CASCADE")
        await connection.execute("DROP TABLE IF EXISTS public.migration")


async def refuse_unasked(settings: Settings, url: str) -> None:
    """Keep a demonstration from being served as an office, and an office as a demonstration.

    :raises SettingsError: passwords and codes of a demonstration are known to everybody.
    """
    connection = await asyncpg.connect(url)
    try:
        found = await mark_of(connection)
        filled = await connection.fetchval("SELECT EXISTS (SELECT 1 FROM core.tenant)")
    finally:
        await connection.close()
    if found in (BEGUN, DONE) and not settings.demo:
        raise SettingsError(
            "This database is a demonstration, whose passwords everybody knows. "
            "Serve it with --demo, or use another database."
        )
    if settings.demo and filled and found not in (BEGUN, DONE):
        raise SettingsError(
            "This database is of an office: as a demonstration anybody could sign in. "
            "Serve it without --demo and THONGTHIN_DEMO, or use another database."
        )


async def prepare(settings: Settings, url: str) -> None:
    """Fill the demonstration where the database is empty or was only half filled."""
    connection = await asyncpg.connect(url)
    try:
        state = await mark_of(connection)
        empty = not await connection.fetchval("SELECT EXISTS (SELECT 1 FROM core.tenant)")
        if state == BEGUN and not empty:
            await _remove(connection, settings)
    finally:
        await connection.close()
    if state == BEGUN and not empty:
        await bring_up_found(settings, url)
    if empty or state == BEGUN:
        await seed(settings, url)


async def seed(settings: Settings, url: str) -> None:
    """Found the municipalities, have every plugin fill them; found their operator, its catalog."""
    await _mark(url, BEGUN)
    found_catalog(settings, datetime.now(UTC))
    async with opened(settings, url) as runtime:
        # While one waits for the disk another goes on.
        known = msgspec.json.decode(_TENANTS.read_bytes())
        await asyncio.gather(*(found(runtime, one, _elsewhere(known, one)) for one in known))
    await _mark(url, DONE)


async def _mark(url: str, mark: Mark) -> None:
    connection = await asyncpg.connect(url)
    try:
        await set_mark(connection, mark)
    finally:
        await connection.close()


def _elsewhere(known: list[dict[str, Any]], here: dict[str, Any]) -> frozenset[str]:
    """Return the plugins that another of the municipalities has for its own."""
    own = (one for other in known if other is not here for one in other.get("own", ()))
    return frozenset(own) - frozenset(here.get("own", ()))


async def found(
    runtime: Runtime, known: Mapping[str, Any], elsewhere: frozenset[str] = frozenset()
) -> None:
    """Found a municipality, and have every plugin fill it.

    :param elsewhere: plugins that it does not have.
    """
    facts = {name: value for name, value in known.items() if name in ("subdistricts", "brand")}
    tenant = new_tenant(
        str(known["id"]),
        name=known["name"][0],
        name_en=known["name"][1],
        place=known["place"][0],
        place_en=known["place"][1],
        address=Text(*known["address"]),
        **facts,
    )
    say(f"Filling the demonstration: {tenant.name.th}")
    of_operator, own = bool(known.get("operator")), known.get("own", ())
    plugins = [
        name
        for name, manifest in runtime.host.plugins.items()
        if not manifest.fixed and (name in own if of_operator else name not in elsewhere)
    ]
    ctx = runtime.context(tenant)
    await create_tenant(ctx, plugins=plugins)
    await fill_holidays(ctx)
    founded = await runtime.directory.get(tenant.id)
    if founded is None:
        raise LookupError(tenant.id)
    if of_operator:
        await demo_people.fill_operator(runtime.context(founded))
        return
    await demo_people.fill(runtime.context(founded))
    for answer in await runtime.host.ask(runtime.context(founded), "seed_demo"):
        if answer.problem is not None:
            say(f"  {answer.plugin} could not fill it: {answer.problem}")
