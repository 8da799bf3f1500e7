"""Members: households of the waste bank, and how each is paid."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

import msgspec

from contrib.recycling.service.rights import MEMBERS, READ
from contrib.recycling.tables.register import Member
from core.api import (
    Conflict,
    Context,
    NotFound,
    Text,
    add,
    audit,
    need,
    new_id,
    numbers,
    people,
    transaction,
)

PAGE = 100
_NONE = Text("ไม่พบสมาชิกนี้", "There is no such member.")
_JOIN = Text(
    "ท่านยังไม่ได้เป็นสมาชิกธนาคารขยะ สมัครก่อน ใช้เวลาไม่ถึงหนึ่งนาที",
    "You are no member of the waste bank yet. Join first; it takes less than a minute.",
)
_TWICE = Text(
    "บัญชีนี้เป็นสมาชิกแล้ว เปิดหน้า ธนาคารขยะของฉัน", "This account is a member already. Open its page."
)
_FOUND = """
SELECT id, number, name, phone, address, village, open FROM recycling.member
WHERE tenant_id = $1 AND ($2 = '' OR strpos(lower(concat_ws(' ', number, name, phone, address,
  village)), lower($2)) > 0) ORDER BY number LIMIT $3
"""


class Facts(msgspec.Struct, frozen=True, kw_only=True):
    """What a household says of itself.

    :param pay: a key of ``WAYS``.
    :param promptpay: E.164 or 13 digits.
    """

    name: str
    phone: str = ""
    address: str
    village: str = ""
    pay: str = "cash"
    promptpay: str = ""
    bank: str = ""
    bank_account: str = ""


async def join(ctx: Context, facts: Facts) -> UUID:
    """Make the actor's household a member.

    :raises Conflict: it is one already.
    """
    if ctx.actor.id is None:
        raise NotFound(_NONE)
    known = await people.find_account(ctx, ctx.actor.id)
    phone = (known.phone if known else None) or facts.phone
    own = msgspec.structs.replace(facts, name=ctx.actor.name, phone=phone)
    return await _insert(ctx, own, ctx.actor.id)


async def register(ctx: Context, facts: Facts) -> UUID:
    """Take in a household that stands at the counter.

    :raises NotAllowed: the actor takes in nobody.
    """
    need(ctx, MEMBERS)
    return await _insert(ctx, facts, None)


async def _insert(ctx: Context, facts: Facts, account: UUID | None) -> UUID:
    id = new_id()
    async with transaction(ctx):
        row = {
            "tenant_id": ctx.tenant.id,
            "id": id,
            "number": await numbers.draw(ctx, "recycling.member"),
            "account": account,
            **msgspec.structs.asdict(facts),
            "advance": 0,
            "open": True,
            "joined_at": ctx.now,
        }
        if not await add(Member, row, unless=("tenant_id", "account")):
            raise Conflict(_TWICE)
        await audit.record(ctx, "recycling.member.joined", f"member/{id}", owner=account)
    return id


async def change(ctx: Context, member: UUID, facts: Facts) -> None:
    """Correct what is known of a household: an officer, or the household itself.

    :raises NotFound: there is no such member, or it is another household.
    """
    row = await _seen(ctx, member, MEMBERS)
    if row["account"] is not None:
        facts = msgspec.structs.replace(facts, name=row["name"])
    async with transaction(ctx):
        values: dict[Any, Any] = msgspec.structs.asdict(facts)
        await Member.update(values).where(Member.of(ctx), Member.id == member)
        await audit.record(
            ctx, "recycling.member.changed", f"member/{member}", owner=row["account"]
        )


async def get_member(ctx: Context, member: UUID) -> Mapping[str, Any]:
    """Return a member: officers read any, a household itself; an officer's look is recorded.

    :raises NotFound: there is none, or it is another household.
    """
    row = await _seen(ctx, member, READ)
    if row["account"] is None or row["account"] != ctx.actor.id:
        async with transaction(ctx):
            await audit.record(
                ctx, "recycling.member.read", f"member/{member}", owner=row["account"]
            )
    return row


async def _seen(ctx: Context, member: UUID, permission: str) -> dict[str, Any]:
    row = await find_row(ctx, member)
    own = row is not None and row["account"] is not None and row["account"] == ctx.actor.id
    if row is None or (ctx.actor.kind == "citizen" and not own):
        raise NotFound(_NONE)
    if not own:
        need(ctx, permission)
    return row


async def find_row(ctx: Context, member: UUID) -> dict[str, Any] | None:
    """Return a member for what asks for its own rights; None where there is none."""
    async with transaction(ctx):
        return await Member.select().where(Member.of(ctx), Member.id == member).first()


async def hold(ctx: Context, member: UUID) -> dict[str, Any]:
    """Return a member whose account nobody else changes until this transaction ends.

    :raises NotFound: there is none.
    """
    async with transaction(ctx):
        row = (
            await Member.select()
            .where(Member.of(ctx), Member.id == member)
            .lock_rows("UPDATE")
            .first()
        )
    if row is None:
        raise NotFound(_NONE)
    return row


async def my_member(ctx: Context) -> dict[str, Any] | None:
    """Return the actor's own household; None before it has joined."""
    async with transaction(ctx):
        return await Member.select().where(Member.of(ctx), Member.account == ctx.actor.id).first()


async def own_member(ctx: Context) -> dict[str, Any]:
    """Return the actor's own household.

    :raises Conflict: it has not joined.
    """
    row = await my_member(ctx)
    if row is None:
        raise Conflict(_JOIN)
    return row


async def find_members(ctx: Context, words: str = "") -> Sequence[Mapping[str, Any]]:
    """Return members whose number, name, telephone or address has the words; at most ``PAGE``."""
    need(ctx, READ)
    async with transaction(ctx) as connection:
        rows: Sequence[Mapping[str, Any]] = await connection.fetch(
            _FOUND, ctx.tenant.id, words.strip()[:100], PAGE
        )
    return rows
