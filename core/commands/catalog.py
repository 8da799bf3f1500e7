"""``thongthin catalog``: what an installation takes from the approved catalog."""

import argparse
import asyncio
import hashlib
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec

from core import audit, db
from core.catalog.client import Catalog, CatalogRefused
from core.catalog.documents import read_root
from core.catalog.failures import FailureReport
from core.catalog.installed import Installations
from core.catalog.installing import InstallRefused, go_back, install, pin, remove
from core.catalog.policy import Policy, write_policy
from core.catalog.reporting import address_of, waiting_reports
from core.catalog.returning import demand_way_back
from core.catalog.starting import ask_for_start
from core.commands import catalog_keeping
from core.commands.surroundings import database, of_tenant, opened, say
from core.discovery import find
from core.settings import Settings
from core.tenants.tenant import BANGKOK

Actions = catalog_keeping.Actions
Work = Callable[[argparse.Namespace, Settings], None]
_NEXT = "It runs from the next start on: thongthin catalog start"


def add(commands: Actions) -> None:
    """Add the command to the parser."""
    parser = commands.add_parser("catalog", help="install approved plugins; keep a catalog")
    actions = parser.add_subparsers(required=True, metavar="action")
    added = _action(actions, "add", "trust a catalog", _add)
    added.add_argument("--root", type=Path, required=True, help="root.json, compared by you")
    added.add_argument("--url", default="", help="of the repository; none: bundles only")
    _action(actions, "refresh", "fetch the newest state", _refresh)
    bundle = _action(actions, "bundle", "take in a bundle, where there is no network", _bundle)
    bundle.add_argument("file", type=Path)
    _action(actions, "list", "list what is approved, stopped and installed", _list)
    for name, what, work in (
        ("install", "install a plugin", _install),
        ("update", "install a newer version of it", _update),
    ):
        action = _action(actions, name, what, work)
        action.add_argument("plugin")
        action.add_argument("--version", help="the newest, where none is named")
    for name, what, work in (
        ("back", "go back to the version before, with its data", _back),
        ("remove", "run it no more; its tables stay", _remove),
        ("pin", "keep it at its version", _pin),
        ("unpin", "let it follow the catalog again", _unpin),
    ):
        _action(actions, name, what, work).add_argument("plugin")
    _action(actions, "start", "have the platform start anew, with what was installed", _start)
    _action(actions, "report", "show what is told to the catalog of failures", _report)
    _add_policy(_action(actions, "policy", "say or set what is decided here", _policy))
    catalog_keeping.add(actions)


def _action(actions: Actions, name: str, what: str, work: Work) -> argparse.ArgumentParser:
    parser = actions.add_parser(name, help=what)
    parser.set_defaults(run=run, work=work)
    return parser


