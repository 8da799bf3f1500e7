"""Servers of one test, which end at once when it has ended."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@contextmanager
def answering(handler: Callable[..., BaseHTTPRequestHandler]) -> Iterator[str]:
    """Let the handler answer at a port of this machine, and give the address without a path."""
    taken: Any = handler
    with ThreadingHTTPServer(("127.0.0.1", 0), taken) as server:
        server.daemon_threads = True
        # Every so many seconds it looks whether it shall end.
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
