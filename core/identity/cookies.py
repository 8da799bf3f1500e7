"""The cookies by which a browser is known: none of them can be read by a script.

Over https their names begin with ``__Host-``, so that no neighbouring host can set them.
"""

from typing import Any

from litestar import Request, Response

from core.context import Context
from core.settings import Settings

SESSION = "session"
DEVICE = "device"  # the lasting mark of the browser
CODE = "code"  # a code is awaited
PARKED = "parked"  # a form is kept
CSRF = "csrf"  # the token that its forms carry


def cookie_name(settings: Settings, name: str) -> str:
    """Return what a cookie is called where the pages are served."""
    return f"__Host-{name}" if settings.secure else name


def read_cookie(request: Request[Any, Any, Any], ctx: Context, name: str) -> str:
    """Return what the browser sent, "" for nothing."""
    return request.cookies.get(cookie_name(ctx.settings, name), "")


def set_cookie(
    answer: Response[Any], ctx: Context, name: str, value: str, *, seconds: int | None
) -> None:
    """Have the browser keep a value.

    :param seconds: how long; None until it is closed, 0 to forget it.
    """
    answer.set_cookie(
        cookie_name(ctx.settings, name),
        value,
        max_age=seconds,
        path="/",
        secure=ctx.settings.secure,
        httponly=True,
        samesite="lax",
    )


def drop_cookie(answer: Response[Any], ctx: Context, name: str) -> None:
    """Have the browser forget a value."""
    set_cookie(answer, ctx, name, "", seconds=0)
