"""Bring the database up: roles, the schema of every floor, and the job queue's own.

A migration is a module of Piccolo's whose steps are SQL text: what was done to
a database must not change when the tables in the code do. A test compares the
result with what the tables say.
"""

import contextlib
import io
import logging
from collections.abc import Collection, Mapping, Sequence
from importlib import resources
from pathlib import Path

import asyncpg
from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.apps.migrations.commands.forwards import ForwardsMigrationManager
from piccolo.apps.migrations.tables import Migration
from piccolo.conf.apps import AppConfig, MigrationModule

from core import db

log = logging.getLogger(__name__)

# Nothing of these texts comes from outside.
ROLE = f"""
DO $$ BEGIN
  IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = '{db.APP_ROLE}') THEN
    CREATE ROLE {db.APP_ROLE} NOLOGIN NOBYPASSRLS;
  END IF;
EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
END $$;
GRANT {db.APP_ROLE} TO CURRENT_USER;
"""  # noqa: S608

_PREPARE = f"""{ROLE}
CREATE SCHEMA IF NOT EXISTS core;
GRANT USAGE ON SCHEMA core TO {db.APP_ROLE};

CREATE OR REPLACE FUNCTION core.set_tenant(tenant text) RETURNS void LANGUAGE plpgsql AS $f$
BEGIN
  IF coalesce(current_setting('thongthin.tenant', true), '') NOT IN ('', tenant) THEN
    RAISE EXCEPTION 'a transaction belongs to one tenant'
      USING ERRCODE = 'insufficient_privilege';
  END IF;
  EXECUTE format('SET LOCAL thongthin.tenant = %L', tenant);
END $f$;

CREATE OR REPLACE FUNCTION core.keep_within_tenant(relation regclass) RETURNS void
LANGUAGE plpgsql AS $f$
BEGIN
  EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', relation);
  EXECUTE format('CREATE POLICY within_tenant ON %s TO {db.APP_ROLE}
    USING (tenant_id = current_setting(''thongthin.tenant'', true))', relation);
  EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %s TO {db.APP_ROLE}', relation);
END $f$;
"""

_JOBS = f"""
CREATE SCHEMA procrastinate;
SET LOCAL search_path = procrastinate;
{{schema}}
GRANT USAGE ON SCHEMA procrastinate TO {db.APP_ROLE};
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA procrastinate TO {db.APP_ROLE};
GRANT USAGE ON ALL SEQUENCES IN SCHEMA procrastinate TO {db.APP_ROLE};
"""

# The queue belongs to nobody, and the worker sees all of it. Where a transaction names its
# municipality it sees, and adds, only that one's jobs.
_JOBS_WITHIN_TENANT = f"""
DO $$ BEGIN
  ALTER TABLE procrastinate.procrastinate_jobs ENABLE ROW LEVEL SECURITY;
  CREATE POLICY within_tenant ON procrastinate.procrastinate_jobs TO {db.APP_ROLE}
    USING (coalesce(current_setting('thongthin.tenant', true), '') IN ('', args ->> 'tenant'));
EXCEPTION WHEN duplicate_object THEN NULL;
END $$;
"""


def sql_migration(app: str, migration_id: str, up: str, down: str) -> MigrationManager:
    """Return a migration that runs SQL.

    The schema ``app`` exists and is open to the application's role when it runs.

    :param up: statements; a tenant's table ends with ``SELECT core.keep_within_tenant('…')``.
    :param down: statements that undo them; "" where nothing can.
    """
    manager = MigrationManager(migration_id=migration_id, app_name=app, description="")

    async def forwards() -> None:
        await db.current_connection().execute(
            f"CREATE SCHEMA IF NOT EXISTS {app}; GRANT USAGE ON SCHEMA {app} TO {db.APP_ROLE};{up}"
        )

    async def backwards() -> None:
        await db.current_connection().execute(down)

    manager.add_raw(forwards)
    if down:
        manager.add_raw_backwards(backwards)
    return manager


async def migrate(
    url: str, apps: Sequence[AppConfig], *, essential: Collection[str] = ()
) -> dict[str, BaseException]:
    """Bring the core, the kit and every plugin up to date.

    :param url: of the owner.
    :param apps: in the order of the floors.
    :param essential: those whose failure stops everything; another that fails is left out.
    :returns: what failed, by app.
    """
    connection = await asyncpg.connect(url)
    try:
        await connection.execute("SELECT pg_advisory_lock(hashtext('thongthin.migrate'))")
        await connection.execute(_PREPARE)
        await _prepare_jobs(connection)
        return await _run(url, apps, essential)
    finally:
        await connection.close()


async def _prepare_jobs(connection: asyncpg.Connection) -> None:
    if await connection.fetchval("SELECT to_regnamespace('procrastinate') IS NULL"):
        schema = (resources.files("procrastinate.sql") / "schema.sql").read_text()
        async with connection.transaction():
            await connection.execute(_JOBS.format(schema=schema))
    await connection.execute(_JOBS_WITHIN_TENANT)


async def _run(
    url: str, apps: Sequence[AppConfig], essential: Collection[str]
) -> dict[str, BaseException]:
    failed: dict[str, BaseException] = {}
    before = db.engine.config
    db.configure(url, as_owner=True)
    db.engine.config["server_settings"]["search_path"] = "public"
    try:
        await Migration.create_table(if_not_exists=True)
        for app in apps:
            try:
                await _bring_up(app)
            except (Exception, SystemExit) as problem:
                if app.app_name in essential:
                    raise
                log.exception("migrating %s failed", app.app_name)
                failed[app.app_name] = problem
    finally:
        db.engine.config = before
    return failed


async def undo(url: str, app: str, steps: Mapping[str, MigrationManager]) -> None:
    """Undo migrations that have been run, the last one first, all or none.

    :param url: of the owner.
    :param steps: by their names, with what undoes them.
    """
    before = db.engine.config
    db.configure(url, as_owner=True)
    db.engine.config["server_settings"]["search_path"] = "public"
    try:
        async with db.across_tenants():
            ran = await Migration.get_migrations_which_ran(app)
            for name in sorted(steps.keys() & set(ran), reverse=True):
                with contextlib.redirect_stdout(io.StringIO()):
                    await steps[name].run(backwards=True)
                await Migration.delete().where(Migration.name == name, Migration.app_name == app)
    finally:
        db.engine.config = before


async def _bring_up(app: AppConfig) -> None:
    """Run what has not been run; a step and the note that it ran are one transaction."""
    modules = _modules(app)
    ran = await Migration.get_migrations_which_ran(app.app_name)
    for name in sorted(modules.keys() - set(ran)):
        async with db.across_tenants():
            manager = await modules[name].forwards()
            with contextlib.redirect_stdout(io.StringIO()):
                await manager.run()
            await Migration.insert(Migration(name=name, app_name=app.app_name))


def _modules(app: AppConfig) -> dict[str, MigrationModule]:
    """Return the migrations by their IDs.

    :raises RuntimeError: two have the same, so one would never be run.
    """
    folder = Path(app.resolved_migrations_folder_path)
    modules = ForwardsMigrationManager(app.app_name).get_migration_modules(str(folder))
    if len(modules) < sum(path.stem != "__init__" for path in folder.glob("*.py")):
        raise RuntimeError(f"two migrations of {app.app_name} have the same ID, or one has none")
    return modules
