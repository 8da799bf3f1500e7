"""Remove the tables of a plugin, when all that is in them was taken along."""

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path

import asyncpg

from core.leaving.exporting import SHARED, TABLES, rows_of
from core.leaving.reading import Export, ExportFault, read_export

_ON = 'SELECT tenant_id FROM core.plugin_switch WHERE plugin = $1 AND "on" ORDER BY 1'
_JOBS = """
DELETE FROM procrastinate.procrastinate_jobs
WHERE status = 'todo' AND (starts_with(task_name, $1 || '.') OR args ->> 'plugin' = $1)
"""


class StillOn(RuntimeError):
    """The plugin is on somewhere; the sentence says where."""


async def remove_plugin(url: str, plugin: str, export: Path) -> Export:
    """Remove the tables of a plugin, and what waits to be done by it; return what was exported.

    Papers and cases stay: they are rows of others, and each holds what it shows.

    :param url: of the database's owner.
    :param export: of all its rows; nothing may have changed since.
    :raises StillOn: a municipality has it on.
    :raises ExportFault: the export is not whole, or rows are not in it as they are now.
    """
    told, hashes = read_export(export)
    if told.plugin != plugin:
        raise ExportFault(f"{export} is an export of {told.plugin}, not of {plugin}")
    connection = await asyncpg.connect(url)
    try:
        # Each statement sees what was committed before it: under a lock, rows as they are.
        async with connection.transaction():
            await connection.execute("LOCK TABLE core.plugin_switch IN SHARE MODE")
            if here := [row["tenant_id"] for row in await connection.fetch(_ON, plugin)]:
                raise StillOn(f"{plugin} is on in {', '.join(here)}; switch it off there first")
            await _compare(connection, plugin, hashes)
            await remove_tables(connection, plugin)
    finally:
        await connection.close()
    return told


async def _compare(connection: asyncpg.Connection, plugin: str, hashes: Mapping[str, str]) -> None:
    """Return when every row is in the export as it is now."""
    for table in await connection.fetch(TABLES, plugin):
        name = table["name"]
        # No writer comes between the look and the removal.
        await connection.execute(f'LOCK TABLE {plugin}."{name}" IN ACCESS EXCLUSIVE MODE')
        for tenant in await _whose(connection, plugin, name, bound=table["bound"]):
            sum_ = hashlib.sha256()
            async for line in rows_of(connection, plugin, name, tenant):
                sum_.update(f"{line}\n".encode())
            if hashes.get(f"{tenant or SHARED}/{name}.jsonl") != sum_.hexdigest():
                raise ExportFault(
                    f"rows of {tenant or SHARED} in {plugin}.{name} are not as they were exported; "
                    "export all municipalities once more"
                )


async def _whose(
    connection: asyncpg.Connection, plugin: str, table: str, *, bound: bool
) -> Sequence[str | None]:
    if not bound:
        return [None]
    statement = f'SELECT DISTINCT tenant_id FROM {plugin}."{table}" ORDER BY 1'  # noqa: S608
    return [row["tenant_id"] for row in await connection.fetch(statement)]


async def remove_tables(connection: asyncpg.Connection, plugin: str) -> None:
    """Remove the schema of a plugin, the notes of its migrations, and what waits for it."""
    async with connection.transaction():
        await connection.execute(f"DROP SCHEMA IF EXISTS {plugin} CASCADE")
        await connection.execute("DELETE FROM public.migration WHERE app_name = $1", plugin)
        # Triggers of the queue find their tables by it.
        await connection.execute("SET LOCAL search_path = procrastinate")
        await connection.execute(_JOBS, plugin)
