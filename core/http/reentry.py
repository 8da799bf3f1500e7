"""To the sign-in page and back: where somebody was, and what they had filled in."""

import contextlib
from typing import Any
from urllib.parse import urlencode, urlsplit

from litestar import Request, Response
from litestar.connection import ASGIConnection
from litestar.datastructures import UploadFile
from litestar.response import Redirect

from core.context import Context
from core.errors import TooMany
from core.http.forgery import FIELD
from core.identity import attempts, parking, sessions
from core.identity.cookies import PARKED, SESSION, read_cookie, set_cookie

AnyRequest = Request[Any, Any, Any]
PARKED_AS = "thongthin.parked"
# Fields that no page gives back.
PASSWORDS = ("password", "current", "new")

_LONGEST = 1000


def safe_path(text: str, *, otherwise: str = "/") -> str:
    """Return a path of this site, or ``otherwise`` for what could lead elsewhere.

    Browsers leave out control characters and read a backslash as a slash.
    """
    inside = text.startswith("/") and not text.startswith(("//", "/\\"))
    plain = text.isprintable() and len(text) <= _LONGEST
    return text if inside and plain else otherwise


async def keep_form(connection: ASGIConnection[Any, Any, Any, Any], ctx: Context) -> None:
    """Keep what a stranger has just sent, most often somebody whose session is over.

    Files are not kept, nor what other programs send.
    """
    if not isinstance(connection, Request) or connection.method in ("GET", "HEAD"):
        return
    content_type = connection.content_type[0]
    if content_type not in ("application/x-www-form-urlencoded", "multipart/form-data"):
        return
    with contextlib.suppress(TooMany):
        await attempts.take(ctx, "park", ctx.address, attempts.REGISTRATIONS)
        over = await sessions.find_over(ctx, read_cookie(connection, ctx, SESSION))
        form = await _read(connection)
        token = await parking.park(ctx, form, account=over.account if over else None)
        connection.scope[PARKED_AS] = token  # type: ignore[literal-required]


async def _read(request: AnyRequest) -> parking.Form:
    form = await request.form()
    sent = list(form.multi_items())
    await form.close()
    return parking.Form(
        path=_here(request),
        fields=[(name, value) for name, value in sent if isinstance(value, str) and name != FIELD],
        files=any(isinstance(value, UploadFile) and value.filename for _, value in sent),
    )


def _here(request: AnyRequest) -> str:
    query = request.url.query
    return f"{request.url.path}?{query}" if query else request.url.path


def send_to_sign_in(request: AnyRequest, ctx: Context) -> Response[Any]:
    """Answer with the way to the sign-in page, which leads back here."""
    if request.method == "GET" and request.headers.get("hx-request") != "true":
        back = _here(request)
    else:
        shown = request.headers.get("hx-current-url") or request.headers.get("referer", "")
        parts = urlsplit(str(shown))
        back = f"{parts.path}?{parts.query}" if parts.query else parts.path
    address = f"/sign-in?{urlencode({'next': safe_path(back)})}"
    answer: Response[Any]
    if request.headers.get("hx-request") == "true":
        answer = Response(None, status_code=401, headers={"HX-Redirect": address})
    else:
        answer = Redirect(address, status_code=303)
    answer.headers["Cache-Control"] = "no-store"
    if token := request.scope.get(PARKED_AS):
        seconds = int(parking.LIFE.total_seconds())
        set_cookie(answer, ctx, PARKED, str(token), seconds=seconds)
    return answer
