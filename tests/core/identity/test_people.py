from typing import Any
from uuid import UUID

import pytest

from core import db
from core.context import Context
from core.errors import InvalidInput, NotAllowed, NotFound
from core.identity import accounts, holders, people
from core.identity.readings import readings_of


async def test_services_see_a_number_masked_only(ctx: Context, citizen: UUID) -> None:
    known = await people.find_account(ctx, citizen)

    assert known is not None
    assert known.masked_id == "1-2345-•••••-••-1"
    assert (known.name, known.phone, known.email) == ("นางสาววิภาดา แสงคำ", "+66812345678", None)
    assert "1234545678781" not in str(known)


async def test_a_number_is_found_by_no_query_of_the_database(ctx: Context, citizen: UUID) -> None:
    async with db.transaction(ctx) as connection:
        row = dict(await connection.fetchrow("SELECT * FROM core.account"))

    assert b"1234545678781" not in row["national_id"]
    assert b"1234545678781" not in row["national_id_key"]


async def test_a_clerk_finds_a_citizen_by_the_number_on_the_card(
    ctx: Context, other: Context, citizen: UUID
) -> None:
    found = await people.find_citizen(ctx, national_id="๑-๒๓๔๕-๔๕๖๗๘-๗๘-๑")

    assert found is not None
    assert found.id == citizen
    assert await people.find_citizen(ctx, national_id="3100600445635") is None
    assert await people.find_citizen(other, national_id="1234545678781") is None
    with pytest.raises(InvalidInput):
        await people.find_citizen(ctx, national_id="123")


async def test_an_unconfirmed_phone_is_not_told_to_services(ctx: Context) -> None:
    account = await accounts.register_citizen(
        ctx, first_name="คำ", last_name="ดี", phone="0898765432"
    )

    known = await people.find_account(ctx, account)
    assert known is not None
    assert known.phone is None


async def test_names_are_told_for_many_people_at_once(
    ctx: Context, other: Context, citizen: UUID, officer: UUID
) -> None:
    wanted = [citizen, officer, db.new_id()]

    assert await people.names(ctx, wanted) == {
        citizen: "นางสาววิภาดา แสงคำ",
        officer: "นายสมชาย ตั้งใจ",
    }
    assert await people.names(other, wanted) == {}
    assert await people.names(ctx, []) == {}


async def test_revealing_a_number_is_told_to_its_owner_with_the_reason(
    ctx: Context, stranger: Context, citizen: UUID, officer: UUID, become: Any
) -> None:
    clerk, owner = await become(stranger, officer), await become(stranger, citizen)

    number = await people.reveal_national_id(clerk, citizen, reason=" ออกใบอนุญาต  12/2569 ")

    assert number == "1234545678781"
    [look] = await readings_of(owner)
    assert (look.who, look.reason) == ("นายสมชาย ตั้งใจ", "ออกใบอนุญาต 12/2569")
    assert look.what.th == "เลขประจำตัวประชาชน"


async def test_ones_own_look_is_no_news(stranger: Context, citizen: UUID, become: Any) -> None:
    owner = await become(stranger, citizen)

    await people.reveal_national_id(owner, citizen, reason="ดูเลขของตนเอง")

    assert await readings_of(owner) == []


async def test_who_looked_is_told_to_the_owner_only(
    ctx: Context, stranger: Context, citizen: UUID, officer: UUID, become: Any
) -> None:
    clerk = await become(stranger, officer)
    await people.reveal_national_id(clerk, citizen, reason="ตรวจคำขอ")

    assert await readings_of(clerk) == []
    assert await readings_of(stranger) == []


@pytest.mark.parametrize("reason", ["", "   ", "ก" * 201])
async def test_without_a_reason_no_number_is_revealed(
    stranger: Context, citizen: UUID, officer: UUID, become: Any, reason: str
) -> None:
    with pytest.raises(InvalidInput):
        await people.reveal_national_id(await become(stranger, officer), citizen, reason=reason)


async def test_citizens_and_strangers_see_nobodys_number(
    ctx: Context, stranger: Context, citizen: UUID, officer: UUID, become: Any
) -> None:
    someone = await accounts.register_citizen(
        ctx, first_name="คำ", last_name="ดี", national_id="3100600445635"
    )
    for who in (stranger, await become(stranger, citizen)):
        with pytest.raises(NotAllowed):
            await people.reveal_national_id(who, someone, reason="อยากรู้")


async def test_a_number_that_is_not_there_or_not_here_is_not_revealed(
    stranger: Context, other: Context, citizen: UUID, officer: UUID, become: Any
) -> None:
    with pytest.raises(InvalidInput):
        await people.reveal_national_id(await become(stranger, officer), officer, reason="ตรวจ")
    with pytest.raises(NotFound):
        await people.reveal_national_id(other, citizen, reason="ตรวจ")


async def test_officers_are_found_by_name_and_division(
    ctx: Context, other: Context, officer: UUID, citizen: UUID
) -> None:
    async def found(**how: Any) -> list[UUID]:
        return [row["id"] for row in await people.officers(ctx, **how)]

    assert await found() == [officer]
    assert await found(search="ตั้ง") == [officer]
    assert await found(unit="works") == [officer]
    assert await found(unit="clerk") == []
    assert await found(search="%") == []
    assert await found(search="วิภาดา") == []
    assert await people.officers(other) == []


async def test_a_service_finds_who_may_handle_a_matter_of_a_division(
    ctx: Context, officer: UUID
) -> None:
    async def found(unit: str | None) -> list[UUID]:
        return [row["id"] for row in await people.holders_of(ctx, "core.audit", unit=unit)]

    assert await found("works") == []
    await holders.grant_role(ctx, account=officer, role="clerk", unit="works")
    assert await found("works") == [officer]
    assert await found("clerk") == []
    assert await found(None) == []
    await holders.grant_role(ctx, account=officer, role="mayor")
    assert [await found(unit) for unit in ("works", "clerk", None)] == [[officer]] * 3
