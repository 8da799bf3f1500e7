import asyncio
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from core import db
from core.context import Context
from core.errors import InvalidInput, TooMany
from core.identity import codes
from core.identity.codes import Sent

THAI = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")
PHONE = Sent(phone="+66812345678")


async def issued(ctx: Context, account: UUID | None = None, **more: Any) -> str:
    return await codes.issue(ctx, purpose="sign_in", sent=PHONE, account=account, **more)


async def refused(ctx: Context, token: str, code: str) -> str:
    with pytest.raises(InvalidInput) as caught:
        await codes.use(ctx, token, code, purpose="sign_in")
    return caught.value.problems["code"].en


def another(code: str) -> str:
    return f"{(int(code) + 1) % 1_000_000:06}"


async def test_a_code_is_used_once(stranger: Context, citizen: UUID, last_code: Any) -> None:
    token = await issued(stranger, citizen)
    code = await last_code(stranger)

    used = await codes.use(
        stranger, token, f" {code[:3]} {code[3:]} ".translate(THAI), purpose="sign_in"
    )

    assert used == (citizen, PHONE)
    assert "over" in await refused(stranger, token, code)


async def test_five_wrong_tries_are_all(stranger: Context, last_code: Any) -> None:
    token = await issued(stranger)
    code = await last_code(stranger)

    told = [await refused(stranger, token, another(code)) for _ in range(5)]

    assert [text.rstrip(".")[-1] for text in told[:4]] == ["4", "3", "2", "1"]
    assert "over" in told[4]
    assert "over" in await refused(stranger, token, code)


async def test_tries_at_once_are_counted_one_by_one(stranger: Context, last_code: Any) -> None:
    token = await issued(stranger)
    code = await last_code(stranger)

    guesses = [f"{guess:06}" for guess in range(100) if f"{guess:06}" != code]
    await asyncio.gather(*(refused(stranger, token, guess) for guess in guesses))

    assert "over" in await refused(stranger, token, code)


async def test_after_ten_minutes_a_code_is_over(stranger: Context, last_code: Any) -> None:
    token = await issued(stranger)
    late = replace(stranger, now=stranger.now + codes.LIFE)

    assert "over" in await refused(late, token, await last_code(stranger))


async def test_a_code_without_the_browser_that_asked_is_worth_nothing(
    stranger: Context, last_code: Any
) -> None:
    await issued(stranger)

    assert "over" in await refused(stranger, "another token", await last_code(stranger))


async def test_a_code_for_one_purpose_does_not_serve_another(
    stranger: Context, last_code: Any
) -> None:
    token = await issued(stranger)

    with pytest.raises(InvalidInput):
        await codes.use(stranger, token, await last_code(stranger), purpose="reset")


async def test_a_code_that_was_sent_again_replaces_the_first(
    stranger: Context, last_code: Any
) -> None:
    token = await issued(stranger)
    first = await last_code(stranger)
    await codes.send_again(stranger, token)
    second = await last_code(stranger)

    if first != second:
        await refused(stranger, token, first)
    await codes.use(stranger, token, second, purpose="sign_in")


async def test_a_code_is_sent_three_times_at_most(stranger: Context) -> None:
    token = await issued(stranger)
    await codes.send_again(stranger, token)
    await codes.send_again(stranger, token)

    with pytest.raises(InvalidInput):
        await codes.send_again(stranger, token)


async def test_one_address_is_not_flooded_with_codes(stranger: Context) -> None:
    for _ in range(5):
        await issued(stranger)

    with pytest.raises(TooMany):
        await issued(stranger)


async def test_neither_code_nor_address_can_be_read_from_the_row(
    stranger: Context, last_code: Any
) -> None:
    await issued(stranger)

    async with db.transaction(stranger) as connection:
        row = dict(await connection.fetchrow("SELECT * FROM core.one_time_code"))
    kept = b"".join(value for value in row.values() if isinstance(value, bytes))
    assert (await last_code(stranger)).encode() not in kept
    assert b"812345678" not in kept


async def test_without_an_address_nothing_is_sent_and_a_token_comes_all_the_same(
    stranger: Context,
) -> None:
    token = await codes.issue(stranger, purpose="reset", sent=Sent())

    async with db.transaction(stranger) as connection:
        assert await connection.fetchval("SELECT count(*) FROM core.message") == 0
    assert len(token) == 43
    assert await codes.find_sent(stranger, token) == Sent()


async def test_a_second_factor_stands_in_for_the_code(stranger: Context, citizen: UUID) -> None:
    token = await issued(stranger, citizen)

    assert (await codes.use_otherwise(stranger, token, purpose="sign_in")).account == citizen
    with pytest.raises(InvalidInput):
        await codes.use_otherwise(stranger, token, purpose="sign_in")


async def test_using_a_code_within_a_transaction_is_refused(stranger: Context) -> None:
    with pytest.raises(RuntimeError, match="outside"):
        async with db.transaction(stranger):
            await codes.use(stranger, "x", "1", purpose="sign_in")


def test_the_life_of_a_code_is_what_its_message_says() -> None:
    assert timedelta(minutes=10) == codes.LIFE


async def test_the_printed_code_works_in_a_demonstration_and_nowhere_else(
    stranger: Context, last_code: Any
) -> None:
    demo = replace(stranger, settings=replace(stranger.settings, demo=True))
    token = await issued(demo)
    await codes.use(demo, token, codes.DEMO_CODE, purpose="sign_in")

    sent = set()
    for _ in range(3):
        await issued(stranger)
        sent.add(await last_code(stranger))
    assert sent != {codes.DEMO_CODE}
