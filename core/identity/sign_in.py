"""Sign in: by a password, and a code where a password is not enough.

Officers need a code at every sign-in: they open other people's data. Citizens
need one on a device that is new to their account, if a phone or an e-mail is
known to be theirs; without one the password alone lets them in.
"""

from datetime import timedelta
from typing import Any, NamedTuple
from uuid import UUID

import structlog

from core import db
from core.context import Context
from core.errors import InvalidInput
from core.identity import accounts, attempts, codes, passwords
from core.identity.identifiers import Identifier, recognise
from core.identity.sessions import Browser, Opened, knows_device, open_session
from core.identity.tables import Account
from core.text import Text

log = structlog.get_logger("sign_in")

DEVICE_KNOWN = timedelta(days=180)

_WHO = Text(
    "กรอกเลขประจำตัวประชาชน เบอร์โทรศัพท์ หรืออีเมล",
    "Fill in your citizen's number, phone number or e-mail.",
)
_PASSWORD = Text("กรอกรหัสผ่าน", "Fill in the password.")
_WRONG = Text(
    "เลข เบอร์ หรืออีเมลนี้กับรหัสผ่านไม่ตรงกัน ตรวจทั้งสองช่อง แล้วลองอีกครั้ง",
    "This number, phone or e-mail does not go with this password. Check both and try again.",
)
_CLOSED = Text(
    "บัญชีนี้ปิดอยู่ ติดต่อสำนักงานเพื่อเปิดใช้", "This account is closed. Ask at the office to open it."
)


class CodeNeeded(NamedTuple):
    """The next step is a code; ``token`` is told to the browser."""

    token: str


async def sign_in(
    ctx: Context, *, who: str, password: str, browser: Browser
) -> Opened | CodeNeeded:
    """Let somebody in who says who they are, by number, phone or e-mail, and their password.

    An unknown account and a wrong password get the same sentence after the same work.

    :raises InvalidInput: they do not go together, or a field is empty.
    :raises TooMany: tried too often, for this account or from this address.
    """
    if empty := _empty(who, password):
        raise InvalidInput(empty)
    known = recognise(who)
    key = known.value if known else who
    await attempts.take(ctx, "sign-in", key, attempts.ACCOUNT)
    await attempts.take(ctx, "sign-in from", ctx.address, attempts.ADDRESS)
    account = await _compare(ctx, known, password)
    if account is None:
        log.info("sign-in refused", tenant=ctx.tenant.id)
        raise InvalidInput({"who": _WRONG})
    await attempts.forget(ctx, "sign-in", key)
    await attempts.give_back(ctx, "sign-in from", ctx.address)
    if passwords.is_outdated(account["password_hash"]):
        await _rehash(ctx, account["id"], password)
    return await _step(ctx, account, browser)


def _empty(who: str, password: str) -> dict[str, Text]:
    empty: dict[str, Text] = {}
    if not who.strip():
        empty["who"] = _WHO
    if not password:
        empty["password"] = _PASSWORD
    return empty


async def _compare(ctx: Context, known: Identifier | None, password: str) -> dict[str, Any] | None:
    """Return the account that the password belongs to.

    By a citizen's number there may be two, so two are always compared.
    """
    rows = await accounts.find_by(ctx, known) if known else []
    by_kind = {row["kind"]: row for row in rows}
    both = known is None or known.kind == "national_id"
    slots = [by_kind.get("citizen"), by_kind.get("officer")] if both else [*rows, None][:1]
    found = None
    for row in slots:
        kept = row["password_hash"] if row else ""
        if await passwords.is_password(kept, password):
            found = row
    return found


async def _rehash(ctx: Context, account: UUID, password: str) -> None:
    kept = await passwords.hash_password(password)
    async with db.transaction(ctx):
        await Account.update({Account.password_hash: kept}).where(
            Account.of(ctx), Account.id == account
        )


async def _step(ctx: Context, account: dict[str, Any], browser: Browser) -> Opened | CodeNeeded:
    phone = account["phone"] if account["phone_verified"] else None
    email = account["email"] if account["email_verified"] else None
    if account["kind"] == "citizen":
        known = await knows_device(ctx, account["id"], browser.device, since=DEVICE_KNOWN)
        if known or not (phone or email):
            return await open_session(
                ctx, account["id"], "citizen", browser=browser, how="password"
            )
    sent = codes.Sent(phone=phone, email=email, language=account["language"])
    token = await codes.issue(
        ctx, purpose="sign_in", sent=sent, account=account["id"], limit_by=str(account["id"])
    )
    return CodeNeeded(token)


async def finish_with_code(ctx: Context, *, token: str, code: str, browser: Browser) -> Opened:
    """Let in whoever gave the password before and types the code now.

    :raises InvalidInput: the code is wrong or over.
    """
    used = await codes.use(ctx, token, code, purpose="sign_in")
    return await _admit(ctx, used.account, browser, how="code")


async def finish_with_factor(ctx: Context, *, token: str, how: str, browser: Browser) -> Opened:
    """Let in whoever gave the password before and has now shown a plugin a second factor.

    :param token: of the sign-in that waits for a code.
    :param how: the factor, for the trail, e.g. ``"totp"``.
    :raises InvalidInput: the sign-in has waited too long.
    """
    used = await codes.use_otherwise(ctx, token, purpose="sign_in")
    return await _admit(ctx, used.account, browser, how=how)


async def waiting_account(ctx: Context, *, token: str) -> UUID | None:
    """Return whose sign-in waits for a code; None when none does."""
    return await codes.find_account(ctx, token, purpose="sign_in")


async def admit(ctx: Context, *, account: UUID, how: str, browser: Browser) -> Opened:
    """Let in a person whom an outside provider has identified to a plugin.

    :param how: the provider, for the trail, e.g. ``"thaid"``.
    :raises NotFound: there is no such account.
    :raises InvalidInput: it is closed.
    """
    return await _admit(ctx, account, browser, how=how)


async def _admit(ctx: Context, account: UUID | None, browser: Browser, *, how: str) -> Opened:
    if account is None:
        raise InvalidInput({"code": _CLOSED})
    row = await accounts.get(ctx, account)
    if not row["active"]:
        raise InvalidInput({"code": _CLOSED})
    return await open_session(ctx, account, row["kind"], browser=browser, how=how)
