"""``thongthin plugin``: list, make, check, switch and remove plugins."""

import argparse
import asyncio

from core.commands import plugin_check, plugin_dev, plugin_new, plugin_rows
from core.commands.report import report
from core.commands.surroundings import database, of_tenant, opened, say
from core.settings import Settings
from core.tenants.service import switch_plugin


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command to the parser."""
    parser = commands.add_parser("plugin", help="list, make, check, switch, remove plugins")
    actions = parser.add_subparsers(required=True, metavar="action")
    listing = actions.add_parser("list", help="list the plugins")
    listing.add_argument("--tenant", help="only what is on there")
    listing.set_defaults(run=run_list)
    for name, on in (("enable", True), ("disable", False)):
        action = actions.add_parser(name, help=f"switch a plugin {'on' if on else 'off'}")
        action.add_argument("plugin")
        action.add_argument("--tenant", required=True)
        action.add_argument("--by", default="", help="who decides for one that is not approved")
        action.add_argument("--why", default="", help="the reason of that person")
        action.set_defaults(run=run_switch, on=on)
    for one in (plugin_new, plugin_dev, plugin_check, plugin_rows):
        one.add(actions)


def run_list(arguments: argparse.Namespace, settings: Settings) -> int:
    """List the plugins of the installation, or those that are on for a municipality."""
    with database(settings) as url:
        return asyncio.run(_list(arguments.tenant, settings, url))


async def _list(tenant: str | None, settings: Settings, url: str) -> int:
    async with opened(settings, url) as runtime:
        if tenant is None:
            for line in report(runtime.host):
                say(line)
            return 0
        found = (await of_tenant(runtime, tenant)).tenant
        for name in sorted(found.plugins | found.quarantined):
            say(f"  {name}{'  rests after failures' if name in found.quarantined else ''}")
    return 0


def run_switch(arguments: argparse.Namespace, settings: Settings) -> int:
    """Switch a plugin on, which also resumes one that rests, or off."""
    with database(settings) as url:
        return asyncio.run(_switch(arguments, settings, url))


async def _switch(arguments: argparse.Namespace, settings: Settings, url: str) -> int:
    async with opened(settings, url) as runtime:
        ctx = await of_tenant(runtime, arguments.tenant)
        await switch_plugin(
            ctx, plugin=arguments.plugin, on=arguments.on, why=arguments.why, by=arguments.by
        )
    say(f"{arguments.plugin} is {'on' if arguments.on else 'off'} for {arguments.tenant}.")
    return 0
