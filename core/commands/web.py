"""``thongthin web``: answer requests. ``serve`` does it too; by itself it needs a database."""

import argparse
import asyncio
import http.client
import os
import socket
from pathlib import Path

from granian import Granian
from granian.constants import HTTPModes, Interfaces, Loops
from granian.log import LogLevels

from core import asgi, logs
from core.commands import demo
from core.settings import Settings, SettingsError
from core.supervisor import STOPPING

# granian's own words go where ours go.
_LOGGING = {
    "formatters": {},
    "handlers": {},
    "loggers": {"_granian": {"handlers": [], "propagate": True}},
}

# The web server in front belongs to the group.
_SOCKET_RIGHTS = 0o660


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command to the parser."""
    parser = commands.add_parser("web", help="only answer requests (a part of serve)")
    add_address(parser)
    parser.set_defaults(run=run)


def add_address(parser: argparse.ArgumentParser) -> None:
    """Add where to listen."""
    parser.add_argument(
        "--address",
        default="127.0.0.1",
        help="to listen on (127.0.0.1), or the path of a Unix socket, which begins with /",
    )


def is_socket(address: str) -> bool:
    """Return whether it is the path of a Unix socket."""
    return address.startswith("/")


class OverSocket(http.client.HTTPConnection):
    """A connection to a server that listens on a Unix socket.

    :param path: of the socket.
    """

    def __init__(self, path: str, host: str = "localhost") -> None:
        super().__init__(host, timeout=5)
        self._path = path

    def connect(self) -> None:
        """Connect, as the first request does."""
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.settimeout(self.timeout)
        self.sock.connect(self._path)


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Serve until asked to stop.

    :raises SettingsError: no database is named, or it is a demonstration's or an office's unasked.
    """
    if settings.database_url is None:
        raise SettingsError("THONGTHIN_DATABASE_URL is not set; start with: thongthin serve")
    asyncio.run(demo.refuse_unasked(settings, settings.database_url))
    serve(settings, address=arguments.address)
    return os.EX_OK


def serve(settings: Settings, *, address: str) -> None:
    """Answer requests until asked to stop; the environment names the database."""
    logs.set_up(process="web")
    # Granian's own loader would import from the folder in which it was started, before all others.
    Granian(
        f"{asgi.__name__}:{asgi.create.__name__}",
        interface=Interfaces.ASGI,
        address=address,
        port=settings.port,
        uds=Path(address) if is_socket(address) else None,
        uds_permissions=_SOCKET_RIGHTS,
        workers=settings.workers,
        loop=Loops.uvloop,
        http=HTTPModes.http1,
        websockets=False,
        log_level=LogLevels.warning,
        log_dictconfig=_LOGGING,
        respawn_failed_workers=True,
        workers_kill_timeout=int(STOPPING) - 2,
    ).serve(target_loader=asgi.create, wrap_loader=False)
