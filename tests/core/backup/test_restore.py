import contextlib
import hashlib
import io
import random
import re
import shutil
import tarfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import msgspec
import psycopg
import pytest

from core import audit, db
from core.audit import trail
from core.audit.sealing import seal_all
from core.backup import archive
from core.backup.backup import count_rows, make_backup
from core.backup.manifest import DUMP, MANIFEST, BackupFailed, Manifest
from core.backup.restore import restore
from core.context import Context
from core.keys import Keys
from core.runtime import make_runtime
from core.settings import Settings, read_settings
from tests.conftest import NOW

Rewrite = Callable[[Callable[[str, bytes], bytes | None]], Path]

# Everything about tables that a dump must carry: columns, keys, policies, grants, functions.
STRUCTURE = {
    "columns": "SELECT table_schema, table_name, column_name, data_type, is_nullable,"
    " column_default FROM information_schema.columns"
    " WHERE table_schema NOT IN ('pg_catalog', 'information_schema')",
    "constraints": "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid)"
    " FROM pg_constraint WHERE conrelid <> 0",
    "indexes": "SELECT indexdef FROM pg_indexes WHERE schemaname !~ '^pg_'",
    "policies": "SELECT schemaname, tablename, policyname, roles, cmd, qual FROM pg_policies",
    "row security": "SELECT oid::regclass::text, relrowsecurity FROM pg_class"
    " WHERE relkind = 'r' AND relnamespace::regnamespace::text !~ '^pg_'",
    "table grants": "SELECT table_schema, table_name, privilege_type"
    " FROM information_schema.role_table_grants WHERE grantee = 'thongthin_app'",
    "column grants": "SELECT table_schema, table_name, column_name, privilege_type"
    " FROM information_schema.role_column_grants WHERE grantee = 'thongthin_app'",
    "functions": "SELECT proname, prosrc, prosecdef, proacl IS NULL FROM pg_proc"
    " WHERE pronamespace::regnamespace::text !~ '^(pg_|information_schema)'",
}


@contextlib.contextmanager
def outside(settings: Settings) -> Iterator[str]:
    assert settings.database_url is not None
    yield settings.database_url


def contents(url: str) -> Mapping[str, list[str]]:
    with trail.connect(url) as connection:
        rows = {
            table: f"SELECT one::text AS row FROM {table} AS one"  # noqa: S608
            for table in count_rows(connection)
        }
        found = {
            what: sorted(str(tuple(row.values())) for row in connection.execute(query).fetchall())
            for what, query in [*rows.items(), *STRUCTURE.items()]
        }
    # PostgreSQL writes the same condition with other casts and brackets when it reads it again.
    for what in ("constraints", "indexes"):
        found[what] = [re.sub(r"::[\w .]+(\[\])?|[() ]", "", one) for one in found[what]]
    return found


def files(folder: Path) -> Mapping[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and not path.name.startswith(".new-")
    }


def is_empty(place: Settings) -> bool:
    assert place.database_url is not None
    with trail.connect(place.database_url) as connection:
        schemas = connection.execute(
            "SELECT 1 FROM pg_namespace WHERE nspname IN ('core', 'procrastinate')"
        ).fetchone()
        tables = count_rows(connection)
    return not (tables or schemas or (place.data.exists() and any(place.data.iterdir())))


def test_rows_files_and_trails_are_the_same_afterwards(
    backup: Path, database: str, lived_in: Settings, place: Settings
) -> None:
    restore(place, backup, outside)

    assert place.database_url is not None
    assert contents(place.database_url) == contents(database)
    assert files(place.data / "files") == files(lived_in.data / "files")
    assert files(place.data / "audit") == files(lived_in.data / "audit")
    assert {path.name for path in place.data.iterdir()} == {"files", "audit"}
    with trail.connect(place.database_url) as here, trail.connect(database) as there:
        assert trail.head_of(here, "maehia") == trail.head_of(there, "maehia")


async def test_work_goes_on_in_the_restored_installation(
    backup: Path, ctx: Context, place: Settings
) -> None:
    restore(place, backup, outside)
    await db.close_pool()
    assert place.database_url is not None
    runtime = make_runtime(place, place.database_url)
    await db.open_pool()
    tenant = await runtime.directory.get("maehia")
    assert tenant is not None
    here = runtime.context(tenant, now=ctx.now)

    async with db.transaction(here) as connection:
        assert await connection.fetchval("SELECT current_user") == db.APP_ROLE
        assert await connection.fetchval("SELECT count(DISTINCT tenant_id) FROM core.unit") == 1
        await audit.record(here, "core.test.done", "thing/after")
    assert await seal_all(Keys(here.settings.secret_keys), place.data, now=ctx.now) == 2

    with trail.connect(place.database_url) as owner:
        checked = trail.check(
            owner, Keys(here.settings.secret_keys), place.data, "maehia", now=ctx.now
        )
    assert checked.finding is None


