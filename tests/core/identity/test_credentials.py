from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest

from core import db
from core.context import Context
from core.errors import InvalidInput, NotSignedIn, TooMany
from core.identity import accounts, credentials, sign_in
from core.identity.sessions import Browser, Opened, open_session, resume

NEW = "ตะเกียง ทุ่งนา เรือ"
SHORT = "short"
BROWSER = Browser(device="x")


async def signed_in(ctx: Context, account: UUID) -> tuple[Context, str]:
    opened = await open_session(ctx, account, "citizen", browser=BROWSER, how="test")
    return await resume(ctx, opened.token), opened.token


async def enters(ctx: Context, password: str) -> bool:
    try:
        await sign_in.sign_in(ctx, who="0812345678", password=password, browser=BROWSER)
    except InvalidInput:
        return False
    return True


async def messages(ctx: Context, template: str) -> list[Any]:
    async with db.transaction(ctx) as connection:
        return list(
            await connection.fetch("SELECT * FROM core.message WHERE template = $1", template)
        )


async def test_a_new_password_ends_all_other_sessions_and_renews_this_one(
    stranger: Context, citizen: UUID, password: str
) -> None:
    _, lost = await signed_in(stranger, citizen)
    here, token = await signed_in(stranger, citizen)

    fresh = await credentials.change_password(here, current=password, new=NEW, token=token)

    assert fresh != token
    for gone in (lost, token):
        assert (await resume(stranger, gone)).actor.id is None
    assert (await resume(stranger, fresh)).actor.id == citizen
    assert await enters(stranger, NEW)
    assert not await enters(stranger, password)
    assert {row["channel"] for row in await messages(stranger, "core.password_changed")} >= {
        "inbox"
    }


async def test_the_present_password_is_asked_for_and_guessing_it_is_slow(
    stranger: Context, citizen: UUID
) -> None:
    here, token = await signed_in(stranger, citizen)

    for _ in range(5):
        with pytest.raises(InvalidInput) as caught:
            await credentials.change_password(here, current="x", new=NEW, token=token)
        assert list(caught.value.problems) == ["current"]
    with pytest.raises(TooMany):
        await credentials.change_password(here, current="x", new=NEW, token=token)


@pytest.mark.parametrize("new", ["", "short", "0812345678 โทรมา", "วิภาดาคนสวยมาก"])
async def test_a_new_password_must_be_good(
    stranger: Context, citizen: UUID, password: str, new: str
) -> None:
    here, token = await signed_in(stranger, citizen)

    with pytest.raises(InvalidInput) as caught:
        await credentials.change_password(here, current=password, new=new, token=token)
    assert list(caught.value.problems) == ["new"]


async def test_a_forgotten_password_is_set_anew_with_a_code(
    stranger: Context, citizen: UUID, last_code: Any
) -> None:
    _, lost = await signed_in(stranger, citizen)
    token = await credentials.ask_reset(stranger, who="๐๘๑๒๓๔๕๖๗๘")

    await credentials.reset_password(
        stranger, token=token, code=await last_code(stranger), password=NEW
    )

    assert await enters(stranger, NEW)
    assert (await resume(stranger, lost)).actor.id is None


async def test_a_bad_new_password_does_not_use_up_the_code(
    stranger: Context, citizen: UUID, last_code: Any
) -> None:
    token = await credentials.ask_reset(stranger, who="0812345678")
    code = await last_code(stranger)
    with pytest.raises(InvalidInput) as caught:
        await credentials.reset_password(stranger, token=token, code=code, password=SHORT)
    assert list(caught.value.problems) == ["password"]

    await credentials.reset_password(stranger, token=token, code=code, password=NEW)
    assert await enters(stranger, NEW)


async def test_for_an_unknown_account_all_looks_the_same_and_nothing_is_sent(
    stranger: Context, citizen: UUID
) -> None:
    token = await credentials.ask_reset(stranger, who="0898765432")

    assert await messages(stranger, "core.one_time_code") == []
    with pytest.raises(InvalidInput) as caught:
        await credentials.reset_password(stranger, token=token, code="000000", password=NEW)
    assert "4" in caught.value.problems["code"].en


async def test_even_the_right_guess_changes_nothing_where_there_is_no_account(
    stranger: Context,
) -> None:
    token = await credentials.ask_reset(stranger, who="0898765432")
    async with db.transaction(stranger) as connection:
        id = await connection.fetchval("SELECT id FROM core.one_time_code")
        code = stranger.keys.fingerprint("one-time-code", str(id), "123456")
        await connection.execute("UPDATE core.one_time_code SET code = $1", code)

    await credentials.reset_password(stranger, token=token, code="123456", password=NEW)


