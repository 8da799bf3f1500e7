"""``thongthin migrate``: bring the database up to this release."""

import argparse
import asyncio

from core.commands.surroundings import bring_up, database, say
from core.discovery import find
from core.host import Host
from core.settings import Settings


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command to the parser."""
    parser = commands.add_parser("migrate", help="bring the database up to this release")
    parser.set_defaults(run=run)


def run(_arguments: argparse.Namespace, settings: Settings) -> int:
    """Migrate core, kit and plugins; 1 when a plugin failed."""
    with database(settings) as url:
        failed = asyncio.run(bring_up(url, Host(find())))
    for name, problem in failed.items():
        say(f"{name}: {type(problem).__name__}: {problem}")
    say("The database is up to date." if not failed else "The plugins above are not served.")
    return 1 if failed else 0
