import asyncio
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from core.context import Context
from core.db import transaction
from core.errors import Conflict, InvalidInput, NotFound
from plugins.oss.rules.queue import Turn
from plugins.oss.service import calling, queue, seats
from plugins.oss.tables.counter import Ticket


def later(ctx: Context, minutes: int) -> Context:
    return replace(ctx, now=ctx.now + timedelta(minutes=minutes))


async def issued(ctx: Context, count: int) -> list[queue.Place]:
    return [await queue.issue(later(ctx, n), kind="general") for n in range(count)]


async def entries(ctx: Context) -> Sequence[Any]:
    async with transaction(ctx) as connection:
        rows = await connection.fetch(
            "SELECT action FROM core.audit_entry WHERE action LIKE 'oss.%' ORDER BY id"
        )
    return [row["action"] for row in rows]


async def test_tickets_of_a_day_have_no_gaps_though_many_are_drawn_at_once(ctx: Context) -> None:
    places = await asyncio.gather(*[queue.issue(ctx, kind="general") for _ in range(30)])

    assert sorted(one.name for one in places) == [f"A{n:03}" for n in range(1, 31)]


async def test_each_day_begins_at_one_and_appointments_count_apart(ctx: Context) -> None:
    await issued(ctx, 2)
    booked = await queue.issue(ctx, kind="general", series="B", due_at=ctx.now)
    tomorrow = await queue.issue(later(ctx, 24 * 60), kind="general")

    assert (booked.name, tomorrow.name) == ("B001", "A001")


async def test_a_ticket_for_nothing_is_refused_and_takes_no_number(ctx: Context) -> None:
    with pytest.raises(InvalidInput):
        await queue.issue(ctx, kind="gold")

    assert (await queue.issue(ctx, kind="general")).name == "A001"


async def test_officers_who_call_at_once_never_get_the_same_ticket(ctx: Context) -> None:
    from_clerks = [replace(ctx, actor=replace(ctx.actor, id=uuid4())) for _ in range(4)]
    for number, one in enumerate(from_clerks, 1):
        await seats.sit(one, number)
    await issued(ctx, 40)

    seen: Counter[str] = Counter()

    async def work(one: Context) -> None:
        here = None
        while here := await calling.call_next(one, after=here.id if here else None):
            seen[here.name] += 1

    await asyncio.gather(*map(work, from_clerks))

    assert sorted(seen) == [f"A{n:03}" for n in range(1, 41)]
    assert set(seen.values()) == {1}


async def test_a_key_that_is_pressed_twice_calls_one(clerk: Context) -> None:
    await seats.sit(clerk, 2)
    await issued(clerk, 3)

    first, again = await asyncio.gather(
        calling.call_next(clerk, after=None), calling.call_next(clerk, after=None)
    )

    assert first is not None
    assert again is not None
    assert first.name == again.name == "A001"
    assert (await queue.waiting(clerk)).count == 2


async def test_whoever_is_called_next_ends_the_errand_before(clerk: Context) -> None:
    await seats.sit(clerk, 1)
    await issued(clerk, 1)
    first = await calling.call_next(clerk, after=None)
    assert first is not None

    assert await calling.call_next(clerk, after=first.id) is None
    assert await queue.at_counter(clerk, 1) is None
    assert await entries(clerk) == [
        "oss.counter.taken",
        "oss.ticket.issued",
        "oss.ticket.called",
        "oss.ticket.done",
    ]


async def test_an_appointment_goes_first_when_it_is_due_and_not_before(clerk: Context) -> None:
    await seats.sit(clerk, 1)
    await issued(clerk, 2)
    due_at = clerk.now + timedelta(minutes=30)
    await queue.issue(clerk, kind="general", series="B", due_at=due_at)

    assert [one.name for one in await queue.in_turn(later(clerk, 20))] == ["A001", "A002", "B001"]
    assert [one.name for one in await queue.in_turn(later(clerk, 31))] == ["B001", "A001", "A002"]
    called = await calling.call_next(later(clerk, 31), after=None)
    assert called is not None
    assert called.name == "B001"


async def test_without_a_seat_nobody_is_called(clerk: Context) -> None:
    await issued(clerk, 1)

    with pytest.raises(Conflict):
        await calling.call_next(clerk, after=None)
    await seats.sit(clerk, 1)
    with pytest.raises(Conflict):
        await calling.call_next(later(clerk, 24 * 60), after=None)


async def test_who_sits_down_takes_the_counter_over_and_leaves_the_own(
    clerk: Context, colleague: Context
) -> None:
    await seats.sit(clerk, 1)
    await seats.sit(colleague, 1)
    await seats.sit(clerk, 3)

    assert await seats.taken(clerk) == {1: "สมชาย ใจดี", 3: "อรทัย มั่นคง"}
    assert await seats.find_counter(colleague) == 1
    with pytest.raises(InvalidInput):
        await seats.sit(clerk, 99)


async def test_who_does_not_come_is_called_again_and_then_noted(clerk: Context) -> None:
    await seats.sit(clerk, 1)
    await issued(clerk, 1)
    here = await calling.call_next(clerk, after=None)
    assert here is not None

    await calling.recall(later(clerk, 2), here.id)
    again = await queue.at_counter(clerk, 1)
    assert again is not None
    assert again.calls == 2
    await calling.end(later(clerk, 4), here.id, Turn.ABSENT)

    assert await queue.at_counter(clerk, 1) is None
    for act in (calling.recall(clerk, here.id), calling.end(clerk, here.id, Turn.DONE)):
        with pytest.raises(Conflict):
            await act


async def test_a_transferred_ticket_waits_for_its_counter_alone(
    clerk: Context, colleague: Context
) -> None:
    await seats.sit(clerk, 1)
    await seats.sit(colleague, 2)
    await issued(clerk, 2)
    here = await calling.call_next(clerk, after=None)
    assert here is not None
    await calling.transfer(clerk, here.id, to=2)

    mine = await calling.call_next(clerk, after=None)
    theirs = await calling.call_next(colleague, after=None)

    assert mine is not None
    assert theirs is not None
    assert (mine.name, theirs.name) == ("A002", "A001")
    for to in (0, 1, 5):
        with pytest.raises(InvalidInput):
            await calling.transfer(clerk, mine.id, to=to)


async def test_the_wait_is_reckoned_from_what_the_day_has_shown(
    clerk: Context, colleague: Context
) -> None:
    await seats.sit(clerk, 1)
    await issued(clerk, 8)
    assert await queue.waiting(clerk) == queue.Waiting(8, 48)

    here = None
    for n in range(4):
        here = await calling.call_next(later(clerk, 10 * n), after=here.id if here else None)
    assert await queue.waiting(clerk) == queue.Waiting(4, 40)

    await seats.sit(colleague, 2)
    assert await queue.waiting(clerk) == queue.Waiting(4, 20)


async def test_another_municipality_has_a_queue_of_its_own(clerk: Context, other: Context) -> None:
    [place] = await issued(clerk, 1)
    stranger = replace(other, actor=clerk.actor)
    await seats.sit(stranger, 1)

    assert await calling.call_next(stranger, after=None) is None
    assert await queue.waiting(other) == queue.Waiting(0, 0)
    with pytest.raises(NotFound):
        await queue.find_ticket(other, place.id)
    async with transaction(other):
        assert await Ticket.count() == 0
