"""Tickets as they are read: by their member, by officers, with the photos of the scale."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

import msgspec

from contrib.recycling.service.rights import COLLECT, READ
from core.api import Context, NotFound, Text, audit, need, transaction
from kit.documents import KeptPhoto, open_photo

PAGE = 100
_NONE = Text("ไม่พบบัตรชั่งนี้", "There is no such ticket.")
_TICKET = """
SELECT t.*, m.number AS member_number, m.name, m.account, m.address,
  c.at AS closed_at, c.load_id, c.why, c.by_name
FROM recycling.ticket t JOIN recycling.member m
  ON m.tenant_id = t.tenant_id AND m.id = t.member_id
LEFT JOIN recycling.closed c ON c.tenant_id = t.tenant_id AND c.ticket_id = t.id
WHERE t.tenant_id = $1 AND t.id = $2
"""
_LINES = """
SELECT l.*, m.title_th, m.title_en, m.grade, m.unit FROM recycling.line l
JOIN recycling.material m ON m.tenant_id = l.tenant_id AND m.code = l.material
WHERE l.tenant_id = $1 AND l.ticket_id = $2 ORDER BY l.position
"""
_OF_MEMBER = """
SELECT id, number, weighed_at, total, cash FROM recycling.ticket
WHERE tenant_id = $1 AND member_id = $2 ORDER BY weighed_at DESC, id DESC LIMIT $3
"""


class Seen(msgspec.Struct, frozen=True, kw_only=True):
    """A ticket with its member and its lines."""

    row: Mapping[str, Any]
    lines: Sequence[Mapping[str, Any]]
    photos: Sequence[KeptPhoto]

    @property
    def voided(self) -> bool:
        """Whether it counts no more."""
        return self.row["closed_at"] is not None and self.row["load_id"] is None

    @property
    def surprised(self) -> bool:
        """Whether the phone told another sum, since it did not know the list of the moment."""
        return self.row["said"] is not None and self.row["said"] != self.row["total"]


async def read_ticket(ctx: Context, id: UUID) -> Seen:
    """Return a ticket to its member, its collector or an officer of the waste bank.

    :raises NotFound: there is none, or it is another household's.
    :raises NotAllowed: the officer reads nothing of the waste bank.
    """
    async with transaction(ctx) as connection:
        row = await connection.fetchrow(_TICKET, ctx.tenant.id, id)
        own = row is not None and ctx.actor.id in (row["account"], row["collector"])
        if row is None or (ctx.actor.kind == "citizen" and not own):
            raise NotFound(_NONE)
        if not own:
            need(ctx, READ)
            await audit.record(ctx, "recycling.ticket.read", f"ticket/{id}", owner=row["account"])
        lines = await connection.fetch(_LINES, ctx.tenant.id, id)
    photos = msgspec.json.decode(row["photos"], type=list[KeptPhoto])
    return Seen(row=row, lines=lines, photos=photos)


async def tickets_of(ctx: Context, member: UUID) -> Sequence[Mapping[str, Any]]:
    """Return the tickets of a member, the newest first."""
    async with transaction(ctx) as connection:
        rows: Sequence[Mapping[str, Any]] = await connection.fetch(
            _OF_MEMBER, ctx.tenant.id, member, PAGE
        )
    return rows


async def read_photo(ctx: Context, id: UUID, number: int) -> tuple[bytes, str]:
    """Return a photo of a ticket's scale and its media type.

    :param number: from 1.
    :raises NotFound: there is none, or the ticket is not for the actor.
    """
    seen = await read_ticket(ctx, id)
    if not 1 <= number <= len(seen.photos):
        raise NotFound(_NONE)
    return await open_photo(ctx, seen.photos[number - 1])


async def my_load(ctx: Context) -> Sequence[Mapping[str, Any]]:
    """Return the tickets of what the actor still carries."""
    need(ctx, COLLECT)
    async with transaction(ctx) as connection:
        rows: Sequence[Mapping[str, Any]] = await connection.fetch(
            "SELECT t.id, t.number, t.weighed_at, t.total, t.cash, m.name "
            "FROM recycling.ticket t JOIN recycling.member m "
            "ON m.tenant_id = t.tenant_id AND m.id = t.member_id "
            "WHERE t.tenant_id = $1 AND t.collector = $2 "
            "AND NOT EXISTS (SELECT FROM recycling.closed c "
            "WHERE c.tenant_id = t.tenant_id AND c.ticket_id = t.id) ORDER BY t.id",
            ctx.tenant.id,
            ctx.actor.id,
        )
    return rows
