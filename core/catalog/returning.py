"""The way back to the version before, with its data: tables are put back as the old one starts.

Whether they can be is known before anything is changed.
"""

import importlib.util
import logging
from collections.abc import Mapping
from pathlib import Path

import asyncpg
from msgspec.structs import replace
from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from core.catalog.installed import Held, Installations, Installed
from core.catalog.installing import InstallRefused, previous_of
from core.catalog.loading import Checked
from core.migrations import undo

log = logging.getLogger(__name__)

_RAN = "SELECT name FROM public.migration WHERE app_name = $1"


async def demand_way_back(data: Path, url: str, plugin: str) -> None:
    """Return where the tables of a plugin can be put back to what they were for the version before.

    :param url: of the database's owner.
    :raises InstallRefused: they cannot be, or there is no such version.
    """
    installed = Installations(data).read()
    one = installed.get(plugin)
    previous = previous_of(installed, plugin)
    if one is None:
        return
    steps = await _steps(data, plugin, one.current, previous)
    connection = await asyncpg.connect(url)
    try:
        ran = {row["name"] for row in await connection.fetch(_RAN, plugin)}
    finally:
        await connection.close()
    if lasting := sorted(name for name in ran & steps.keys() if not steps[name].raw_backwards):
        raise InstallRefused(
            f"the tables of {plugin} cannot be put back: {lasting[0]} says not how. "
            "Export its rows, and ask its publisher"
        )


async def put_tables_back(data: Path, url: str) -> None:
    """Put the tables of plugins back that go back to the version before."""
    here = Installations(data)
    for plugin, one in _leaving(here).items():
        if one.leaving is not None:
            log.warning(
                "%s goes back from %s to %s", plugin, one.leaving.version, one.current.version
            )
            try:
                await undo(url, plugin, await _steps(data, plugin, one.leaving, one.current))
            except Exception:
                # It is refused by name as long as it has not happened; the site is served.
                log.exception("the tables of %s could not be put back", plugin)
                continue
            with here.alone():
                installed = here.read()
                here.write({**installed, plugin: replace(installed[plugin], leaving=None)})


def _leaving(here: Installations) -> Mapping[str, Installed]:
    try:
        found = here.read()
    except ValueError:
        return {}  # what cannot be read is refused by name where plugins are found
    return {plugin: one for plugin, one in found.items() if one.leaving is not None}


async def _steps(
    data: Path, plugin: str, newer: Held, older: Held
) -> Mapping[str, MigrationManager]:
    """Return the migrations that only the newer version has, by name."""
    place = Installations(data).place(plugin, newer.version)
    found = {}
    for name in sorted(newer.files.keys() - older.files.keys()):
        path = Path(name)
        if path.parent.name == "piccolo_migrations" and path.suffix == ".py":
            called = f"leaving_{path.stem}"
            loader = Checked(called, str(place / path), newer.files[name])
            spec = importlib.util.spec_from_file_location(called, place / path, loader=loader)
            if spec is not None:
                module = importlib.util.module_from_spec(spec)
                try:
                    loader.exec_module(module)
                except ImportError as problem:
                    raise InstallRefused(str(problem)) from problem
                found[module.ID] = await module.forwards()
    return found
