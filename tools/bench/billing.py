"""A billing run against COPY of the rows that came of it, and bills as PDF.

``THONGTHIN_BENCH_BILLS`` says how many bills; the issue asks for a million.
"""

import os
import resource
import tempfile
import time
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

import asyncpg

from core import db
from core.context import Context
from plugins.waste_fees.service import printing, runs, slices, tariffs

BILLS = int(os.environ.get("THONGTHIN_BENCH_BILLS", "1_000_000"))
PRINTED = 400
MONTH = date(2026, 11, 1)

# What a run writes, a table after those that it points to.
_TABLES = (
    ("treasury", "bill"),
    ("treasury", "charge"),
    ("treasury", "posting"),
    ("waste_fees", "billed"),
)
_FILL = (
    """
INSERT INTO treasury.payer (tenant_id, id, source, subject, name, address, language, changed_at)
SELECT $1, gen_random_uuid(), 'waste_fees', 'payer/' || g, 'นายสมชาย ใจดี ' || g,
  g || ' หมู่ 5 ตำบลทดสอบ', 'th', now() FROM generate_series(1, $2::int) g
""",
    """
INSERT INTO waste_fees.point (tenant_id, id, number, code, since, facts_on, open, "use", address,
  zone, route, bins, litres, meter, owner, payer, payer_name, payer_address, payer_phone,
  changed_at)
SELECT $1, gen_random_uuid(), n, upper(substr(md5(n::text), 1, 12)), '2026-01-01', '2026-01-01',
  true, 'household', address, 'หมู่ ' || n % 9, 'สาย ' || n % 40, 1, n % 90, '', '', id, name,
  address, '', now()
FROM (SELECT p.*, row_number() OVER () AS n FROM treasury.payer p
  WHERE tenant_id = $1 AND source = 'waste_fees') AS known WHERE n <= $2
""",
    """
INSERT INTO waste_fees.change (tenant_id, id, point_id, from_on, what, facts, why, at, actor_name)
SELECT tenant_id, gen_random_uuid(), id, since, 'opened', jsonb_build_object('use', "use",
  'address', address, 'zone', zone, 'route', route, 'bins', bins, 'litres', litres, 'payer',
  replace(payer::text, '-', ''), 'payer_name', payer_name), 'bench', now(), 'bench'
FROM waste_fees.point WHERE tenant_id = $1 AND number <= $2
""",
)


async def _fill(ctx: Context, connection: asyncpg.Connection) -> None:
    await tariffs.begin_with(ctx)
    for statement in _FILL:
        await connection.execute(statement, ctx.tenant.id, BILLS, timeout=1800)
    await connection.execute("VACUUM (ANALYZE) waste_fees.point, waste_fees.change, treasury.payer")


def _memory() -> float:
    """Return the most that this process has held, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


async def _timed(work: Callable[[], Awaitable[object]]) -> float:
    began = time.perf_counter()
    await work()
    return time.perf_counter() - began


async def _run(ctx: Context) -> tuple[UUID, float, float]:
    """Return the run, the seconds of making its bills, and by how much memory grew after half."""
    run = await runs.begin_run(ctx, "waste", first_month=MONTH, months=1, due_on=date(2026, 12, 31))
    while not await slices.go_on(ctx, run, slices=runs.IN_A_JOB):
        pass
    began = time.perf_counter()
    await runs.confirm_run(ctx, run)
    half, parts = 0.0, 0
    while not await slices.go_on(ctx, run, slices=10):
        parts += 1
        if parts == BILLS // slices.SLICE // 20:
            half = _memory()
    return run, time.perf_counter() - began, _memory() - half if half else 0.0


async def _copy(connection: asyncpg.Connection, tenant: str) -> float:
    """Return the seconds in which COPY writes the rows of the run again."""
    took = 0.0
    with tempfile.TemporaryDirectory() as folder:
        for schema, table in _TABLES:
            query = f"SELECT * FROM {schema}.{table} WHERE tenant_id = '{tenant}'"  # noqa: S608
            await connection.copy_from_query(
                query, output=f"{folder}/{table}", format="binary", timeout=1800
            )
        names = ", ".join(f"{schema}.{table}" for schema, table in _TABLES)
        await connection.execute(f"TRUNCATE {names} CASCADE")
        for schema, table in _TABLES:
            copied: Any = connection.copy_to_table(
                table,
                source=f"{folder}/{table}",
                schema_name=schema,
                format="binary",
                timeout=1800,
            )
            took += await _timed(lambda copied=copied: copied)  # type: ignore[misc]
            # Whoever counts a table while it is copied finds none of its rows, and the checks of
            # keys that are planned by that read the whole table for each row.
            await connection.execute(f"ANALYZE {schema}.{table}")
    return took


async def _print(ctx: Context, run: UUID) -> float:
    """Return how many bills are printed in a second of one processor, after a first file."""
    whole = printing.IN_A_FILE["bills"]
    await printing.print_bills(ctx, run)
    await printing.print_next(ctx, run)
    files = PRINTED // whole
    began = time.process_time()
    for _ in range(files):
        if not await printing.print_next(ctx, run):
            raise RuntimeError("there are fewer bills than are to be printed")
    return files * whole / (time.process_time() - began)


async def measure(ctx: Context) -> list[str]:
    """Return the lines about billing."""
    treasury = {"biller": "099400061772101", "merchant": "BENCH", "city": "BENCH"}
    settings = {**ctx.tenant.settings, "treasury": treasury}
    here = replace(ctx, tenant=replace(ctx.tenant, settings=settings))
    connection = await asyncpg.connect(str(db.engine.config["dsn"]))
    try:
        await _fill(here, connection)
        run, took, grew = await _run(here)
        printed = await _print(here, run)
        copied = await _copy(connection, ctx.tenant.id)
    finally:
        await connection.close()
    return [
        f"billing: {BILLS / took:,.0f} bills/s of {BILLS:,} = {copied / took:.2f} of COPY's rate "
        f"into the same tables (asked: at least 0.25), memory grew by {grew:.1f} MB after half",
        f"bills as PDF: {printed:.0f} a second on one core (asked: at least 50)",
    ]
