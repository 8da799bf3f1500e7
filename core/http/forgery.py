"""Forms are taken from our own pages only.

A modern browser says itself which site a form comes from (``Sec-Fetch-Site``, or ``Origin``),
and no page can make it lie. Who does not say must return the token of the page, which the
cookie of that browser holds too. Two pages that were opened at once, a cookie that is lost or
of an earlier installation, and a page that was not yet whole when its form was sent therefore
cost nobody what they typed.
"""

import secrets
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import urlsplit

from litestar import Request
from litestar.datastructures import Cookie, MutableScopeHeaders, UploadFile
from litestar.enums import ScopeType
from litestar.types import ASGIApp, Message, Receive, Scope, Send

from core.errors import Expired
from core.http.received import close_files
from core.identity.cookies import CSRF, cookie_name
from core.keys import Keys
from core.runtime import RUNTIME, Runtime
from core.text import Text

FIELD = "_csrf_token"
HEADER = "X-CSRFToken"
TOKEN = "thongthin.csrf"  # noqa: S105 - where in the scope it is found
EXCLUDED = "exclude_from_csrf"  # handlers that know no session

_SAFE = ("GET", "HEAD", "OPTIONS")
_NONCE = 16  # bytes

_EXPIRED = Text(
    "หน้านี้หมดอายุ ตรวจสิ่งที่กรอกไว้ด้านล่าง แล้วกดส่งอีกครั้ง ยังไม่มีอะไรถูกส่ง",
    "This page has expired. Look at what you filled in below and send it again. "
    "Nothing was sent yet.",
)
_ELSEWHERE = Text(
    "คำสั่งนี้ส่งมาจากเว็บไซต์อื่น จึงไม่รับ เปิดหน้าของหน่วยงานแล้วทำรายการเอง",
    "This was sent by another website and is not taken. Open the office's own page for it.",
)


def new_token(keys: Keys) -> str:
    """Return a token that only this installation makes."""
    nonce = secrets.token_hex(_NONCE)
    return nonce + keys.fingerprint("csrf", nonce).hex()


def is_ours(keys: Keys, token: object) -> bool:
    """Return whether this installation made the token."""
    if not isinstance(token, str) or not token.isascii():
        return False
    nonce = token[: 2 * _NONCE]
    return secrets.compare_digest(token[2 * _NONCE :], keys.fingerprint("csrf", nonce).hex())


def token_of(request: Request[Any, Any, Any]) -> str:
    """Return the token that the forms of the answer carry."""
    return str(request.scope.get(TOKEN, ""))


def from_here(headers: Mapping[str, str]) -> bool | None:
    """Return whether the browser says that one of our own pages sent this; None: it does not say.

    ``Sec-Fetch-Site: none`` is the person, not a page.
    """
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site in ("same-origin", "none")
    origin = headers.get("origin")
    if origin is None:
        return None
    try:
        return urlsplit(origin).netloc == headers.get("host", "")
    except ValueError:
        return False


def _same(given: object, token: str) -> bool:
    return isinstance(given, str) and given.isascii() and secrets.compare_digest(given, token)


def _has_files(sent: Iterable[tuple[str, Any]]) -> bool:
    return any(isinstance(value, UploadFile) and value.filename for _, value in sent)


class Forgery:
    """The middleware that gives browsers their token and asks for it."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse what comes from elsewhere, pass on the rest."""
        if scope["type"] == ScopeType.WEBSOCKET or scope["route_handler"].opt.get(EXCLUDED):
            await self._app(scope, receive, send)
            return
        request: Request[Any, Any, Any] = scope["litestar_app"].request_class(scope, receive)
        runtime: Runtime = scope[RUNTIME]  # type: ignore[literal-required]
        held = request.cookies.get(cookie_name(runtime.settings, CSRF))
        known = is_ours(runtime.keys, held)
        token = str(held) if known else new_token(runtime.keys)
        scope[TOKEN] = token  # type: ignore[literal-required]
        try:
            if scope["method"] not in _SAFE:
                await self._demand(request, token)
            await self._app(scope, receive, send if known else _giving(send, token, runtime))
        finally:
            await close_files(scope)

    async def _demand(self, request: Request[Any, Any, Any], token: str) -> None:
        here = from_here(request.headers)
        if here or _same(request.headers.get(HEADER), token):
            return
        sent = list((await request.form()).multi_items())
        if any(name == FIELD and _same(value, token) for name, value in sent):
            return
        if here is False:
            raise Expired(_ELSEWHERE)
        fields = [(name, value) for name, value in sent if isinstance(value, str) and name != FIELD]
        raise Expired(_EXPIRED, fields=fields, files=_has_files(sent))


def _giving(send: Send, token: str, runtime: Runtime) -> Send:
    async def give(message: Message) -> None:
        if message["type"] == "http.response.start":
            cookie = Cookie(
                key=cookie_name(runtime.settings, CSRF),
                value=token,
                secure=runtime.settings.secure,
                httponly=True,
                samesite="lax",
            )
            headers = MutableScopeHeaders.from_message(message)
            headers.add("set-cookie", cookie.to_header(header=""))
        await send(message)

    return give
