"""Nothing typed is lost when a session is over: the form is kept, encrypted, for an hour.

The browser holds a token. A form whose session is known belongs to that
account; another belongs to whoever signs in next in that browser.
"""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

import msgspec

from core import db
from core.context import Context
from core.errors import NotFound
from core.identity.sessions import hashed, new_token
from core.identity.tables import ParkedForm
from core.text import Text

LIFE = timedelta(hours=1)
LARGEST = 1_000_000  # bytes

_LOCK = "parked form"
_GONE = Text(
    "ไม่พบสิ่งที่กรอกไว้ เพราะเกิน 1 ชั่วโมงแล้ว หรือเป็นของบัญชีอื่น กรอกใหม่อีกครั้ง",
    "What was filled in is not here: an hour has passed, or it is another account's. "
    "Please fill it in again.",
)


class Form(msgspec.Struct, frozen=True, kw_only=True):
    """What was sent and could not be taken.

    :param path: where it was sent to, with its query.
    :param fields: name and value, in the order of the form; a name may stand several times.
    :param files: whether there were files, which are not kept.
    """

    path: str
    fields: Sequence[tuple[str, str]]
    files: bool = False


async def park(ctx: Context, form: Form, *, account: UUID | None) -> str | None:
    """Keep a form for an hour and return the token it is found by.

    :param account: whose session it was; None when that is not known.
    :returns: None for a form that is too large to be kept.
    """
    text = msgspec.json.encode(form).decode()
    if len(text.encode()) > LARGEST:
        return None
    token, id = new_token(), db.new_id()
    async with db.transaction(ctx):
        await ParkedForm.insert(
            ParkedForm(
                tenant_id=ctx.tenant.id,
                id=id,
                token=hashed(token),
                account=account,
                form=ctx.keys.encrypt(_LOCK, text, bound_to=f"{ctx.tenant.id}/{id}"),
                created_at=ctx.now,
                expires_at=ctx.now + LIFE,
            )
        )
    return token


async def is_parked(ctx: Context, token: str) -> bool:
    """Return whether a form waits under this token."""
    return token != "" and await _find(ctx, ParkedForm.token == hashed(token)) is not None


async def claim(ctx: Context, token: str, *, account: UUID) -> UUID | None:
    """Give the form that waits in this browser to who has just signed in here.

    :returns: its id; None when there is none, or it is another account's.
    """
    if not token:
        return None
    async with db.transaction(ctx):
        row = await _find(ctx, ParkedForm.token == hashed(token))
        if row is None or row["account"] not in (None, account):
            return None
        await ParkedForm.update({ParkedForm.account: account}).where(
            ParkedForm.of(ctx), ParkedForm.id == row["id"]
        )
    id: UUID = row["id"]
    return id


async def get_parked(ctx: Context, form: UUID) -> Form:
    """Return a form of the actor.

    :raises NotFound: an hour has passed, it was thrown away, or it is another's.
    """
    row = await _find(ctx, (ParkedForm.id == form) & (ParkedForm.account == ctx.actor.id))
    if row is None or ctx.actor.id is None:
        raise NotFound(_GONE)
    text = ctx.keys.decrypt(_LOCK, row["form"], bound_to=f"{ctx.tenant.id}/{form}")
    return msgspec.json.decode(text, type=Form)


async def throw_away(ctx: Context, form: UUID) -> None:
    """Delete a form of the actor, if it is still there."""
    async with db.transaction(ctx):
        await ParkedForm.delete().where(
            ParkedForm.of(ctx), ParkedForm.id == form, ParkedForm.account == ctx.actor.id
        )


async def _find(ctx: Context, which: Any) -> dict[str, Any] | None:
    async with db.transaction(ctx):
        row: dict[str, Any] | None = (
            await ParkedForm.select()
            .where(ParkedForm.of(ctx), ParkedForm.expires_at > ctx.now, which)
            .first()
        )
    return row
