"""``thongthin web``: answer requests. ``serve`` does it too; by itself it needs a database."""

import argparse
import os

from granian import Granian
from granian.constants import HTTPModes, Interfaces, Loops
from granian.log import LogLevels

from core import asgi, logs
from core.settings import Settings
from core.supervisor import STOPPING

# granian's own words go where ours go.
_LOGGING = {
    "formatters": {},
    "handlers": {},
    "loggers": {"_granian": {"handlers": [], "propagate": True}},
}


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command to the parser."""
    parser = commands.add_parser("web", help="only answer requests (a part of serve)")
    parser.add_argument("--address", default="127.0.0.1", help="to listen on (127.0.0.1)")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Serve until asked to stop."""
    serve(settings, address=arguments.address)
    return os.EX_OK


def serve(settings: Settings, *, address: str) -> None:
    """Answer requests until asked to stop; the environment names the database."""
    logs.set_up(process="web")
    Granian(
        f"{asgi.__name__}:{asgi.create.__name__}",
        factory=True,
        interface=Interfaces.ASGI,
        address=address,
        port=settings.port,
        workers=settings.workers,
        loop=Loops.uvloop,
        http=HTTPModes.http1,
        websockets=False,
        log_level=LogLevels.warning,
        log_dictconfig=_LOGGING,
        respawn_failed_workers=True,
        workers_kill_timeout=int(STOPPING) - 2,
    ).serve()
