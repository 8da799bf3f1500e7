"""Install, update, go back, remove, pin: each a step that is done whole or not at all."""

import contextlib
import os
import shutil
from collections.abc import Collection, Iterator
from datetime import datetime
from importlib.util import find_spec
from pathlib import Path

import msgspec

from core.catalog.client import Catalog, CatalogRefused
from core.catalog.entries import Entry, Listed, rank
from core.catalog.installed import Held, Installations, Installed, digest_of, what_changed
from core.catalog.reading import read_source, write_out
from core.catalog.state import Known
from core.catalog.wheels import Wheel, WheelRefused, open_wheel
from core.catalog.writing import keep, keep_tree
from core.discovery import find
from core.levels import API_LEVELS


class InstallRefused(Exception):
    """A plugin is not installed, changed or removed; the sentence says why. Nothing was done."""


@contextlib.contextmanager
def _reported() -> Iterator[None]:
    """Tell what a disk or a wheel refuses as what it is: the step was not done."""
    try:
        yield
    except (OSError, WheelRefused) as problem:
        raise InstallRefused(f"nothing was changed: {problem}") from problem


def choose(known: Known, plugin: str, version: str | None, now: datetime) -> Listed:
    """Return the version of a plugin that may be installed now.

    :param version: None for the newest.
    :raises InstallRefused: there is none, or the catalog does not hold now.
    """
    if known.early:
        raise InstallRefused(
            "the catalog was signed later than the clock of this machine says; set the clock"
        )
    if not known.holds(now):
        raise InstallRefused(
            f"the catalog held until {known.until:%Y-%m-%d %H:%M} UTC; what runs goes on. "
            "Refresh it, or take in a newer bundle; then install"
        )
    found = known.listed.get((plugin, version)) if version else known.newest(plugin)
    if found is None:
        raise InstallRefused(f"the catalog has no {plugin} {version or 'that is approved'}")
    if found.entry.state == "stopped" and found.entry.reason is not None:
        raise InstallRefused(f"{plugin} {found.entry.version} was stopped: {found.entry.reason.en}")
    if now >= found.until:
        raise InstallRefused(f"what approves {plugin} held until {found.until:%Y-%m-%d}")
    return found


def install(
    data: Path, plugin: str, version: str | None, now: datetime, *, update: bool = False
) -> Held:
    """Install a version of a plugin, or update to it; it runs from the next start on.

    :param data: the data folder.
    :param update: the plugin is installed, and this is a newer version.
    :raises InstallRefused: it must not be, or cannot be, done.
    :raises CatalogRefused: the wheel cannot be had as it was approved.
    """
    catalog, here = Catalog(data), Installations(data)
    chosen = choose(catalog.read(now), plugin, version, now)
    entry = chosen.entry
    _demand_change(here.read().get(plugin), entry, update=update)
    wheel = catalog.wheel(chosen)
    with _reported(), here.alone():
        installed = here.read()
        before = installed.get(plugin)
        _demand_change(before, entry, update=update)
        held = _place(here, chosen, open_wheel(wheel, name=chosen.path.rpartition("/")[2]))
        previous = before.current if before else None
        here.write({**installed, plugin: Installed(current=held, previous=previous)})
    return held


def _demand_change(before: Installed | None, entry: Entry, *, update: bool) -> None:
    name = f"{entry.plugin} {entry.version}"
    if before is None:
        if update:
            raise InstallRefused(f"{entry.plugin} is not installed")
    elif not update:
        raise InstallRefused(f"{entry.plugin} {before.current.version} is installed; update it")
    elif before.pinned:
        raise InstallRefused(f"{entry.plugin} is pinned to {before.current.version}")
    elif rank(entry.version) <= rank(before.current.version):
        raise InstallRefused(f"{name} is not newer than {before.current.version}, which is here")
    if entry.api not in API_LEVELS:
        raise InstallRefused(f"{name} wants level {entry.api} of the platform")


