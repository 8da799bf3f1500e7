"""Bring a backup back to life in an empty place, whole or not at all."""

import contextlib
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
from psycopg import sql

from core.audit import trail
from core.backup import archive, programs
from core.backup.backup import count_rows
from core.backup.manifest import (
    DUMP,
    FOLDERS,
    FORMAT,
    MANIFEST,
    SECRET,
    BackupFailed,
    Manifest,
    recognise,
)
from core.keys import Keys
from core.migrations import ROLE
from core.settings import Settings

_STAGING = "restoring"
_SCHEMAS = r"""
SELECT nspname AS name FROM pg_namespace
WHERE nspname !~ '^pg_' AND nspname NOT IN ('information_schema', 'public')
"""


Database = Callable[[Settings], contextlib.AbstractContextManager[str]]


def restore(settings: Settings, source: Path, database: Database) -> Manifest:
    """Restore an installation into the place that the settings name, which must be empty.

    Nothing is put in its place before all of it was checked: every byte of the file, the
    number of rows of each table, and the audit trails. What a failure leaves is removed.

    :param database: gives the address of the database's owner, for as long as it is used.
    :raises BackupFailed: saying why; the place is as empty as before.
    """
    manifest = read_manifest(source)
    _refuse_full(settings.data)
    staging = settings.data / _STAGING
    shutil.rmtree(staging, ignore_errors=True)
    with _undone_on_failure(settings, staging):
        staging.mkdir(mode=0o700, parents=True)
        archive.unpack(source, staging)
        secret = _choose_secret(settings, manifest, staging)
        with database(settings) as url, _emptied_on_failure(url):
            _restore_rows(url, staging, manifest)
            _check_rows(url, staging, manifest, secret)
            _put_in_place(settings, staging, secret)
        shutil.rmtree(staging)
    return manifest


def read_manifest(source: Path) -> Manifest:
    """Return what a backup says of itself, after reading the whole of it.

    :raises BackupFailed: it is damaged, or of another kind.
    """
    try:
        archive.check_whole(source)
    except OSError as problem:
        raise BackupFailed(f"{source} cannot be read: {problem.strerror}") from problem
    for name, content in archive.parts(source):
        if name == MANIFEST:
            try:
                manifest = msgspec.json.decode(content.read(), type=Manifest)
            except msgspec.DecodeError as problem:
                raise BackupFailed(f"{source} was made by another release: {problem}") from problem
            if manifest.format != FORMAT:
                raise BackupFailed(f"{source} has the format {manifest.format}, not {FORMAT}")
            return manifest
    raise BackupFailed(f"{source} has no part {MANIFEST!r}")


def _refuse_full(data: Path) -> None:
    for name in FOLDERS:
        if (data / name).exists() and any((data / name).iterdir()):
            raise BackupFailed(f"the place is not empty: there is {data / name}")


@contextlib.contextmanager
def _undone_on_failure(settings: Settings, staging: Path) -> Iterator[None]:
    """Remove what was made here, the files of an embedded database too."""
    cluster = settings.data / "postgres"
    ours = settings.database_url is None and not cluster.exists()
    try:
        yield
    except BaseException:
        shutil.rmtree(staging, ignore_errors=True)
        if ours:
            shutil.rmtree(cluster, ignore_errors=True)
        raise


@contextlib.contextmanager
def _emptied_on_failure(url: str) -> Iterator[None]:
    """Empty the database again; it is refused when it holds anything at the start."""
    with trail.connect(url) as connection:
        if count_rows(connection) or connection.execute(_SCHEMAS).fetchone():
            raise BackupFailed("the place is not empty: there are tables in the database")
    try:
        yield
    except BaseException:
        _empty(url)
        raise


def _empty(url: str) -> None:
    with trail.connect(url) as connection:
        connection.read_only = False
        with connection.transaction():
            for row in connection.execute(_SCHEMAS).fetchall():
                name = sql.Identifier(row["name"])
                connection.execute(sql.SQL("DROP SCHEMA {} CASCADE").format(name))
            for table in count_rows(connection):
                named = sql.Identifier(*table.split(".", 1))
                connection.execute(sql.SQL("DROP TABLE {} CASCADE").format(named))


def _choose_secret(settings: Settings, manifest: Manifest, staging: Path) -> bytes:
    """Return the secret with which the backup can be read: the place's own, or its copy.

    A secret that was made for this place just now has locked nothing yet and gives way.
    """
    path = staging / SECRET
    kept = settings.data / SECRET
    secret = settings.secret_keys
    if path.exists() and kept.exists() and kept.read_bytes() == secret:
        secret = path.read_bytes()
    if recognise(secret) != manifest.secret:
        raise BackupFailed(
            "the secret here is not the one of the backup: put the right one into "
            f"{kept} or THONGTHIN_SECRET first"
        )
    return secret


def _restore_rows(url: str, staging: Path, manifest: Manifest) -> None:
    with trail.connect(url) as connection:
        server = connection.info.server_version // 10_000
        if server < manifest.server:
            raise BackupFailed(
                f"the backup is of PostgreSQL {manifest.server} and the server here is {server}: "
                "restore it into the same release or a newer one"
            )
        connection.read_only = False
        connection.execute(ROLE)
    program, _ = programs.find("pg_restore", max(server, manifest.program))
    arguments = ["--single-transaction", "--exit-on-error", "--no-owner", str(staging / DUMP)]
    programs.run(program, url, arguments)


def _check_rows(url: str, staging: Path, manifest: Manifest, secret: bytes) -> None:
    keys = Keys(secret)
    with trail.connect(url) as connection:
        counts = count_rows(connection)
        for table in sorted(counts.keys() | manifest.rows.keys()):
            here, there = counts.get(table), manifest.rows.get(table)
            if here != there:
                raise BackupFailed(f"{table} has {here} rows instead of {there}")
        for tenant in trail.tenants(connection, staging):
            checked = trail.check(connection, keys, staging, tenant, now=manifest.at)
            finding = str(checked.finding) if checked.finding else None
            if finding != manifest.findings.get(tenant):
                raise BackupFailed(f"the audit trail of {tenant}: {finding}")
            head = trail.head_of(connection, tenant)
            if (head.seq if head else None) != manifest.heads.get(tenant):
                raise BackupFailed(f"the audit trail of {tenant} has another end")


def _put_in_place(settings: Settings, staging: Path, secret: bytes) -> None:
    """Move what was checked to where it belongs."""
    moved: list[Path] = []
    try:
        for name in FOLDERS:
            if (staging / name).exists():
                # Only an empty folder can stand there.
                moved.append((staging / name).rename(settings.data / name))
        if secret != settings.secret_keys:
            (staging / SECRET).replace(settings.data / SECRET)
    except BaseException:
        for path in moved:
            shutil.rmtree(path)
        raise
