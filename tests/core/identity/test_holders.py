import asyncio
from typing import Any
from uuid import UUID

import pytest

from core import db
from core.context import EVERYWHERE, Context
from core.errors import Conflict, InvalidInput, NotAllowed, NotFound
from core.identity import accounts, holders, roles, sessions
from core.identity.sessions import Browser
from core.text import Text


async def another(ctx: Context, name: str) -> UUID:
    return await accounts.register_officer(
        ctx, first_name=name, last_name="ดี", email=f"{name}@maehia.example", post="นิติกร"
    )


async def test_a_role_in_a_unit_gives_its_permissions_there(
    ctx: Context, stranger: Context, officer: UUID, become: Any
) -> None:
    await holders.grant_role(ctx, account=officer, role="clerk", unit="works")
    actor = (await become(stranger, officer)).actor

    assert actor.permissions["core.audit"] == frozenset({"works"})
    assert actor.may("core.audit", "works")
    assert not actor.may("core.audit", "clerk")

    await holders.grant_role(ctx, account=officer, role="clerk")
    actor = (await become(stranger, officer)).actor
    assert actor.permissions["core.audit"] is EVERYWHERE


async def test_new_rights_begin_with_a_new_session(
    ctx: Context, stranger: Context, officer: UUID
) -> None:
    opened = await sessions.open_session(
        stranger, officer, "officer", browser=Browser(), how="test"
    )

    await holders.grant_role(ctx, account=officer, role="head")

    assert (await sessions.resume(stranger, opened.token)).actor.id is None


async def test_granting_twice_changes_nothing(ctx: Context, officer: UUID) -> None:
    await holders.grant_role(ctx, account=officer, role="head")
    await holders.grant_role(ctx, account=officer, role="head")

    assert len(await holders.roles_of(ctx, officer)) == 1


async def test_a_role_that_was_taken_gives_nothing(
    ctx: Context, stranger: Context, officer: UUID, become: Any
) -> None:
    await holders.grant_role(ctx, account=officer, role="administrator")
    [held] = await holders.roles_of(ctx, officer)

    await holders.revoke_role(ctx, holding=held["id"])

    assert (await become(stranger, officer)).actor.permissions == {}
    with pytest.raises(NotFound):
        await holders.revoke_role(ctx, holding=held["id"])


async def test_grants_and_revocations_are_in_the_trail_with_whom_they_are_about(
    ctx: Context, officer: UUID
) -> None:
    await holders.grant_role(ctx, account=officer, role="head", unit="works")
    [held] = await holders.roles_of(ctx, officer)
    await holders.revoke_role(ctx, holding=held["id"])

    async with db.transaction(ctx) as connection:
        rows = await connection.fetch(
            "SELECT action FROM core.audit_entry WHERE owner = $1 AND action LIKE 'core.role.%' "
            "ORDER BY id",
            officer,
        )
    assert [row["action"] for row in rows] == ["core.role.granted", "core.role.revoked"]


async def test_who_cares_for_one_division_gives_roles_there_only(
    ctx: Context, stranger: Context, officer: UUID, become: Any
) -> None:
    await holders.grant_role(ctx, account=officer, role="clerk", unit="works")
    chief = await become(stranger, officer)
    someone = await another(ctx, "orathai")

    await holders.grant_role(chief, account=someone, role="head", unit="works")
    for role, unit in (("head", "clerk"), ("head", None), ("administrator", "works")):
        with pytest.raises(NotAllowed):
            await holders.grant_role(chief, account=someone, role=role, unit=unit)
    with pytest.raises(NotAllowed):
        await roles.change_role(chief, code="head", title=Text("ก", "a"), permissions=[])


async def test_the_last_who_manages_officers_keeps_that(
    ctx: Context, stranger: Context, officer: UUID, become: Any
) -> None:
    await holders.grant_role(ctx, account=officer, role="administrator")
    admin = await become(stranger, officer)
    [held] = await holders.roles_of(ctx, officer)

    with pytest.raises(Conflict):
        await holders.revoke_role(admin, holding=held["id"])
    with pytest.raises(Conflict):
        await roles.change_role(
            admin, code="administrator", title=Text("ก", "a"), permissions=["core.audit"]
        )
    assert len(await holders.roles_of(ctx, officer)) == 1


async def test_two_who_leave_each_other_at_once_do_not_both_go(
    ctx: Context, stranger: Context, officer: UUID, become: Any
) -> None:
    second = await another(ctx, "orathai")
    for account in (officer, second):
        await holders.grant_role(ctx, account=account, role="administrator")
    first_admin, second_admin = await become(stranger, officer), await become(stranger, second)
    [mine], [theirs] = [await holders.roles_of(ctx, one) for one in (officer, second)]

    results = await asyncio.gather(
        holders.revoke_role(first_admin, holding=theirs["id"]),
        holders.revoke_role(second_admin, holding=mine["id"]),
        return_exceptions=True,
    )

    assert [type(one) for one in results if one is not None] == [Conflict]


async def test_only_officers_of_this_office_hold_roles_that_exist_in_units_that_exist(
    ctx: Context, other: Context, officer: UUID, citizen: UUID
) -> None:
    with pytest.raises(NotFound):
        await holders.grant_role(ctx, account=citizen, role="head")
    with pytest.raises(NotFound):
        await holders.grant_role(other, account=officer, role="head")
    with pytest.raises(NotFound):
        await holders.grant_role(ctx, account=officer, role="king")
    with pytest.raises(InvalidInput):
        await holders.grant_role(ctx, account=officer, role="head", unit="moon")
