"""What the audit trail costs one busy municipality: ``python -m tools.audit_cost``.

Each change is a transaction of two inserts. It is made without a trail, with ours (sealed
beside the work, here even in the same process), and with a trail that links each entry to the
one before within the change. The three take turns, so that what else the machine does meets
all of them; what is printed is the median of the turns.
"""

import asyncio
import contextlib
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path

import psycopg

from core import audit, db, embedded
from core.audit import trail
from core.audit.chain import link
from core.audit.sealing import PERIOD, seal_all
from core.context import Context
from core.discovery import find
from core.host import Host
from core.migrations import migrate
from core.registry import apps
from core.runtime import make_runtime
from core.settings import read_settings
from core.tenants.founding import new_tenant
from core.tenants.service import create_tenant

AT_ONCE = 8
CHANGES = 600  # in one turn
TURNS = 7
ENTRIES = 100_000  # to be verified

_TABLES = """
CREATE TABLE core.cost (tenant_id varchar(32), id uuid, note text, PRIMARY KEY (tenant_id, id));
CREATE TABLE core.cost_entry (tenant_id varchar(32), id uuid, detail json, digest bytea,
  seq bigint, chain bytea, PRIMARY KEY (tenant_id, id), UNIQUE (tenant_id, seq));
CREATE TABLE core.cost_head (tenant_id varchar(32) PRIMARY KEY, seq bigint, chain bytea);
INSERT INTO core.cost_head VALUES ('maehia', 0, '');
GRANT ALL ON core.cost, core.cost_entry, core.cost_head TO thongthin_app;
"""
_CHANGE = "INSERT INTO core.cost VALUES ($1, $2, $3)"
_LINKED = "INSERT INTO core.cost_entry VALUES ($1, $2, $3, $4, $5, $6)"
_HEAD = "UPDATE core.cost_head SET seq = $2, chain = $3 WHERE tenant_id = $1"
Change = Callable[[Context], Awaitable[None]]


async def _two_inserts(ctx: Context) -> None:
    for note in ("one", "two"):
        await db.current_connection().execute(_CHANGE, ctx.tenant.id, db.new_id(), note)


async def without(ctx: Context) -> None:
    """Make a change without a trail."""
    async with db.transaction(ctx):
        await _two_inserts(ctx)


async def beside(ctx: Context) -> None:
    """Make a change with an entry that is sealed beside the work."""
    async with db.transaction(ctx):
        await _two_inserts(ctx)
        await audit.record(ctx, "core.cost.measured", "cost/1", number="1254/2569")


async def within(ctx: Context) -> None:
    """Make a change with an entry that is linked to the one before at once."""
    async with db.transaction(ctx) as connection:
        await _two_inserts(ctx)
        row = await connection.fetchrow(
            "SELECT seq, chain FROM core.cost_head WHERE tenant_id = $1 FOR UPDATE", ctx.tenant.id
        )
        digest = ctx.keys.fingerprint("cost", "1254/2569")
        seq = row["seq"] + 1
        chain = link(ctx.keys, row["chain"], seq, digest)
        entry = (ctx.tenant.id, db.new_id(), "{}", digest, seq, chain)
        await connection.execute(_LINKED, *entry)
        await connection.execute(_HEAD, ctx.tenant.id, seq, chain)


async def _turn(ctx: Context, change: Change) -> float:
    """Return changes a second."""

    async def keep_changing() -> None:
        for _ in range(CHANGES // AT_ONCE):
            await change(ctx)

    began = time.perf_counter()
    await asyncio.gather(*(keep_changing() for _ in range(AT_ONCE)))
    return CHANGES / (time.perf_counter() - began)


async def _seal(ctx: Context) -> None:
    while True:
        await seal_all(ctx.keys, ctx.settings.data, now=datetime.now(UTC))
        await asyncio.sleep(PERIOD)


async def _measure(ctx: Context) -> None:
    rates: dict[str, list[float]] = {"without": [], "beside": [], "within": []}
    for _ in range(TURNS):
        for change in (without, beside, within):
            sealing = asyncio.create_task(_seal(ctx))
            rates[change.__name__].append(await _turn(ctx, change))
            sealing.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await sealing
    base = statistics.median(rates["without"])
    for name, found in rates.items():
        rate = statistics.median(found)
        _say(f"{name:8} {rate:7,.0f} changes a second, {rate / base:.2f} of those without")


async def _fill(ctx: Context) -> None:
    for _ in range(ENTRIES // 1000):
        async with db.transaction(ctx):
            for number in range(1000):
                await audit.record(ctx, "core.cost.measured", f"cost/{number}", number=number)
    began = time.perf_counter()
    sealed = await seal_all(ctx.keys, ctx.settings.data, now=datetime.now(UTC))
    _say(f"sealed   {sealed / (time.perf_counter() - began):7,.0f} entries a second")


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")


async def _run(data: Path, url: str) -> None:
    await migrate(url, apps(Host(find())))
    with psycopg.connect(url) as connection:
        connection.execute(_TABLES)
    settings = read_settings({"THONGTHIN_DATA": str(data)})
    runtime = make_runtime(settings, url)
    await db.open_pool()
    ctx = runtime.context(new_tenant("maehia", name="เทศบาลเมืองแม่เหียะ", name_en="Maehia"))
    await create_tenant(ctx)
    await _measure(ctx)
    await _fill(ctx)
    await db.close_pool()
    before = _peak()
    with trail.connect(url) as owner:
        began = time.perf_counter()
        checked = trail.check(owner, ctx.keys, data, "maehia", now=datetime.now(UTC))
    rate = checked.entries / (time.perf_counter() - began)
    grown = (_peak() - before) / 1024
    _say(f"verified {rate:7,.0f} entries a second in {grown:.0f} MB: {checked.finding or 'pass'}")


def _peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def main() -> None:
    """Measure on a database of its own, with every commit on the disk."""
    with tempfile.TemporaryDirectory() as folder, embedded.running(Path(folder)) as url:
        asyncio.run(_run(Path(folder), url))


if __name__ == "__main__":
    main()
