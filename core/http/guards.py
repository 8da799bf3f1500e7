"""Who may open a page: every handler names one of these, or ``public``.

All are coroutines: a plain function would be sent to another thread, for every request.
"""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from litestar.connection import ASGIConnection
from litestar.handlers import BaseRouteHandler

from core.context import Context
from core.errors import NotAllowed, NotFound, NotSignedIn, Resting
from core.http.reentry import keep_form
from core.http.shell import CONTEXT
from core.operator.here import is_operator
from core.text import Text

Connection = ASGIConnection[Any, Any, Any, Any]
Guard = Callable[[Connection, BaseRouteHandler], Awaitable[None]]

# Said in ``opt`` of a handler that goes on for everybody while the municipality is suspended.
WHILE_SUSPENDED = "thongthin.while_suspended"
AWAKE: Mapping[str, bool] = {WHILE_SUSPENDED: True}

_RESTING = Text(
    "ระบบของหน่วยงานนี้ถูกระงับชั่วคราว จึงยังรับหรือบันทึกอะไรไม่ได้ ข้อมูลเดิมอยู่ครบ ติดต่อสำนักงานโดยตรง",
    "The system of this office is suspended: nothing can be taken or saved now. All that was "
    "kept is still there. Please turn to the office itself.",
)
_SIGN_IN = Text("เข้าสู่ระบบก่อนใช้หน้านี้", "Sign in to use this page.")


def _context(connection: Connection) -> Context:
    ctx: Context | None = connection.scope.get(CONTEXT)  # type: ignore[assignment]
    if ctx is None:
        raise NotFound(Text("ไม่พบหน่วยงานของที่อยู่นี้", "No municipality has this address."))
    return ctx


def _awake(connection: Connection, handler: BaseRouteHandler) -> Context:
    """Return the context, unless the municipality is suspended: then only officers read.

    :raises Resting: it is, and the handler does not go on all the same.
    """
    ctx = _context(connection)
    if ctx.tenant.suspended is None or handler.opt.get(WHILE_SUSPENDED):
        return ctx
    if ctx.actor.kind == "officer" and connection.scope["method"] in ("GET", "HEAD"):  # type: ignore[typeddict-item]
        return ctx
    raise Resting(_RESTING)


async def public(connection: Connection, handler: BaseRouteHandler) -> None:
    """Let everybody in: the page shows nothing that belongs to anybody."""
    _awake(connection, handler)


async def signed_in(connection: Connection, handler: BaseRouteHandler) -> None:
    """Let in who has signed in, citizen or officer; what a stranger sent is kept."""
    ctx = _awake(connection, handler)
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


def allow_operator(permission: str) -> Guard:
    """Let in those who hold a permission in the operator's tenant; elsewhere there is no page."""
    allowed = allow(permission)

    async def guard(connection: Connection, handler: BaseRouteHandler) -> None:
        await allowed(connection, handler)
        if not is_operator(_context(connection)):
            raise NotFound(
                Text("ไม่พบหน้านี้ ตรวจที่อยู่อีกครั้ง", "There is no such page. Check the address.")
            )

    guard.permission = permission  # type: ignore[attr-defined]
    return guard
