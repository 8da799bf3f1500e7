"""Write the rows and files of a plugin into one file.

``plugin.json`` says what it is; ``<municipality>/<table>.jsonl`` holds a row in each line, as
PostgreSQL writes it as JSON; ``<municipality>/files/<digest>`` holds the files that rows name
by their digest; ``shared/<table>.jsonl`` what belongs to no municipality; ``hashes.txt`` the
SHA-256 of all these, as ``sha256sum --check`` reads it.
"""

import hashlib
import re
import zipfile
from collections.abc import AsyncIterator, Iterable, Sequence
from datetime import datetime
from pathlib import Path

import asyncpg
import msgspec

from core.leaving.reading import FACTS, HASHES, Export

TABLES = """
SELECT relation.relname AS name, EXISTS (SELECT FROM pg_attribute AS field
  WHERE field.attrelid = relation.oid AND field.attname = 'tenant_id') AS bound
FROM pg_class AS relation JOIN pg_namespace AS space ON space.oid = relation.relnamespace
WHERE space.nspname = $1 AND relation.relkind IN ('r', 'p') AND NOT relation.relispartition
ORDER BY 1
"""
_DIGEST = re.compile(r"(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])")
SHARED = "shared"


class NothingToExport(LookupError):
    """The plugin has no tables here."""


async def export_plugin(
    url: str,
    data: Path,
    plugin: str,
    *,
    target: Path,
    tenants: Sequence[str],
    shared: bool,
    now: datetime,
) -> Export:
    """Write the rows of some municipalities, as they were at one moment, with their files.

    :param url: of the database's owner.
    :param data: the folder of the installation.
    :param target: a file that is not there yet.
    :param shared: with what belongs to no municipality.
    :raises NothingToExport: it has no tables.
    :raises FileExistsError: the file is there.
    """
    connection = await asyncpg.connect(url)
    try:
        async with connection.transaction(isolation="repeatable_read", readonly=True):
            tables = await connection.fetch(TABLES, plugin)
            if not tables:
                raise NothingToExport(plugin)
            tables = [one for one in tables if one["bound"] or shared]
            with zipfile.ZipFile(target, "x", zipfile.ZIP_DEFLATED) as archive:
                return await _write(connection, archive, data, plugin, tables, tenants, now)
    finally:
        await connection.close()


async def _write(
    connection: asyncpg.Connection,
    archive: zipfile.ZipFile,
    data: Path,
    plugin: str,
    tables: Sequence[asyncpg.Record],
    tenants: Sequence[str],
    now: datetime,
) -> Export:
    hashes: dict[str, str] = {}
    rows: dict[str, int] = {}
    for table in tables:
        for tenant in tenants if table["bound"] else [SHARED]:
            name = f"{tenant}/{table['name']}.jsonl"
            lines = rows_of(connection, plugin, table["name"], tenant if table["bound"] else None)
            found: set[str] = set()
            hashes[name], rows[name] = await _write_rows(archive, name, lines, found)
            for digest in sorted(found):
                _add_file(archive, hashes, data, tenant, digest)
    told = Export(plugin=plugin, at=now, tenants=tuple(tenants), rows=rows)
    facts = msgspec.json.format(msgspec.json.encode(told)) + b"\n"
    archive.writestr(FACTS, facts)
    hashes[FACTS] = hashlib.sha256(facts).hexdigest()
    archive.writestr(HASHES, "".join(f"{hashes[name]}  {name}\n" for name in sorted(hashes)))
    return told


async def rows_of(
    connection: asyncpg.Connection, plugin: str, table: str, tenant: str | None
) -> AsyncIterator[str]:
    """Yield the rows of a table as JSON, always in the same order.

    :param tenant: of this municipality; None: all rows.
    """
    which = "WHERE tenant_id = $1" if tenant is not None else ""
    statement = f'SELECT to_jsonb(one)::text FROM {plugin}."{table}" AS one {which} ORDER BY 1'  # noqa: S608
    async for row in connection.cursor(statement, *([tenant] if tenant is not None else [])):
        yield row[0]


async def _write_rows(
    archive: zipfile.ZipFile, name: str, lines: AsyncIterator[str], digests: set[str]
) -> tuple[str, int]:
    """Write lines, note the digests in them, and return their hash and number."""
    sum_, count = hashlib.sha256(), 0
    with archive.open(name, "w") as member:
        async for line in lines:
            written = f"{line}\n".encode()
            member.write(written)
            sum_.update(written)
            digests.update(_DIGEST.findall(line))
            count += 1
    return sum_.hexdigest(), count


def _add_file(
    archive: zipfile.ZipFile, hashes: dict[str, str], data: Path, tenant: str, digest: str
) -> None:
    """Add the file of this digest; what only looks like one has none."""
    name = f"{tenant}/files/{digest}"
    if name not in hashes:
        for path in _found(data / "files" / tenant, digest):
            archive.write(path, name)
            with path.open("rb") as file:
                hashes[name] = hashlib.file_digest(file, "sha256").hexdigest()


def _found(folder: Path, digest: str) -> Iterable[Path]:
    return folder.glob(f"*/{digest}")
