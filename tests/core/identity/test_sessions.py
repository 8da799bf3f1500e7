import asyncio
from dataclasses import replace
from datetime import timedelta
from types import SimpleNamespace
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import db
from core.context import Context
from core.errors import NotFound
from core.identity import sessions
from core.identity.sessions import Browser, Opened
from core.identity.tables import Account, Session

PHONE = Browser(device="mark-of-the-phone", name="Firefox on Android")


async def opened(ctx: Context, account: UUID, kind: sessions.Kind = "citizen") -> Opened:
    return await sessions.open_session(ctx, account, kind, browser=PHONE, how="password")


def later(ctx: Context, **time: float) -> Context:
    return replace(ctx, now=ctx.now + timedelta(**time))


async def test_a_token_brings_its_bearer_back(stranger: Context, citizen: UUID) -> None:
    token = (await opened(stranger, citizen)).token

    actor = (await sessions.resume(stranger, token)).actor

    assert (actor.kind, actor.id) == ("citizen", citizen)
    assert (actor.name, actor.initials) == ("นางสาววิภาดา แสงคำ", "วส")
    assert actor.permissions == {}


async def test_the_database_keeps_no_token(stranger: Context, citizen: UUID) -> None:
    token = (await opened(stranger, citizen)).token

    async with db.transaction(stranger) as connection:
        kept = str(dict(await connection.fetchrow("SELECT * FROM core.session")))

    assert token not in kept


@pytest.mark.parametrize("token", ["", "x", "x" * 43, "ก" * 43, "x" * 10_000, "\x00" * 43])
async def test_an_invented_token_is_nobodys(stranger: Context, citizen: UUID, token: str) -> None:
    await opened(stranger, citizen)

    assert (await sessions.resume(stranger, token)).actor.kind == "stranger"


async def test_a_token_is_worth_nothing_in_another_municipality(
    stranger: Context, other: Context, citizen: UUID
) -> None:
    token = (await opened(stranger, citizen)).token

    assert (await sessions.resume(replace(other, actor=stranger.actor), token)).actor.id is None


@pytest.mark.parametrize(
    ("kind", "idle", "whole"),
    [
        ("officer", timedelta(minutes=30), timedelta(hours=12)),
        ("citizen", timedelta(days=7), timedelta(days=30)),
    ],
)
async def test_sessions_end_unused_and_after_their_whole_time(
    stranger: Context,
    citizen: UUID,
    officer: UUID,
    kind: sessions.Kind,
    idle: timedelta,
    whole: timedelta,
) -> None:
    account = officer if kind == "officer" else citizen
    token = (await opened(stranger, account, kind)).token
    instant = timedelta(seconds=1)

    unused = replace(stranger, now=stranger.now + idle)
    assert (await sessions.resume(replace(unused, now=unused.now - instant), token)).actor.id
    over = await sessions.find_over(replace(unused, now=unused.now + idle), token)
    assert over is not None
    assert (over.account, over.why) == (account, "idle")

    at = stranger.now
    while at + idle / 2 < stranger.now + whole:
        at += idle / 2
        await sessions.resume(replace(stranger, now=at), token)
    assert (await sessions.resume(replace(stranger, now=at), token)).actor.id == account
    ended = replace(stranger, now=stranger.now + whole)
    assert (await sessions.resume(ended, token)).actor.id is None
    over = await sessions.find_over(ended, token)
    assert over is not None
    assert over.why == "expired"


async def test_an_office_may_shorten_the_sessions_of_its_officers(
    stranger: Context, officer: UUID
) -> None:
    strict = replace(
        stranger, tenant=replace(stranger.tenant, settings={"core": {"officer_idle": 5}})
    )
    token = (await opened(strict, officer, "officer")).token

    assert (await sessions.resume(later(strict, minutes=4), token)).actor.id == officer
    assert (await sessions.resume(later(strict, minutes=10), token)).actor.id is None


