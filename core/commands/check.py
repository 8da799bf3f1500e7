"""``thongthin check``: say what would be served and what would be refused, and why."""

import argparse
import asyncio

from core.checks import find_unready
from core.commands.report import report
from core.commands.surroundings import database, say
from core.discovery import find
from core.host import Host
from core.manifest import PluginRefused
from core.settings import Settings

# They are called once, when a process starts; what they raise there refuses a plugin.
ONCE = (
    "register_routes",
    "register_filters",
    "register_jobs",
    "register_messages",
    "register_channels",
)


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command to the parser."""
    parser = commands.add_parser("check", help="say what is served, what is refused, and why")
    parser.set_defaults(run=run)


def run(_arguments: argparse.Namespace, settings: Settings) -> int:
    """Print the report; 1 when anything is refused."""
    host = Host(find())
    for hook in ONCE:
        host.gathered(hook)
    with database(settings) as url:
        reasons = asyncio.run(find_unready(host, url))
    for plugin, reason in reasons.items():
        host.refuse(PluginRefused(plugin, reason))
    for line in report(host):
        say(line)
    say("Something is refused." if host.refused else "All is well.")
    return 1 if host.refused else 0
