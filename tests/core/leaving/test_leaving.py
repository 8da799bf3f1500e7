import asyncio
import hashlib
import json
import zipfile
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import asyncpg
import pytest

from core.leaving.exporting import NothingToExport, export_plugin
from core.leaving.reading import Export, ExportFault, read_export
from core.leaving.removing import StillOn, remove_plugin, remove_tables

NOW = datetime(2026, 11, 20, 3, 42, tzinfo=UTC)
PHOTO = b"a picture of a tree"
DIGEST = hashlib.sha256(PHOTO).hexdigest()
TABLES = f"""
CREATE SCHEMA parks;
CREATE TABLE parks.tree (tenant_id varchar(32) NOT NULL, id uuid NOT NULL, name text NOT NULL,
  photo varchar(64), PRIMARY KEY (tenant_id, id));
CREATE TABLE parks.kind (name text PRIMARY KEY);
INSERT INTO parks.kind VALUES ('ficus');
INSERT INTO parks.tree VALUES ('maehia', gen_random_uuid(), 'โพธิ์', '{DIGEST}'),
  ('maehia', gen_random_uuid(), 'ไทร', NULL), ('yala', gen_random_uuid(), 'ยาง', NULL);
INSERT INTO public.migration (name, app_name, ran_on) VALUES ('parks_1', 'parks', now());
INSERT INTO procrastinate.procrastinate_jobs (queue_name, task_name, args) VALUES
  ('plugins', 'parks.water', '{{"tenant": "maehia"}}'), ('core', 'core.other', '{{}}');
"""  # noqa: S608
WAITING = "SELECT task_name FROM procrastinate.procrastinate_jobs ORDER BY 1"
AWAITED = "SELECT 1 FROM pg_locks WHERE relation = 'parks.tree'::regclass AND NOT granted"
MIGRATED = "SELECT count(*) FROM public.migration WHERE app_name = 'parks'"


@pytest.fixture
async def url(database: str) -> str:
    """A database in which a plugin has rows of two municipalities."""
    await run(database, TABLES)
    return database


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """The folder of the installation, with a file that a row names."""
    kept = tmp_path / "files" / "maehia" / DIGEST[:2] / DIGEST
    kept.parent.mkdir(parents=True)
    kept.write_bytes(PHOTO)
    return tmp_path


async def run(url: str, statement: str) -> Sequence[Any]:
    connection = await asyncpg.connect(url, server_settings={"search_path": "procrastinate"})
    try:
        if ";" in statement:
            await connection.execute(statement)
            return []
        return [row[0] for row in await connection.fetch(statement)]
    finally:
        await connection.close()


async def export(url: str, data: Path, *tenants: str, shared: bool = True) -> Path:
    target = data / "parks.zip"
    await export_plugin(url, data, "parks", target=target, tenants=tenants, shared=shared, now=NOW)
    return target


async def test_an_export_has_each_row_and_file_and_says_how_many(url: str, data: Path) -> None:
    file = await export(url, data, "maehia", "yala")

    with zipfile.ZipFile(file) as archive:
        rows = archive.read("maehia/tree.jsonl").decode().splitlines()
        assert {json.loads(row)["name"] for row in rows} == {"โพธิ์", "ไทร"}
        assert archive.read(f"maehia/files/{DIGEST}") == PHOTO
        assert json.loads(archive.read("shared/kind.jsonl")) == {"name": "ficus"}
        for line in archive.read("hashes.txt").decode().splitlines():
            hash_, name = line.split("  ")
            assert hashlib.sha256(archive.read(name)).hexdigest() == hash_
    assert read_export(file)[0] == Export(
        plugin="parks",
        at=NOW,
        tenants=("maehia", "yala"),
        rows={"maehia/tree.jsonl": 2, "yala/tree.jsonl": 1, "shared/kind.jsonl": 1},
    )


async def test_an_export_of_one_municipality_has_nothing_of_others(url: str, data: Path) -> None:
    file = await export(url, data, "yala", shared=False)

    with zipfile.ZipFile(file) as archive:
        assert sorted(archive.namelist()) == ["hashes.txt", "plugin.json", "yala/tree.jsonl"]
        assert "โพธิ์" not in archive.read("yala/tree.jsonl").decode()


