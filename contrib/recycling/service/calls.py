"""Calls for a collector: made by members, accepted by collectors, each step once."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

import msgspec

from contrib.recycling.rules.calls import ACCEPTED, CANCELLED, OPEN
from contrib.recycling.service.members import find_row, own_member
from contrib.recycling.service.messages import tell
from contrib.recycling.service.rights import COLLECT
from contrib.recycling.tables.register import Call
from core.api import (
    Conflict,
    Context,
    NotFound,
    Text,
    add,
    audit,
    need,
    new_id,
    numbers,
    transaction,
)
from kit.documents import KeptPhoto, open_photo
from kit.thai import said_day

JOB = "recycling.lapse"
PAGE = 100
_NONE = Text("ไม่พบการเรียกรถนี้", "There is no such call.")
_NOT_YOURS = Text(
    "งานนี้ไม่ได้อยู่ในรอบของท่าน เปิดรอบของท่านอีกครั้ง",
    "This call is not on your round. Open your round again.",
)
_TAKEN = Text(
    "ผู้รับซื้อคนอื่นรับงานนี้แล้ว หรือสมาชิกยกเลิกแล้ว เลือกงานอื่น",
    "Another collector has taken this call, or it was cancelled. Choose another.",
)
_TOO_LATE = Text(
    "ยกเลิกไม่ได้แล้ว เพราะชั่งหรือพ้นวันแล้ว เปิดหน้านี้ใหม่",
    "It cannot be cancelled any more: it was weighed or its day has passed. Reload this page.",
)
_CALLS = """
SELECT c.*, m.number AS member_number, m.name, m.phone, m.village
FROM recycling.call c JOIN recycling.member m ON m.tenant_id = c.tenant_id AND m.id = c.member_id
WHERE c.tenant_id = $1 AND
"""
_WAITING = _CALLS + "c.state = 'open' ORDER BY c.slot_on, c.slot DESC, c.number LIMIT $2"
_ROUND = (
    _CALLS
    + "c.state = 'accepted' AND c.collector = $3 ORDER BY c.slot_on, c.slot DESC, c.number LIMIT $2"
)
_ONE = _CALLS + "c.id = $2"
_LAPSE = """
UPDATE recycling.call c SET state = 'lapsed', ended_at = $2 FROM recycling.member m
WHERE c.tenant_id = $1 AND m.tenant_id = c.tenant_id AND m.id = c.member_id
AND c.state = 'open' AND c.slot_on < $3
RETURNING c.id AS call, m.id, m.account, m.phone
"""
_MINE = _CALLS + "c.member_id = $3 ORDER BY c.number DESC LIMIT $2"


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """What a member calls for.

    :param kinds: codes of groups.
    :param grams: in all, as guessed.
    :param pin: lat and lon, degrees.
    """

    slot_on: date
    slot: str
    kinds: Sequence[str]
    grams: int
    address: str
    note: str = ""
    pin: Mapping[str, float] | None = None


async def call(ctx: Context, asked: Asked, photos: Sequence[KeptPhoto] = ()) -> UUID:
    """Call for a collector to the actor's household.

    :raises Conflict: the household has not joined.
    """
    member = await own_member(ctx)
    id = new_id()
    async with transaction(ctx):
        row = {
            "tenant_id": ctx.tenant.id,
            "id": id,
            "number": await numbers.draw(ctx, "recycling.call"),
            "member_id": member["id"],
            "state": OPEN,
            **msgspec.structs.asdict(asked),
            "photos": msgspec.to_builtins(list(photos)),
            "made_at": ctx.now,
            "collector_name": "",
        }
        await add(Call, row)
        await audit.record(ctx, "recycling.call.made", f"call/{id}", owner=ctx.actor.id)
    return id


async def accept(ctx: Context, id: UUID) -> None:
    """Take a call; of two collectors at once the second is told.

    :raises NotAllowed: the actor collects nothing.
    :raises NotFound: there is no such call.
    :raises Conflict: it is no longer open.
    """
    need(ctx, COLLECT)
    values = {
        Call.state: ACCEPTED,
        Call.collector: ctx.actor.id,
        Call.collector_name: ctx.actor.name,
        Call.accepted_at: ctx.now,
    }
    async with transaction(ctx):
        row = await get_call(ctx, id)
        await _move(ctx, id, (OPEN,), values, _TAKEN)
        await audit.record(ctx, "recycling.call.accepted", f"call/{id}")
        member = await find_row(ctx, row["member_id"])
        if member is not None:
            day = said_day(row["slot_on"])
            await tell(ctx, member, "accepted", id, name=ctx.actor.name, day=day)


async def give_back(ctx: Context, id: UUID) -> None:
    """Let another collector take a call that the actor has accepted.

    :raises Conflict: it is not the actor's, or was weighed.
    """
    need(ctx, COLLECT)
    async with transaction(ctx):
        values = {Call.state: OPEN, Call.collector: None, Call.collector_name: ""}
        await _move(ctx, id, (ACCEPTED,), values, _TAKEN, collector=ctx.actor.id)
        await audit.record(ctx, "recycling.call.returned", f"call/{id}")


async def cancel(ctx: Context, id: UUID) -> None:
    """Take back a call of the actor's household.

    :raises NotFound: it has no such call.
    :raises Conflict: it was weighed, or its day has passed.
    """
    member = await own_member(ctx)
    async with transaction(ctx):
        row = await get_call(ctx, id)
        if row["member_id"] != member["id"]:
            raise NotFound(_NONE)
        values = {Call.state: CANCELLED, Call.ended_at: ctx.now}
        await _move(ctx, id, (OPEN, ACCEPTED), values, _TOO_LATE)
        await audit.record(ctx, "recycling.call.cancelled", f"call/{id}", owner=ctx.actor.id)


async def _move(
    ctx: Context,
    id: UUID,
    before: Sequence[str],
    values: Mapping[Any, Any],
    refusal: Text,
    collector: UUID | None = None,
) -> None:
    where = [Call.of(ctx), Call.id == id, Call.state.is_in(list(before))]
    if collector is not None:
        where.append(Call.collector == collector)
    async with transaction(ctx):
        if not await Call.update(dict(values)).where(*where).returning(Call.id):
            raise Conflict(refusal)


async def lapse(ctx: Context) -> None:
    """End the calls whose day has passed before anybody took them, and say so; by the clock."""
    async with transaction(ctx) as connection:
        ended = await connection.fetch(_LAPSE, ctx.tenant.id, ctx.now, ctx.today)
        for one in ended:
            await audit.record(ctx, "recycling.call.lapsed", f"call/{one['call']}")
            await tell(ctx, one, "lapsed", one["call"])


async def get_call(ctx: Context, id: UUID) -> dict[str, Any]:
    """Return a call with its member, for who may see it by other reasons.

    :raises NotFound: there is none.
    """
    async with transaction(ctx) as connection:
        row = await connection.fetchrow(_ONE, ctx.tenant.id, id)
    if row is None:
        raise NotFound(_NONE)
    return _read(row)


async def round_call(ctx: Context, id: UUID) -> dict[str, Any]:
    """Return a call that the actor has taken, with how to reach its member.

    :raises NotAllowed: the actor collects nothing.
    :raises NotFound: it is not on the actor's round.
    """
    need(ctx, COLLECT)
    row = await get_call(ctx, id)
    if row["collector"] is None or row["collector"] != ctx.actor.id:
        raise NotFound(_NOT_YOURS)
    return row


async def read_photo(ctx: Context, id: UUID, number: int) -> tuple[bytes, str]:
    """Return a photo that came with a call, and its media type.

    :param number: from 1.
    :raises NotAllowed: the actor collects nothing.
    :raises NotFound: there is none.
    """
    need(ctx, COLLECT)
    photos = msgspec.convert((await get_call(ctx, id))["photos"], list[KeptPhoto])
    if not 1 <= number <= len(photos):
        raise NotFound(_NONE)
    return await open_photo(ctx, photos[number - 1])


async def waiting_calls(ctx: Context) -> list[dict[str, Any]]:
    """Return the calls that nobody has taken, the next first."""
    need(ctx, COLLECT)
    return await _listed(ctx, _WAITING)


async def my_round(ctx: Context) -> list[dict[str, Any]]:
    """Return the calls that the actor has taken, to be taken along; that is recorded."""
    need(ctx, COLLECT)
    found = await _listed(ctx, _ROUND, ctx.actor.id)
    async with transaction(ctx):
        await audit.record(ctx, "recycling.round.read", "round", calls=len(found))
    return found


async def my_calls(ctx: Context, member: UUID) -> list[dict[str, Any]]:
    """Return the calls of a member, the newest first."""
    return await _listed(ctx, _MINE, member)


async def _listed(ctx: Context, query: str, *values: object) -> list[dict[str, Any]]:
    async with transaction(ctx) as connection:
        rows = await connection.fetch(query, ctx.tenant.id, PAGE, *values)
    return [_read(row) for row in rows]


def _read(row: Mapping[str, Any]) -> dict[str, Any]:
    encoded = ("kinds", "pin", "photos")
    plain = {name: msgspec.json.decode(row[name]) for name in encoded if row[name] is not None}
    return {**row, **plain}
