"""``thongthin work``: do what is to be done in the background. ``serve`` does it too."""

import argparse
import asyncio
import contextlib
import os
import signal

import uvloop

from core import logs
from core.commands.surroundings import opened
from core.settings import Settings, SettingsError
from core.worker import Worker


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command to the parser."""
    parser = commands.add_parser("work", help="only work in the background (a part of serve)")
    parser.set_defaults(run=run)


def run(_arguments: argparse.Namespace, settings: Settings) -> int:
    """Work until asked to stop."""
    if settings.database_url is None:
        raise SettingsError("THONGTHIN_DATABASE_URL is not set; start with: thongthin serve")
    work(settings, settings.database_url)
    return os.EX_OK


def work(settings: Settings, url: str) -> None:
    """Work until asked to stop."""
    logs.set_up(process="work")
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(_work(settings, url))


async def _work(settings: Settings, url: str) -> None:
    async with opened(settings, url) as runtime:
        working = asyncio.ensure_future(Worker(runtime, url).work())
        for number in (signal.SIGINT, signal.SIGTERM):
            asyncio.get_running_loop().add_signal_handler(number, working.cancel)
        with contextlib.suppress(asyncio.CancelledError):
            await working