async def test_a_file_is_never_overwritten_by_an_export(url: str, data: Path) -> None:
    file = await export(url, data, "maehia")
    before = file.read_bytes()

    with pytest.raises(FileExistsError):
        await export(url, data, "maehia")

    assert file.read_bytes() == before


async def test_what_has_no_tables_is_not_exported(database: str, tmp_path: Path) -> None:
    with pytest.raises(NothingToExport):
        await export(database, tmp_path, "maehia")

    assert not (tmp_path / "parks.zip").exists()


async def test_an_export_that_was_touched_is_refused_and_what_was_touched_is_named(
    url: str, data: Path
) -> None:
    file = await export(url, data, "maehia", "yala")
    with zipfile.ZipFile(file) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(data / "other.zip", "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content.replace("โพธิ์".encode(), "ไผ่".encode()))

    with pytest.raises(ExportFault, match=r"maehia/tree\.jsonl is not as it was written"):
        read_export(data / "other.zip")


async def test_tables_that_are_exported_are_removed_with_what_waits_for_the_plugin(
    url: str, data: Path
) -> None:
    file = await export(url, data, "maehia", "yala")

    await remove_plugin(url, "parks", file)

    assert await run(url, "SELECT to_regnamespace('parks')") == [None]
    assert await run(url, MIGRATED) == [0]
    assert await run(url, WAITING) == ["core.other"]


async def test_nothing_is_removed_where_the_plugin_is_on(url: str, data: Path) -> None:
    file = await export(url, data, "maehia", "yala")
    on = "INSERT INTO core.plugin_switch VALUES ('yala', 'parks', true, '{}', NULL, NULL, now());"
    await run(url, on)

    with pytest.raises(StillOn, match="parks is on in yala"):
        await remove_plugin(url, "parks", file)

    assert await run(url, "SELECT count(*) FROM parks.tree") == [3]


@pytest.mark.parametrize(
    ("change", "whose"),
    [
        ("UPDATE parks.tree SET name = 'มะม่วง' WHERE name = 'ยาง';", "rows of yala"),
        ("INSERT INTO parks.tree VALUES ('khrueng', gen_random_uuid(), 'สัก', NULL);", "khrueng"),
        ("DELETE FROM parks.tree WHERE name = 'ไทร';", "rows of maehia"),
        ("INSERT INTO parks.kind VALUES ('teak');", "rows of shared"),
    ],
)
async def test_nothing_is_removed_when_a_row_is_not_as_it_was_exported(
    url: str, data: Path, change: str, whose: str
) -> None:
    file = await export(url, data, "maehia", "yala")
    await run(url, change)

    with pytest.raises(ExportFault, match=whose):
        await remove_plugin(url, "parks", file)

    assert await run(url, "SELECT to_regnamespace('parks')::text") == ["parks"]
    assert await run(url, MIGRATED) == [1]


async def test_a_row_that_comes_while_the_lock_is_awaited_keeps_the_tables(
    url: str, data: Path
) -> None:
    file = await export(url, data, "maehia", "yala")
    writer = await asyncpg.connect(url)
    writing = writer.transaction()
    await writing.start()
    await writer.execute("INSERT INTO parks.tree VALUES ('yala', gen_random_uuid(), 'สัก', NULL)")

    removing = asyncio.create_task(remove_plugin(url, "parks", file))
    async with asyncio.timeout(30):
        while not await run(url, AWAITED):  # noqa: ASYNC110 - a lock tells nobody
            await asyncio.sleep(0.01)
    await writing.commit()
    await writer.close()

    with pytest.raises(ExportFault, match="rows of yala"):
        await removing
    assert await run(url, "SELECT count(*) FROM parks.tree") == [4]


async def test_an_export_of_another_plugin_removes_nothing(url: str, data: Path) -> None:
    file = await export(url, data, "maehia", "yala")

    with pytest.raises(ExportFault, match="an export of parks, not of oss"):
        await remove_plugin(url, "oss", file)


async def test_what_waits_for_a_plugin_of_almost_the_same_name_stays(url: str) -> None:
    connection = await asyncpg.connect(url)

    await remove_tables(connection, "p_rks")

    await connection.close()
    assert await run(url, WAITING) == ["core.other", "parks.water"]
