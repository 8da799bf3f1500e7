"""Citizens make accounts for themselves.

A phone or an e-mail counts once a code has shown that it is theirs; until
then there is no account, so that nobody can take the number of another, and
who does not read that mailbox learns nothing about whether it has one.
"""

from typing import Literal

import msgspec

from core.context import Context
from core.errors import InvalidInput
from core.identity import accounts, attempts, codes, passwords
from core.identity.accounts import Person
from core.identity.sessions import Browser, Opened, open_session
from core.identity.sign_in import CodeNeeded
from core.notifications.service import channels
from core.text import Text

_PASSWORD = Text("ตั้งรหัสผ่าน", "Choose a password.")


async def begin(
    ctx: Context, *, password: str, browser: Browser, **typed: str
) -> Opened | CodeNeeded:
    """Take what a citizen has filled in, and send a code to the phone or e-mail.

    Without phone and e-mail the account is made at once.

    :param typed: title, first_name, last_name, national_id, phone, email.
    :raises InvalidInput: naming every field that is wrong.
    :raises TooMany: too many from this address.
    """
    person = _check(typed, password)
    await attempts.take(ctx, "register", ctx.address, attempts.REGISTRATIONS)
    kept = await passwords.hash_password(password)
    way = _way(ctx, person)
    if way is None:
        account = await accounts.add(
            ctx, "citizen", person, password_hash=kept, verified=set(), language=ctx.language
        )
        return await open_session(ctx, account, "citizen", browser=browser, how="password")
    sent = codes.Sent(
        phone=person.phone if way == "phone" else None,
        email=person.email if way == "email" else None,
        language=ctx.language,
        more={"person": msgspec.json.encode(person).decode(), "password": kept, "way": way},
    )
    return CodeNeeded(await codes.issue(ctx, purpose="register", sent=sent))


def _check(typed: dict[str, str], password: str) -> Person:
    problems: dict[str, Text] = {}
    person = Person()
    try:
        person = accounts.check_person("citizen", typed)
    except InvalidInput as wrong:
        problems |= wrong.problems
    problem = passwords.problem_of(password, known=person.known) if password else _PASSWORD
    if problem:
        problems["password"] = problem
    if problems:
        raise InvalidInput(problems)
    return person


def _way(ctx: Context, person: Person) -> Literal["phone", "email"] | None:
    """Return where the code goes: to the phone, unless only e-mail can be sent here."""
    sends_to_phones = any(channel.takes == "phone" for _, channel in channels(ctx))
    if person.phone and (sends_to_phones or not person.email):
        return "phone"
    return "email" if person.email else None


async def finish(ctx: Context, *, token: str, code: str, browser: Browser) -> Opened:
    """Make the account and let the citizen in.

    :raises InvalidInput: the code is wrong or over, or there is such an account already.
    """
    used = await codes.use(ctx, token, code, purpose="register")
    more = used.sent.more
    person = msgspec.json.decode(more["person"], type=Person)
    account = await accounts.add(
        ctx,
        "citizen",
        person,
        password_hash=more["password"],
        verified={more["way"]},
        language=used.sent.language,
    )
    return await open_session(ctx, account, "citizen", browser=browser, how="code")
