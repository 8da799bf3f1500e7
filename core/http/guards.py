"""Who may open a page: every handler names one of these, or ``public``.

All are coroutines: a plain function would be sent to another thread, for every request.
"""

from collections.abc import Awaitable, Callable
from typing import Any

from litestar.connection import ASGIConnection
from litestar.handlers import BaseRouteHandler

from core.context import Context
from core.errors import NotAllowed, NotFound, NotSignedIn
from core.http.reentry import keep_form
from core.http.shell import CONTEXT
from core.text import Text

Connection = ASGIConnection[Any, Any, Any, Any]
Guard = Callable[[Connection, BaseRouteHandler], Awaitable[None]]

_SIGN_IN = Text("เข้าสู่ระบบก่อนใช้หน้านี้", "Sign in to use this page.")


def _context(connection: Connection) -> Context:
    ctx: Context | None = connection.scope.get(CONTEXT)  # type: ignore[assignment]
    if ctx is None:
        raise NotFound(Text("ไม่พบหน่วยงานของที่อยู่นี้", "No municipality has this address."))
    return ctx


async def public(connection: Connection, _: BaseRouteHandler) -> None:
    """Let everybody in: the page shows nothing that belongs to anybody."""
    _context(connection)


async def signed_in(connection: Connection, _: BaseRouteHandler) -> None:
    """Let in who has signed in, citizen or officer; what a stranger sent is kept."""
    ctx = _context(connection)
    if ctx.actor.id is None:
        await keep_form(connection, ctx)
        raise NotSignedIn(_SIGN_IN)


async def officer(connection: Connection, handler: BaseRouteHandler) -> None:
    """Let in every officer."""
    await signed_in(connection, handler)
    ctx = _context(connection)
    if ctx.actor.kind != "officer":
        raise NotAllowed(
            Text(
                "หน้านี้ใช้ได้เฉพาะเจ้าหน้าที่ของหน่วยงาน",
                "This page is for officers of the municipality.",
            )
        )


def allow(permission: str) -> Guard:
    """Let in officers who hold a permission in some division; the service asks in which."""

    async def guard(connection: Connection, handler: BaseRouteHandler) -> None:
        await officer(connection, handler)
        if not _context(connection).actor.may(permission):
            raise NotAllowed(
                Text(
                    "บัญชีของท่านยังไม่มีสิทธิใช้หน้านี้ ถ้าต้องใช้ ติดต่อผู้ดูแลระบบของหน่วยงาน",
                    "Your account may not use this page. If you need it, ask your administrator.",
                )
            )

    guard.permission = permission  # type: ignore[attr-defined]
    return guard
