"""Pages of plugins under the watchdog: one that holds the event loop is cut off."""

from collections.abc import Callable
from typing import Any

from litestar.types import ASGIApp, Receive, Send

from core.behalf import on_behalf
from core.host import Host
from core.http.shell import CONTEXT
from core.watchdog import HeldUp

LONGEST_HOLD = 5.0  # seconds


def watched(plugin: str, host: Host) -> Callable[[ASGIApp], ASGIApp]:
    """Return a middleware for the pages of a plugin.

    Holding the loop counts as a failure of the plugin. An ordinary error of a page does not:
    whoever finds one could have the plugin put to rest.
    """

    def wrap(app: ASGIApp) -> ASGIApp:
        async def serve(scope: Any, receive: Receive, send: Send) -> None:
            try:
                running = _run(app, scope, receive, send)
                ctx = scope.get(CONTEXT)
                with on_behalf(host.behalf(ctx, plugin) if ctx else None):
                    await host.watchdog.watch(running, longest=LONGEST_HOLD)
            except HeldUp as problem:
                host.quarantine.failed(scope[CONTEXT], plugin, scope["path"], problem)
                raise

        return serve

    return wrap


async def _run(app: ASGIApp, scope: Any, receive: Receive, send: Send) -> None:
    await app(scope, receive, send)
