"""Shelters: opened, filled as far as there is room, left, closed when nobody is in."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from contrib.disaster.service.reading import get_row
from contrib.disaster.service.rights import COMMAND, READ, SHELTER
from contrib.disaster.tables.shelters import Shelter, Stay
from core.api import (
    Conflict,
    Context,
    Text,
    add,
    audit,
    need,
    new_id,
    transaction,
)

_NONE = Text("ไม่พบศูนย์พักพิงนี้ กลับไปที่รายการศูนย์", "There is no such shelter. Go back to the list.")
_SAME = Text("มีศูนย์ชื่อนี้แล้ว ใช้ชื่ออื่น", "There is a shelter of this name. Use another one.")
_FULL = Text(
    "ศูนย์นี้รับได้อีก {room} คน ส่งไปศูนย์อื่น หรือรับเท่าที่รับได้",
    "There is room for {room} more. Send them to another shelter, or take as many as fit.",
)
_CLOSED = Text("ศูนย์นี้ปิดแล้ว", "This shelter is closed.")
_GONE = Text("บันทึกว่าออกแล้วก่อนหน้านี้", "That they left was noted before.")
_NOT_EMPTY = Text(
    "ยังมีผู้พักพิง {people} คน บันทึกว่าออกก่อนจึงปิดได้",
    "{people} people are still in. Note that they left before it is closed.",
)
LISTED = 500


async def open_shelter(ctx: Context, facts: Mapping[str, Any]) -> UUID:
    """Open a shelter and return its id.

    :param facts: name, address, phone, pin and capacity.
    :raises Conflict: there is one of this name.
    """
    need(ctx, COMMAND)
    id = new_id()
    own = {"tenant_id": ctx.tenant.id, "id": id, "people": 0, "open": True, "revision": 1}
    async with transaction(ctx):
        row = {**facts, **own, "changed_at": ctx.now}
        if not await add(Shelter, row, unless=("tenant_id", "name")):
            raise Conflict(_SAME)
        await audit.record(ctx, "disaster.shelter.opened", f"shelter/{id}")
    return id


async def close_shelter(ctx: Context, id: UUID) -> None:
    """Close a shelter that nobody is in.

    :raises Conflict: somebody is, or it is closed already.
    """
    need(ctx, COMMAND)
    async with transaction(ctx):
        row = await _held(ctx, id)
        if not row["open"]:
            raise Conflict(_CLOSED)
        if row["people"]:
            raise Conflict(_NOT_EMPTY.format(people=row["people"]))
        await _change(ctx, id, {Shelter.open: False})
        await audit.record(ctx, "disaster.shelter.closed", f"shelter/{id}")


async def admit(ctx: Context, id: UUID, facts: Mapping[str, Any]) -> UUID:
    """Take people in who came together, and return what their stay is known by.

    Of two who are taken in at once the second waits, so that there are never more than fit.

    :param facts: name, phone, village, people and flags.
    :raises Conflict: there is no room for all of them, or the shelter is closed.
    """
    need(ctx, SHELTER)
    stay = new_id()
    own = {"tenant_id": ctx.tenant.id, "id": stay, "shelter_id": id, "in_at": ctx.now}
    async with transaction(ctx):
        row = await _held(ctx, id)
        if not row["open"]:
            raise Conflict(_CLOSED)
        room = row["capacity"] - row["people"]
        if facts["people"] > room:
            raise Conflict(_FULL.format(room=room))
        await add(Stay, {**facts, **own, "noted_by_name": ctx.actor.name})
        await _change(ctx, id, {Shelter.people: Shelter.people + facts["people"]})
        subject = f"shelter/{id}"
        await audit.record(ctx, "disaster.stay.begun", subject, people=facts["people"])
    return stay


async def leave(ctx: Context, id: UUID, stay: UUID) -> None:
    """Note that people left a shelter.

    :raises Conflict: that was noted before.
    """
    need(ctx, SHELTER)
    async with transaction(ctx):
        await _held(ctx, id)
        left = (
            await Stay.update({Stay.out_at: ctx.now})
            .where(Stay.of(ctx), Stay.shelter_id == id, Stay.id == stay, Stay.out_at.is_null())
            .returning(Stay.people)
        )
        if not left:
            raise Conflict(_GONE)
        people = left[0]["people"]
        await _change(ctx, id, {Shelter.people: Shelter.people - people})
        await audit.record(ctx, "disaster.stay.ended", f"shelter/{id}", people=people)


async def _held(ctx: Context, id: UUID) -> dict[str, Any]:
    """Return a shelter and hold it until the end of the transaction."""
    query = Shelter.select().where(Shelter.of(ctx), Shelter.id == id)
    return await get_row(ctx, query.lock_rows("UPDATE"), _NONE)


async def _change(ctx: Context, id: UUID, values: Mapping[Any, Any]) -> None:
    counted: dict[Any, Any] = {Shelter.revision: Shelter.revision + 1, Shelter.changed_at: ctx.now}
    await Shelter.update({**values, **counted}).where(Shelter.of(ctx), Shelter.id == id)


async def get_shelter(ctx: Context, id: UUID) -> dict[str, Any]:
    """Return a shelter.

    :raises NotFound: there is none.
    """
    return await get_row(ctx, Shelter.select().where(Shelter.of(ctx), Shelter.id == id), _NONE)


async def read_shelters(ctx: Context) -> list[dict[str, Any]]:
    """Return the shelters for an officer, those that are open first."""
    need(ctx, READ)
    async with transaction(ctx):
        rows: list[dict[str, Any]] = (
            await Shelter.select()
            .where(Shelter.of(ctx))
            .order_by(Shelter.open, ascending=False)
            .order_by(Shelter.name)
            .limit(LISTED)
        )
    return rows


async def who_is_in(ctx: Context, id: UUID) -> list[dict[str, Any]]:
    """Return who is in a shelter, who came last first; that somebody looked is recorded."""
    need(ctx, SHELTER)
    async with transaction(ctx):
        rows: list[dict[str, Any]] = (
            await Stay.select()
            .where(Stay.of(ctx), Stay.shelter_id == id, Stay.out_at.is_null())
            .order_by(Stay.id, ascending=False)
            .limit(LISTED)
            .output(load_json=True)
        )
        await audit.record(ctx, "disaster.stays.read", f"shelter/{id}")
    return rows