async def test_resets_are_asked_for_five_times_at_most(stranger: Context, citizen: UUID) -> None:
    for _ in range(5):
        await credentials.ask_reset(stranger, who="0812345678")

    with pytest.raises(TooMany):
        await credentials.ask_reset(stranger, who="081-234-5678")


async def test_asking_for_nobody_is_refused(stranger: Context) -> None:
    with pytest.raises(InvalidInput):
        await credentials.ask_reset(stranger, who=" ")


async def test_a_new_phone_counts_once_its_code_was_typed(
    stranger: Context, citizen: UUID, password: str, last_code: Any
) -> None:
    here, _ = await signed_in(stranger, citizen)
    token = await credentials.ask_contact(here, password=password, phone="089-876-5432")
    assert (await accounts.get(here, citizen))["phone"] == "+66812345678"

    await credentials.confirm_contact(here, token=token, code=await last_code(here))

    row = await accounts.get(here, citizen)
    assert (row["phone"], row["phone_verified"]) == ("+66898765432", True)
    told = await messages(here, "core.contact_changed")
    assert {(row["channel"], row["account"]) for row in told} == {("inbox", citizen)}


async def test_a_new_e_mail_counts_once_its_code_was_typed(
    stranger: Context, citizen: UUID, password: str, last_code: Any
) -> None:
    here, _ = await signed_in(stranger, citizen)
    token = await credentials.ask_contact(here, password=password, email="W@Example.com")

    await credentials.confirm_contact(here, token=token, code=await last_code(here))

    row = await accounts.get(here, citizen)
    assert (row["email"], row["email_verified"]) == ("w@example.com", True)


async def test_the_phone_of_another_account_is_refused(
    ctx: Context, stranger: Context, citizen: UUID, password: str, last_code: Any
) -> None:
    await accounts.register_citizen(
        ctx, first_name="ก", last_name="ข", phone="0898765432", verified=True
    )
    here, _ = await signed_in(stranger, citizen)
    token = await credentials.ask_contact(here, password=password, phone="0898765432")

    with pytest.raises(InvalidInput) as caught:
        await credentials.confirm_contact(here, token=token, code=await last_code(here))
    assert list(caught.value.problems) == ["phone"]


async def test_a_code_confirms_an_address_for_the_account_that_asked_only(
    ctx: Context, stranger: Context, citizen: UUID, password: str, last_code: Any
) -> None:
    someone = await accounts.register_citizen(
        ctx, first_name="ก", last_name="ข", national_id="3100600445635", password=password
    )
    here, _ = await signed_in(stranger, citizen)
    there, _ = await signed_in(stranger, someone)
    token = await credentials.ask_contact(here, password=password, phone="0898765432")

    with pytest.raises(NotSignedIn):
        await credentials.confirm_contact(there, token=token, code=await last_code(here))


@pytest.mark.parametrize("typed", [{}, {"phone": "123"}, {"email": "@"}])
async def test_an_address_that_is_none_is_refused(
    stranger: Context, citizen: UUID, password: str, typed: dict[str, str]
) -> None:
    here, _ = await signed_in(stranger, citizen)

    with pytest.raises(InvalidInput):
        await credentials.ask_contact(here, password=password, **typed)


async def test_the_language_of_messages_can_be_chosen(stranger: Context, citizen: UUID) -> None:
    here, _ = await signed_in(stranger, citizen)

    await credentials.set_language(here, language="en")

    assert (await accounts.get(here, citizen))["language"] == "en"
    with pytest.raises(InvalidInput):
        await credentials.set_language(here, language="xx")  # type: ignore[arg-type]


async def test_strangers_have_nothing_to_change(stranger: Context) -> None:
    with pytest.raises(NotSignedIn):
        await credentials.set_language(stranger, language="en")
    with pytest.raises(NotSignedIn):
        await credentials.change_password(stranger, current="x", new=NEW, token="")


async def test_an_account_without_a_password_gets_one_by_a_code(
    ctx: Context, stranger: Context, last_code: Any
) -> None:
    await accounts.register_officer(
        ctx, first_name="อรทัย", last_name="มั่นคง", email="o@maehia.example", post="นิติกร"
    )
    token = await credentials.ask_reset(stranger, who="o@maehia.example")

    await credentials.reset_password(
        stranger, token=token, code=await last_code(stranger), password=NEW
    )

    answer = await sign_in.sign_in(
        replace(stranger), who="o@maehia.example", password=NEW, browser=BROWSER
    )
    assert not isinstance(answer, Opened)
