"""``thongthin migrate``: bring the database up to this release."""

import argparse
import asyncio

from core.commands.surroundings import bring_up_found, database, say
from core.settings import Settings


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command to the parser."""
    parser = commands.add_parser("migrate", help="bring the database up to this release")
    parser.set_defaults(run=run)


def run(_arguments: argparse.Namespace, settings: Settings) -> int:
    """Migrate core, kit and plugins; 1 when a plugin failed."""
    with database(settings) as url:
        failed = asyncio.run(bring_up_found(settings, url))
    for name, problem in failed.items():
        say(f"{name}: {type(problem).__name__}: {problem}")
    say("The database is up to date." if not failed else "The plugins above are not served.")
    return 1 if failed else 0