def _place(here: Installations, chosen: Listed, wheel: Wheel) -> Held:
    """Put a wheel into its own folder, and return how; nothing of it has run."""
    entry = chosen.entry
    _demand_free(here, entry.plugin, wheel)
    place = here.place(entry.plugin, entry.version)
    draft = place.with_name(f"{entry.version}.draft")
    shutil.rmtree(draft, ignore_errors=True)
    try:
        write_out(wheel, draft)
        held = _read(draft, chosen, wheel)
        if not place.exists() or what_changed(place, held):
            keep_tree(draft)
            shutil.rmtree(place, ignore_errors=True)
            draft.rename(place)
            keep(place.parent)
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return held


def _read(draft: Path, chosen: Listed, wheel: Wheel) -> Held:
    """Return what lies in a folder, when it says of itself what was approved."""
    entry, said = chosen.entry, read_source(draft, wheel.module)
    told = (said.name, said.version, said.api, said.capabilities.permissions)
    approved = (entry.plugin, entry.version, entry.api, entry.capabilities.permissions)
    if told != approved or (wheel.plugin, wheel.version) != approved[:2]:
        raise InstallRefused(f"it says {told} of itself, and {approved} was approved")
    files = sorted(one for one in draft.rglob("*") if one.is_file())
    return Held(
        version=entry.version,
        module=wheel.module,
        api=entry.api,
        permissions=entry.capabilities.permissions,
        wheel=chosen.digest,
        files={one.relative_to(draft).as_posix(): digest_of(one) for one in files},
    )


def _demand_free(here: Installations, plugin: str, wheel: Wheel) -> None:
    """Return where nobody else has the plugin's name or its package's."""
    if plugin in {one.name for one in find()}:
        raise InstallRefused(f"there is a plugin {plugin!r} here that is not of the catalog")
    others = {
        one.current.module.partition(".")[0] for name, one in here.read().items() if name != plugin
    }
    spec = find_spec(wheel.package)
    own = str(here.folder / plugin)
    if wheel.package in others or (spec and not str(spec.origin).startswith(f"{own}{os.sep}")):
        raise InstallRefused(f"there is a package {wheel.package!r} here already")


def go_back(data: Path, plugin: str) -> Held:
    """Have the version before run from the next start on, which puts the tables back first.

    See ``returning``, which knows whether they can be.

    :raises InstallRefused: there is none, it was changed, or it was stopped.
    """
    here = Installations(data)
    with _reported(), here.alone():
        installed = here.read()
        one = previous_of(installed, plugin)
        if (plugin, one.version) in _stopped(data):
            raise InstallRefused(f"version {one.version} was stopped and would not run")
        if changed := what_changed(here.place(plugin, one.version), one):
            raise InstallRefused(f"{changed} of version {one.version} is not as it was approved")
        leaving = installed[plugin].current
        # Pinned: else the next update would bring the version that was left.
        here.write({**installed, plugin: Installed(current=one, leaving=leaving, pinned=True)})
    return one


def _stopped(data: Path) -> Collection[tuple[str, str]]:
    try:
        return Catalog(data).stops().keys()
    except CatalogRefused:
        return ()  # a catalog that is lost stops nothing


def previous_of(installed: dict[str, Installed], plugin: str) -> Held:
    """Return the version to which a plugin can go back.

    :raises InstallRefused: there is none.
    """
    one = installed.get(plugin)
    if one is None or one.previous is None:
        raise InstallRefused(f"there is no version of {plugin} to go back to")
    return one.previous


def remove(data: Path, plugin: str) -> None:
    """Have a plugin run no more from the next start on; its tables stay.

    :raises InstallRefused: it is not installed.
    """
    here = Installations(data)
    with _reported(), here.alone():
        installed = here.read()
        if installed.pop(plugin, None) is None:
            raise InstallRefused(f"{plugin} is not installed")
        here.write(installed)


def pin(data: Path, plugin: str, *, pinned: bool) -> None:
    """Keep a plugin at its version, or let it follow the catalog again.

    :raises InstallRefused: it is not installed.
    """
    here = Installations(data)
    with _reported(), here.alone():
        installed = here.read()
        if plugin not in installed:
            raise InstallRefused(f"{plugin} is not installed")
        installed[plugin] = msgspec.structs.replace(installed[plugin], pinned=pinned)
        here.write(installed)
