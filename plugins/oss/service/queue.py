"""The queue of a day: tickets without gaps, and whose turn it is.

Whoever has booked and is due comes first, then all others by when they came.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

import msgspec

from core.api import (
    Context,
    InvalidInput,
    NotFound,
    Text,
    audit,
    new_id,
    numbers,
    transaction,
)
from plugins.oss.rules.queue import Turn, minutes_of_waiting, ticket_name
from plugins.oss.service import chosen, seats
from plugins.oss.tables.counter import Ticket

Series = Literal["A", "B"]

# So many tickets of the day tell how long a visit takes; fewer than the least tell nothing yet.
_TELLING, _LEAST_TELLING = 20, 3
_SHOWN = 200

# "now" is $3: an appointment that is due goes before everybody who walked in.
ORDER = "(series = 'B' AND due_at <= $3) DESC, due_at, series DESC, number"
_WAITING = f"""
SELECT * FROM oss.ticket WHERE tenant_id = $1 AND issued_on = $2 AND state = 'waiting'
ORDER BY {ORDER} LIMIT {_SHOWN}
"""  # noqa: S608 - constants of this module
_TELLS = f"""
SELECT count(*) AS seen, coalesce(avg(extract(epoch FROM ended_at - called_at)), 0)::float8 AS took
FROM (
  SELECT called_at, ended_at FROM oss.ticket
  WHERE tenant_id = $1 AND issued_on = $2 AND state = 'done'
  ORDER BY ended_at DESC LIMIT {_TELLING}
) AS last
"""  # noqa: S608 - constants of this module


class Place(msgspec.Struct, frozen=True, kw_only=True):
    """A ticket as pages and the display show it.

    :param name: ``A014``.
    :param due_at: for an appointment its time, otherwise when the ticket was issued.
    """

    id: UUID
    name: str
    series: Series
    kind: Text
    due_at: datetime
    issued_at: datetime
    counter: int | None
    for_counter: int | None
    called_at: datetime | None
    calls: int


class Waiting(msgspec.Struct, frozen=True):
    """How many wait, and for how long the next who comes will."""

    count: int
    minutes: int


async def issue(
    ctx: Context,
    *,
    kind: str,
    series: Series = "A",
    due_at: datetime | None = None,
    appointment: UUID | None = None,
) -> Place:
    """Give out the next ticket of the day.

    :param kind: code of what the person comes for.
    :param due_at: of an appointment; None: now.
    :raises InvalidInput: the office has no such kind.
    """
    if kind not in {one.code for one in chosen.booking(ctx).kinds} and appointment is None:
        raise InvalidInput({"kind": Text("เลือกว่ามาติดต่อเรื่องใด", "Choose what it is about.")})
    async with transaction(ctx):
        ticket = Ticket(
            tenant_id=ctx.tenant.id,
            id=new_id(),
            issued_on=ctx.today,
            series=series,
            number=await numbers.draw(ctx, f"oss/queue/{ctx.today}/{series}"),
            kind=kind,
            state=Turn.WAITING,
            due_at=due_at or ctx.now,
            issued_at=ctx.now,
            appointment_id=appointment,
            calls=0,
        )
        await Ticket.insert(ticket)
        await note(ctx, "issued", ticket.to_dict())
    return place_of(ctx, ticket.to_dict())


async def at_counter(ctx: Context, counter: int) -> Place | None:
    """Return who is at a counter now."""
    async with transaction(ctx):
        row = (
            await Ticket.select()
            .where(
                Ticket.of(ctx),
                Ticket.issued_on == ctx.today,
                Ticket.state == Turn.CALLED,
                Ticket.counter == counter,
            )
            .first()
        )
    return place_of(ctx, row) if row else None


async def called(ctx: Context) -> list[Place]:
    """Return who is at the counters now, the one called last first."""
    async with transaction(ctx):
        rows = (
            await Ticket.select()
            .where(Ticket.of(ctx), Ticket.issued_on == ctx.today, Ticket.state == Turn.CALLED)
            .order_by(Ticket.called_at, ascending=False)
        )
    return [place_of(ctx, row) for row in rows]


async def in_turn(ctx: Context) -> list[Place]:
    """Return who waits, the next first."""
    async with transaction(ctx) as connection:
        rows = await connection.fetch(_WAITING, ctx.tenant.id, ctx.today, ctx.now)
    return [place_of(ctx, row) for row in rows]


async def find_ticket(ctx: Context, id: UUID) -> Place:
    """Return a ticket of today.

    :raises NotFound: there is none.
    """
    async with transaction(ctx):
        row = (
            await Ticket.select()
            .where(Ticket.of(ctx), Ticket.id == id, Ticket.issued_on == ctx.today)
            .first()
        )
    if row is None:
        raise NotFound(Text("ไม่มีบัตรคิวนี้ในวันนี้", "There is no such ticket today."))
    return place_of(ctx, row)


async def waiting(ctx: Context) -> Waiting:
    """Return how many wait at the counters now, and how long the next who comes would."""
    async with transaction(ctx):
        count = await Ticket.count().where(
            Ticket.of(ctx), Ticket.issued_on == ctx.today, Ticket.state == Turn.WAITING
        )
        return await _wait(ctx, count)


async def ahead_of(ctx: Context, place: Place) -> Waiting:
    """Return how many are called before a ticket, and how long that will take."""
    ids = [one.id for one in await in_turn(ctx)]
    return await _wait(ctx, ids.index(place.id) if place.id in ids else 0)


async def _wait(ctx: Context, count: int) -> Waiting:
    async with transaction(ctx) as connection:
        told = await connection.fetchrow(_TELLS, ctx.tenant.id, ctx.today)
        staffed = await seats.count_staffed(ctx)
    shown = told["seen"] >= _LEAST_TELLING
    minutes = told["took"] / 60 if shown else chosen.counters(ctx).minutes
    return Waiting(count, minutes_of_waiting(count, counters=staffed, minutes=minutes))


async def note(ctx: Context, what: str, row: Any, **detail: Any) -> None:
    """Record what was done to a ticket, in the change's own transaction.

    :param row: with its id, series and number.
    """
    name = ticket_name(row["series"], row["number"])
    await audit.record(ctx, f"oss.ticket.{what}", f"ticket/{row['id']}", ticket=name, **detail)


def place_of(ctx: Context, row: Any) -> Place:
    """Return a row of a ticket as pages show it."""
    titles = {one.code: one.title for one in chosen.booking(ctx).kinds}
    columns: Sequence[str] = (
        *("id", "series", "due_at", "issued_at"),
        *("counter", "for_counter", "called_at", "calls"),
    )
    return Place(
        name=ticket_name(row["series"], row["number"]),
        kind=titles.get(row["kind"], Text(row["kind"], row["kind"])),
        **{column: row[column] for column in columns},
    )
