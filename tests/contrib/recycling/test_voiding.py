import asyncio
from uuid import UUID

import pytest

from contrib.recycling.service import accounts, books, figures, loads, tickets, voiding
from core.context import Context
from core.errors import Conflict, NotAllowed, NotFound
from tests.contrib.recycling.conftest import an_officer, weighed


async def test_a_ticket_that_was_a_mistake_stays_and_its_money_is_posted_back(
    officer: Context, household: UUID
) -> None:
    wrong = await weighed(officer, household, carton=25_000)
    right = await weighed(officer, household, carton=2_500)

    await voiding.void(officer, wrong, why="พิมพ์น้ำหนักผิด")

    seen = await tickets.read_ticket(officer, wrong)
    assert seen.voided
    assert (seen.row["why"], seen.row["by_name"]) == ("พิมพ์น้ำหนักผิด", "สุภาพร ใจดี")
    assert not (await tickets.read_ticket(officer, right)).voided
    assert await books.balance_of(officer, household) == 750
    assert (await books.trial_balance(officer))["on_way"] == 750
    assert [one.grams for one in await figures.kept(officer)] == [2_500]
    assert officer.actor.id
    carried = await loads.carried_by(officer, officer.actor.id)
    assert [one["id"] for one in carried.tickets] == [right]


async def test_money_that_was_taken_already_has_to_be_covered_first(
    officer: Context, household: UUID
) -> None:
    ticket = await weighed(officer, household, cash=True, carton=2_500)

    with pytest.raises(Conflict):
        await voiding.void(officer, ticket, why="ชั่งผิด")
    assert not (await tickets.read_ticket(officer, ticket)).voided

    await accounts.approve_advance(officer, household, 750, why="ชั่งผิด รอหักครั้งต่อไป")
    await voiding.void(officer, ticket, why="ชั่งผิด")
    assert await books.balance_of(officer, household) == -750


async def test_a_ticket_ends_once_voided_or_at_the_centre_however_many_try(
    officer: Context, household: UUID
) -> None:
    ticket = await weighed(officer, household, carton=2_500)
    assert officer.actor.id
    mark = (await loads.carried_by(officer, officer.actor.id)).mark

    results = await asyncio.gather(
        *(voiding.void(officer, ticket, why="ชั่งผิด") for _ in range(3)),
        *(loads.receive(officer, officer.actor.id, mark, {"carton": 2_500}) for _ in range(3)),
        return_exceptions=True,
    )

    refused = [one for one in results if isinstance(one, Exception)]
    assert len(refused) == 5
    assert all(isinstance(one, Conflict | NotFound) for one in refused)
    trial = await books.trial_balance(officer)
    assert trial["on_way"] == 0
    assert (trial["stock"], trial["member"]) in {(750, -750), (0, 0)}


async def test_tickets_are_voided_by_who_approves(officer: Context, household: UUID) -> None:
    ticket = await weighed(officer, household, carton=2_500)

    with pytest.raises(NotAllowed):
        await voiding.void(
            an_officer(officer, "recycling.collect", "recycling.read"), ticket, why="ชั่งผิด"
        )
