import unicodedata
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

import argon2
import pytest

from core import db
from core.context import Context
from core.errors import InvalidInput, NotFound, TooMany
from core.identity import accounts, sessions, sign_in
from core.identity.sessions import Browser, Opened
from core.identity.sign_in import CodeNeeded
from core.identity.tables import Account

ANOTHER = "อีกคำหนึ่งที่ไม่ซ้ำกัน"
LAPTOP = Browser(device="mark-of-the-laptop", name="Chromium")


async def tried(ctx: Context, who: str, password: str, **more: Any) -> Opened | CodeNeeded:
    browser = more.get("browser", LAPTOP)
    return await sign_in.sign_in(ctx, who=who, password=password, browser=browser)


async def refused(ctx: Context, who: str, password: str) -> str:
    with pytest.raises(InvalidInput) as caught:
        await tried(ctx, who, password)
    return " ".join(text.th for text in caught.value.problems.values())


async def with_code(ctx: Context, answer: Opened | CodeNeeded, last_code: Any) -> Opened:
    assert isinstance(answer, CodeNeeded)
    code = await last_code(ctx)
    return await sign_in.finish_with_code(ctx, token=answer.token, code=code, browser=LAPTOP)


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> Callable[[], int]:
    """How often argon2 has worked since the last call."""
    work: list[None] = []
    verify = argon2.PasswordHasher.verify

    def verify_and_count(self: argon2.PasswordHasher, *args: Any) -> bool:
        work.append(None)
        return verify(self, *args)

    monkeypatch.setattr(argon2.PasswordHasher, "verify", verify_and_count)

    def count() -> int:
        done = len(work)
        work.clear()
        return done

    return count


@pytest.mark.parametrize("who", ["081-234-5678", "๐๘๑๒๓๔๕๖๗๘", "1-2345-45678-78-1"])
async def test_a_citizen_signs_in_by_number_or_phone(
    stranger: Context, citizen: UUID, password: str, last_code: Any, who: str
) -> None:
    opened = await with_code(stranger, await tried(stranger, who, password), last_code)

    assert (opened.account, opened.kind) == (citizen, "citizen")
    assert (await sessions.resume(stranger, opened.token)).actor.id == citizen


async def test_an_officer_needs_a_code_every_time(
    stranger: Context, officer: UUID, password: str, last_code: Any
) -> None:
    for _ in range(2):
        answer = await tried(stranger, "Somchai@Maehia.example", password)
        opened = await with_code(stranger, answer, last_code)
        assert (opened.account, opened.kind) == (officer, "officer")


async def test_a_citizen_needs_a_code_only_on_a_device_that_is_new(
    stranger: Context, citizen: UUID, password: str, last_code: Any
) -> None:
    await with_code(stranger, await tried(stranger, "0812345678", password), last_code)

    assert isinstance(await tried(stranger, "0812345678", password), Opened)
    new = Browser(device="another")
    assert isinstance(await tried(stranger, "0812345678", password, browser=new), CodeNeeded)
    nameless = await tried(stranger, "0812345678", password, browser=Browser())
    assert isinstance(nameless, CodeNeeded)


async def test_a_device_is_known_for_half_a_year(
    stranger: Context, citizen: UUID, password: str, last_code: Any
) -> None:
    await with_code(stranger, await tried(stranger, "0812345678", password), last_code)
    late = replace(stranger, now=stranger.now + timedelta(days=181))

    assert isinstance(await tried(late, "0812345678", password), CodeNeeded)


async def test_a_citizen_without_phone_and_e_mail_signs_in_by_password_alone(
    ctx: Context, stranger: Context, password: str
) -> None:
    account = await accounts.register_citizen(
        ctx, first_name="คำ", last_name="ดี", national_id="3100600445635", password=password
    )

    opened = await tried(stranger, "3100600445635", password)

    assert isinstance(opened, Opened)
    assert opened.account == account


async def test_a_phone_that_was_not_confirmed_opens_nothing(
    ctx: Context, stranger: Context, password: str
) -> None:
    await accounts.register_citizen(
        ctx, first_name="คำ", last_name="ดี", phone="0898765432", password=password
    )

    await refused(stranger, "0898765432", password)


async def test_an_unknown_account_and_a_wrong_password_get_the_same_answer_for_the_same_work(
    stranger: Context, citizen: UUID, officer: UUID, password: str, counted: Callable[[], int]
) -> None:
    answers = set()
    work = {}
    for who in ("1234545678781", "3100600445635", "not even a number"):
        answers.add(await refused(stranger, who, "a wrong password"))
        work[who] = counted()
    assert set(work.values()) == {2}

    for who in ("0812345678", "0898765432", "somchai@maehia.example", "nobody@maehia.example"):
        answers.add(await refused(stranger, who, "a wrong password"))
        work[who] = counted()
    assert {work[who] for who in list(work)[3:]} == {1}
    assert len(answers) == 1

    await tried(stranger, "1234545678781", password)
    assert counted() == 2


