"""``thongthin work``: do what is to be done in the background. ``serve`` starts it."""

import argparse
import asyncio
import os

import uvloop

from core import logs
from core.commands.surroundings import opened
from core.settings import Settings, SettingsError
from core.supervisor import end_with
from core.worker import Worker


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command to the parser."""
    parser = commands.add_parser("work", help="only work in the background (a part of serve)")
    parser.add_argument("--parent", type=int, help=argparse.SUPPRESS)
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Work until asked to stop."""
    logs.set_up(process="work")
    if arguments.parent is not None:
        end_with(arguments.parent)
    if settings.database_url is None:
        raise SettingsError("THONGTHIN_DATABASE_URL is not set; start with: thongthin serve")
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(_work(settings, settings.database_url))
    return os.EX_OK


async def _work(settings: Settings, url: str) -> None:
    async with opened(settings, url) as runtime:
        await Worker(runtime, url).work()
