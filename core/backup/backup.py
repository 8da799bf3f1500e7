"""Make a backup while the installation is at work."""

import contextlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

import msgspec
from psycopg import sql

from core.audit import heads, trail
from core.backup import archive, programs
from core.backup.manifest import DUMP, MANIFEST, SECRET, BackupFailed, Manifest, recognise
from core.keys import Keys
from core.settings import Settings

# Names of files that are still being written begin so.
_UNFINISHED = ".new-"
# Whom to trust and what was decided; what the catalog says is fetched again.
_OF_CATALOG = ("root.json", "catalog.json")

_TABLES = """
SELECT nspname AS schema, relname AS name FROM pg_class
JOIN pg_namespace ON pg_namespace.oid = relnamespace
WHERE relkind IN ('r', 'p') AND nspname !~ '^pg_' AND nspname <> 'information_schema'
ORDER BY 1, 2
"""


class Made(NamedTuple):
    """What is in a backup.

    :param size: of the whole, in bytes.
    :param files: how many, beside the database.
    """

    manifest: Manifest
    size: int
    files: int


def make_backup(
    settings: Settings, url: str, target: Path, *, with_keys: bool, now: datetime
) -> Made:
    """Write a whole installation into one file.

    The ends of the audit trails are taken first and the files last: each of the three may
    be further than the one before it, and none can lack what an earlier one speaks of.

    :param url: of the database's owner.
    :param with_keys: with the secret; who has the file can then read everything.
    :raises BackupFailed: saying why; there is no file then.
    """
    with (
        archive.written(target) as writer,
        tempfile.TemporaryDirectory(prefix=".thongthin-", dir=target.parent) as folder,
    ):
        work = Path(folder)
        _keep_heads(settings.data, work)
        manifest = _dump(settings, url, work, now)
        writer.add(MANIFEST, msgspec.json.encode(manifest))
        writer.add_file(DUMP, work / DUMP)
        if with_keys:
            writer.add_file(SECRET, _key_file(settings))
        files = _add_files(writer, "audit", work / "audit")
        files += _add_files(writer, "files", settings.data / "files")
        files += _add_files(writer, "plugins", settings.data / "plugins")
        for name in _OF_CATALOG:
            with contextlib.suppress(FileNotFoundError):
                writer.add_file(f"catalog/{name}", settings.data / "catalog" / name)
                files += 1
    archive.check_whole(target)
    return Made(manifest, target.stat().st_size, files)


def _key_file(settings: Settings) -> Path:
    path = settings.data / SECRET
    if not path.exists() or path.read_bytes() != settings.secret_keys:
        raise BackupFailed(
            "the secret comes from THONGTHIN_SECRET and cannot be in the backup: keep it apart"
        )
    return path


def _keep_heads(data: Path, work: Path) -> None:
    if heads.folder(data).exists():
        shutil.copytree(heads.folder(data), heads.folder(work))


def _dump(settings: Settings, url: str, work: Path, now: datetime) -> Manifest:
    """Dump the database, and say what was in it at that very moment."""
    keys = Keys(settings.secret_keys)
    with trail.connect(url) as connection:
        known = trail.tenants(connection, work)
        with connection.transaction():
            snapshot = connection.execute("SELECT pg_export_snapshot() AS id").fetchone()
            server = connection.info.server_version // 10_000
            program, release = programs.find("pg_dump", server)
            arguments = ["--format=custom", f"--file={work / DUMP}"]
            if snapshot is not None:
                arguments.append(f"--snapshot={snapshot['id']}")
            programs.run(program, url, arguments)
            checked = [trail.check(connection, keys, work, one, now=now) for one in known]
            ends = [trail.head_of(connection, one) for one in known]
            return Manifest(
                at=now,
                server=server,
                program=release,
                rows=count_rows(connection),
                heads={head.tenant: head.seq for head in ends if head is not None},
                findings={one.tenant: str(one.finding) for one in checked if one.finding},
                secret=recognise(settings.secret_keys),
            )


def count_rows(connection: trail.Connection) -> dict[str, int]:
    """Return how many rows each table has, by ``schema.table``; empty without any table."""
    counts = {}
    for table in connection.execute(_TABLES).fetchall():
        count = sql.SQL("SELECT count(*) AS n FROM {}").format(
            sql.Identifier(table["schema"], table["name"])
        )
        row = connection.execute(count).fetchone()
        counts[f"{table['schema']}.{table['name']}"] = row["n"] if row else 0
    return counts


def _add_files(writer: archive.Writer, name: str, folder: Path) -> int:
    """Add all files of a folder; one that is removed meanwhile is left out."""
    count = 0
    for path in _walk(folder):
        with contextlib.suppress(FileNotFoundError):
            writer.add_file(f"{name}/{path.relative_to(folder).as_posix()}", path)
            count += 1
    return count


def _walk(folder: Path) -> Iterator[Path]:
    for at, _, names in os.walk(folder):
        for name in sorted(names):
            if not name.startswith(_UNFINISHED):
                yield Path(at, name)
