"""What happens to every request before the application sees it, and to every answer after.

A request gets its sender, an id, its municipality (by the host name), its language and its
actor; an answer gets the headers that keep browsers strict, a line in the log
and a place in the figures.
"""

import secrets
import time
from datetime import UTC, datetime
from http.cookies import CookieError, SimpleCookie
from typing import Any

import structlog
from litestar.response.base import ASGIResponse
from litestar.types import ASGIApp, Message, Receive, Send

from core import db
from core.context import STRANGER, Context
from core.http import metrics
from core.http.pages import plain_page
from core.identity import sessions, support
from core.identity.cookies import SESSION, cookie_name
from core.runtime import RUNTIME, Runtime
from core.tenants.tenant import Tenant
from core.text import Text

log = structlog.get_logger("request")

# Served the same for everybody: no municipality, no session.
FILES = ("/static/", "/assets/")
SHARED = (*FILES, "/health", "/metrics")
LANGUAGE_COOKIE = "language"
CONTEXT = "thongthin.context"
COOKIES = "thongthin.cookies"

_AWAY = Text(
    "ระบบหยุดพักชั่วคราว ที่ส่งแล้วไม่หาย ลองอีกครั้งในอีกสักครู่",
    "The system is resting for a moment. What you sent is safe. Try again shortly.",
)

# Said by a picture itself that may be shown on pages of others.
_OWN = {b"cross-origin-resource-policy"}
# Of a file only what keeps it from being taken for something else, and from being used elsewhere:
# the policy is the page's, and on a weak line every file of a first visit would repeat it.
_OF_FILES = (
    (b"x-content-type-options", b"nosniff"),
    (b"cross-origin-resource-policy", b"same-origin"),
)
_HEADERS = (
    (
        b"content-security-policy",
        b"default-src 'self'; img-src 'self' data: blob: https:; object-src 'none'; "
        b"base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
    ),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"same-origin"),
    (b"permissions-policy", b"geolocation=(self), camera=(self), microphone=()"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
)


class Shell:
    """The outermost ASGI application."""

    def __init__(self, app: ASGIApp, runtime: Runtime) -> None:
        self.application = app
        self._runtime = runtime

    async def __call__(self, scope: Any, receive: Receive, send: Send) -> None:
        """Prepare the request, pass it on, finish the answer."""
        if scope["type"] != "http":
            await self.application(scope, receive, send)
            return
        self._runtime.settings.proxies.see_through(scope)
        scope = _plain(scope) | {RUNTIME: self._runtime}
        began = time.perf_counter()
        request = secrets.token_hex(4).upper()
        status = 500

        async def finish(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                given = {name for name, _ in message["headers"]} & _OWN
                added = [one for one in self._headers(scope, request) if one[0] not in given]
                message["headers"] = [*message["headers"], *added]
            await send(message)

        try:
            with structlog.contextvars.bound_contextvars(request=request):
                app = self.application
                if not scope["path"].startswith(SHARED):
                    app = await self._prepare_if_possible(scope, request)
                await app(scope, receive, finish)
        finally:
            took = time.perf_counter() - began
            metrics.observe(scope, status, took)
            _log(scope, request, status, took)

    def _headers(self, scope: Any, request: str) -> list[tuple[bytes, bytes]]:
        file = scope["path"].startswith(FILES)
        headers = [*(_OF_FILES if file else _HEADERS), (b"x-request-id", request.encode())]
        if self._runtime.settings.secure:
            headers.append((b"strict-transport-security", b"max-age=31536000"))
        return headers

    async def _prepare_if_possible(self, scope: Any, request: str) -> ASGIApp:
        try:
            await self._prepare(scope, request)
        except db.AWAY:
            # Without the database nothing is known, not even whose page it is.
            log.exception("no database", request=request)
            page = plain_page(_AWAY, 503).content.encode()
            return ASGIResponse(
                body=page, status_code=503, media_type="text/html", headers={"Retry-After": "10"}
            )
        return self.application

    async def _prepare(self, scope: Any, request: str) -> None:
        headers = dict(scope["headers"])
        cookies = _cookies(headers.get(b"cookie", b""))
        scope[COOKIES] = cookies
        host = headers.get(b"host", b"").decode("latin-1")
        tenant = await self._runtime.directory.of_host(host)
        if tenant is None:
            return
        scope[CONTEXT] = await self._context(scope, request, tenant, cookies)

    async def _context(
        self, scope: Any, request: str, tenant: Tenant, cookies: dict[str, str]
    ) -> Context:
        language = cookies.get(LANGUAGE_COOKIE, "th")
        client = scope["client"]
        ctx = Context(
            tenant=tenant,
            host=self._runtime.host,
            keys=self._runtime.keys_of(tenant),
            settings=self._runtime.settings,
            now=datetime.now(UTC),
            actor=STRANGER,
            language="en" if language == "en" else "th",
            request=request,
            address=client[0] if client else "",
        )
        session = cookies.get(cookie_name(ctx.settings, SESSION), "")
        ctx = await sessions.resume(ctx, session)
        await support.note_use(ctx, scope["method"], scope["path"])
        return ctx


def _plain(scope: Any) -> Any:
    """Return the scope as handlers understand it.

    Asked for the head alone, a page is made as always; the server leaves its body out. NUL, which
    no address of ours holds and the database does not take, is left out of a query, and makes a
    path one that leads nowhere.
    """
    query, path = scope["query_string"], scope["path"]
    if scope["method"] != "HEAD" and b"%00" not in query and "\x00" not in path:
        return scope
    method = "GET" if scope["method"] == "HEAD" else scope["method"]
    path = path if "\x00" not in path else "/nowhere"
    plain = {"method": method, "query_string": query.replace(b"%00", b""), "path": path}
    return scope | plain | {"raw_path": path.encode()}


def _cookies(header: bytes) -> dict[str, str]:
    try:
        read = SimpleCookie(header.decode("latin-1"))
    except CookieError:
        return {}
    return {name: morsel.value for name, morsel in read.items()}


def _log(scope: Any, request: str, status: int, took: float) -> None:
    ctx: Context | None = scope.get(CONTEXT)
    log.info(
        "request",
        request=request,
        tenant=ctx.tenant.id if ctx else None,
        actor=ctx.actor.kind if ctx else None,
        method=scope["method"],
        route=metrics.route_of(scope),
        status=status,
        ms=round(took * 1000, 1),
    )
