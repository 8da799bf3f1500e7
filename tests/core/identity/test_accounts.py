from typing import Any
from uuid import UUID

import pytest

from core import db
from core.context import Context
from core.errors import InvalidInput
from core.identity import accounts
from core.identity.national_id import unlock_id

PERSON: dict[str, Any] = {"first_name": "คำ", "last_name": "ดี"}


@pytest.mark.parametrize(
    ("same", "field"),
    [
        ({"national_id": "1234545678781"}, "national_id"),
        ({"phone": "0812345678"}, "phone"),
    ],
)
async def test_a_number_and_a_confirmed_phone_belong_to_one_citizen(
    ctx: Context, other: Context, citizen: UUID, same: dict[str, str], field: str
) -> None:
    with pytest.raises(InvalidInput) as caught:
        await accounts.register_citizen(ctx, verified=True, **PERSON | same)

    assert list(caught.value.problems) == [field]
    await accounts.register_citizen(other, verified=True, **PERSON | same)


async def test_a_phone_that_nobody_has_confirmed_can_be_given_by_several(ctx: Context) -> None:
    for _ in range(2):
        await accounts.register_citizen(ctx, **PERSON, phone="0898765432")


async def test_an_officer_needs_a_phone_or_an_e_mail_and_a_post(ctx: Context) -> None:
    with pytest.raises(InvalidInput) as caught:
        await accounts.register_officer(
            ctx, post=" ", unit="moon", **PERSON, national_id="1234545678781"
        )

    assert set(caught.value.problems) == {"post", "unit", "phone"}


async def test_names_are_cleaned_of_gaps_and_signs_that_nobody_sees(ctx: Context) -> None:
    account = await accounts.register_citizen(
        ctx,
        title=" นาง ",
        first_name="บัว\x00ผัน\t ",
        last_name="ณ  อยุธยา",
        national_id="1234545678781",
    )

    row = await accounts.get(ctx, account)
    assert (row["title"], row["first_name"], row["last_name"]) == ("นาง", "บัว ผัน", "ณ อยุธยา")


async def test_a_number_that_was_moved_to_another_row_cannot_be_read(
    ctx: Context, citizen: UUID
) -> None:
    another = await accounts.register_citizen(ctx, **PERSON, national_id="3100600445635")
    stolen: Any = (await accounts.get(ctx, citizen))["national_id"]

    with pytest.raises(ValueError, match="cannot be decrypted"):
        unlock_id(ctx, another, stolen)


async def test_making_an_account_is_in_the_trail(ctx: Context, citizen: UUID) -> None:
    async with db.transaction(ctx) as connection:
        row = await connection.fetchrow(
            "SELECT owner, subject FROM core.audit_entry WHERE action = 'core.account.registered'"
        )
    assert (row["owner"], row["subject"]) == (citizen, f"account/{citizen}")
