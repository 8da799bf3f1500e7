"""``thongthin check``: say what is served, what is refused, and what needs a look, and why."""

import argparse
import asyncio
from datetime import UTC, datetime

from core import health
from core.catalog.client import Catalog, CatalogRefused
from core.catalog.offering import warnings
from core.catalog.policy import read_policy
from core.catalog.repository import CatalogFault, Repository
from core.catalog.terms import sentences
from core.checks import find_unready
from core.commands.report import report
from core.commands.surroundings import database, say
from core.discovery import find
from core.health import read_state
from core.host import Host
from core.http.app import make_pages
from core.manifest import PluginRefused
from core.settings import Settings


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command to the parser."""
    parser = commands.add_parser("check", help="say what is served, what is refused, and why")
    parser.set_defaults(run=run)


def run(_arguments: argparse.Namespace, settings: Settings) -> int:
    """Print the report; 1 when anything is refused or needs a look."""
    host = Host(find(data=settings.data))
    host.gather()
    make_pages(host, settings)
    with database(settings) as url:
        reasons, faults = asyncio.run(_look(host, settings, url))
    faults += _of_catalog(settings) + _of_repository(settings)
    for plugin, reason in reasons.items():
        host.refuse(PluginRefused(plugin, reason))
    for line in report(host):
        say(line)
    if host.refused:
        say("Something is refused.")
    for fault in faults:
        say(f"Look at this: {fault}")
    if not (host.refused or faults):
        say("All is well.")
    return 1 if host.refused or faults else 0


def _of_catalog(settings: Settings) -> list[str]:
    """Return what is wrong with the catalog; nothing where none was added."""
    if read_policy(settings.data) is None:
        return []
    now = datetime.now(UTC)
    try:
        return warnings(Catalog(settings.data).read(now), now)
    except CatalogRefused as problem:
        return [str(problem)]


def _of_repository(settings: Settings) -> list[str]:
    """Return what of the catalog that is kept here should be signed soon."""
    if settings.repository is None:
        return []
    try:
        return sentences(Repository(settings.repository), datetime.now(UTC))
    except (CatalogFault, OSError) as problem:
        return [f"THONGTHIN_REPOSITORY: {problem}"]


async def _look(host: Host, settings: Settings, url: str) -> tuple[dict[str, str], list[str]]:
    """Return why plugins are refused, and what is wrong with the work; say what is to be known."""
    reasons = await find_unready(host, url)
    if "core" in reasons:
        return reasons, []
    state = await read_state(url, settings.data)
    for note in health.notes(state, settings):
        say(f"  {note}")
    return reasons, list(health.faults(state))
