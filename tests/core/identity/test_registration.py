from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest

from core import db
from core.context import Context
from core.errors import InvalidInput, TooMany
from core.identity import accounts, registration, sign_in
from core.identity.sessions import Browser, Opened, resume
from core.identity.sign_in import CodeNeeded

SHORT = "short"
PHONE = Browser(device="phone")
PERSON = {"title": "นาง", "first_name": "บัวผัน", "last_name": "ใจงาม"}


async def begun(ctx: Context, password: str, **typed: str) -> Opened | CodeNeeded:
    return await registration.begin(ctx, password=password, browser=PHONE, **PERSON | typed)


async def count_accounts(ctx: Context) -> int:
    async with db.transaction(ctx) as connection:
        count: int = await connection.fetchval("SELECT count(*) FROM core.account")
    return count


async def test_a_citizen_registers_with_a_phone_and_is_signed_in(
    stranger: Context, password: str, last_code: Any
) -> None:
    answer = await begun(stranger, password, phone="๐๘๑-๒๓๔-๕๖๗๘", national_id="1234545678781")
    assert isinstance(answer, CodeNeeded)
    assert await count_accounts(stranger) == 0

    opened = await registration.finish(
        stranger, token=answer.token, code=await last_code(stranger), browser=PHONE
    )

    actor = (await resume(stranger, opened.token)).actor
    assert (actor.kind, actor.name) == ("citizen", "นางบัวผัน ใจงาม")
    row = await accounts.get(stranger, opened.account)
    assert (row["phone"], row["phone_verified"]) == ("+66812345678", True)
    again = await sign_in.sign_in(stranger, who="0812345678", password=password, browser=PHONE)
    assert isinstance(again, Opened)


async def test_with_a_number_alone_there_is_nothing_to_confirm(
    stranger: Context, password: str
) -> None:
    opened = await begun(stranger, password, national_id="1234545678781")

    assert isinstance(opened, Opened)
    assert (await resume(stranger, opened.token)).actor.kind == "citizen"


async def test_where_no_message_reaches_phones_the_code_goes_to_the_e_mail(
    stranger: Context, password: str, last_code: Any
) -> None:
    answer = await begun(stranger, password, phone="0812345678", email="b@example.com")
    assert isinstance(answer, CodeNeeded)

    opened = await registration.finish(
        stranger, token=answer.token, code=await last_code(stranger), browser=PHONE
    )

    row = await accounts.get(stranger, opened.account)
    assert (row["phone_verified"], row["email_verified"]) == (False, True)


async def test_every_field_that_is_wrong_is_named(stranger: Context) -> None:
    with pytest.raises(InvalidInput) as caught:
        await registration.begin(
            stranger,
            password=SHORT,
            browser=PHONE,
            first_name=" \x00 ",
            last_name="ก" * 121,
            national_id="1234545678782",
            phone="1234",
            email="@",
        )

    assert set(caught.value.problems) == {
        "first_name",
        "last_name",
        "national_id",
        "phone",
        "email",
        "password",
    }


async def test_a_way_to_sign_in_and_a_password_are_needed(stranger: Context) -> None:
    with pytest.raises(InvalidInput) as caught:
        await begun(stranger, "")

    assert set(caught.value.problems) == {"national_id", "password"}


async def test_only_who_reads_the_mailbox_learns_that_there_is_an_account(
    stranger: Context, citizen: UUID, password: str, last_code: Any
) -> None:
    answer = await begun(stranger, password, phone="0812345678")
    assert isinstance(answer, CodeNeeded)

    with pytest.raises(InvalidInput) as caught:
        await registration.finish(
            stranger, token=answer.token, code=await last_code(stranger), browser=PHONE
        )

    assert "phone" in caught.value.problems
    assert await count_accounts(stranger) == 1


async def test_a_number_is_registered_once_in_each_municipality(
    stranger: Context, other: Context, citizen: UUID, password: str
) -> None:
    with pytest.raises(InvalidInput) as caught:
        await begun(stranger, password, national_id="1234545678781")
    assert "national_id" in caught.value.problems

    there = replace(other, actor=stranger.actor)
    assert isinstance(await begun(there, password, national_id="1234545678781"), Opened)


async def test_a_machine_cannot_register_without_end(stranger: Context, password: str) -> None:
    for _ in range(20):
        with pytest.raises(InvalidInput):
            await begun(stranger, password, email="b@example.com", phone="12")

    answers = [await begun(stranger, password, email=f"b{n}@example.com") for n in range(20)]
    assert len(answers) == 20
    with pytest.raises(TooMany):
        await begun(stranger, password, email="last@example.com")


async def test_nothing_of_who_registers_lies_open_while_the_code_is_awaited(
    stranger: Context, password: str
) -> None:
    await begun(stranger, password, phone="0812345678", national_id="1234545678781")

    async with db.transaction(stranger) as connection:
        row = dict(await connection.fetchrow("SELECT * FROM core.one_time_code"))
    kept = b"".join(value for value in row.values() if isinstance(value, bytes))
    assert b"1234545678781" not in kept
    assert "บัวผัน".encode() not in kept
