"""What the office changes about its officers' accounts."""

from typing import Any
from uuid import UUID

from core import audit, db
from core.context import EVERYWHERE, Context
from core.errors import Conflict, NotAllowed, NotFound
from core.identity import accounts, holders
from core.identity.permissions import held_by
from core.identity.sessions import sign_out_everywhere
from core.identity.tables import Account
from core.text import Text

_ELSEWHERE = Text(
    "เจ้าหน้าที่คนนี้อยู่นอกส่วนราชการที่ท่านดูแล ติดต่อผู้ดูแลระบบของหน่วยงาน",
    "This officer is outside the divisions in your care. Ask your administrator.",
)
_MORE = Text(
    "เจ้าหน้าที่คนนี้มีสิทธิกว้างกว่าส่วนราชการที่ท่านดูแล ติดต่อผู้ดูแลระบบของหน่วยงาน",
    "This officer's rights reach beyond the divisions in your care. Ask your administrator.",
)
_SELF = Text(
    "ปิดบัญชีของตนเองไม่ได้ ให้ผู้ดูแลอีกคนทำแทน",
    "You cannot close your own account. Another administrator has to.",
)


async def open_officer(ctx: Context, officer: UUID) -> dict[str, Any]:
    """Return an officer's row; that it was opened is recorded.

    :raises NotFound: there is no such officer.
    :raises NotAllowed: outside the divisions in the actor's care.
    """
    row = await _officer(ctx, officer)
    async with db.transaction(ctx):
        await audit.record(ctx, "core.account.read", f"account/{officer}", owner=officer)
    return row


async def change_officer(ctx: Context, officer: UUID, **typed: str) -> None:
    """Change an officer's name, post, unit, phone and e-mail.

    :param typed: title, first_name, last_name, phone, email, post, unit, each as typed.
    :raises InvalidInput: something is wrong, or another account has that phone or e-mail.
    :raises NotAllowed: outside the divisions in the actor's care, or who holds more than that.
    """
    person, post, unit = accounts.check_officer(ctx, typed)
    _check_care(ctx, unit)
    await get_for_change(ctx, officer)
    values: dict[Any, Any] = {
        Account.title: person.title,
        Account.first_name: person.first_name,
        Account.last_name: person.last_name,
        Account.phone: person.phone,
        Account.phone_verified: person.phone is not None,
        Account.email: person.email,
        Account.email_verified: person.email is not None,
        Account.post: post,
        Account.unit: unit,
    }
    async with accounts.refuse_taken(), db.transaction(ctx):
        await Account.update(values).where(Account.of(ctx), Account.id == officer)
        await audit.record(ctx, "core.account.changed", f"account/{officer}", owner=officer)


async def close_officer(ctx: Context, officer: UUID, *, closed: bool) -> None:
    """Close the account of who has left, or open it again. Nothing is deleted.

    :raises Conflict: it is one's own, or nobody could manage officers any more.
    """
    await get_for_change(ctx, officer)
    if closed and officer == ctx.actor.id:
        raise Conflict(_SELF)
    action = "core.account.closed" if closed else "core.account.opened"
    async with db.transaction(ctx):
        await Account.update({Account.active: not closed}).where(
            Account.of(ctx), Account.id == officer
        )
        await holders.keep_somebody(ctx)
        await sign_out_everywhere(ctx, officer)
        await audit.record(ctx, action, f"account/{officer}", owner=officer)


async def get_for_change(ctx: Context, officer: UUID) -> dict[str, Any]:
    """Return an officer's row to whoever may have the officer sign in anew.

    Who could change where another's codes go, or hand out a link, could act as that officer: so
    it takes at least as much reach as the officer's roles have.

    :raises NotFound: there is no such officer.
    :raises NotAllowed: outside the actor's care, or who holds more than that.
    """
    row = await _officer(ctx, officer)
    held = [] if officer == ctx.actor.id else await held_by(ctx, officer)
    if not all(holders.reaches(ctx, one.permissions, one.unit) for one in held):
        raise NotAllowed(_MORE)
    return row


async def _officer(ctx: Context, officer: UUID) -> dict[str, Any]:
    row = await accounts.get(ctx, officer)
    if row["kind"] != "officer":
        raise NotFound(accounts.NO_ACCOUNT)
    _check_care(ctx, row["unit"])
    return row


def _check_care(ctx: Context, unit: str | None) -> None:
    if ctx.actor.kind == "system":
        return
    where = ctx.actor.permissions.get(holders.PEOPLE, frozenset())
    if where is not EVERYWHERE and unit not in where:
        raise NotAllowed(_ELSEWHERE)
