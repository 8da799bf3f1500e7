"""Publishers: each is registered once, by the account that hands in for it."""

from typing import Any

from contrib.catalog.service.rights import SUBMIT
from contrib.catalog.tables.submissions import Publisher
from core.api import (
    Conflict,
    Context,
    InvalidInput,
    Text,
    add,
    audit,
    catalog,
    need,
    new_id,
    transaction,
)

_TAKEN = Text(
    "มีผู้เผยแพร่ใช้รหัส “{code}” แล้ว เลือกรหัสอื่น",
    "Another publisher is called “{code}” already. Choose another code.",
)
_NO_CODE = Text(
    "ใช้ตัวอักษรอังกฤษตัวเล็ก ตัวเลข และขีดกลาง ขึ้นต้นด้วยตัวอักษร 2 ถึง 40 ตัว เช่น acme-studio",
    "Write small Latin letters, digits and hyphens, a letter first, 2 to 40: acme-studio.",
)
_TWICE = Text(
    "บัญชีนี้ลงทะเบียนผู้เผยแพร่แล้ว ส่งปลั๊กอินได้เลย",
    "This account is a publisher's already. Go on and hand in a plugin.",
)


async def register(ctx: Context, *, code: str, title: str, email: str) -> None:
    """Register the publisher for which the actor hands in.

    :param code: as a publisher of the catalog is called.
    :raises InvalidInput: the code is none, or another publisher's.
    :raises Conflict: the actor's account is a publisher's already.
    """
    need(ctx, SUBMIT)
    if not catalog.PUBLISHER.fullmatch(code):
        raise InvalidInput({"code": _NO_CODE})
    if await my_publisher(ctx):
        raise Conflict(_TWICE)
    row = {
        "tenant_id": ctx.tenant.id,
        "id": new_id(),
        "code": code,
        "title": title,
        "email": email,
        "account": ctx.actor.id,
        "registered_at": ctx.now,
    }
    async with transaction(ctx):
        if not await add(Publisher, row, unless=("tenant_id", "code")):
            raise InvalidInput({"code": _TAKEN.format(code=code)})
        subject = f"publisher/{row['id']}"
        await audit.record(ctx, "catalog.publisher.registered", subject, code=code)


async def my_publisher(ctx: Context) -> dict[str, Any] | None:
    """Return the publisher for which the actor hands in; None before it is registered."""
    async with transaction(ctx):
        return (
            await Publisher.select()
            .where(Publisher.of(ctx), Publisher.account == ctx.actor.id)
            .first()
        )
