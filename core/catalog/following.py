"""Follow the catalog while the platform runs: stops at once, updates where that was decided."""

import asyncio
import contextlib
import logging
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

import asyncpg

from core import audit, db, jobs
from core.catalog.client import Catalog, CatalogRefused
from core.catalog.entries import Listed, rank
from core.catalog.installed import Installations, Installed
from core.catalog.installing import InstallRefused, install
from core.catalog.policy import Policy, read_policy
from core.catalog.reporting import report_if_due
from core.context import Context
from core.host import Host
from core.jobs import Job
from core.tenants.directory import announce_change, announce_everywhere
from core.text import Text

log = logging.getLogger(__name__)

UNUSED = 30  # seconds between two looks whether a catalog was added
NOTE = "core.note_plugin"

_STOPPED = "SELECT plugin, version FROM core.plugin_stop"
_STOP = "INSERT INTO core.plugin_stop VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING"
_RESUME = "DELETE FROM core.plugin_stop WHERE plugin = $1 AND version = $2"
_WHOSE = "SELECT core.tenants_with_plugin($1)"


async def follow_catalog(host: Host, data: Path) -> None:
    """Look at the catalog again and again, until cancelled.

    :param data: the data folder.
    """
    while True:
        policy = read_policy(data)
        if policy is not None:
            try:
                await _look(host, data, policy)
            except Exception:
                # Whatever a catalog holds, the work that waits for nobody goes on.
                log.exception("following the catalog failed; it is tried again")
        await asyncio.sleep(UNUSED if policy is None else policy.every)


async def _look(host: Host, data: Path, policy: Policy) -> None:
    try:
        if policy.url:
            await asyncio.to_thread(Catalog(data).refresh)
    except CatalogRefused as problem:
        log.warning("%s", problem)
    try:
        await apply_stops(host, data)
    except db.AWAY:
        log.warning("the database is away; stops are applied when it is back")
    if policy.automatic:
        await asyncio.to_thread(update_due, data, policy)
    with contextlib.suppress(*db.AWAY):
        await report_if_due(data, policy, datetime.now(UTC))


async def apply_stops(host: Host, data: Path) -> None:
    """Switch off what the catalog stopped, for every municipality, and on what it stops no more.

    What an older state of the catalog stopped stays off where no catalog can be read.
    """
    try:
        stops = await asyncio.to_thread(Catalog(data).stops)
    except CatalogRefused:
        return
    here = _here(host, data)
    now = datetime.now(UTC)
    async with db.across_tenants() as connection:
        rows = await connection.fetch(_STOPPED)
        before = {(row["plugin"], row["version"]) for row in rows}
        for plugin, version in sorted((stops.keys() & here) - before):
            reason = stops[plugin, version]
            await connection.execute(_STOP, plugin, version, reason.th, reason.en, now)
            await _tell(connection, plugin, version, reason)
            log.warning("%s %s was stopped: %s", plugin, version, reason.en)
        for plugin, version in sorted(before - (stops.keys() & here)):
            await connection.execute(_RESUME, plugin, version)
            # A version that was replaced or removed stays stopped; nobody took that back.
            if (plugin, version) not in stops:
                await _tell(connection, plugin, version, None)


def _here(host: Host, data: Path) -> set[tuple[str, str]]:
    """Return the versions that run here or would at the next start."""
    here = {(name, one.current.version) for name, one in Installations(data).read().items()}
    return here | {
        (name, manifest.version)
        for name, manifest in host.plugins.items()
        if host.origins.get(name) == "approved"
    }


async def _tell(
    connection: asyncpg.Connection, plugin: str, version: str, reason: Text | None
) -> None:
    """Have every process read those anew who have the plugin on, and their trails say why."""
    tenants = [row[0] for row in await connection.fetch(_WHOSE, plugin)]
    await announce_change(None)
    await announce_everywhere(tenants)
    facts = {
        "action": "core.plugin.stopped" if reason else "core.plugin.resumed",
        "plugin": plugin,
        "version": version,
        "reason": reason.th if reason else "",
    }
    for tenant in tenants:
        await jobs.defer_for(tenant, NOTE, facts)


async def _note(ctx: Context, action: str, plugin: str, version: str, reason: str) -> None:
    async with db.transaction(ctx):
        await audit.record(ctx, action, f"plugin/{plugin}", version=version, reason=reason)


def update_due(data: Path, policy: Policy) -> None:
    """Install what is due; it runs from the next start on."""
    now = datetime.now(UTC)
    try:
        known = Catalog(data).read(now)
    except CatalogRefused as problem:
        log.warning("nothing is updated by itself: %s", problem)
        return
    for plugin, one in Installations(data).read().items():
        newest = known.newest(plugin)
        if newest is None or not is_due(policy, one, newest, known.listed, now):
            continue
        try:
            install(data, plugin, newest.entry.version, now, update=True)
        except (CatalogRefused, InstallRefused) as problem:
            log.warning("%s is not updated by itself: %s", plugin, problem)
        else:
            log.warning("%s %s is installed, by itself", plugin, newest.entry.version)


def is_due(
    policy: Policy,
    installed: Installed,
    newest: Listed,
    listed: Mapping[tuple[str, str], Listed],
    now: datetime,
) -> bool:
    """Return whether a version may be installed by itself: waited for, and able to do no more."""
    entry, running = newest.entry, listed.get((newest.entry.plugin, installed.current.version))
    if installed.pinned or rank(entry.version) <= rank(installed.current.version) or not running:
        return False
    before, after = running.entry.capabilities, entry.capabilities
    no_more = all(
        set(getattr(after, what)) <= set(getattr(before, what))
        for what in ("permissions", "imports", "network")
    ) and set(entry.data) <= set(running.entry.data)
    return no_more and now.date() >= policy.day_of(entry.plugin, entry.version, entry.on)


JOBS = (Job(name=NOTE, run=_note),)
