"""What people change about their own accounts: password, phone, e-mail, language."""

from typing import Any
from uuid import UUID

from core import audit, db
from core.context import Context
from core.errors import InvalidInput, NotSignedIn
from core.identity import accounts, attempts, codes, passwords
from core.identity.identifiers import read_email, read_phone, recognise
from core.identity.messages import CONTACT_CHANGED, PASSWORD_CHANGED
from core.identity.sessions import renew, sign_out_everywhere
from core.identity.tables import Account
from core.notifications import Message, Recipient, send
from core.text import LANGUAGES, Language, Text

_WHO = Text(
    "กรอกเลขประจำตัวประชาชน เบอร์โทรศัพท์ หรืออีเมล",
    "Fill in your citizen's number, phone number or e-mail.",
)
_NOT_CURRENT = Text(
    "รหัสผ่านปัจจุบันไม่ตรง ตรวจแล้วกรอกอีกครั้ง",
    "This is not the present password. Check it and type it again.",
)
NEW = Text("ตั้งรหัสผ่านใหม่", "Choose a new password.")
_CONTACT = Text("กรอกเบอร์มือถือหรืออีเมลใหม่", "Fill in the new mobile number or e-mail.")
_SIGN_IN = Text("เข้าสู่ระบบก่อนใช้หน้านี้", "Sign in to use this page.")


async def change_password(ctx: Context, *, current: str, new: str, token: str) -> str:
    """Change the actor's password; all other devices are signed out.

    :param token: of the session of this browser.
    :returns: the new token of that session.
    :raises InvalidInput: the present password is another, or the new one is not taken.
    """
    account = await _own(ctx)
    problems = {} if new else {"new": NEW}
    if problem := passwords.problem_of(new, known=known_of(account)):
        problems.setdefault("new", problem)
    if problems:
        raise InvalidInput(problems)
    await _check_current(ctx, account, current)
    kept = await passwords.hash_password(new)
    async with db.transaction(ctx):
        await keep_password(ctx, account, kept)
        await sign_out_everywhere(ctx, account["id"], but=token)
        return await renew(ctx, token)


async def ask_reset(ctx: Context, *, who: str) -> str:
    """Send a code to whoever forgot their password, if there is an account with an address.

    :param who: number, phone or e-mail.
    :returns: a token, whether there is such an account or not.
    :raises InvalidInput: nothing was filled in.
    :raises TooMany: asked for too often.
    """
    if not who.strip():
        raise InvalidInput({"who": _WHO})
    await attempts.take(ctx, "reset from", ctx.address, attempts.ADDRESS)
    known = recognise(who)
    rows = await accounts.find_by(ctx, known) if known else []
    sent, account = codes.Sent(), None
    if rows:
        account = rows[0]["id"]
        sent = codes.Sent(
            phone=rows[0]["phone"] if rows[0]["phone_verified"] else None,
            email=rows[0]["email"] if rows[0]["email_verified"] else None,
            language=rows[0]["language"],
        )
    limit_by = known.value if known else who
    return await codes.issue(ctx, purpose="reset", sent=sent, account=account, limit_by=limit_by)


async def reset_password(ctx: Context, *, token: str, code: str, password: str) -> None:
    """Set a new password with a code; all devices are signed out.

    :raises InvalidInput: the password is not taken, or the code is wrong or over.
    """
    problem = passwords.problem_of(password) if password else NEW
    if problem:
        raise InvalidInput({"password": problem})
    kept = await passwords.hash_password(password)
    used = await codes.use(ctx, token, code, purpose="reset")
    if used.account is None:
        return
    account = await accounts.get(ctx, used.account)
    async with db.transaction(ctx):
        await keep_password(ctx, account, kept)
        await sign_out_everywhere(ctx, account["id"])


