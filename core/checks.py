"""Whether the database fits the plugins: migrated, and every tenant's rows behind the policy.

A plugin whose tables are half migrated, or which keeps rows of municipalities in a table
without row-level security, is refused by name; the site is served without it.
"""

import logging
from collections.abc import Iterable, Mapping

import asyncpg
from piccolo.apps.migrations.commands.forwards import ForwardsMigrationManager
from piccolo.conf.apps import AppConfig

from core import db
from core.host import Host
from core.manifest import PluginRefused
from core.registry import apps

log = logging.getLogger(__name__)

# Policies add up, so a second one would let more through. A view shows what its owner may
# see unless it says otherwise; a copy of rows (materialised view) has no policy at all.
_OPEN = """
SELECT space.nspname AS schema, relation.relname AS name
FROM pg_class AS relation
JOIN pg_namespace AS space ON space.oid = relation.relnamespace
JOIN pg_attribute AS field ON field.attrelid = relation.oid AND field.attname = 'tenant_id'
WHERE space.nspname = ANY($1) AND relation.relkind IN ('r', 'p', 'f', 'v', 'm')
AND NOT CASE
  WHEN relation.relkind = 'v'
    THEN coalesce(relation.reloptions && '{security_invoker=true,security_invoker=on}', false)
  ELSE relation.relrowsecurity AND (
    SELECT count(*) = 1 AND bool_and(
      policyname = 'within_tenant' AND cmd = 'ALL' AND permissive = 'PERMISSIVE'
      AND roles = ARRAY[$2]::name[] AND with_check IS NULL
      AND qual ~ $3
    )
    FROM pg_policies
    WHERE schemaname = space.nspname AND tablename = relation.relname
  )
END
ORDER BY 1, 2
"""
# As PostgreSQL writes the condition of core.keep_within_tenant, whatever the column's type.
_CONDITION = r"^\(+tenant_id\)?(::text)? = current_setting\('thongthin\.tenant'::text, true\)\)$"


class NotReady(RuntimeError):
    """The database does not fit this release; the sentence says what to do."""


async def find_open_tables(
    connection: asyncpg.Connection, schemas: Iterable[str]
) -> dict[str, list[str]]:
    """Return, by schema, what holds rows of municipalities without the policy between them."""
    rows = await connection.fetch(_OPEN, list(schemas), db.APP_ROLE, _CONDITION)
    found: dict[str, list[str]] = {}
    for row in rows:
        found.setdefault(row["schema"], []).append(row["name"])
    return found


def read_migrations(known: Iterable[AppConfig]) -> tuple[dict[str, set[str]], dict[str, str]]:
    """Return, by app, the names of its migrations, and why those of another cannot be read."""
    names: dict[str, set[str]] = {}
    unread: dict[str, str] = {}
    for app in known:
        manager = ForwardsMigrationManager(app.app_name)
        try:
            modules = manager.get_migration_modules(app.resolved_migrations_folder_path)
        except (Exception, SystemExit) as problem:
            log.exception("the migrations of %s cannot be read", app.app_name)
            reason = f"its migrations cannot be read: {type(problem).__name__}: {problem}"
            unread[app.app_name] = reason
        else:
            names[app.app_name] = set(modules)
    return names, unread


async def find_pending(
    connection: asyncpg.Connection, known: Mapping[str, set[str]]
) -> dict[str, list[str]]:
    """Return, by app, the migrations that have not been run.

    :param known: the names of all, by app.
    """
    ran: set[tuple[str, str]] = set()
    if await connection.fetchval("SELECT to_regclass('public.migration') IS NOT NULL"):
        rows = await connection.fetch("SELECT app_name, name FROM public.migration")
        ran = {(row["app_name"], row["name"]) for row in rows}
    pending = {
        app: sorted(name for name in names if (app, name) not in ran)
        for app, names in known.items()
    }
    return {app: names for app, names in pending.items() if names}


async def find_unready(host: Host, url: str) -> dict[str, str]:
    """Return why the database is not ready, by plugin; ``core`` stands for the core.

    :param url: of the owner.
    """
    known, unread = read_migrations(apps(host))
    connection = await asyncpg.connect(url)
    try:
        pending = await find_pending(connection, known)
        open_tables = await find_open_tables(connection, known)
    finally:
        await connection.close()
    return unread | _reasons(pending, open_tables)


def _reasons(
    pending: Mapping[str, list[str]], open_tables: Mapping[str, list[str]]
) -> dict[str, str]:
    reasons = {
        app: f"its tables are not up to date: migrations to run are {', '.join(names)}"
        for app, names in pending.items()
    }
    for app, tables in open_tables.items():
        reasons[app] = (
            f"rows of municipalities lie without row-level security in {', '.join(tables)}; "
            "end the migration with SELECT core.keep_within_tenant('<schema>.<table>')"
        )
    return reasons


async def refuse_unready(host: Host, url: str) -> None:
    """Refuse the plugins for which the database is not ready.

    :raises NotReady: for the core itself.
    """
    reasons = await find_unready(host, url)
    if "core" in reasons:
        raise NotReady(f"The database is not ready: {reasons['core']}. Run: thongthin migrate")
    for plugin, reason in reasons.items():
        host.refuse(PluginRefused(plugin, reason))