@given(st.integers(-(10**12), 10**12), st.integers(-(10**12), 10**12))
def test_no_setting_makes_sessions_endless_or_impossible(whole: int, idle: int) -> None:
    settings = {"core": {"officer_session": whole, "officer_idle": idle}}
    office = SimpleNamespace(tenant=SimpleNamespace(settings=settings))

    given_limits = sessions.limits(office, "officer")  # type: ignore[arg-type]

    assert timedelta(minutes=5) <= given_limits.idle <= given_limits.whole <= timedelta(days=90)


async def test_being_seen_is_written_once_a_minute_at_most(
    stranger: Context, citizen: UUID
) -> None:
    token = (await opened(stranger, citizen)).token

    async def seen_after(seconds: int) -> float:
        await sessions.resume(later(stranger, seconds=seconds), token)
        async with db.transaction(stranger):
            [at] = (
                await Session.select(Session.seen_at)
                .where(Session.of(stranger))
                .output(as_list=True)
            )
        return float((at - stranger.now).total_seconds())

    assert [await seen_after(seconds) for seconds in (59, 61, 100, 122)] == [0, 61, 61, 122]


async def test_signing_in_ends_the_session_that_the_browser_was_in(
    stranger: Context, citizen: UUID
) -> None:
    first = await opened(stranger, citizen)

    second = await sessions.open_session(
        stranger, citizen, "citizen", browser=Browser(token=first.token), how="password"
    )

    assert second.token != first.token
    assert (await sessions.resume(stranger, first.token)).actor.id is None


async def test_a_renewed_session_has_another_token(stranger: Context, citizen: UUID) -> None:
    old = (await opened(stranger, citizen)).token
    signed_in = await sessions.resume(stranger, old)

    new = await sessions.renew(signed_in, old)

    assert (await sessions.resume(stranger, old)).actor.id is None
    assert (await sessions.resume(stranger, new)).actor.id == citizen


async def test_one_may_end_a_session_of_ones_own_only(
    stranger: Context, citizen: UUID, officer: UUID
) -> None:
    mine = await sessions.resume(stranger, (await opened(stranger, citizen)).token)
    theirs = await sessions.resume(stranger, (await opened(stranger, officer, "officer")).token)
    [lost] = await sessions.running_sessions(mine)

    with pytest.raises(NotFound):
        await sessions.end_session(theirs, lost["id"])
    await sessions.end_session(mine, lost["id"])

    assert await sessions.running_sessions(mine) == []
    with pytest.raises(NotFound):
        await sessions.end_session(mine, lost["id"])


async def test_ending_all_but_this_one_forgets_the_devices(
    stranger: Context, citizen: UUID
) -> None:
    lost, kept = await opened(stranger, citizen), await opened(stranger, citizen)
    assert await sessions.knows_device(stranger, citizen, PHONE.device, since=timedelta(days=1))

    await sessions.sign_out_everywhere(stranger, citizen, but=kept.token)

    assert (await sessions.resume(stranger, lost.token)).actor.id is None
    assert (await sessions.resume(stranger, kept.token)).actor.id == citizen
    await sessions.sign_out(await sessions.resume(stranger, kept.token), kept.token)
    assert (await sessions.find_over(stranger, kept.token)) is not None


async def test_a_closed_account_is_signed_out(stranger: Context, citizen: UUID) -> None:
    token = (await opened(stranger, citizen)).token
    async with db.transaction(stranger):
        await Account.update({Account.active: False}).where(Account.of(stranger))

    assert (await sessions.resume(stranger, token)).actor.id is None


async def test_a_request_of_an_officer_costs_two_queries(stranger: Context, officer: UUID) -> None:
    token = (await opened(stranger, officer, "officer")).token
    async with db.transaction(stranger) as connection:
        asked: list[str] = []
        connection.add_query_logger(lambda query: asked.append(query.query))
        await sessions.resume(stranger, token)
    await asyncio.sleep(0)

    assert len([query for query in asked if query != "COMMIT"]) == 2
