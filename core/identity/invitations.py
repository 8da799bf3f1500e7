"""Invitations: a link by which an officer sets the first password, or a new one, and is let in.

For whoever cannot get a code: the first administrator of an office, where no mail server is set
yet, and officers to whom an administrator hands the link. It lives three days, works once,
and the next one for the same officer makes it void. The database holds its hash only.
"""

from datetime import timedelta
from typing import Any
from uuid import UUID

from core import audit, db
from core.context import Context
from core.errors import Conflict, InvalidInput
from core.identity import accounts, codes, credentials, officers, passwords
from core.identity.sessions import Browser, Opened, open_session, sign_out_everywhere
from core.text import Text

LIFE = timedelta(days=3)

_CLOSED = Text(
    "บัญชีนี้ปิดอยู่ เปิดบัญชีก่อน แล้วออกลิงก์อีกครั้ง",
    "This account is closed. Open it first, then make the link again.",
)
_OVER = Text(
    "ลิงก์นี้ใช้ไม่ได้แล้ว เพราะเกิน 3 วัน ใช้ไปแล้ว หรือมีลิงก์ใหม่กว่า ขอลิงก์ใหม่จากผู้ดูแลระบบ",
    "This link is over: three days have passed, it was used, or there is a newer one. "
    "Ask the administrator for a new one.",
)


async def invite(ctx: Context, officer: UUID) -> str:
    """Return the path of a page on which an officer sets a password; it is shown once.

    :raises NotFound: there is no such officer.
    :raises NotAllowed: the officer is outside the actor's care, or holds more than that.
    :raises Conflict: the account is closed.
    """
    row = await officers.get_for_change(ctx, officer)
    if not row["active"]:
        raise Conflict(_CLOSED)
    async with db.transaction(ctx):
        token = await codes.hand_over(ctx, purpose="invitation", account=officer, life=LIFE)
        await audit.record(ctx, "core.account.invited", f"account/{officer}", owner=officer)
    return f"/invited/{token}"


async def find_invited(ctx: Context, token: str) -> dict[str, Any] | None:
    """Return the row of the officer whom a link is for; None when the link is over."""
    account = await codes.find_account(ctx, token, purpose="invitation")
    row = await accounts.get(ctx, account) if account else None
    return row if row and row["active"] else None


async def accept(ctx: Context, token: str, *, password: str, browser: Browser) -> Opened:
    """Set the password of whoever was invited, and let them in; other devices are signed out.

    :raises InvalidInput: the link is over, or the password is not taken.
    """
    row = await find_invited(ctx, token)
    if row is None:
        raise InvalidInput({"password": _OVER})
    problem = passwords.problem_of(password, known=credentials.known_of(row))
    if problem or not password:
        raise InvalidInput({"password": problem or credentials.NEW})
    kept = await passwords.hash_password(password)
    async with db.transaction(ctx):
        await codes.use_otherwise(ctx, token, purpose="invitation")
        await credentials.keep_password(ctx, row, kept)
        await sign_out_everywhere(ctx, row["id"])
    return await open_session(ctx, row["id"], "officer", browser=browser, how="invitation")
