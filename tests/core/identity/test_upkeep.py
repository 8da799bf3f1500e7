from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from core import db
from core.context import Context
from core.identity import attempts, codes, parking, sessions, upkeep
from core.identity.sessions import Browser

TABLES = ("one_time_code", "parked_form", "sign_in_attempt", "session")


async def rows(ctx: Context) -> list[int]:
    async with db.transaction(ctx) as connection:
        return [
            await connection.fetchval(f"SELECT count(*) FROM core.{table}")  # noqa: S608
            for table in TABLES
        ]


async def test_what_has_run_out_is_deleted_and_nothing_else(
    stranger: Context, other: Context, citizen: UUID
) -> None:
    for who in (stranger, other):
        await codes.issue(who, purpose="reset", sent=codes.Sent())
        await parking.park(who, parking.Form(path="/", fields=[]), account=None)
        await attempts.take(who, "sign-in", "a", attempts.ACCOUNT)
    await sessions.open_session(stranger, citizen, "citizen", browser=Browser(), how="test")
    before = await rows(stranger)

    await upkeep.forget_run_out(stranger)
    assert await rows(stranger) == before

    await upkeep.forget_run_out(replace(stranger, now=stranger.now + timedelta(days=3)))
    assert await rows(stranger) == [0, 0, 0, 1]
    assert await rows(other) == [1, 1, 2, 0]


async def test_who_was_signed_in_is_known_for_two_years(stranger: Context, citizen: UUID) -> None:
    await sessions.open_session(stranger, citizen, "citizen", browser=Browser(), how="test")
    end = stranger.now + timedelta(days=30) + upkeep.SESSIONS_KEPT

    await upkeep.forget_run_out(replace(stranger, now=end))
    assert (await rows(stranger))[3] == 1
    await upkeep.forget_run_out(replace(stranger, now=end + timedelta(seconds=1)))
    assert (await rows(stranger))[3] == 0
