"""Every plugin as an administrator sees it."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

import msgspec

from core import db
from core.catalog.entries import Standing
from core.context import Context
from core.discovery import Origin
from core.errors import NotFound
from core.manifest import Manifest
from core.modules.failures import KEPT, Failures, of_the_day
from core.modules.tiers import tiers_of
from core.tenants.tables import Stop, Switch
from core.text import Text

# Tables with their indexes, of all municipalities: what one of them fills could only be counted.
_BYTES = """
SELECT space.nspname AS plugin, sum(pg_total_relation_size(relation.oid))::bigint AS bytes
FROM pg_class AS relation JOIN pg_namespace AS space ON space.oid = relation.relnamespace
WHERE space.nspname = ANY($1) AND relation.relkind IN ('r', 'm') GROUP BY space.nspname
"""
_RESTED = """
SELECT subject, count(*) AS times FROM core.audit_entry
WHERE tenant_id = $1 AND subject = ANY($2) AND at > $3 AND action = 'core.plugin.rested'
GROUP BY subject
"""


class Other(msgspec.Struct, frozen=True):
    """A plugin that another one names."""

    name: str
    title: Text
    on: bool


class Module(msgspec.Struct, frozen=True, kw_only=True):
    """A plugin as an administrator sees it.

    :param on: switched on; it may rest all the same.
    :param resting_since: in quarantine since; None while it answers.
    :param cause: why it rests.
    :param rested: how often it was put to rest within thirty days.
    :param failures: within the last day.
    :param origin: of the platform, of the catalog, or installed by whoever runs the machine.
    :param stopped: why the catalog stopped this version; None where it did not.
    :param bytes: of its tables, of all municipalities of the installation.
    :param needed_by: all that name it, on or off.
    """

    name: str
    title: Text
    summary: Text
    version: str
    fixed: bool
    on: bool
    resting_since: datetime | None
    cause: str
    rested: int
    failures: Failures
    tier: Standing | None
    origin: Origin
    stopped: Text | None
    bytes: int
    needs: tuple[Other, ...]
    needed_by: tuple[Other, ...]


async def modules(ctx: Context, only: Collection[str] | None = None) -> list[Module]:
    """Return the plugins in the order of their titles, those of the platform last.

    :param only: these alone.
    """
    names = [name for name in ctx.host.plugins if only is None or name in only]
    subjects = [f"plugin/{name}" for name in names]
    async with db.transaction(ctx) as connection:
        switches = await Switch.select().where(Switch.of(ctx))
        sizes = await connection.fetch(_BYTES, names)
        rested = await connection.fetch(_RESTED, ctx.tenant.id, subjects, ctx.now - KEPT)
        failures = await of_the_day(ctx)
    rows = {row["plugin"]: row for row in switches}
    bytes_of = {row["plugin"]: row["bytes"] for row in sizes}
    tiers = await tiers_of(ctx, names)
    times = {row["subject"]: row["times"] for row in rested}
    found = [
        _module(
            ctx,
            ctx.host.plugins[name],
            rows,
            rested=times.get(f"plugin/{name}", 0),
            failures=failures.get(name, Failures()),
            bytes=bytes_of.get(name, 0),
            tier=tiers[name],
        )
        for name in names
    ]
    return sorted(found, key=lambda one: (one.fixed, one.title.th))


async def stopped_away(ctx: Context) -> Sequence[tuple[str, str, Text]]:
    """Return name, version and reason of those that were stopped and are not even loaded."""
    async with db.transaction(ctx):
        rows = await Stop.select().where(Stop.plugin.is_in(list(ctx.host.refused) or [""]))
    return [
        (row["plugin"], row["version"], Text(row["reason_th"], row["reason_en"])) for row in rows
    ]


async def module(ctx: Context, name: str) -> Module:
    """Return one plugin.

    :raises NotFound: this installation has none of the name.
    """
    found = await modules(ctx, [name])
    if not found:
        raise NotFound(Text("ไม่มีโมดูลนี้ในระบบ", "There is no such module."))
    return found[0]


def _module(
    ctx: Context, manifest: Manifest, rows: Mapping[str, Mapping[str, Any]], **counted: Any
) -> Module:
    row, on = rows.get(manifest.name, {}), _is_on(ctx, manifest.name, rows)
    using = [one for one in ctx.host.plugins.values() if manifest.name in one.needs]
    return Module(
        name=manifest.name,
        title=manifest.title,
        summary=manifest.summary,
        version=manifest.version,
        fixed=manifest.fixed,
        on=on,
        resting_since=row.get("resting_since") if on else None,
        cause=row.get("resting_cause") or "",
        origin=ctx.host.origins.get(manifest.name, "platform"),
        stopped=ctx.tenant.stopped.get(manifest.name),
        needs=_others(ctx, manifest.needs, rows),
        needed_by=_others(ctx, [one.name for one in using], rows),
        **counted,
    )


def _others(
    ctx: Context, names: Sequence[str], rows: Mapping[str, Mapping[str, Any]]
) -> tuple[Other, ...]:
    return tuple(
        Other(
            name,
            ctx.host.plugins[name].title if name in ctx.host.plugins else Text(name, name),
            _is_on(ctx, name, rows),
        )
        for name in names
    )


def _is_on(ctx: Context, name: str, rows: Mapping[str, Mapping[str, Any]]) -> bool:
    manifest = ctx.host.plugins.get(name)
    return manifest is not None and (manifest.fixed or bool(rows.get(name, {}).get("on")))
