from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import asyncpg
import pytest

from contrib.recycling.service import books, calls, loads, materials, members, tickets, weighing
from contrib.recycling.service.weighing import Weighed
from core.context import Context
from core.db import transaction
from core.errors import Conflict, InvalidInput, NotAllowed, NotFound
from kit.offline import Answer, Sending, once
from tests.contrib.recycling.conftest import (
    a_call,
    a_citizen,
    a_household,
    an_officer,
    later,
    rows,
    taken,
    weighed,
)


async def test_a_ticket_has_the_prices_of_its_moment_and_its_money_is_in_the_account(
    officer: Context, household: UUID
) -> None:
    id = await weighed(officer, household, petclear=2_500, carton=10_001, beer=3)

    seen = await tickets.read_ticket(officer, id)
    assert [(one["material"], one["price"], one["amount"]) for one in seen.lines] == [
        ("petclear", 800, 2_000),
        ("carton", 300, 3_000),
        ("beer", 500, 1_500),
    ]
    assert seen.row["total"] == 6_500
    assert seen.row["number"] == "1/2569"
    assert await books.balance_of(officer, household) == 6_500


async def test_what_is_weighed_without_a_signal_keeps_the_price_of_then(officer: Context) -> None:
    citizen = await a_citizen(officer)
    call = await taken(officer, await a_call(citizen))
    at_noon = later(officer, hours=2)
    await materials.set_prices(at_noon, {"petclear": 950}, from_at=at_noon.now)

    evening = later(officer, hours=7)
    said = officer.now + timedelta(hours=1)
    id = await weighing.weigh_call(
        evening, call, Weighed(quantities={"petclear": 1_000}, said_at=said, said=800)
    )

    seen = await tickets.read_ticket(evening, id)
    assert seen.row["weighed_at"] == said
    assert seen.row["sent_at"] == evening.now
    assert seen.row["total"] == 800
    assert not seen.surprised


async def test_a_phone_that_does_not_know_of_a_new_price_is_put_right(officer: Context) -> None:
    citizen = await a_citizen(officer)
    call = await taken(officer, await a_call(citizen))
    at_noon = later(officer, hours=2)
    await materials.set_prices(at_noon, {"petclear": 950}, from_at=at_noon.now)

    told = Weighed(
        quantities={"petclear": 1_000}, said_at=officer.now + timedelta(hours=3), said=800
    )
    id = await weighing.weigh_call(later(officer, hours=7), call, told)

    seen = await tickets.read_ticket(officer, id)
    assert seen.row["total"] == 950
    assert seen.surprised


@pytest.mark.parametrize(("said", "cash"), [(800, 800), (1_200, 950), (0, 0)])
async def test_no_more_cash_is_booked_than_the_phone_told_and_was_handed_over(
    officer: Context, said: int, cash: int
) -> None:
    citizen = await a_citizen(officer)
    call = await taken(officer, await a_call(citizen))
    at_noon = later(officer, hours=2)
    await materials.set_prices(at_noon, {"petclear": 950}, from_at=at_noon.now)

    told = Weighed(quantities={"petclear": 1_000}, cash=True, said_at=at_noon.now, said=said)
    id = await weighing.weigh_call(later(officer, hours=7), call, told)

    row = (await tickets.read_ticket(officer, id)).row
    assert (row["total"], row["cash"]) == (950, cash)
    assert await books.balance_of(officer, row["member_id"]) == 950 - cash


async def test_a_call_that_is_cancelled_after_it_stood_on_the_scale_is_weighed_all_the_same(
    officer: Context,
) -> None:
    citizen = await a_citizen(officer)
    call = await taken(officer, await a_call(citizen))
    await calls.cancel(later(citizen, hours=2), call)
    evening, told = later(officer, hours=7), {"carton": 5_000}

    for said_at in (None, officer.now + timedelta(hours=2)):
        with pytest.raises(Conflict):
            await weighing.weigh_call(evening, call, Weighed(quantities=told, said_at=said_at))
    at = officer.now + timedelta(hours=1)
    with pytest.raises(Conflict):
        await weighing.weigh_call(an_officer(evening), call, Weighed(quantities=told, said_at=at))
    await weighing.weigh_call(evening, call, Weighed(quantities=told, said_at=at))

    assert (await calls.get_call(officer, call))["state"] == "weighed"
    mine = await members.own_member(citizen)
    assert await books.balance_of(officer, mine["id"]) == 1_500


@pytest.mark.parametrize("hours", [-48, 48])
async def test_a_clock_that_is_wrong_finds_no_better_price(officer: Context, hours: int) -> None:
    citizen = await a_citizen(officer)
    await materials.set_prices(
        later(officer, hours=1), {"petclear": 100}, from_at=officer.now + timedelta(hours=1)
    )
    await materials.set_prices(
        later(officer, hours=1), {"petclear": 9_000}, from_at=officer.now + timedelta(hours=24)
    )
    here = later(officer, hours=2)
    call = await taken(here, await a_call(citizen))
    now = later(officer, hours=3)

    said = now.now + timedelta(hours=hours)
    id = await weighing.weigh_call(now, call, Weighed(quantities={"petclear": 1_000}, said_at=said))

    row = (await tickets.read_ticket(now, id)).row
    assert row["total"] == 100
    assert here.now <= row["weighed_at"] <= now.now


