"""Checks of leaving: what is kept of a plugin, what is taken along, and that nothing stays."""

import json
import tempfile
import zipfile
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import asyncpg

from core.conformance.check import Level, Shelf
from core.conformance.trial import Trial
from core.leaving.exporting import export_plugin
from core.leaving.reading import ExportFault, read_export
from core.leaving.removing import remove_tables
from core.text import Text

SHELF = Shelf()

_LEFT = """
SELECT space.nspname || '.' || relation.relname AS name FROM pg_class AS relation
JOIN pg_namespace AS space ON space.oid = relation.relnamespace
WHERE space.nspname = $1 OR (space.nspname = 'public'
  AND relation.relkind IN ('r', 'p', 'v', 'm') AND relation.relname <> 'migration') ORDER BY 1
"""
_POINTING = """
SELECT conrelid::regclass::text AS "from", confrelid::regclass::text AS "to" FROM pg_constraint
WHERE contype = 'f' AND connamespace <> $1::regnamespace
AND confrelid IN (SELECT oid FROM pg_class WHERE relnamespace = $1::regnamespace)
"""


@SHELF.check(
    "leaving.export",
    Level.GOLD,
    Text("ส่งออกข้อมูลของหน่วยงานได้ครบ", "All its rows of a municipality can be taken along"),
    Text(
        "ใช้ชนิดข้อมูลที่เขียนเป็น JSON ได้ ในตารางของสคีมาตนเอง",
        "Keep rows in its own schema, in types that can be written as JSON.",
    ),
)
async def export(trial: Trial) -> AsyncIterator[str]:
    """An export of one municipality has each of its rows, once, and none of others."""
    rows, tenant = await trial.rows(), trial.here.tenant.id
    if not rows:
        return  # without tables there is nothing to take along
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "export.zip"
        await export_plugin(
            trial.url,
            trial.runtime.settings.data,
            trial.name,
            target=target,
            tenants=[tenant],
            shared=False,
            now=datetime.now(UTC),
        )
        try:
            told, _ = read_export(target)
        except ExportFault as problem:
            yield str(problem)
            return
        with zipfile.ZipFile(target) as archive:
            for table, kept in rows.items():
                mine = [json.loads(row) for row in kept]
                if any("tenant_id" not in row for row in mine):
                    yield f"rows of {table} name no municipality, and are taken along by none"
                mine = [row for row in mine if row.get("tenant_id") == tenant]
                name = f"{tenant}/{table}.jsonl"
                lines = archive.read(name).splitlines() if name in archive.namelist() else []
                if sorted(map(str, mine)) != sorted(str(json.loads(line)) for line in lines):
                    yield f"{name} has {len(lines)} rows of {len(mine)}"
        if told.plugin != trial.name:
            yield f"the export is of {told.plugin!r}"


@SHELF.check(
    "leaving.shred",
    Level.GOLD,
    Text("ลบแล้วไม่เหลือข้อมูลของปลั๊กอิน", "Removed, nothing of its rows stays"),
    Text("อย่าสร้างสิ่งใดนอกสคีมาของตนเอง", "Make nothing outside of its own schema."),
)
async def shred(trial: Trial) -> AsyncIterator[str]:
    """After removing its schema nothing of it is there, and nothing else was lost."""
    async with trial.aside() as url:
        connection = await asyncpg.connect(url)
        try:
            if await connection.fetchval("SELECT to_regnamespace($1) IS NULL", trial.name):
                return
            for row in await connection.fetch(_POINTING, trial.name):
                yield f"{row['from']} points to {row['to']} and would lose it"
            await remove_tables(connection, trial.name)
            for row in await connection.fetch(_LEFT, trial.name):
                yield f"{row['name']} stays"
        finally:
            await connection.close()
