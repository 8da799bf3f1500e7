"""An installation with rows, files and sealed trails, its backup, and empty places to restore."""

import asyncio
import secrets
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit
from uuid import UUID

import psycopg
import pytest

from core import audit, db
from core.audit.sealing import seal_all
from core.backup import archive
from core.backup.backup import make_backup
from core.context import Context
from core.keys import Keys
from core.settings import Settings

Change = Callable[[str, bytes], bytes | None]


@pytest.fixture
async def lived_in(ctx: Context, other: Context, settings: Settings) -> Settings:
    """Rows, sealed and unsealed entries, and files of two municipalities."""
    for who in (ctx, other):
        folder = settings.data / "files" / who.tenant.id / "ab"
        folder.mkdir(parents=True)
        (folder / secrets.token_hex(32)).write_bytes(secrets.token_bytes(2000))
        (folder / secrets.token_hex(32)).write_bytes(b"")
        (folder / ".new-1234").write_bytes(b"half")
        async with db.transaction(who):
            for number in range(20):
                await audit.record(who, "core.test.done", f"thing/{number}", owner=UUID(int=7))
    await seal_all(Keys(ctx.settings.secret_keys), settings.data, now=ctx.now)
    async with db.transaction(ctx):
        await audit.record(ctx, "core.test.done", "thing/last")
    return settings


@pytest.fixture
async def backup(lived_in: Settings, ctx: Context, database: str, tmp_path: Path) -> Path:
    path = tmp_path / "backup.tar"
    await asyncio.to_thread(make_backup, lived_in, database, path, with_keys=False, now=ctx.now)
    return path


@pytest.fixture
def place(server: str, settings: Settings, tmp_path: Path) -> Iterator[Settings]:
    """Settings of an empty database and an empty folder, with the same secret."""
    name = f"place_{secrets.token_hex(4)}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
        parts = urlsplit(server)
        url = urlunsplit(parts._replace(path=f"/{name}"))
        yield replace(settings, database_url=url, data=tmp_path / "place")
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def rewrite(backup: Path, tmp_path: Path) -> Callable[[Change], Path]:
    """Write the backup again, with sums that fit, after changing or leaving out parts."""

    def write(change: Change) -> Path:
        path = tmp_path / "rewritten.tar"
        with archive.written(path) as writer:
            for name, content in archive.parts(backup):
                data = change(name, content.read())
                if data is not None and name != archive.SUMS:
                    writer.add(name, data)
        return path

    return write
