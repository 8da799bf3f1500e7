"""Appointments at the counter: booked without an account, moved and cancelled by their code.

A slot never has more visits than places: whoever books it holds its row until the booking is
committed, and no two visits of a slot have the same place in the database.
"""

from datetime import datetime
from typing import Any
from uuid import UUID

import asyncpg
import msgspec

from core.api import Conflict, Context, InvalidInput, NotFound, Text, new_id, transaction
from kit.casework import VisitState
from kit.documents import new_code, read_code
from plugins.oss.rules.cases import CaseKind, is_for_cases
from plugins.oss.rules.slots import Kind, Visit, free_place
from plugins.oss.service import cases
from plugins.oss.service.booked import Booked, booked_of, note
from plugins.oss.service.cases import About
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
_TWICE = Text(
    "เรื่องนี้มีนัดอยู่แล้ว ดูนัดหรือเปลี่ยนเวลาได้ที่หน้าติดตามเรื่อง",
    "This request has an appointment already. See or move it from the page of the request.",
)
_NOT_FOUND = Text(
    "ไม่พบนัดนี้ ตรวจรหัสนัดอีกครั้ง หรือนัดใหม่", "There is no such appointment. Check the code."
)
_PASSED = Text(
    "นัดนี้เปลี่ยนไม่ได้แล้ว เพราะยกเลิกหรือพ้นเวลาแล้ว นัดใหม่ได้",
    "This appointment can no longer be changed: it is cancelled or past. You can make a new one.",
)
_STAYS = Text(
    "ตอนนี้เปลี่ยนเวลาของนัดนี้ทางออนไลน์ไม่ได้ นัดเดิมยังเป็นของท่าน ถ้ามาไม่ได้ยกเลิกได้ หรือติดต่อสำนักงาน",
    "This appointment cannot be moved online at present. It stays yours; you can cancel it or ask "
    "the office.",
)


async def book(
    ctx: Context,
    *,
    kind: str,
    at: datetime | None,
    name: str = "",
    phone: str = "",
    track: str = "",
) -> Booked:
    """Book a slot.

    A visit on the way of a case is booked in the name of its applicant; ``name`` and ``phone``
    count where the case has none.

    :param at: aware; None when none was chosen.
    :param phone: E.164.
    :param track: tracking code of the case it is about, as typed.
    :raises InvalidInput: the slot is not offered or has just been taken, the phone has an
        appointment on that day, or the case has such a visit or cannot have it now.
    :raises NotFound: no case has this tracking code.
    """
    about = await cases.read_about(ctx, track)
    chosen_kind = await _choose(ctx, kind, about)
    values = _who(ctx, chosen_kind, about, name, phone) | _when(ctx, chosen_kind, at)
    try:
        async with transaction(ctx) as connection:
            await connection.execute(_LOCK, ctx.tenant.id, kind, values["starts_at"])
            if values["service"] is not None:
                await _one_a_case(ctx, kind, values["case_id"])
            row = _row(ctx, await _free_place(ctx, chosen_kind, values["starts_at"]), values)
            await Appointment.insert(row)
            booked = booked_of(ctx, row.to_dict())
            await note(ctx, VisitState.BOOKED, booked, at=booked.starts_at.isoformat())
    except asyncpg.UniqueViolationError as clash:
        raise _refusal(clash) from clash
    return booked


async def _choose(ctx: Context, code: str, about: About | None) -> Kind:
    if is_for_cases(code):
        return await cases.choose(ctx, code, about)
    kind = find_kind(ctx, code)
    if kind is None:
        raise InvalidInput({"kind": _CHOOSE_KIND})
    return kind


def _who(ctx: Context, kind: Kind, about: About | None, name: str, phone: str) -> dict[str, Any]:
    """Return the columns that say who comes, and for which case."""
    values: dict[str, Any] = {
        "kind": kind.code,
        "name": name,
        "phone": phone,
        "account": ctx.actor.id if ctx.actor.kind == "citizen" else None,
        "case_id": about.id if about else None,
        "case_number": about.number if about else None,
        "service": None,
    }
    if about is None or not isinstance(kind, CaseKind):
        return values
    return values | {
        "name": about.name or name,
        "phone": about.phone or phone,
        "account": values["account"] or about.account,
        "service": kind.service,
        "title_th": kind.title.th,
        "title_en": kind.title.en,
    }


async def _one_a_case(ctx: Context, kind: str, case: UUID) -> None:
    """Let through a case that has no such visit before it; who let one pass did not come.

    :raises InvalidInput: it has one.
    """
    row = (
        await Appointment.select()
        .where(
            Appointment.of(ctx),
            Appointment.case_id == case,
            Appointment.kind == kind,
            Appointment.state == Visit.BOOKED,
        )
        .first()
    )
    if row is None:
        return
    before = booked_of(ctx, row)
    if before.open:
        raise InvalidInput({"kind": _TWICE})
    missed = (
        await Appointment.update({Appointment.state: Visit.ABSENT, Appointment.changed_at: ctx.now})
        .where(
            Appointment.of(ctx),
            Appointment.id == before.id,
            Appointment.state == Visit.BOOKED,
        )
        .returning(Appointment.id)
    )
    if missed:
        await note(ctx, VisitState.ABSENT, before)


def _row(ctx: Context, place: int, values: dict[str, Any]) -> Appointment:
    return Appointment(
        tenant_id=ctx.tenant.id,
        id=new_id(),
        code=new_code(),
        place=place,
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
    here = at.astimezone(ctx.tenant.zone)
    return {
        "starts_at": here,
        "visit_on": here.date(),
        "minutes": kind.minutes,
    }


async def _free_place(ctx: Context, kind: Kind, at: datetime) -> int:
    """Return a place of a slot whose row is held.

    :raises InvalidInput: it is full.
    """
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


def _refusal(clash: asyncpg.UniqueViolationError) -> Exception:
    """Return the refusal that a broken constraint stands for."""
    if clash.constraint_name == "appointment_case_key":
        return InvalidInput({"kind": _TWICE})
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
    :raises Conflict: it is cancelled or past, or its kind is not offered any more.
    """
    booked = await get_booked(ctx, code)
    if at is not None and at == booked.starts_at and booked.open:
        return booked
    kind = await kind_of(ctx, booked)
    values = _when(ctx, kind, at)
    to: datetime = values["starts_at"]
    try:
        async with transaction(ctx) as connection:
            await connection.execute(_LOCK, ctx.tenant.id, kind.code, to)
            values["place"] = await _free_place(ctx, kind, to)
            await _change(ctx, booked, values)
            moved = msgspec.structs.replace(booked, starts_at=to, minutes=kind.minutes)
            await note(ctx, VisitState.MOVED, moved, at=to.isoformat())
    except asyncpg.UniqueViolationError as clash:
        raise _refusal(clash) from clash
    return await get_booked(ctx, code)


async def kind_of(ctx: Context, booked: Booked) -> Kind:
    """Return the kind of an appointment, which says to when it can be moved.

    :raises Conflict: nobody offers it any more.
    """
    kind = await cases.find_any(ctx, booked.kind)
    if kind is None:
        raise Conflict(_STAYS)
    return kind


async def cancel(ctx: Context, code: str) -> None:
    """Give an appointment back.

    :raises Conflict: it is cancelled or past.
    """
    booked = await get_booked(ctx, code)
    async with transaction(ctx):
        await _change(ctx, booked, {"state": Visit.CANCELLED})
        await note(ctx, VisitState.CANCELLED, booked)


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
