"""What all figures stand on: a database of its own, a municipality, people."""

import contextlib
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

import asyncpg

from core import db, embedded
from core.context import EVERYWHERE, Actor, Context
from core.discovery import find
from core.host import Host
from core.migrations import migrate
from core.registry import apps
from core.runtime import Runtime, make_runtime
from core.settings import read_settings
from core.tenants.service import create_tenant
from core.tenants.tenant import Tenant, Unit
from core.text import Text

DESKS = ("registry", "officer", "inspector", "head", "director", "clerk", "mayor", "treasury")
UNITS = ("clerk", "finance", "works", "education", "health", "welfare", "strategy")


@contextlib.asynccontextmanager
async def ground() -> AsyncIterator[tuple[Runtime, Context]]:
    """Open an installation with one municipality, on the embedded database as it is served."""
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder)
        with embedded.running(data) as url:
            settings = read_settings({"THONGTHIN_DATA": str(data)})
            await migrate(url, apps(Host(find())))
            runtime = make_runtime(settings, url)
            await db.open_pool(20)
            try:
                yield runtime, await _municipality(runtime)
            finally:
                await db.close_pool()


async def _municipality(runtime: Runtime) -> Context:
    name = Text("เทศบาลทดสอบ", "Test Municipality")
    tenant = Tenant(
        id="bench",
        kind="เทศบาลเมือง",
        name=name,
        place=name,
        address=name,
        units={one: Unit(id=one, name=Text(one, one)) for one in UNITS},
    )
    await create_tenant(runtime.context(tenant), plugins=["oss", "waste_fees"])
    founded = await runtime.directory.get("bench")
    if founded is None:
        raise RuntimeError("the municipality was not founded")
    return runtime.context(founded)


def officer(ctx: Context, *, units: frozenset[str] | None = EVERYWHERE) -> Context:
    """Return the context of an officer at every desk, everywhere or in some divisions."""
    held = {f"casework.as_{desk}": units for desk in DESKS} | {"casework.read": units}
    actor = Actor(kind="officer", id=uuid4(), name="เจ้าหน้าที่", permissions=held)
    return replace(ctx, actor=actor)


async def rounds(
    sides: dict[str, Callable[[], Awaitable[None]]], *, turns: int
) -> dict[str, float]:
    """Return the best time of each side, in seconds, the sides taking turns."""
    best: dict[str, float] = {}
    for _ in range(turns):
        for name, run in sides.items():
            began = time.perf_counter()
            await run()
            took = time.perf_counter() - began
            best[name] = min(took, best.get(name, took))
    return best


async def analyze() -> None:
    """Take the statistics that PostgreSQL takes by itself within a minute of work."""
    connection = await asyncpg.connect(db.engine.config["dsn"])
    try:
        await connection.execute("ANALYZE")
    finally:
        await connection.close()
