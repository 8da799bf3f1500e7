"""``thongthin plugin migrate|export|remove``: the tables and rows of one plugin."""

import argparse
import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from core import audit, db
from core.commands.surroundings import database, of_tenant, opened, say
from core.discovery import find
from core.host import Host
from core.leaving.exporting import NothingToExport, export_plugin
from core.leaving.reading import Export, ExportFault
from core.leaving.removing import StillOn, remove_plugin
from core.manifest import NAME
from core.migrations import migrate
from core.registry import apps
from core.runtime import Runtime
from core.settings import Settings


def add(actions: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the actions to the parser."""
    migrating = actions.add_parser("migrate", help="bring up the tables of one plugin only")
    migrating.add_argument("plugin", type=_name)
    migrating.set_defaults(run=run_migrate)
    exporting = actions.add_parser("export", help="write its rows and files into one file")
    exporting.add_argument("plugin", type=_name)
    exporting.add_argument("--tenant", help="only of this municipality")
    exporting.add_argument("--to", type=Path, required=True, help="a ZIP file, not there yet")
    exporting.set_defaults(run=run_export)
    removing = actions.add_parser("remove", help="remove its tables, after an export")
    removing.add_argument("plugin", type=_name)
    removing.add_argument("--export", type=Path, required=True, help="of all municipalities")
    removing.set_defaults(run=run_remove)


def _name(text: str) -> str:
    fixed = {name for name, manifest in Host(find(("kit",))).plugins.items() if manifest.fixed}
    if not NAME.fullmatch(text) or text in {"core", "public", "procrastinate", *fixed}:
        raise argparse.ArgumentTypeError("it is no plugin that can be switched")
    return text


def run_migrate(arguments: argparse.Namespace, settings: Settings) -> int:
    """Run the migrations of one plugin; 1 when it is not there or one failed."""
    known = [
        app for app in apps(Host(find(data=settings.data))) if app.app_name == arguments.plugin
    ]
    if not known:
        say(f"There is no plugin {arguments.plugin!r} with tables; see: thongthin plugin list")
        return 1
    with database(settings) as url:
        failed = asyncio.run(migrate(url, known))
    for name, problem in failed.items():
        say(f"{name}: {type(problem).__name__}: {problem}")
    say("Nothing of it is served." if failed else f"{arguments.plugin} is up to date.")
    return 1 if failed else 0


def run_export(arguments: argparse.Namespace, settings: Settings) -> int:
    """Write the export; 1 when there is none."""
    try:
        with database(settings) as url:
            told = asyncio.run(_export(arguments, settings, url))
    except NothingToExport:
        say(f"fail: {arguments.plugin} has no tables here")
        return 1
    except FileExistsError:
        say(f"fail: {arguments.to} is there already")
        return 1
    say(f"{sum(told.rows.values()):,} rows of {len(told.tenants)} municipalities")
    say("pass")
    return 0


async def _export(arguments: argparse.Namespace, settings: Settings, url: str) -> Export:
    async with opened(settings, url) as runtime:
        tenants = await _tenants(runtime, arguments.tenant)
        told = await export_plugin(
            url,
            settings.data,
            arguments.plugin,
            target=arguments.to,
            tenants=tenants,
            shared=arguments.tenant is None,
            now=datetime.now(UTC),
        )
        await _record(runtime, "core.plugin.exported", arguments.plugin, tenants)
    return told


async def _tenants(runtime: Runtime, only: str | None) -> Sequence[str]:
    """Return the municipalities that are meant.

    :raises NotFound: there is none of this id.
    """
    if only is not None:
        return [(await of_tenant(runtime, only)).tenant.id]
    return await runtime.directory.all_ids()


async def _record(runtime: Runtime, action: str, plugin: str, tenants: Sequence[str]) -> None:
    for tenant in tenants:
        ctx = await of_tenant(runtime, tenant)
        async with db.transaction(ctx):
            await audit.record(ctx, action, f"plugin/{plugin}")


def run_remove(arguments: argparse.Namespace, settings: Settings) -> int:
    """Remove the tables; 1 when something speaks against it, and then nothing was removed."""
    try:
        with database(settings) as url:
            asyncio.run(_remove(arguments, settings, url))
    except (ExportFault, StillOn) as problem:
        say(f"fail: {problem}")
        return 1
    say(f"The tables of {arguments.plugin} are gone; papers and cases are there as before.")
    say("pass")
    return 0


async def _remove(arguments: argparse.Namespace, settings: Settings, url: str) -> None:
    told = await remove_plugin(url, arguments.plugin, arguments.export)
    async with opened(settings, url) as runtime:
        await _record(runtime, "core.plugin.removed", arguments.plugin, told.tenants)
