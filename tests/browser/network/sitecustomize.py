"""A network that ends at this machine, for every process of an installation that is tried.

Python runs it at its start. Whom a process asks for is written down; what is not here is refused.
"""

import os
import socket
import sys
from pathlib import Path
from typing import Any

_ASKED = Path(os.environ["NETWORK_ASKED"])
_resolve = socket.getaddrinfo


def _note(host: str) -> None:
    with _ASKED.open("a", encoding="utf-8") as file:
        file.write(f"{host}\n")


def _here(host: Any, *arguments: Any, **named: Any) -> Any:
    _note(host.decode() if isinstance(host, bytes) else str(host))
    return _resolve(host, *arguments, **named)


def _look(event: str, arguments: tuple[Any, ...]) -> None:
    if event != "socket.connect" or not isinstance(arguments[1], tuple):
        return
    host = str(arguments[1][0])
    _note(host)
    if host not in ("127.0.0.1", "::1"):
        raise OSError(f"there is no network: {host}")


socket.getaddrinfo = _here
sys.addaudithook(_look)
