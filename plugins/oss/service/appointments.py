"""Appointments at the counter: booked without an account, moved and cancelled by their code.

A slot never has more visits than places: whoever books it holds its row until the booking is
committed, and no two visits of a slot have the same place in the database.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

import asyncpg
import msgspec

from core.api import (
    Conflict,
    Context,
    InvalidInput,
    NotFound,
    Text,
    audit,
    new_id,
    transaction,
)
from kit.casework import find_tracked, view_as_citizen
from kit.documents import new_code, read_code
from plugins.oss.rules.slots import Kind, Visit, free_place
from plugins.oss.service.offering import find_kind, may_be_booked
from plugins.oss.tables.counter import Appointment

_HOLDING = [Visit.BOOKED, Visit.ARRIVED]

# Whoever books the slot next waits here until this transaction ends.
_LOCK = """
INSERT INTO oss.slot (tenant_id, kind, starts_at) VALUES ($1, $2, $3)
ON CONFLICT (tenant_id, kind, starts_at) DO UPDATE SET kind = excluded.kind
"""
_CHOOSE_KIND = Text("เลือกเรื่องที่มาติดต่อ", "Choose what you come for.")
_CHOOSE = Text("เลือกวันและเวลาจากรายการ", "Choose a day and a time from the list.")
_FULL = Text(
    "เวลานี้เพิ่งมีผู้จองเต็ม เลือกเวลาอื่น สิ่งที่กรอกไว้ยังอยู่",
    "This time has just been taken. Choose another; what you filled in is kept.",
)
_SAME_DAY = Text(
    "เบอร์นี้มีนัดในวันเดียวกันแล้ว เลือกวันอื่น หรือเปลี่ยนเวลาที่หน้านัดเดิม",
    "This number has an appointment on that day. Choose another day, or move that appointment.",
)
_NOT_FOUND = Text(
    "ไม่พบนัดนี้ ตรวจรหัสนัดอีกครั้ง หรือนัดใหม่", "There is no such appointment. Check the code."
)
_PASSED = Text(
    "นัดนี้เปลี่ยนไม่ได้แล้ว เพราะยกเลิกหรือพ้นเวลาแล้ว นัดใหม่ได้",
    "This appointment can no longer be changed: it is cancelled or past. You can make a new one.",
)


class Booked(msgspec.Struct, frozen=True, kw_only=True):
    """An appointment as pages show it.

    :param kind: code of what it is about, ``title`` the same in words.
    :param starts_at: in the municipality's zone.
    :param account: of a citizen who was signed in.
    :param open: it can still be moved or cancelled.
    """

    id: UUID
    code: str
    kind: str
    title: Text
    starts_at: datetime
    minutes: int
    name: str
    phone: str
    account: UUID | None
    case_id: UUID | None
    case_number: str | None
    state: Visit
    open: bool


async def book(
    ctx: Context, *, kind: str, at: datetime | None, name: str, phone: str, track: str = ""
) -> Booked:
    """Book a slot.

    :param at: aware; None when none was chosen.
    :param phone: E.164.
    :param track: tracking code of the case it is about, as typed.
    :raises InvalidInput: the slot is not offered or has just been taken, or the phone has an
        appointment on that day.
    :raises NotFound: no case has this tracking code.
    """
    chosen_kind = find_kind(ctx, kind)
    if chosen_kind is None:
        raise InvalidInput({"kind": _CHOOSE_KIND})
    values = await _about(ctx, track) | _when(ctx, chosen_kind, at)
    values |= {"kind": kind, "name": name, "phone": phone}
    try:
        async with transaction(ctx):
            place = await _take_place(ctx, chosen_kind, values["starts_at"])
            row = _row(ctx, place, values)
            await Appointment.insert(row)
            booked = booked_of(ctx, row.to_dict())
            await note(ctx, "booked", booked, at=booked.starts_at.isoformat())
    except asyncpg.UniqueViolationError as clash:
        raise _same_day(clash) from clash
    return booked


async def _about(ctx: Context, track: str) -> dict[str, Any]:
    """Return the columns of the case that a visit is about."""
    if not track:
        return {}
    case = await find_tracked(ctx, track)
    return {"case_id": case, "case_number": (await view_as_citizen(ctx, case)).number}


def _row(ctx: Context, place: int, values: dict[str, Any]) -> Appointment:
    return Appointment(
        tenant_id=ctx.tenant.id,
        id=new_id(),
        code=new_code(),
        place=place,
        account=ctx.actor.id if ctx.actor.kind == "citizen" else None,
        state=Visit.BOOKED,
        language=ctx.language,
        booked_at=ctx.now,
        changed_at=ctx.now,
        **values,
    )


def _when(ctx: Context, kind: Kind, at: datetime | None) -> dict[Any, Any]:
    """Return the columns of a slot that is offered now.

    :raises InvalidInput: it is not.
    """
    if at is None or at not in may_be_booked(ctx, kind):
        raise InvalidInput({"at": _CHOOSE})
    return {
        "starts_at": at,
        "visit_on": at.astimezone(ctx.tenant.zone).date(),
        "minutes": kind.minutes,
    }


async def _take_place(ctx: Context, kind: Kind, at: datetime) -> int:
    async with transaction(ctx) as connection:
        await connection.execute(_LOCK, ctx.tenant.id, kind.code, at)
        taken = (
            await Appointment.select(Appointment.place)
            .where(
                Appointment.of(ctx),
                Appointment.kind == kind.code,
                Appointment.starts_at == at,
                Appointment.state.is_in(_HOLDING),
            )
            .output(as_list=True)
        )
    place = free_place(taken, kind.places)
    if place is None:
        raise InvalidInput({"at": _FULL})
    return place


def _same_day(clash: asyncpg.UniqueViolationError) -> Exception:
    """Return the refusal that a broken constraint stands for."""
    of_phone = clash.constraint_name == "appointment_phone_key"
    return InvalidInput({"phone": _SAME_DAY}) if of_phone else clash


async def get_booked(ctx: Context, code: str) -> Booked:
    """Return an appointment to who holds its code.

    :param code: as typed.
    :raises NotFound: there is none.
    """
    read = read_code(code)
    async with transaction(ctx):
        row = (
            await Appointment.select().where(Appointment.of(ctx), Appointment.code == read).first()
        )
    if read is None or row is None:
        raise NotFound(_NOT_FOUND)
    return booked_of(ctx, row)


async def move(ctx: Context, code: str, *, at: datetime | None) -> Booked:
    """Move an appointment to another slot of its kind; the old place is free at once.

    :raises InvalidInput: the slot is not offered or has just been taken, or the phone has
        another appointment on that day.
    :raises Conflict: it is cancelled or past.
    """
    booked = await get_booked(ctx, code)
    if at is not None and at == booked.starts_at and booked.open:
        return booked
    kind = find_kind(ctx, booked.kind)
    if kind is None:
        raise InvalidInput({"at": _CHOOSE})
    values = _when(ctx, kind, at)
    try:
        async with transaction(ctx):
            values["place"] = await _take_place(ctx, kind, values["starts_at"])
            await _change(ctx, booked, values)
            await note(ctx, "moved", booked, at=values["starts_at"].isoformat())
    except asyncpg.UniqueViolationError as clash:
        raise _same_day(clash) from clash
    return await get_booked(ctx, code)


async def cancel(ctx: Context, code: str) -> None:
    """Give an appointment back.

    :raises Conflict: it is cancelled or past.
    """
    booked = await get_booked(ctx, code)
    async with transaction(ctx):
        await _change(ctx, booked, {"state": Visit.CANCELLED})
        await note(ctx, "cancelled", booked)


async def _change(ctx: Context, booked: Booked, values: dict[Any, Any]) -> None:
    changed = (
        await Appointment.update(values | {"changed_at": ctx.now})
        .where(
            Appointment.of(ctx),
            Appointment.id == booked.id,
            Appointment.state == Visit.BOOKED,
            Appointment.starts_at == booked.starts_at,
            Appointment.starts_at > ctx.now,
        )
        .returning(Appointment.id)
    )
    if not changed:
        raise Conflict(_PASSED)


def booked_of(ctx: Context, row: Mapping[str, Any]) -> Booked:
    """Return a row of an appointment as pages show it."""
    kind = find_kind(ctx, row["kind"])
    columns = (
        *("id", "code", "kind", "minutes", "name", "phone"),
        *("account", "case_id", "case_number"),
    )
    return Booked(
        title=kind.title if kind else Text(row["kind"], row["kind"]),
        starts_at=row["starts_at"].astimezone(ctx.tenant.zone),
        state=Visit(row["state"]),
        open=row["state"] == Visit.BOOKED and row["starts_at"] > ctx.now,
        **{column: row[column] for column in columns},
    )


async def note(ctx: Context, what: str, booked: Booked, **detail: Any) -> None:
    """Record what was done to an appointment, in the change's own transaction."""
    subject = f"appointment/{booked.id}"
    await audit.record(ctx, f"oss.appointment.{what}", subject, owner=booked.account, **detail)
