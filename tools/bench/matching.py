"""Matching a bank's file of a million lines with as many bills, and its memory.

``THONGTHIN_BENCH_LINES`` makes it smaller for a try.
"""

import os
import resource
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import BinaryIO
from uuid import UUID

import asyncpg

from core import db
from core.context import Context
from kit.thai import BANGKOK
from kit.treasury.banking.statement import Header, Kind, Line
from kit.treasury.banking.writing import write
from kit.treasury.codes.references import Reference, make_reference
from kit.treasury.service import importing

LINES = int(os.environ.get("THONGTHIN_BENCH_LINES", "1000000"))
WARM = 20_000  # lines of a first file, after which the statistics are taken
AMOUNT = 6_000
_HEAD = Header(
    bank="014",
    account="1234567890",
    name="BENCH",
    effective_on=date(2026, 11, 20),
    service="",
    width=256,
)
_MONEY = """
SELECT count(*), count(DISTINCT r.number) FROM treasury.receipt r
JOIN treasury.payment p ON p.tenant_id = r.tenant_id AND p.id = r.payment_id
WHERE p.account LIKE 'bank/%'
"""

# Bills as a run of them makes them: a household and a charge each, all of one kind and year.
_BILLS = """
WITH made AS (
  SELECT * FROM unnest($1::uuid[], $2::int[], $3::text[]) AS made (id, number, ref1)
), payer AS (
  INSERT INTO treasury.payer (tenant_id, id, source, subject, name, address, language, changed_at)
  SELECT 'bench', id, 'bench', 'point/' || number, 'นายสมชาย ใจดี', '88/12 หมู่ 5', 'th', now()
  FROM made
), bill AS (
  INSERT INTO treasury.bill (tenant_id, id, kind, year, number, ref1, ref2, code, source, subject,
    payer_id, payer_name, payer_address, title_th, title_en, issued_on, due_on, total, owed,
    state, issued_at)
  SELECT 'bench', id, '09', 2570, number, ref1, '', 'b' || number, 'bench', 'point/' || number,
    id, 'นายสมชาย ใจดี', '88/12 หมู่ 5',
    'ค่าเก็บขนมูลฝอย', 'Waste', '2026-11-01', '2026-11-30', $4::bigint, $4::bigint, 'open', now()
  FROM made
), charge AS (
  INSERT INTO treasury.charge (tenant_id, id, source, reference, revenue, payer_id, bill_id, place,
    title_th, title_en, period, amount, due_on, raised_at)
  SELECT 'bench', id, 'bench', number::text, 'bench.waste', id, id, 1, 'ค่าเก็บขนมูลฝอย', 'Waste',
    '256911', $4, '2026-11-30', now()
  FROM made
)
INSERT INTO treasury.posting (tenant_id, id, on_day, at, kind, debit, credit, amount, charge_id,
  payment_id, why, actor, actor_name)
SELECT 'bench', id, '2026-11-01', now(), 'raised', 'receivable', 'revenue/bench.waste', $4, id,
  NULL, '', NULL, 'system'
FROM made
"""


async def measure(ctx: Context) -> list[str]:
    """Return the lines about matching, and about what is posted of it."""
    connection = await asyncpg.connect(db.engine.config["dsn"])
    try:
        await make_bills(connection, 1, WARM + LINES)
        await connection.execute("ANALYZE")
        with _file(1, WARM) as file:
            await importing.post_file(ctx, file=await _kept(ctx, file, "waiting"))
        await connection.execute("ANALYZE")
        with _file(WARM + 1, LINES) as file:
            kept = await _kept(ctx, file, "looking")
        looked = await _timed(connection, lambda: importing.post_file(ctx, file=kept))
        await importing.order(ctx, file=UUID(kept))
        posted = await _timed(connection, lambda: importing.post_file(ctx, file=kept))
        receipts = tuple(await connection.fetchrow(_MONEY))
    finally:
        await connection.close()
    if receipts != (WARM + LINES, WARM + LINES):
        raise RuntimeError(f"receipts {receipts} of {WARM + LINES} payments")
    return [
        f"matching: {LINES:,} lines of a bank's file read and each given its bill, {looked} "
        "(asked: at least 20,000/s on one core)",
        f"posting: the same, each a bill that is settled and a receipt, {posted}",
    ]


async def _timed(connection: asyncpg.Connection, work: Callable[[], Awaitable[None]]) -> str:
    """Return the rates of something that is done to all lines, in words."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    began, worked = time.perf_counter(), await _worked(connection)
    await work()
    took, effort = time.perf_counter() - began, await _worked(connection) - worked
    grew = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    return (
        f"{LINES / took:,.0f}/s; {LINES / effort:,.0f} for a second of a processor, ours and the "
        f"database's; memory grew by {grew / 1024:.0f} MB"
    )


async def _worked(connection: asyncpg.Connection) -> float:
    """Return the seconds that processors worked for this process and for the database."""
    rows = await connection.fetch("SELECT pid FROM pg_stat_activity")
    spent = time.process_time()
    for row in rows:
        stat = _stat(row["pid"])
        spent += sum(map(int, stat.rpartition(")")[2].split()[11:13])) / os.sysconf("SC_CLK_TCK")
    return spent


def _stat(pid: int) -> str:
    return Path(f"/proc/{pid}/stat").read_text(encoding="ascii")


async def make_bills(connection: asyncpg.Connection, first: int, count: int) -> None:
    """Make bills of numbers that follow each other, each of a household of its own."""
    for start in range(first, first + count, 20_000):
        some = range(start, min(start + 20_000, first + count))
        ids = [db.new_id() for _ in some]
        await connection.execute(_BILLS, ids, list(some), [reference(n) for n in some], AMOUNT)


def reference(number: int) -> str:
    """Return by which the bill of a number is paid."""
    return make_reference(Reference(revenue="09", year=2570, number=number))


def _lines(first: int, count: int) -> Iterator[Line]:
    began = datetime(2026, 11, 20, tzinfo=BANGKOK)
    for n in range(count):
        yield Line(
            bank="014",
            account="1234567890",
            kind=Kind.PAID,
            amount=AMOUNT,
            paid_at=began + timedelta(seconds=n * 86_000 // count),
            # As people pay: in no order of the bills.
            ref1=reference(first + n * 7_919 % count if count % 7_919 else first + n),
            ref2="256911",
            payer="นายสมชาย ใจดี",
            payer_bank="014",
            raw="",
        )


def _file(first: int, count: int) -> BinaryIO:
    """Return a file of the bank, in which each bill is paid."""
    file = tempfile.TemporaryFile()  # noqa: SIM115 - the caller closes it
    for record in write(_HEAD, _lines(first, count)):
        file.write(record)
    return file


async def _kept(ctx: Context, file: BinaryIO, standing: str) -> str:
    """Keep a file, and return the id of its import."""
    row = importing.new_row(ctx, name="bench.txt", size=file.tell(), standing=standing)
    return str(await importing.keep(ctx, file, row))