def test_wherever_a_byte_is_flipped_it_fails_and_leaves_nothing(
    backup: Path, place: Settings
) -> None:
    rng = random.Random(2569)  # noqa: S311
    whole = backup.read_bytes()
    ends = [0, 1, 257, 512, len(whole) - 1, len(whole) - 2, len(whole) - 70, len(whole) - 80]
    for at in [*ends, *(rng.randrange(len(whole)) for _ in range(300))]:
        damaged = bytearray(whole)
        damaged[at] ^= 1 << rng.randrange(8)
        backup.write_bytes(damaged)
        with pytest.raises(BackupFailed, match="damaged or not complete"):
            restore(place, backup, outside)

    assert is_empty(place)


def test_a_backup_cut_off_anywhere_fails_and_leaves_nothing(backup: Path, place: Settings) -> None:
    rng = random.Random(2569)  # noqa: S311
    whole = backup.read_bytes()
    for left in [0, 1, 71, 72, len(whole) - 1, *(rng.randrange(len(whole)) for _ in range(50))]:
        backup.write_bytes(whole[:left])
        with pytest.raises(BackupFailed, match="damaged or not complete"):
            restore(place, backup, outside)

    assert is_empty(place)


@pytest.mark.parametrize("part", [MANIFEST, DUMP, "audit/maehia.heads", archive.SUMS])
def test_a_backup_without_one_of_its_parts_fails_and_leaves_nothing(
    part: str, backup: Path, place: Settings, tmp_path: Path
) -> None:
    content = io.BytesIO()
    with tarfile.open(backup) as old, tarfile.open(fileobj=content, mode="w") as new:
        for one in old.getmembers():
            if one.name != part:
                new.addfile(one, old.extractfile(one))
    digest = hashlib.sha256(content.getvalue()).hexdigest()
    path = tmp_path / "fewer.tar"
    path.write_bytes(content.getvalue() + f"sha256 {digest}\n".encode())

    with pytest.raises(BackupFailed, match=f"part '{part}'"):
        restore(place, path, outside)

    assert is_empty(place)