async def test_a_closed_account_is_as_unknown(
    stranger: Context, citizen: UUID, password: str, counted: Callable[[], int]
) -> None:
    unknown = await refused(stranger, "0898765432", password)
    async with db.transaction(stranger):
        await Account.update({Account.active: False}).where(Account.of(stranger))

    assert await refused(stranger, "0812345678", password) == unknown


async def test_one_number_may_be_a_citizens_and_an_officers(
    ctx: Context, stranger: Context, citizen: UUID, password: str
) -> None:
    officer = await accounts.register_officer(
        ctx,
        first_name="วิภาดา",
        last_name="แสงคำ",
        national_id="1234545678781",
        email="wiphada@maehia.example",
        post="นิติกร",
        password=ANOTHER,
    )

    answer = await tried(stranger, "1234545678781", ANOTHER)
    assert isinstance(answer, CodeNeeded)
    async with db.transaction(stranger) as connection:
        asked = await connection.fetchval("SELECT account FROM core.one_time_code")
    assert asked == officer


async def test_after_five_wrong_passwords_the_right_one_has_to_wait_too(
    stranger: Context, citizen: UUID, password: str
) -> None:
    for _ in range(5):
        await refused(stranger, "0812345678", "a wrong password")

    with pytest.raises(TooMany) as caught:
        await tried(stranger, "0812345678", password)
    assert caught.value.retry_after == 30
    late = replace(stranger, now=stranger.now + timedelta(seconds=31))
    assert isinstance(await tried(late, "0812345678", password), CodeNeeded)


async def test_many_accounts_tried_from_one_address_are_stopped(stranger: Context) -> None:
    for number in range(50):
        await refused(stranger, f"08{number:08}", "x")

    with pytest.raises(TooMany):
        await tried(stranger, "0812345678", "x")
    elsewhere = replace(stranger, address="198.51.100.9")
    await refused(elsewhere, "0812345678", "x")


async def test_a_whole_office_may_sign_in_from_one_address(
    stranger: Context, ctx: Context, password: str
) -> None:
    await accounts.register_citizen(
        ctx, first_name="คำ", last_name="ดี", national_id="3100600445635", password=password
    )

    for _ in range(60):
        assert isinstance(await tried(stranger, "3100600445635", password), Opened)


async def test_empty_fields_are_named(stranger: Context) -> None:
    with pytest.raises(InvalidInput) as caught:
        await tried(stranger, "  ", "")

    assert list(caught.value.problems) == ["who", "password"]


async def test_a_weak_hash_is_replaced_at_sign_in(
    stranger: Context, citizen: UUID, password: str
) -> None:
    cheap = argon2.PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    weak = cheap.hash(unicodedata.normalize("NFKC", password))
    async with db.transaction(stranger):
        await Account.update({Account.password_hash: weak}).where(Account.of(stranger))

    await tried(stranger, "0812345678", password)

    row = await accounts.get(stranger, citizen)
    assert row["password_hash"] != weak
    assert isinstance(await tried(stranger, "0812345678", password), CodeNeeded)


async def test_a_password_is_of_one_municipality(
    stranger: Context, other: Context, citizen: UUID, password: str
) -> None:
    await refused(replace(other, actor=stranger.actor), "0812345678", password)


async def test_signing_in_is_in_the_trail(
    stranger: Context, citizen: UUID, password: str, last_code: Any
) -> None:
    await with_code(stranger, await tried(stranger, "0812345678", password), last_code)

    async with db.transaction(stranger) as connection:
        rows = await connection.fetch(
            "SELECT owner, detail FROM core.audit_entry WHERE action = 'core.session.opened'"
        )
    assert [(row["owner"], "code" in row["detail"]) for row in rows] == [(citizen, True)]


async def test_a_plugin_may_let_in_whom_its_provider_knows(
    stranger: Context, citizen: UUID
) -> None:
    opened = await sign_in.admit(stranger, account=citizen, how="thaid", browser=LAPTOP)

    assert (await sessions.resume(stranger, opened.token)).actor.id == citizen
    with pytest.raises(NotFound):
        await sign_in.admit(stranger, account=db.new_id(), how="thaid", browser=LAPTOP)


async def test_a_plugin_may_ask_for_another_second_factor(
    stranger: Context, officer: UUID, password: str
) -> None:
    answer = await tried(stranger, "somchai@maehia.example", password)
    assert isinstance(answer, CodeNeeded)

    opened = await sign_in.finish_with_factor(
        stranger, token=answer.token, how="totp", browser=LAPTOP
    )

    assert opened.account == officer
    with pytest.raises(InvalidInput):
        await sign_in.finish_with_factor(stranger, token=answer.token, how="totp", browser=LAPTOP)
