"""Call tickets of the queue to numbered counters.

Two officers who call at the same moment get two different tickets; a counter has one at a time.
Whoever presses a key twice calls once: each act names the ticket that the officer saw.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Literal
from uuid import UUID

import msgspec

from core.api import Conflict, Context, InvalidInput, Text, transaction
from plugins.oss.rules.queue import Turn
from plugins.oss.service import chosen, seats
from plugins.oss.service.queue import ORDER, Place, at_counter, in_turn, note
from plugins.oss.tables.counter import Ticket

_LOCK = "SELECT 1 FROM oss.seat WHERE tenant_id = $1 AND counter = $2 FOR UPDATE"
_CALL = f"""
UPDATE oss.ticket SET state = 'called', counter = $4, officer = $5, called_at = $3,
  calls = calls + 1
WHERE tenant_id = $1 AND id = (
  SELECT id FROM oss.ticket
  WHERE tenant_id = $1 AND issued_on = $2 AND state = 'waiting'
    AND (for_counter IS NULL OR for_counter = $4)
  ORDER BY {ORDER} LIMIT 1 FOR UPDATE SKIP LOCKED
) RETURNING *
"""  # noqa: S608 - constants of this package

_NO_TICKET = Text(
    "ไม่มีคิวนี้ที่ช่องของท่านแล้ว ดูรายการคิวอีกครั้ง",
    "This ticket is not at your counter any more. Look at the queue again.",
)
_NO_COUNTER = Text("เลือกช่องบริการอื่นจากรายการ", "Choose another counter from the list.")


class Desk(msgspec.Struct, frozen=True, kw_only=True):
    """What an officer at a counter sees of the queue.

    :param counter: where the officer sits today; None: nowhere yet.
    :param here: who was called there.
    :param turn: who waits, the next first.
    :param taken: who sits where, names by number.
    """

    counter: int | None
    counters: int
    here: Place | None
    turn: Sequence[Place]
    taken: Mapping[int, str]


async def desk(ctx: Context) -> Desk:
    """Return the queue as the actor sees it."""
    async with transaction(ctx):
        counter = await seats.find_counter(ctx)
        return Desk(
            counter=counter,
            counters=chosen.counters(ctx).count,
            here=await at_counter(ctx, counter) if counter else None,
            turn=await in_turn(ctx),
            taken=await seats.taken(ctx),
        )


async def call_next(ctx: Context, *, after: UUID | None) -> Place | None:
    """Call the next to the actor's counter; whoever was there is done.

    :param after: the ticket that the officer saw at the counter; another one that is there by
        now has just been called, and stays.
    :returns: who is at the counter now; None when nobody waits.
    :raises Conflict: the actor sits at no counter.
    """
    counter = await seats.my_counter(ctx)
    async with transaction(ctx) as connection:
        await connection.execute(_LOCK, ctx.tenant.id, counter)
        here = await at_counter(ctx, counter)
        if here is not None and here.id != after:
            return here
        if here is not None:
            await _end(ctx, here.id, Turn.DONE, counter)
        row = await connection.fetchrow(
            _CALL, ctx.tenant.id, ctx.today, ctx.now, counter, ctx.actor.id
        )
        if row is None:
            return None
        await note(ctx, "called", row, counter=counter)
        return await at_counter(ctx, counter)


async def recall(ctx: Context, ticket: UUID) -> None:
    """Call once more who was called to the actor's counter and has not come.

    :raises Conflict: the ticket is not there.
    """
    counter = await seats.my_counter(ctx)
    values = {Ticket.calls: Ticket.calls + 1, Ticket.called_at: ctx.now}
    async with transaction(ctx):
        await _change(ctx, ticket, values, "recalled", counter)


async def end(ctx: Context, ticket: UUID, turn: Literal[Turn.DONE, Turn.ABSENT]) -> None:
    """Note that who was called to the actor's counter is done, or did not come.

    :raises Conflict: the ticket is not there.
    """
    counter = await seats.my_counter(ctx)
    async with transaction(ctx):
        await _end(ctx, ticket, turn, counter)


async def transfer(ctx: Context, ticket: UUID, *, to: int) -> None:
    """Send who was called to the actor's counter to another one, in the turn they had.

    :raises InvalidInput: there is no such counter, or it is the same.
    :raises Conflict: the ticket is not there.
    """
    counter = await seats.my_counter(ctx)
    if not 1 <= to <= chosen.counters(ctx).count or to == counter:
        raise InvalidInput({"to": _NO_COUNTER})
    values = {
        Ticket.state: Turn.WAITING,
        Ticket.counter: None,
        Ticket.for_counter: to,
        Ticket.officer: None,
        Ticket.called_at: None,
    }
    async with transaction(ctx):
        await _change(ctx, ticket, values, "transferred", counter, to=to)


async def _end(ctx: Context, ticket: UUID, turn: Turn, counter: int) -> None:
    await _change(ctx, ticket, {Ticket.state: turn, Ticket.ended_at: ctx.now}, turn, counter)


async def _change(
    ctx: Context, ticket: UUID, values: dict[Any, Any], what: str, counter: int, **detail: Any
) -> None:
    rows = (
        await Ticket.update(values)
        .where(
            Ticket.of(ctx),
            Ticket.id == ticket,
            Ticket.issued_on == ctx.today,
            Ticket.state == Turn.CALLED,
            Ticket.counter == counter,
        )
        .returning(Ticket.id, Ticket.series, Ticket.number)
    )
    if not rows:
        raise Conflict(_NO_TICKET)
    await note(ctx, what, rows[0], counter=counter, **detail)