def test_a_part_that_does_not_fit_its_sum_is_named(
    backup: Path, place: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = bytearray(backup.read_bytes())
    whole[whole.index(b"PGDMP") + 100] ^= 1
    backup.write_bytes(whole)
    # As if the byte had been lost on the way from the disk, after the first reading.
    monkeypatch.setattr(archive, "check_whole", lambda _: None)

    with pytest.raises(BackupFailed, match=f"the part '{DUMP}' is damaged"):
        restore(place, backup, outside)

    assert is_empty(place)


def test_rows_that_are_too_few_fail_and_leave_nothing(rewrite: Rewrite, place: Settings) -> None:
    def one_more(name: str, data: bytes) -> bytes:
        if name != MANIFEST:
            return data
        manifest = msgspec.json.decode(data, type=Manifest)
        rows = manifest.rows | {"core.unit": manifest.rows["core.unit"] + 1}
        return msgspec.json.encode(msgspec.structs.replace(manifest, rows=rows))

    with pytest.raises(BackupFailed, match=r"core\.unit has \d+ rows instead of"):
        restore(place, rewrite(one_more), outside)

    assert is_empty(place)


def test_a_trail_that_was_touched_after_the_backup_began_fails_and_leaves_nothing(
    lived_in: Settings, database: str, ctx: Context, place: Settings, tmp_path: Path
) -> None:
    path = tmp_path / "touched.tar"
    with trail.connect(database) as owner:
        owner.execute("DELETE FROM core.audit_entry WHERE tenant_id = 'yala' AND seq = 5")
    made = make_backup(lived_in, database, path, with_keys=False, now=ctx.now)
    hidden = tmp_path / "hidden.tar"
    with archive.written(hidden) as writer:
        for name, content in archive.parts(path):
            data = content.read()
            if name == MANIFEST:
                data = msgspec.json.encode(msgspec.structs.replace(made.manifest, findings={}))
            if name != archive.SUMS:
                writer.add(name, data)

    with pytest.raises(BackupFailed, match="trail of yala: entry 5: it is missing"):
        restore(place, hidden, outside)

    assert is_empty(place)


def test_a_dump_that_breaks_off_fails_and_leaves_nothing(rewrite: Rewrite, place: Settings) -> None:
    path = rewrite(lambda name, data: data[: len(data) // 2] if name == DUMP else data)

    with pytest.raises(BackupFailed, match="pg_restore"):
        restore(place, path, outside)

    assert is_empty(place)


def test_a_place_with_tables_is_refused_and_stays_as_it_is(backup: Path, place: Settings) -> None:
    assert place.database_url is not None
    with psycopg.connect(place.database_url, autocommit=True) as connection:
        connection.execute("CREATE TABLE mine AS SELECT 1 AS id")

    with pytest.raises(BackupFailed, match="not empty: there are tables"):
        restore(place, backup, outside)

    with psycopg.connect(place.database_url) as connection:
        assert connection.execute("SELECT id FROM mine").fetchall() == [(1,)]


def test_plugins_of_the_catalog_and_whom_it_is_trusted_by_come_back(
    lived_in: Settings, place: Settings, database: str, tmp_path: Path
) -> None:
    kept = {
        "plugins/installed.json": b"{}",
        "plugins/library/0.1.0/library/plugin.py": b"x = 1\n",
        "catalog/root.json": b"{}",
        "catalog/catalog.json": b"{}",
    }
    for name, data in {**kept, "catalog/online.1/timestamp.json": b"{}"}.items():
        (lived_in.data / name).parent.mkdir(parents=True, exist_ok=True)
        (lived_in.data / name).write_bytes(data)
    target = tmp_path / "with-plugins.tar"
    make_backup(lived_in, database, target, with_keys=False, now=NOW)

    restore(place, target, outside)

    found = {**files(place.data / "plugins"), **files(place.data / "catalog")}
    assert found == {name.partition("/")[2]: data for name, data in kept.items()}


@pytest.mark.parametrize("name", ["files", "audit", "plugins", "catalog"])
def test_a_place_with_files_is_refused_and_stays_as_it_is(
    name: str, backup: Path, place: Settings
) -> None:
    (place.data / name).mkdir(parents=True)
    (place.data / name / "mine").write_text("mine")

    with pytest.raises(BackupFailed, match="not empty: there is"):
        restore(place, backup, outside)

    assert (place.data / name / "mine").read_text() == "mine"
    shutil.rmtree(place.data)
    assert is_empty(place)


def test_another_secret_is_refused(backup: Path, place: Settings) -> None:
    with pytest.raises(BackupFailed, match="the secret here is not the one"):
        restore(replace(place, secret_keys=bytes(32)), backup, outside)

    assert is_empty(place)


def test_a_backup_with_keys_brings_the_secret_along(
    lived_in: Settings, database: str, ctx: Context, place: Settings, tmp_path: Path
) -> None:
    secret = lived_in.data / "keys" / "secret"
    secret.parent.mkdir()
    secret.write_bytes(lived_in.secret_keys)
    path = tmp_path / "keys.tar"
    make_backup(lived_in, database, path, with_keys=True, now=ctx.now)
    fresh = read_settings({"THONGTHIN_DATA": str(place.data)})
    assert fresh.secret_keys != lived_in.secret_keys

    restore(replace(place, secret_keys=fresh.secret_keys), path, outside)

    again = read_settings({"THONGTHIN_DATA": str(place.data)})
    assert again.secret_keys == lived_in.secret_keys


def test_what_a_killed_restoration_left_in_the_folder_does_not_hinder_the_next(
    backup: Path, place: Settings
) -> None:
    (place.data / "restoring" / "files").mkdir(parents=True)

    restore(place, backup, outside)

    assert not (place.data / "restoring").exists()


@pytest.mark.parametrize("name", ["../evil", "/evil", "files/../../evil", "evil", "files"])
def test_a_part_that_would_leave_its_folder_is_refused(
    name: str, place: Settings, tmp_path: Path
) -> None:
    path = tmp_path / "evil.tar"
    with archive.written(path) as writer:
        writer.add(name, b"evil")

    with pytest.raises(BackupFailed, match="no part of such a file"):
        restore(place, path, outside)


def test_a_file_that_is_not_there_or_no_backup_is_said(place: Settings, tmp_path: Path) -> None:
    other = tmp_path / "other.txt"
    other.write_text("hello " * 100)

    with pytest.raises(BackupFailed, match="cannot be read"):
        restore(place, tmp_path / "none.tar", outside)
    with pytest.raises(BackupFailed, match="damaged or not complete"):
        restore(place, other, outside)
