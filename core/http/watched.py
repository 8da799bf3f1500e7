"""Pages of plugins: where they are switched on, and under the watchdog.

A page that holds the event loop is cut off.
"""

from collections.abc import Callable
from typing import Any

from litestar.status_codes import HTTP_500_INTERNAL_SERVER_ERROR as BROKEN
from litestar.types import ASGIApp, Message, Receive, Send

from core.behalf import on_behalf
from core.context import Context
from core.costs import Measured
from core.errors import NotFound
from core.http.metrics import route_of
from core.http.shell import CONTEXT
from core.runtime import RUNTIME
from core.text import Text
from core.watchdog import HeldUp

LONGEST_HOLD = 5.0  # seconds

_NOT_READY = Text(
    "ส่วนนี้ยังไม่พร้อม ส่วนอื่นใช้ได้ตามปกติ",
    "This part is not ready. All others work as usual.",
)
_NOT_OPEN = Text(
    "ส่วน “{title}” ยังไม่เปิดใช้ที่นี่ ติดต่อเจ้าหน้าที่ได้ที่สำนักงาน",
    "“{title}” is not open here at present. Please ask at the office.",
)
_STOPPED = Text(
    "ส่วน “{title}” ถูกระงับ เพราะ{reason} ข้อมูลที่บันทึกไว้ยังอยู่ ติดต่อเจ้าหน้าที่ได้ที่สำนักงาน",
    "“{title}” was stopped: {reason} What was recorded is kept. Please ask at the office.",
)


def watched(plugin: str) -> Callable[[ASGIApp], ASGIApp]:
    """Return a middleware for the pages of a plugin.

    Holding the loop counts as a failure of the plugin. An ordinary error of a page is counted for
    the administrator only: whoever finds one could have the plugin put to rest.
    """

    def wrap(app: ASGIApp) -> ASGIApp:
        async def serve(scope: Any, receive: Receive, send: Send) -> None:
            ctx, host = scope.get(CONTEXT), scope[RUNTIME].host
            if ctx is not None:
                _demand_on(ctx, plugin)
            with Measured(host.costs, plugin, route_of(scope)) as measured:

                async def noted(message: Message) -> None:
                    if message["type"] == "http.response.start" and message["status"] == BROKEN:
                        measured.problem = f"answered {BROKEN}"
                    await send(message)

                try:
                    running = _run(app, scope, receive, noted)
                    with on_behalf(host.behalf(ctx, plugin) if ctx else None):
                        await host.watchdog.watch(running, longest=LONGEST_HOLD)
                except HeldUp as problem:
                    host.quarantine.failed(ctx, plugin, scope["path"], problem)
                    raise
                if ctx is not None and measured.problem:
                    host.quarantine.count(ctx, plugin, f"{measured.where}: {measured.problem}")

        return serve

    return wrap


def _demand_on(ctx: Context, plugin: str) -> None:
    """Return where the municipality has the plugin switched on.

    :raises NotFound: it has not, or the plugin rests, was stopped or is refused.
    """
    manifest = ctx.host.plugins.get(plugin)
    if manifest is None:
        raise NotFound(_NOT_READY)
    if plugin in ctx.tenant.stopped:
        raise NotFound(_STOPPED.format(title=manifest.title, reason=ctx.tenant.stopped[plugin]))
    resting = (ctx.tenant.id, plugin) in ctx.host.quarantine.resting
    if (plugin not in ctx.tenant.plugins or resting) and not manifest.fixed:
        raise NotFound(_NOT_OPEN.format(title=manifest.title))


async def _run(app: ASGIApp, scope: Any, receive: Receive, send: Send) -> None:
    await app(scope, receive, send)