async def test_a_price_never_begins_in_the_past(officer: Context) -> None:
    with pytest.raises(InvalidInput):
        await materials.set_prices(
            officer, {"petclear": 1}, from_at=officer.now - timedelta(seconds=1)
        )


async def test_the_same_sending_writes_one_ticket(officer: Context) -> None:
    citizen = await a_citizen(officer)
    call = await taken(officer, await a_call(citizen))
    sending = Sending("weighing-0001", officer.actor.id, b"filled in")

    async def act() -> Answer:
        id = await weighing.weigh_call(officer, call, Weighed(quantities={"carton": 5_000}))
        return Answer(f"/desk/recycling/tickets/{id}")

    first = await once(officer, sending, act)
    again = await once(later(officer, hours=3), sending, act)

    assert first == again
    assert len(await rows(officer, "SELECT 1 FROM recycling.ticket")) == 1


async def test_a_call_has_one_ticket_under_whatever_key(officer: Context) -> None:
    citizen = await a_citizen(officer)
    call = await taken(officer, await a_call(citizen))
    told = Weighed(quantities={"carton": 5_000})

    await weighing.weigh_call(officer, call, told)
    with pytest.raises(Conflict):
        await weighing.weigh_call(officer, call, told)

    assert len(await rows(officer, "SELECT 1 FROM recycling.ticket")) == 1


async def test_only_who_took_a_call_weighs_for_it(officer: Context) -> None:
    citizen = await a_citizen(officer)
    call = await taken(officer, await a_call(citizen))
    told = Weighed(quantities={"carton": 5_000})

    with pytest.raises(Conflict):
        await weighing.weigh_call(an_officer(officer), call, told)
    with pytest.raises(NotAllowed):
        await weighing.weigh_call(an_officer(officer, "recycling.read"), call, told)
    assert (await calls.get_call(officer, call))["state"] == "accepted"


async def test_cash_is_paid_in_coins_and_the_rest_stays_in_the_account(
    officer: Context, household: UUID
) -> None:
    id = await weighed(officer, household, cash=True, petclear=1_547)

    row = (await tickets.read_ticket(officer, id)).row
    assert (row["total"], row["cash"]) == (1_238, 1_225)
    assert await books.balance_of(officer, household) == 13


async def test_an_account_below_zero_is_filled_before_cash_is_paid(
    officer: Context, household: UUID
) -> None:
    await rows(officer, "UPDATE recycling.member SET advance = 5000 WHERE id = $1", household)
    await books.pay_in(officer, 100_000, to_bank=False)
    async with transaction(officer):
        await books.post(
            officer, "member", "cash", 1_000, what="withdrawn", subject=uuid4(), member=household
        )

    id = await weighed(officer, household, cash=True, petclear=2_000)

    assert (await tickets.read_ticket(officer, id)).row["cash"] == 600
    assert await books.balance_of(officer, household) == 0


@pytest.mark.parametrize("quantities", [{}, {"petclear": 0}, {"unknown": 5}])
async def test_a_ticket_needs_a_weight_and_a_price(
    officer: Context, household: UUID, quantities: dict[str, Any]
) -> None:
    with pytest.raises(InvalidInput):
        await weighed(officer, household, **quantities)

    assert await rows(officer, "SELECT 1 FROM recycling.ticket") == []


async def test_a_ticket_is_for_its_household_and_for_officers(officer: Context) -> None:
    citizen, other = await a_citizen(officer), await a_citizen(officer, phone="0898765432")
    call = await taken(officer, await a_call(citizen))
    id = await weighing.weigh_call(officer, call, Weighed(quantities={"carton": 5_000}))

    assert (await tickets.read_ticket(citizen, id)).row["total"] == 1_500
    with pytest.raises(NotFound):
        await tickets.read_ticket(other, id)


async def test_rows_of_tickets_and_books_are_never_changed(
    officer: Context, household: UUID
) -> None:
    await weighed(officer, household, carton=5_000)

    for statement in (
        "DELETE FROM recycling.ticket",
        "UPDATE recycling.line SET price = 1",
        "DELETE FROM recycling.posting",
        "UPDATE recycling.price SET amount = 1",
    ):
        with pytest.raises(asyncpg.InsufficientPrivilegeError, match="permission denied"):
            await rows(officer, statement)


async def test_a_load_does_not_swallow_a_ticket_that_came_late(
    officer: Context, household: UUID
) -> None:
    await weighed(officer, household, carton=5_000)
    assert officer.actor.id
    carried = await loads.carried_by(officer, officer.actor.id)
    await weighed(officer, await a_household(officer, "นางอรุณี ทองดี"), carton=7_000)

    with pytest.raises(Conflict):
        await loads.receive(officer, officer.actor.id, carried.mark, {"carton": 5_000})
    assert await rows(officer, "SELECT 1 FROM recycling.closed") == []
