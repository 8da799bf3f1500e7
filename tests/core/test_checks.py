import importlib
import secrets
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import asyncpg
import pytest
from piccolo.conf.apps import AppConfig

from core.checks import NotReady, find_open_tables, find_unready, refuse_unready
from core.context import Context
from core.discovery import Found, find
from core.host import Host
from core.migrations import migrate
from core.registry import apps

MakePlugin = Callable[..., Found]

TABLE = "CREATE TABLE parks.bench (tenant_id varchar(32) NOT NULL, id uuid NOT NULL);"
KEPT = f"{TABLE} SELECT core.keep_within_tenant('parks.bench');"

MIGRATION = """
from core.migrations import sql_migration
ID = "2026-11-20T01:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = ""
async def forwards():
    return sql_migration("parks", ID, {up!r}, "")
"""


@pytest.fixture
def parks(a_plugin: MakePlugin, tmp_path: Path) -> Callable[[str], Host]:
    def make(up: str) -> Host:
        # Piccolo imports it under its own name, and a name is imported once in a process.
        name = f"parks_{secrets.token_hex(4)}.py"
        (tmp_path / name).write_text(MIGRATION.format(up=up), encoding="utf-8")
        config = AppConfig(app_name="parks", migrations_folder_path=str(tmp_path))
        return Host([*find(), a_plugin("parks", register_tables=lambda: config)])

    return make


async def test_everything_in_this_tree_is_ready_after_migrating(database: str) -> None:
    assert await find_unready(Host(find()), database) == {}


def test_rooms_of_the_kit_are_migrated_before_the_plugins() -> None:
    names = [app.app_name for app in apps(Host(find()))]
    rooms = {one.name for one in find(["kit"])}
    of_kit = [name in rooms for name in names]

    assert names[0] == "core"
    assert of_kit == [False, *sorted(of_kit[1:], reverse=True)]
    assert True in of_kit


async def test_a_plugin_that_is_not_migrated_is_refused(
    database: str, parks: Callable[[str], Host]
) -> None:
    host = parks(KEPT)

    await refuse_unready(host, database)
    assert "parks" not in host.plugins
    assert "not up to date" in host.refused["parks"].reason


async def test_a_plugin_is_ready_when_its_tables_are_kept_within_the_tenant(
    database: str, parks: Callable[[str], Host]
) -> None:
    host = parks(KEPT)
    assert await migrate(database, apps(host)) == {}

    await refuse_unready(host, database)

    assert "parks" in host.plugins


@pytest.mark.parametrize(
    "up",
    [
        TABLE,
        f"{TABLE} GRANT ALL ON parks.bench TO thongthin_app;",
        f"{KEPT} ALTER TABLE parks.bench DISABLE ROW LEVEL SECURITY;",
        f"{KEPT} CREATE POLICY more ON parks.bench TO thongthin_app USING (true);",
        f"{KEPT} ALTER POLICY within_tenant ON parks.bench USING (true);",
        f"{KEPT} ALTER POLICY within_tenant ON parks.bench TO PUBLIC;",
        f"{KEPT} ALTER POLICY within_tenant ON parks.bench WITH CHECK (true);",
        f"{KEPT} CREATE VIEW parks.seen AS TABLE parks.bench;",
        f"{KEPT} CREATE MATERIALIZED VIEW parks.seen AS TABLE parks.bench;",
    ],
)
async def test_a_plugin_whose_rows_could_be_seen_by_others_is_refused_by_name(
    database: str, parks: Callable[[str], Host], up: str
) -> None:
    host = parks(up)
    assert await migrate(database, apps(host)) == {}

    await refuse_unready(host, database)

    assert "row-level security" in host.refused["parks"].reason
    assert "parks" not in host.plugins


async def test_of_two_migrations_with_one_id_none_is_run(
    database: str, parks: Callable[[str], Host]
) -> None:
    parks(KEPT)
    host = parks("SELECT 1;")

    failed = await migrate(database, apps(host))

    assert "same ID" in str(failed["parks"])


async def test_a_database_from_before_keys_of_municipalities_is_refused_by_name(
    database: str, ctx: Context
) -> None:
    assert ctx.tenant.id == "maehia"  # it is founded
    secret = importlib.import_module("core.piccolo_migrations.core_2026_11_29_04_secret")
    connection = await asyncpg.connect(database)
    try:
        await connection.execute(secret.DOWN)
        with pytest.raises(asyncpg.RaiseError, match="made before"):
            await connection.execute(secret.UP)
    finally:
        await connection.close()


async def test_a_view_that_asks_as_its_reader_is_no_hole(
    database: str, parks: Callable[[str], Host]
) -> None:
    view = "CREATE VIEW parks.seen WITH (security_invoker=true) AS SELECT * FROM parks.bench;"
    host = parks(f"{KEPT} {view}")
    await migrate(database, apps(host))

    assert await find_unready(host, database) == {}


async def test_a_table_that_belongs_to_no_tenant_needs_no_policy(
    database: str, parks: Callable[[str], Host]
) -> None:
    host = parks("CREATE TABLE parks.kind (id uuid NOT NULL);")
    await migrate(database, apps(host))

    assert await find_unready(host, database) == {}


async def test_without_the_cores_tables_nothing_starts(server: str) -> None:
    connection = await asyncpg.connect(server)
    await connection.execute("CREATE DATABASE empty_one")
    url = urlunsplit(urlsplit(server)._replace(path="/empty_one"))
    try:
        with pytest.raises(NotReady, match="thongthin migrate"):
            await refuse_unready(Host(find()), url)
    finally:
        await connection.execute("DROP DATABASE empty_one WITH (FORCE)")
        await connection.close()


async def test_the_check_looks_into_the_schemas_that_it_is_given(database: str) -> None:
    connection = await asyncpg.connect(database)
    try:
        await connection.execute("CREATE TABLE public.loose (tenant_id text)")
        assert await find_open_tables(connection, ["core"]) == {}
        assert await find_open_tables(connection, ["public"]) == {"public": ["loose"]}
    finally:
        await connection.close()
