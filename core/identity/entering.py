"""From a request to a browser, and from an opened session to the page that was wanted."""

from typing import Any

from litestar import Request
from litestar.response import Redirect

from core.context import Context
from core.http.reentry import safe_path
from core.identity import parking
from core.identity.cookies import (
    CODE,
    DEVICE,
    PARKED,
    SESSION,
    drop_cookie,
    read_cookie,
    set_cookie,
)
from core.identity.sessions import Browser, Opened, new_token
from core.identity.sign_in import DEVICE_KNOWN

AnyRequest = Request[Any, Any, Any]


def browser_of(request: AnyRequest, ctx: Context) -> Browser:
    """Return what is known of the browser; one that has no mark yet gets one."""
    return Browser(
        device=read_cookie(request, ctx, DEVICE) or new_token(),
        name=request.headers.get("user-agent", ""),
        token=read_cookie(request, ctx, SESSION),
    )


async def enter(
    request: AnyRequest, ctx: Context, opened: Opened, *, browser: Browser, to: str = ""
) -> Redirect:
    """Give the browser its session and go on: to what was parked, to the page wanted, or home.

    An officer's session ends with the browser, a citizen's lasts.

    :param to: path of the page that was wanted.
    """
    parked = read_cookie(request, ctx, PARKED)
    form = await parking.claim(ctx, parked, account=opened.account)
    home = "/desk" if opened.kind == "officer" else "/"
    answer = Redirect(
        f"/sign-in/kept/{form}" if form else safe_path(to, otherwise=home), status_code=303
    )
    lasts = int((opened.expires_at - ctx.now).total_seconds())
    seconds = lasts if opened.kind == "citizen" else None
    set_cookie(answer, ctx, SESSION, opened.token, seconds=seconds)
    set_cookie(answer, ctx, DEVICE, browser.device, seconds=int(DEVICE_KNOWN.total_seconds()))
    drop_cookie(answer, ctx, CODE)
    if parked:
        drop_cookie(answer, ctx, PARKED)
    return answer
