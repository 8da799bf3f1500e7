"""Support access at the office: consent to it, refuse it, end it, enter by it."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

from core import audit, db
from core.context import Context
from core.errors import Conflict, InvalidInput
from core.identity import codes, holders
from core.identity.sessions import Browser, Opened, open_session, sign_out_everywhere
from core.identity.support import KIND
from core.identity.tables import Account
from core.operator.carrying import tell_operator
from core.operator.consent import ASKED_FOR, Standing, State
from core.operator.support import Shown, get_access, read_minutes, stands
from core.operator.tables import SupportAccess
from core.text import Text

_ANSWERED = Text(
    "คำขอนี้มีผู้ตอบแล้ว ถูกถอน หรือเกิน 7 วัน ดูสถานะล่าสุดก่อน",
    "This was answered already, taken back, or is older than 7 days. Look at it anew.",
)
_LONGER = Text("ให้ได้ไม่เกินที่ขอ", "Give no longer than was asked for.")
_COUNTS = Text(
    "คนนี้กำลังเข้าใช้อยู่ด้วยคำขออื่น จบการเข้าใช้นั้นก่อน",
    "This person has an access that counts now. End that one first.",
)
_OVER = Text("การเข้าใช้นี้จบไปแล้ว", "This access is over already.")
LINK_OVER = Text(
    "ลิงก์นี้ใช้ไม่ได้แล้ว กลับไปกดเข้าใช้อีกครั้งจากหน้าของผู้ดูแลระบบกลาง",
    "This link is over. Go back to the operator's page and enter again.",
)


async def give(ctx: Context, access: UUID, typed: Mapping[str, str]) -> None:
    """Consent: from now on the person may act here in a role, for a time.

    :param typed: ``role``, of those of the office, and ``minutes``, no more than was asked.
    :raises Conflict: it was answered already, or the person has another access that counts.
    :raises NotAllowed: the actor does not look after all officers.
    """
    holders.check_whole(ctx)
    asked = await get_access(ctx, access)
    role = await holders.get_role(ctx, typed.get("role", ""))
    minutes = read_minutes(typed.get("minutes", ""))
    if minutes > asked["minutes"]:
        raise InvalidInput({"minutes": _LONGER})
    until = ctx.now + timedelta(minutes=minutes)
    async with db.transaction(ctx):
        await _have_account(ctx, asked)
        if await _counting(ctx, asked["person"]):
            raise Conflict(_COUNTS)
        given = {SupportAccess.role: role["code"], SupportAccess.minutes: minutes}
        await _decide(ctx, access, State.GIVEN, given | {SupportAccess.until: until})
        told = {"role": role["code"], "minutes": minutes, "person": asked.name}
        await audit.record(ctx, "core.support.given", f"support/{access}", **told)
        await tell_operator(ctx, access)


async def _have_account(ctx: Context, asked: Shown) -> None:
    """Make the person's account, closed and of no officer, and hold it: one consent at a time."""
    row = Account(
        tenant_id=ctx.tenant.id,
        id=asked["person"],
        kind=KIND,
        **{name: asked[name] for name in ("title", "first_name", "last_name")},
        phone_verified=False,
        email_verified=False,
        password_hash="",
        post="",
        active=False,
        language="th",
        created_at=ctx.now,
    )
    await Account.insert(row).on_conflict(
        target=(Account.tenant_id, Account.id), action="DO NOTHING"
    )
    await (
        Account.select(Account.id)
        .where(Account.of(ctx), Account.id == asked["person"])
        .lock_rows("UPDATE")
    )


async def _counting(ctx: Context, person: UUID) -> bool:
    counts: bool = await SupportAccess.exists().where(
        SupportAccess.of(ctx),
        SupportAccess.person == person,
        SupportAccess.state == State.GIVEN.value,
        SupportAccess.until > ctx.now,
    )
    return counts


async def _decide(
    ctx: Context, access: UUID, state: State, more: Mapping[Any, Any] | None = None
) -> None:
    row = (
        await SupportAccess.select()
        .where(SupportAccess.of(ctx), SupportAccess.id == access)
        .lock_rows("UPDATE")
        .first()
    )
    if row is None or stands(ctx, row).standing != Standing.ASKED:
        raise Conflict(_ANSWERED)
    values: dict[Any, Any] = {
        SupportAccess.state: state.value,
        SupportAccess.decided_at: ctx.now,
        SupportAccess.decided_by: ctx.actor.name[:200],
        **(more or {}),
    }
    await SupportAccess.update(values).where(SupportAccess.of(ctx), SupportAccess.id == access)


async def refuse(ctx: Context, access: UUID) -> None:
    """Refuse what was asked.

    :raises Conflict: it was answered already.
    """
    holders.check_whole(ctx)
    asked = await get_access(ctx, access)
    async with db.transaction(ctx):
        await _decide(ctx, access, State.REFUSED)
        await audit.record(ctx, "core.support.refused", f"support/{access}", person=asked.name)
        await tell_operator(ctx, access)


async def end(ctx: Context, access: UUID) -> None:
    """End an access before its time: by the office, or by who acts under it.

    :raises Conflict: it is over already.
    """
    if ctx.actor.support is None or ctx.actor.support.access != access:
        holders.check_whole(ctx)
    asked = await get_access(ctx, access)
    async with db.transaction(ctx):
        ended = (
            await SupportAccess.update(
                {
                    SupportAccess.state: State.ENDED.value,
                    SupportAccess.ended_at: ctx.now,
                    SupportAccess.ended_by: ctx.actor.name[:200],
                }
            )
            .where(
                SupportAccess.of(ctx),
                SupportAccess.id == access,
                SupportAccess.state == State.GIVEN.value,
                SupportAccess.until > ctx.now,
            )
            .returning(SupportAccess.id)
        )
        if not ended:
            raise Conflict(_OVER)
        await sign_out_everywhere(ctx, asked["person"])
        await audit.record(ctx, "core.support.ended", f"support/{access}", person=asked.name)
        await tell_operator(ctx, access)


async def expected(ctx: Context, token: str) -> Shown | None:
    """Return the access by which the holder of a link may enter now; None when it is over."""
    person = await codes.find_account(ctx, token, purpose="support")
    if person is None:
        return None
    async with db.transaction(ctx):
        row = (
            await SupportAccess.select()
            .where(
                SupportAccess.of(ctx),
                SupportAccess.person == person,
                SupportAccess.state == State.GIVEN.value,
                SupportAccess.until > ctx.now,
            )
            .first()
        )
    return stands(ctx, row) if row else None


async def enter(ctx: Context, token: str, *, browser: Browser) -> Opened:
    """Let in whoever holds a link of an access that counts now; the link is used up.

    :raises InvalidInput: the link or the access is over.
    """
    access = await expected(ctx, token)
    if access is None:
        raise InvalidInput({"link": LINK_OVER})
    async with db.transaction(ctx):
        await codes.use_otherwise(ctx, token, purpose="support")
        return await open_session(ctx, access["person"], "officer", browser=browser, how="support")


async def waiting(ctx: Context) -> int:
    """Return how many accesses ask for an answer or count now."""
    async with db.transaction(ctx) as connection:
        count: int = await connection.fetchval(
            "SELECT count(*) FROM core.support_access WHERE tenant_id = $1 AND "
            "(state = 'asked' AND asked_at > $2 OR state = 'given' AND until > $3)",
            ctx.tenant.id,
            ctx.now - ASKED_FOR,
            ctx.now,
        )
    return count
