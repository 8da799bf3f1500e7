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
from plugins.oss.service.booked import Booked, title_of
from plugins.oss.tables.counter import Ticket

Series = Literal["A", "B"]

# So many tickets of the day tell how long a visit takes; fewer than the least tell nothing yet.
_TELLING, _LEAST_TELLING = 20, 3
_SHOWN = 200

# "now" is $3: an appointment that is due goes before everybody who walked in.
ORDER = "(series = 'B' AND due_at <= $3) DESC, due_at, series DESC, number"
# With the visit of a ticket: what it is about, and for which case.
_PLACES = """
SELECT t.*, a.title_th, a.title_en, a.case_id, a.case_number FROM oss.ticket t
LEFT JOIN oss.appointment a ON a.tenant_id = t.tenant_id AND a.id = t.appointment_id
WHERE t.tenant_id = $1 AND t.issued_on = $2
"""
_WAITING = f"{_PLACES} AND t.state = 'waiting' ORDER BY {ORDER} LIMIT {_SHOWN}"
_CALLED = f"{_PLACES} AND t.state = 'called' ORDER BY t.called_at DESC"
_CALLED_TO = f"{_PLACES} AND t.state = 'called' AND t.counter = $3"
_ONE = f"{_PLACES} AND t.id = $3"
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
    :param case_id: the case for which an appointment was booked.
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
    case_id: UUID | None = None
    case_number: str | None = None


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
    booked: Booked | None = None,
) -> Place:
    """Give out the next ticket of the day.

    :param kind: code of what the person comes for.
    :param due_at: of an appointment; None: now.
    :param booked: the appointment for which it is given out.
    :raises InvalidInput: the office has no such kind.
    """
    if kind not in {one.code for one in chosen.booking(ctx).kinds} and booked is None:
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
            appointment_id=booked.id if booked else None,
            calls=0,
        )
        await Ticket.insert(ticket)
        await note(ctx, "issued", ticket.to_dict())
    return place_of(ctx, ticket.to_dict() | _of_visit(booked))


def _of_visit(booked: Booked | None) -> dict[str, Any]:
    if booked is None:
        return {}
    titles = {"title_th": booked.title.th, "title_en": booked.title.en}
    return titles | {"case_id": booked.case_id, "case_number": booked.case_number}


async def at_counter(ctx: Context, counter: int) -> Place | None:
    """Return who is at a counter now."""
    async with transaction(ctx) as connection:
        row = await connection.fetchrow(_CALLED_TO, ctx.tenant.id, ctx.today, counter)
    return place_of(ctx, row) if row else None


async def called(ctx: Context) -> list[Place]:
    """Return who is at the counters now, the one called last first."""
    async with transaction(ctx) as connection:
        rows = await connection.fetch(_CALLED, ctx.tenant.id, ctx.today)
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
    async with transaction(ctx) as connection:
        row = await connection.fetchrow(_ONE, ctx.tenant.id, ctx.today, id)
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
    """Return a row of a ticket, with what its visit says where it was read, as pages show it."""
    columns: Sequence[str] = (
        *("id", "series", "due_at", "issued_at"),
        *("counter", "for_counter", "called_at", "calls"),
    )
    return Place(
        name=ticket_name(row["series"], row["number"]),
        kind=title_of(ctx, row),
        case_id=row.get("case_id"),
        case_number=row.get("case_number"),
        **{column: row[column] for column in columns},
    )