async def ask_contact(ctx: Context, *, password: str, phone: str = "", email: str = "") -> str:
    """Send a code to a new phone or e-mail of the actor.

    :returns: the token to confirm it with.
    :raises InvalidInput: the present password is another, or the address is none.
    """
    account = await _own(ctx)
    field, text, read = (
        ("phone", phone, read_phone) if phone.strip() else ("email", email, read_email)
    )
    value = read(text) if text.strip() else _CONTACT
    if isinstance(value, Text):
        raise InvalidInput({field: value})
    await _check_current(ctx, account, password)
    phone, email = (value, "") if field == "phone" else ("", value)
    sent = codes.Sent(phone=phone or None, email=email or None, language=ctx.language)
    return await codes.issue(ctx, purpose="contact", sent=sent, account=account["id"])


async def confirm_contact(ctx: Context, *, token: str, code: str) -> None:
    """Keep the new phone or e-mail, which is now known to be the actor's.

    :raises InvalidInput: the code is wrong or over, or another account has this address.
    """
    account = await _own(ctx)
    used = await codes.use(ctx, token, code, purpose="contact")
    if used.account != account["id"]:
        raise NotSignedIn(_SIGN_IN)
    values: dict[Any, Any] = (
        {Account.phone: used.sent.phone, Account.phone_verified: True}
        if used.sent.phone
        else {Account.email: used.sent.email, Account.email_verified: True}
    )
    async with accounts.refuse_taken(), db.transaction(ctx):
        await Account.update(values).where(Account.of(ctx), Account.id == account["id"])
        await _tell(ctx, account, CONTACT_CHANGED)
        await _record(ctx, "core.account.contact_changed", account["id"])


async def set_language(ctx: Context, *, language: Language) -> None:
    """Keep the language in which the actor gets messages."""
    account = await _own(ctx)
    if language not in LANGUAGES:
        raise InvalidInput({"language": Text("เลือกภาษาจากรายการ", "Choose a language.")})
    async with db.transaction(ctx):
        await Account.update({Account.language: language}).where(
            Account.of(ctx), Account.id == account["id"]
        )
        await _record(ctx, "core.account.language_set", account["id"])


async def _own(ctx: Context) -> dict[str, Any]:
    if ctx.actor.id is None:
        raise NotSignedIn(_SIGN_IN)
    return await accounts.get(ctx, ctx.actor.id)


async def _check_current(ctx: Context, account: dict[str, Any], password: str) -> None:
    key = str(account["id"])
    await attempts.take(ctx, "password", key, attempts.ACCOUNT)
    if not await passwords.is_password(account["password_hash"], password):
        raise InvalidInput({"current": _NOT_CURRENT})
    await attempts.forget(ctx, "password", key)


def known_of(account: dict[str, Any]) -> list[str]:
    """Return what makes a bad password for an account because others know it."""
    fields = ("title", "first_name", "last_name", "phone", "email")
    return accounts.Person(**{field: account[field] for field in fields}).known


async def keep_password(ctx: Context, account: dict[str, Any], kept: str) -> None:
    """Store a new password, and tell its owner.

    :param account: the row.
    :param kept: what :func:`core.identity.passwords.hash_password` has returned.
    """
    await Account.update({Account.password_hash: kept}).where(
        Account.of(ctx), Account.id == account["id"]
    )
    await _tell(ctx, account, PASSWORD_CHANGED)
    await _record(ctx, "core.account.password_changed", account["id"])


async def _tell(ctx: Context, account: dict[str, Any], message: Message) -> None:
    """Write to where the account was reached until now."""
    to = Recipient(
        account=account["id"],
        phone=account["phone"] if account["phone_verified"] else None,
        email=account["email"] if account["email_verified"] else None,
        language=account["language"],
    )
    key = f"{message.name}/{db.new_id()}"
    await send(ctx, to=to, template=message, key=key, href="/account", office=ctx.tenant.name)


async def _record(ctx: Context, action: str, account: UUID) -> None:
    await audit.record(ctx, action, f"account/{account}", owner=account)