def _add_policy(parser: argparse.ArgumentParser) -> None:
    yes_or_no = argparse.BooleanOptionalAction
    parser.add_argument("--local", action=yes_or_no, help="let plugins run that were not approved")
    parser.add_argument("--automatic", action=yes_or_no, help="update by itself")
    parser.add_argument("--wait", type=int, metavar="DAYS", help="after an approval, before that")
    parser.add_argument(
        "--spread", type=int, metavar="DAYS", help="over which installations follow"
    )
    parser.add_argument("--every", type=int, metavar="SECONDS", help="between looks for stops")
    parser.add_argument(
        "--deciders", nargs="*", metavar="TENANT", help="whose administrators install"
    )
    parser.add_argument("--start-at", type=int, metavar="HOUR", help="when what waits is started")
    parser.add_argument("--report", action=yes_or_no, help="tell it how often plugins fail here")
    parser.add_argument("--url", help="of the repository")


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Do one of the actions; 1 when it is refused, and then nothing was changed."""
    try:
        arguments.work(arguments, settings)
    except (CatalogRefused, InstallRefused, OSError) as problem:
        say(f"fail: {problem}")
        return 1
    return 0


def _add(arguments: argparse.Namespace, settings: Settings) -> None:
    data = arguments.root.read_bytes()
    Catalog(settings.data).add(data, arguments.url)
    root = read_root(data)
    say(f"Trusted: root version {root.version}, {len(root.keys)} keys, SHA-256")
    say(f"  {hashlib.sha256(data).hexdigest()}")
    say("Compare this with what the keepers publish elsewhere.")
    if local := [one.name for one in find() if one.origin == "local"]:
        say(f"Not approved, and refused from the next start on: {', '.join(local)}")
        say("To let them run all the same: thongthin catalog policy --local")


def _refresh(_arguments: argparse.Namespace, settings: Settings) -> None:
    Catalog(settings.data).refresh()
    _say_state(settings)


def _bundle(arguments: argparse.Namespace, settings: Settings) -> None:
    Catalog(settings.data).take_bundle(arguments.file)
    _say_state(settings)


def _say_state(settings: Settings) -> None:
    known = Catalog(settings.data).read(datetime.now(UTC))
    say(f"{len(known.plugins)} plugins; holds until {known.until:%Y-%m-%d %H:%M} UTC")


def _list(_arguments: argparse.Namespace, settings: Settings) -> None:
    now = datetime.now(UTC)
    known, today = Catalog(settings.data).read(now), now.astimezone(BANGKOK).date()
    installed = Installations(settings.data).read()
    for plugin, versions in known.plugins.items():
        one = installed.get(plugin)
        for listed in versions:
            entry = listed.entry
            here = one is not None and one.current.version == entry.version
            if entry.state == "superseded" and not here:
                continue
            mark = ("pinned" if one and one.pinned else "installed") if here else ""
            why = f": {entry.reason.en}" if entry.state == "stopped" and entry.reason else ""
            name = f"{plugin} {entry.version}"
            say(f"  {name:32} {entry.state}{why}  {entry.quality.on_day(today)}  {mark}".rstrip())
    _say_state(settings)


def _install(arguments: argparse.Namespace, settings: Settings) -> None:
    _bring(arguments, settings, update=False)


def _update(arguments: argparse.Namespace, settings: Settings) -> None:
    _bring(arguments, settings, update=True)


def _bring(arguments: argparse.Namespace, settings: Settings, *, update: bool) -> None:
    now = datetime.now(UTC)
    held = install(settings.data, arguments.plugin, arguments.version, now, update=update)
    _record(settings, "core.plugin.installed", arguments.plugin, version=held.version)
    say(f"{arguments.plugin} {held.version} is installed. {_NEXT}")


def _back(arguments: argparse.Namespace, settings: Settings) -> None:
    with database(settings) as url:
        asyncio.run(demand_way_back(settings.data, url, arguments.plugin))
    held = go_back(settings.data, arguments.plugin)
    _record(settings, "core.plugin.returned", arguments.plugin, version=held.version)
    say(f"{arguments.plugin} goes back to {held.version}, and is pinned to it. {_NEXT}")


def _remove(arguments: argparse.Namespace, settings: Settings) -> None:
    remove(settings.data, arguments.plugin)
    _record(settings, "core.plugin.taken_away", arguments.plugin)
    say(f"{arguments.plugin} runs until the next start. Its tables stay: thongthin plugin remove")


def _pin(arguments: argparse.Namespace, settings: Settings) -> None:
    pin(settings.data, arguments.plugin, pinned=True)
    say(f"{arguments.plugin} stays at its version.")


def _unpin(arguments: argparse.Namespace, settings: Settings) -> None:
    pin(settings.data, arguments.plugin, pinned=False)
    say(f"{arguments.plugin} follows the catalog again.")


def _start(_arguments: argparse.Namespace, settings: Settings) -> None:
    ask_for_start(settings.data, datetime.now(UTC))
    say("thongthin serve starts anew within a second, and answers again within a minute.")


def _report(_arguments: argparse.Namespace, settings: Settings) -> None:
    policy = Catalog(settings.data).policy
    if not policy.tells:
        say("Nothing is counted and nothing is sent. To begin: thongthin catalog policy --report")
        return
    with database(settings) as url:
        told = asyncio.run(_waiting(settings, url, policy))
    say(f"Sent next to {address_of(policy.url)}, and nothing else:")
    say(msgspec.json.format(msgspec.json.encode(told)).decode())


async def _waiting(settings: Settings, url: str, policy: Policy) -> list[FailureReport]:
    async with opened(settings, url):
        return await waiting_reports(policy, datetime.now(BANGKOK).date())


def _policy(arguments: argparse.Namespace, settings: Settings) -> None:
    policy = Catalog(settings.data).policy
    asked = {name: value for name, value in vars(arguments).items() if value is not None}
    changed = {name: asked[name] for name in policy.__struct_fields__ if name in asked}
    if changed:
        told = msgspec.to_builtins(policy) | changed
        try:
            policy = msgspec.convert(told, Policy)
        except msgspec.ValidationError as problem:
            raise CatalogRefused(f"that cannot be decided: {problem}") from problem
        write_policy(settings.data, policy)
    say(msgspec.json.format(msgspec.json.encode(policy)).decode())


def _record(settings: Settings, action: str, plugin: str, **facts: str) -> None:
    with database(settings) as url:
        asyncio.run(_record_everywhere(settings, url, action, plugin, facts))


async def _record_everywhere(
    settings: Settings, url: str, action: str, plugin: str, facts: dict[str, Any]
) -> None:
    async with opened(settings, url) as runtime:
        for tenant in await runtime.directory.all_ids():
            ctx = await of_tenant(runtime, tenant)
            async with db.transaction(ctx):
                await audit.record(ctx, action, f"plugin/{plugin}", **facts)
