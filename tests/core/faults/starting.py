"""A plugin that goes wrong at the start, beside all that ship."""

import secrets
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from core.commands.surroundings import bring_up
from core.discovery import Found
from core.host import Host
from core.http.app import create_app
from core.manifest import PluginRefused
from core.runtime import Runtime, make_runtime
from core.settings import Settings
from core.tenants.service import create_tenant
from core.worker import Worker
from tests.conftest import a_tenant, app_of
from tests.core.faults.faulty import NAME

PAGES = (
    "/",
    "/services",
    "/services/oss.general",
    "/sign-in",
    "/track",
    "/food",
    "/permits",
    "/b",
    "/v",
)
MIGRATION = """
from core.migrations import sql_migration
ID = "2026-11-20T01:00:00:{number:06}"
VERSION = "1.38.0"
DESCRIPTION = ""
async def forwards():
    {does}
    return sql_migration("faulty", ID, {up!r}, "")
"""


def write_migration(
    folder: Path, number: int = 1, *, up: str = "", does: str = "pass", source: str = ""
) -> None:
    """Write a migration; Piccolo imports it by its name, once in a process."""
    text = source or MIGRATION.format(number=number, up=up, does=does)
    (folder / f"faulty_{secrets.token_hex(6)}.py").write_text(text, encoding="utf-8")


@dataclass(frozen=True)
class Started:
    """A process that was put together."""

    runtime: Runtime
    app: Any

    @property
    def host(self) -> Host:
        return self.runtime.host


def put_together(settings: Settings, url: str, found: Sequence[Found], *, anew: bool) -> Started:
    """Put a process together as the web's and the worker's are, before any loop runs.

    :param anew: the pages too, which are the same for most tests.
    """
    runtime = make_runtime(settings, url, found)
    app = create_app(runtime) if anew else app_of(runtime)
    Worker(runtime, url)
    return Started(runtime, app)


@asynccontextmanager
async def served(started: Started, *, migrated: bool = False) -> AsyncIterator[httpx.AsyncClient]:
    """Serve แม่เหียะ, where every plugin is on, as ``thongthin serve`` brings it up."""
    runtime, host = started.runtime, started.host
    if migrated:
        failed = await bring_up(runtime.database_url, host)
        for plugin, problem in failed.items():
            host.refuse(PluginRefused(plugin, f"its tables could not be made: {problem}"))
    await runtime.open()
    try:
        if await runtime.directory.get("maehia") is None:
            tenant = a_tenant("maehia", "เทศบาลเมืองแม่เหียะ", "อำเภอเมืองเชียงใหม่")
            others = [name for name, one in host.plugins.items() if not one.fixed]
            await create_tenant(runtime.context(tenant), plugins=sorted({*others, NAME}))
            runtime.directory.forget()
        transport = httpx.ASGITransport(started.app)
        async with httpx.AsyncClient(
            transport=transport, base_url="http://maehia.localhost"
        ) as browser:
            yield browser
    finally:
        await runtime.close()
