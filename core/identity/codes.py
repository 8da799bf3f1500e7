"""One-time codes: six digits that are sent, and show that whoever types them reads that mailbox.

The browser that asked holds a token; without it a code is worth nothing. A
code lives ten minutes, bears five tries and is used once.
"""

import secrets
from datetime import timedelta
from typing import Any, Literal, NamedTuple
from uuid import UUID

import msgspec

from core import audit, db
from core.context import Context
from core.errors import InvalidInput, NotFound
from core.identity import attempts
from core.identity.identifiers import plain_digits
from core.identity.messages import ONE_TIME_CODE, PURPOSES
from core.identity.sessions import hashed, new_token
from core.identity.tables import OneTimeCode
from core.notifications import Recipient, send
from core.text import Language, Text

Purpose = Literal["sign_in", "register", "reset", "contact", "invitation", "support"]

LIFE = timedelta(minutes=10)
TRIES = 5
SENDS = 3
_LOCK = "one-time code"

_WRONG = Text(
    "รหัสไม่ตรงกับที่ส่งให้ ตรวจรหัส 6 หลักอีกครั้ง ลองได้อีก {left} ครั้ง",
    "This is not the code that was sent. Check the 6 digits; tries left: {left}.",
)
_OVER = Text(
    "รหัสนี้ใช้ไม่ได้แล้ว เพราะเกิน 10 นาที ใช้ไปแล้ว หรือลองครบ 5 ครั้ง เริ่มใหม่เพื่อรับรหัสใหม่",
    "This code is over: 10 minutes have passed, it was used, or tried 5 times. "
    "Start again to get a new one.",
)
_ENOUGH = Text(
    "ส่งรหัสให้ครบ {most} ครั้งแล้ว ใช้รหัสล่าสุด หรือเริ่มใหม่ภายหลัง",
    "The code was sent {most} times already. Use the last one, or start again later.",
)
_NOBODY_WAITS = Text(
    "บัญชีนี้ไม่มีการเข้าสู่ระบบที่รอรหัส ให้กรอกรหัสผ่านที่หน้าเข้าสู่ระบบก่อน แล้วสั่งใหม่",
    "No sign-in waits for a code. Have the person give the password first, then run this again.",
)

# The code of the demonstration, where nothing is sent to anybody.
DEMO_CODE = "256900"


class Sent(msgspec.Struct, frozen=True, kw_only=True):
    """Where a code goes, and what its use will do.

    :param phone: E.164.
    :param more: what the purpose needs to go on, e.g. the person to be registered.
    """

    phone: str | None = None
    email: str | None = None
    language: Language = "th"
    more: dict[str, str] = msgspec.field(default_factory=dict)


class Used(NamedTuple):
    """A code was right: whose it was, and what it was for."""

    account: UUID | None
    sent: Sent


async def issue(
    ctx: Context, *, purpose: Purpose, sent: Sent, account: UUID | None = None, limit_by: str = ""
) -> str:
    """Send a code and return the token by which this browser can use it.

    With no address nothing is sent, and the token looks like any other: who asks learns
    nothing about whether there is an account.

    :param limit_by: what sending is counted on; the address itself by default.
    :raises TooMany: too many codes were asked for.
    """
    key = limit_by or sent.phone or sent.email or ctx.address
    await attempts.take(ctx, "code", key, attempts.CODES)
    token, id, code = new_token(), db.new_id(), _new_code(ctx)
    async with db.transaction(ctx):
        await _store(ctx, id, token, account, purpose, sent, code=_mark(ctx, id, code), times=1)
        await _send(ctx, id, purpose, sent, code, number=1)
    return token


async def hand_over(ctx: Context, *, purpose: Purpose, account: UUID, life: timedelta) -> str:
    """Return a token that is enough by itself, for a person to give to the account's owner.

    No code goes with it and none can be sent. The one handed over before is void.
    """
    token = new_token()
    async with db.transaction(ctx):
        await OneTimeCode.delete().where(
            OneTimeCode.of(ctx), OneTimeCode.account == account, OneTimeCode.purpose == purpose
        )
        await _store(ctx, db.new_id(), token, account, purpose, Sent(), life=life)
    return token


async def _store(
    ctx: Context,
    id: UUID,
    token: str,
    account: UUID | None,
    purpose: Purpose,
    sent: Sent,
    *,
    code: bytes = b"",
    times: int = SENDS,
    life: timedelta = LIFE,
) -> None:
    await OneTimeCode.insert(
        OneTimeCode(
            tenant_id=ctx.tenant.id,
            id=id,
            token=hashed(token),
            account=account,
            purpose=purpose,
            code=code,
            details=_lock(ctx, id, sent),
            sent=times,
            tries=0,
            created_at=ctx.now,
            expires_at=ctx.now + life,
            used_at=None,
        )
    )


async def tell(ctx: Context, *, account: UUID) -> str:
    """Return a new code for a sign-in that waits for one, where messages do not arrive.

    :raises NotFound: no sign-in of the account waits.
    """
    code = _new_code(ctx)
    async with db.transaction(ctx):
        row = (
            await OneTimeCode.select(OneTimeCode.id)
            .where(OneTimeCode.of(ctx), OneTimeCode.account == account, *_waiting(ctx, "sign_in"))
            .order_by(OneTimeCode.id, ascending=False)
            .first()
        )
        if row is None:
            raise NotFound(_NOBODY_WAITS)
        await OneTimeCode.update({OneTimeCode.code: _mark(ctx, row["id"], code)}).where(
            OneTimeCode.of(ctx), OneTimeCode.id == row["id"]
        )
        await audit.record(ctx, "core.code.told", f"account/{account}", owner=account)
    return code


