from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from core import db
from core.context import Context
from core.errors import Conflict, InvalidInput, NotAllowed, NotFound
from core.identity import accounts, codes, credentials, holders, invitations, officers
from core.identity.identifiers import Identifier
from core.identity.passwords import is_password
from core.identity.sessions import Browser, resume
from core.identity.sign_in import CodeNeeded, finish_with_code, sign_in
from core.identity.tables import OneTimeCode

NEW = "ต้นมะม่วง หลังบ้าน สูงมาก"


async def token_for(ctx: Context, officer: UUID) -> str:
    return (await invitations.invite(ctx, officer)).removeprefix("/invited/")


async def accept(ctx: Context, token: str, password: str = NEW) -> Any:
    return await invitations.accept(ctx, token, password=password, browser=Browser())


async def trail(ctx: Context, action: str) -> int:
    async with db.transaction(ctx) as connection:
        found: int = await connection.fetchval(
            "SELECT count(*) FROM core.audit_entry WHERE action = $1", action
        )
    return found


async def test_a_link_sets_the_password_and_lets_the_officer_in(
    ctx: Context, officer: UUID, stranger: Context
) -> None:
    opened = await accept(stranger, await token_for(ctx, officer))

    assert (await resume(stranger, opened.token)).actor.id == officer
    assert await is_password((await accounts.get(ctx, officer))["password_hash"], NEW)
    assert await trail(ctx, "core.account.invited") == 1
    assert await trail(ctx, "core.account.password_changed") == 1


async def test_a_link_works_once_and_only_the_newest_of_an_officer_does(
    ctx: Context, officer: UUID, stranger: Context
) -> None:
    older = await token_for(ctx, officer)
    newer = await token_for(ctx, officer)

    with pytest.raises(InvalidInput):
        await accept(stranger, older)
    await accept(stranger, newer)
    with pytest.raises(InvalidInput):
        await accept(stranger, newer)


async def test_a_password_that_is_not_taken_leaves_the_link_good(
    ctx: Context, officer: UUID, stranger: Context
) -> None:
    token = await token_for(ctx, officer)
    for poor in ("", "short", "somchai1234", "aaaaaaaaaaaa"):
        with pytest.raises(InvalidInput):
            await accept(stranger, token, poor)

    await accept(stranger, token)


async def test_a_link_is_over_after_three_days(
    ctx: Context, officer: UUID, stranger: Context
) -> None:
    token = await token_for(ctx, officer)
    late = replace(stranger, now=ctx.now + timedelta(days=3, seconds=1))

    assert await invitations.find_invited(late, token) is None
    with pytest.raises(InvalidInput):
        await accept(late, token)


async def test_the_database_holds_nothing_with_which_the_link_could_be_used(
    ctx: Context, officer: UUID
) -> None:
    token = await token_for(ctx, officer)

    async with db.transaction(ctx):
        [row] = await OneTimeCode.select().where(OneTimeCode.of(ctx))
    assert token not in repr(row)
    assert token.encode() not in bytes(row["token"])


async def test_a_link_is_no_code_and_a_code_is_no_link(
    ctx: Context, officer: UUID, stranger: Context
) -> None:
    token = await token_for(ctx, officer)
    with pytest.raises(InvalidInput):
        await codes.send_again(stranger, token)
    with pytest.raises(InvalidInput):
        await finish_with_code(stranger, token=token, code="", browser=Browser())

    reset = await credentials.ask_reset(stranger, who="somchai@maehia.example")
    with pytest.raises(InvalidInput):
        await accept(stranger, reset)
    await accept(stranger, token)


async def test_other_devices_are_signed_out(
    ctx: Context, officer: UUID, stranger: Context, become: Any
) -> None:
    token = await token_for(ctx, officer)
    first = await accept(stranger, token)
    await accept(stranger, await token_for(ctx, officer))

    assert (await resume(stranger, first.token)).actor.id is None


async def test_closed_accounts_and_citizens_get_no_link(
    ctx: Context, officer: UUID, citizen: UUID, stranger: Context
) -> None:
    token = await token_for(ctx, officer)
    await officers.close_officer(ctx, officer, closed=True)

    with pytest.raises(Conflict):
        await invitations.invite(ctx, officer)
    with pytest.raises(InvalidInput):
        await accept(stranger, token)
    with pytest.raises(NotFound):
        await invitations.invite(ctx, citizen)


async def test_a_link_is_of_its_own_municipality(
    ctx: Context, other: Context, officer: UUID
) -> None:
    token = await token_for(ctx, officer)

    assert await invitations.find_invited(other, token) is None


@pytest.fixture
async def chief_of_works(ctx: Context, become: Callable[..., Any]) -> Context:
    """Cares for the people of the works division only."""
    chief = await accounts.register_officer(
        ctx, first_name="ชูใจ", last_name="ดี", email="c@maehia.example", post="ผอ.", unit="works"
    )
    await holders.grant_role(ctx, account=chief, role="clerk", unit="works")
    signed: Context = await become(ctx, chief)
    return signed


async def test_who_cares_for_one_division_makes_no_link_for_whoever_has_wider_rights(
    ctx: Context, officer: UUID, chief_of_works: Context
) -> None:
    await invitations.invite(chief_of_works, officer)

    await holders.grant_role(ctx, account=officer, role="administrator")
    with pytest.raises(NotAllowed):
        await invitations.invite(chief_of_works, officer)
    with pytest.raises(NotAllowed):
        await officers.change_officer(
            chief_of_works,
            officer,
            first_name="สมชาย",
            last_name="ตั้งใจ",
            email="mine@elsewhere.example",
            post="นายช่าง",
            unit="works",
        )
    with pytest.raises(NotAllowed):
        await officers.close_officer(chief_of_works, officer, closed=True)


async def test_a_code_that_is_told_lets_in_whoever_gave_the_password(
    ctx: Context, officer: UUID, stranger: Context, password: str
) -> None:
    with pytest.raises(NotFound):
        await codes.tell(ctx, account=officer)
    step = await sign_in(
        stranger, who="somchai@maehia.example", password=password, browser=Browser()
    )
    assert isinstance(step, CodeNeeded)

    told = await codes.tell(ctx, account=officer)
    opened = await finish_with_code(stranger, token=step.token, code=told, browser=Browser())

    assert (await resume(stranger, opened.token)).actor.id == officer
    assert await trail(ctx, "core.code.told") == 1
    assert await accounts.find_by(ctx, Identifier("email", "somchai@maehia.example"))
