"""What members take out of their accounts, after an officer has seen who they are."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

import msgspec

from contrib.recycling.rules.books import BANK, CASH, MEMBER
from contrib.recycling.service.books import balance_of, post
from contrib.recycling.service.members import hold
from contrib.recycling.service.messages import tell
from contrib.recycling.service.rights import APPROVE, PAY
from contrib.recycling.tables.books import Withdrawal
from contrib.recycling.tables.register import Member
from core.api import (
    Conflict,
    Context,
    InvalidInput,
    Text,
    add,
    audit,
    need,
    new_id,
    numbers,
    transaction,
)
from kit.thai import amount as in_words

_TOO_MUCH = Text(
    "ถอนได้ไม่เกิน {most} ถ้าจำเป็นต้องจ่ายก่อน ขออนุมัติเงินทดรองก่อน",
    "No more than {most} can be withdrawn. To pay more ahead, have an advance approved first.",
)
_STILL_OWED = Text(
    "บัญชีนี้ติดลบอยู่ {debt} วงเงินทดรองจึงน้อยกว่านี้ไม่ได้",
    "This account is {debt} below zero, so the advance cannot be less than that.",
)
_OTHER = Text(
    "รายการนี้ส่งแล้วด้วยข้อมูลอื่น โหลดหน้าใหม่แล้วกรอกใหม่",
    "This was sent already with other details. Reload the page and fill it in anew.",
)


class Wanted(msgspec.Struct, frozen=True, kw_only=True):
    """What is to be paid out.

    :param amount: satang.
    :param way: a key of ``WAYS``.
    :param shown: a key of ``SHOWN``: by what the officer knew the member.
    """

    amount: int
    way: str
    shown: str
    note: str = ""


async def withdraw(ctx: Context, member: UUID, wanted: Wanted, *, key: str) -> UUID:
    """Pay a member, once for each key, and return what it is known by.

    :raises NotAllowed: the actor pays nobody.
    :raises NotFound: there is no such member.
    :raises InvalidInput: the account holds less, advance included.
    :raises Conflict: the key was used for something else.
    """
    need(ctx, PAY)
    async with transaction(ctx):
        held = await hold(ctx, member)
        if (known := await _find(ctx, key)) is not None:
            return _same(known, member, wanted)
        most = await balance_of(ctx, member) + held["advance"]
        if wanted.amount > most:
            limit = {lang: in_words(max(most, 0), lang) for lang in ("th", "en")}
            raise InvalidInput({"amount": _TOO_MUCH.format(most=Text(**limit))})
        row = {
            "tenant_id": ctx.tenant.id,
            "id": new_id(),
            "number": await numbers.draw(ctx, "recycling.withdrawal"),
            "key": key,
            "member_id": member,
            **msgspec.structs.asdict(wanted),
            "at": ctx.now,
            "officer": ctx.actor.id,
            "officer_name": ctx.actor.name,
        }
        await add(Withdrawal, row)
        from_where = CASH if wanted.way == "cash" else BANK
        id: UUID = row["id"]
        await post(
            ctx, MEMBER, from_where, wanted.amount, what="withdrawn", subject=id, member=member
        )
        await audit.record(
            ctx,
            "recycling.money.withdrawn",
            f"member/{member}",
            owner=held["account"],
            amount=wanted.amount,
            way=wanted.way,
            shown=wanted.shown,
        )
        await tell(ctx, held, "withdrawn", id, amount=wanted.amount)
    return id


async def _find(ctx: Context, key: str) -> dict[str, Any] | None:
    async with transaction(ctx):
        return await Withdrawal.select().where(Withdrawal.of(ctx), Withdrawal.key == key).first()


def _same(known: Mapping[str, Any], member: UUID, wanted: Wanted) -> UUID:
    facts = msgspec.structs.asdict(wanted)
    if known["member_id"] != member or any(known[name] != facts[name] for name in facts):
        raise Conflict(_OTHER)
    id: UUID = known["id"]
    return id


async def approve_advance(ctx: Context, member: UUID, amount: int, *, why: str) -> None:
    """Approve how far below zero an account may go.

    :param amount: satang; 0 ends it.
    :raises NotAllowed: the actor approves nothing.
    :raises InvalidInput: the account is further below zero now.
    """
    need(ctx, APPROVE)
    async with transaction(ctx):
        held = await hold(ctx, member)
        debt = -await balance_of(ctx, member)
        if amount < debt:
            words = {lang: in_words(debt, lang) for lang in ("th", "en")}
            raise InvalidInput({"amount": _STILL_OWED.format(debt=Text(**words))})
        await Member.update({Member.advance: amount}).where(Member.of(ctx), Member.id == member)
        await audit.record(
            ctx,
            "recycling.advance.approved",
            f"member/{member}",
            owner=held["account"],
            amount=amount,
            before=held["advance"],
            why=why,
        )