async def send_again(ctx: Context, token: str) -> None:
    """Send a new code in place of the one that did not arrive.

    :raises InvalidInput: there is none to replace, or it was sent often enough.
    """
    code = _new_code(ctx)
    async with db.transaction(ctx):
        row = await _find(ctx, token)
        if row is None:
            raise InvalidInput({"code": _OVER})
        if row["sent"] >= SENDS:
            raise InvalidInput({"code": _ENOUGH.format(most=SENDS)})
        number = row["sent"] + 1
        await OneTimeCode.update(
            {OneTimeCode.code: _mark(ctx, row["id"], code), OneTimeCode.sent: number}
        ).where(OneTimeCode.of(ctx), OneTimeCode.id == row["id"])
        sent = _unlock(ctx, row["id"], row["details"])
        await _send(ctx, row["id"], row["purpose"], sent, code, number=number)


async def find_sent(ctx: Context, token: str) -> Sent | None:
    """Return where the code of this browser went; None when it is over."""
    async with db.transaction(ctx):
        row = await _find(ctx, token)
    return _unlock(ctx, row["id"], row["details"]) if row else None


async def find_account(ctx: Context, token: str, *, purpose: Purpose) -> UUID | None:
    """Return for whose account a code is awaited; None when it is over, or for nobody's."""
    async with db.transaction(ctx):
        row = await _find(ctx, token, purpose=purpose)
    return row["account"] if row else None


async def use(ctx: Context, token: str, code: str, *, purpose: Purpose) -> Used:
    """Use up a code. The try counts even when what follows fails.

    :param code: as typed: Thai digits and gaps are taken.
    :raises InvalidInput: it is wrong or over.
    :raises RuntimeError: within a transaction, which would take the count back.
    """
    if db.in_transaction():
        raise RuntimeError("a code is used outside of a transaction")
    digits = "".join(plain_digits(code).split())
    async with db.transaction(ctx):
        row = await _find(ctx, token, purpose=purpose)
        right = row is not None and secrets.compare_digest(
            row["code"], _mark(ctx, row["id"], digits)
        )
        if row is not None:
            counted = await _count(ctx, row["id"], row["tries"], right=right)
            row = row if counted else None
    if row is None:
        raise InvalidInput({"code": _OVER})
    if not right:
        left = TRIES - row["tries"] - 1
        raise InvalidInput({"code": _WRONG.format(left=left) if left else _OVER})
    return Used(row["account"], _unlock(ctx, row["id"], row["details"]))


async def use_otherwise(ctx: Context, token: str, *, purpose: Purpose) -> Used:
    """Use up a code that is not needed any more, since something else showed as much.

    :raises InvalidInput: it is over.
    """
    async with db.transaction(ctx):
        row = await _find(ctx, token, purpose=purpose)
        if row is None or not await _count(ctx, row["id"], row["tries"], right=True):
            raise InvalidInput({"code": _OVER})
    return Used(row["account"], _unlock(ctx, row["id"], row["details"]))


async def _count(ctx: Context, id: UUID, tries: int, *, right: bool) -> bool:
    """Count a try, unless another one was counted since the row was read."""
    values: dict[Any, Any] = {OneTimeCode.tries: tries + 1}
    if right:
        values[OneTimeCode.used_at] = ctx.now
    counted = (
        await OneTimeCode.update(values)
        .where(
            OneTimeCode.of(ctx),
            OneTimeCode.id == id,
            OneTimeCode.tries == tries,
            OneTimeCode.used_at.is_null(),
        )
        .returning(OneTimeCode.id)
    )
    return bool(counted)


async def _find(ctx: Context, token: str, purpose: Purpose | None = None) -> Any:
    return (
        await OneTimeCode.select()
        .where(OneTimeCode.of(ctx), OneTimeCode.token == hashed(token), *_waiting(ctx, purpose))
        .first()
    )


def _waiting(ctx: Context, purpose: Purpose | None) -> list[Any]:
    """Return the conditions of what can still be used, for one purpose or any."""
    which = [
        OneTimeCode.used_at.is_null(),
        OneTimeCode.tries < TRIES,
        OneTimeCode.expires_at > ctx.now,
    ]
    return which if purpose is None else [*which, OneTimeCode.purpose == purpose]


async def _send(
    ctx: Context, id: UUID, purpose: Purpose, sent: Sent, code: str, *, number: int
) -> None:
    if not (sent.phone or sent.email):
        return
    await send(
        ctx,
        to=Recipient(phone=sent.phone, email=sent.email, language=sent.language),
        template=ONE_TIME_CODE,
        key=f"core/code/{id}/{number}",
        code=code,
        purpose=PURPOSES[purpose],
        office=ctx.tenant.name,
    )


def _new_code(ctx: Context) -> str:
    return DEMO_CODE if ctx.settings.demo else f"{secrets.randbelow(1_000_000):06}"


def _mark(ctx: Context, id: UUID, code: str) -> bytes:
    return ctx.keys.fingerprint("one-time-code", str(id), code)


def _lock(ctx: Context, id: UUID, sent: Sent) -> bytes:
    text = msgspec.json.encode(sent).decode()
    return ctx.keys.encrypt(_LOCK, text, bound_to=f"{ctx.tenant.id}/{id}")


def _unlock(ctx: Context, id: UUID, details: bytes) -> Sent:
    text = ctx.keys.decrypt(_LOCK, details, bound_to=f"{ctx.tenant.id}/{id}")
    return msgspec.json.decode(text, type=Sent)
