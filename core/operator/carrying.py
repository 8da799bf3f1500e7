"""How word of a support access gets to the other side, and what is done with it there."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from core import audit, db
from core.context import Actor, Context
from core.handing import hand_over
from core.identity import people
from core.identity.holders import PEOPLE
from core.identity.names import full_name
from core.identity.sessions import sign_out_everywhere
from core.identity.support import TAKE_USE
from core.jobs import Job
from core.notifications import Message, send
from core.operator.consent import State, taken_by_office, taken_by_operator
from core.operator.here import is_operator
from core.operator.tables import SupportAccess, SupportUse
from core.text import Text

TAKE = "core.take_support"
# What is entered into the trail when an access comes into a state.
ACTIONS: Mapping[State, str] = {
    State.ASKED: "core.support.asked",
    State.WITHDRAWN: "core.support.withdrawn",
    State.REFUSED: "core.support.refused",
    State.GIVEN: "core.support.given",
    State.ENDED: "core.support.ended",
}

_ASKED = Message(
    "core.support_asked",
    Text("ฝ่ายสนับสนุนขอเข้าใช้ระบบของหน่วยงาน", "Support asks for access to your office"),
    Text(
        "{name} ขอเข้าใช้ระบบของหน่วยงานเพื่อช่วยเหลือ เปิดดูเหตุผล แล้วเลือกยินยอมหรือไม่ยินยอม",
        "{name} asks to act in your office's system to help. Read why, then consent or refuse.",
    ),
)
_ANSWERED = Message(
    "core.support_answered",
    Text("หน่วยงานตอบคำขอเข้าใช้แล้ว", "The office has answered your ask for access"),
    Text("{office} ตอบคำขอเข้าใช้ของท่านแล้ว เปิดดูผล", "{office} has answered. Read how it stands."),
)


class Access(msgspec.Struct, frozen=True, kw_only=True):
    """A support access as it is carried: all that either side keeps of it."""

    id: UUID
    office: str
    person: UUID
    title: str
    first_name: str
    last_name: str
    role: str
    reason: str
    minutes: int
    state: State
    asked_at: datetime
    decided_at: datetime | None = None
    decided_by: str | None = None
    until: datetime | None = None
    ended_at: datetime | None = None
    ended_by: str | None = None


async def send_access(ctx: Context, row: Mapping[str, Any], *, to: str) -> None:
    """Tell the other side how an access stands, once this transaction has committed."""
    told = {name: row[name] for name in Access.__struct_fields__}
    await hand_over(ctx, TAKE, to=to, access=msgspec.to_builtins(told))


async def take(ctx: Context, *, sender: str, access: dict[str, Any]) -> None:
    """Take word of an access from the other side; who has no part in it is not heard."""
    told = msgspec.convert(access, Access)
    if is_operator(ctx) and sender == told.office:
        await _take_at_operator(ctx, told)
    elif sender == ctx.settings.operator and told.office == ctx.tenant.id:
        await _take_at_office(ctx, told)


async def _take_at_office(ctx: Context, told: Access) -> None:
    """Keep a new ask and tell the administrators; end what the operator gives up."""
    begun = told.state in (State.ASKED, State.WITHDRAWN)
    async with db.transaction(ctx):
        row = {"tenant_id": ctx.tenant.id, **msgspec.structs.asdict(told)}
        row |= {"decided_at": None, "decided_by": None, "until": None, "state": told.state.value}
        if begun and await db.add(SupportAccess, row, unless=("tenant_id", "id")):
            await _record(ctx, told, told.state)
            if told.state == State.ASKED:
                await _tell_administrators(ctx, told)
            return
        known = (
            await SupportAccess.select(SupportAccess.state)
            .where(SupportAccess.of(ctx), SupportAccess.id == told.id)
            .lock_rows("UPDATE")
            .first()
        )
        then = taken_by_office(State(known["state"]), told.state) if known else None
        if then is None:
            return
        await SupportAccess.update(
            {
                SupportAccess.state: then.value,
                SupportAccess.ended_at: told.ended_at,
                SupportAccess.ended_by: told.ended_by,
            }
        ).where(SupportAccess.of(ctx), SupportAccess.id == told.id)
        await sign_out_everywhere(ctx, told.person)
        await _record(ctx, told, then)
        await tell_operator(ctx, told.id)


async def tell_operator(ctx: Context, access: UUID) -> None:
    """Tell the operator how an access stands here now."""
    row = (
        await SupportAccess.select()
        .where(SupportAccess.of(ctx), SupportAccess.id == access)
        .first()
    )
    if row is not None and ctx.settings.operator is not None:
        await send_access(ctx, row, to=ctx.settings.operator)


async def _tell_administrators(ctx: Context, told: Access) -> None:
    for one in await people.holders_of(ctx, PEOPLE):
        await send(
            ctx,
            to=one["id"],
            template=_ASKED,
            key=f"core/support/{told.id}",
            href=f"/desk/support/{told.id}",
            name=_name(told),
        )


async def _take_at_operator(ctx: Context, told: Access) -> None:
    """Lay what the office says over the operator's copy, unless that is of a later act."""
    async with db.transaction(ctx):
        known = (
            await SupportAccess.select()
            .where(SupportAccess.of(ctx), SupportAccess.id == told.id)
            .lock_rows("UPDATE")
            .first()
        )
        if known is None or known["office"] != told.office:
            return
        then = taken_by_operator(State(known["state"]), told.state)
        if then is None:
            return
        names = ("role", "minutes", "decided_at", "decided_by", "until", "ended_at", "ended_by")
        values: dict[Any, Any] = {name: getattr(told, name) for name in names}
        await SupportAccess.update(values | {"state": then.value}).where(
            SupportAccess.of(ctx), SupportAccess.id == told.id
        )
        await _record(ctx, told, then)
        if then in (State.GIVEN, State.REFUSED):
            await _tell_person(ctx, told)


async def _tell_person(ctx: Context, told: Access) -> None:
    office = await db.current_connection().fetchrow(
        "SELECT name_th, name_en FROM core.tenant WHERE id = $1", told.office
    )
    await send(
        ctx,
        to=told.person,
        template=_ANSWERED,
        key=f"core/support/{told.id}/{told.state}",
        href=f"/desk/operator/support/{told.id}",
        office=Text(office["name_th"], office["name_en"]),
    )


async def _record(ctx: Context, told: Access, state: State) -> None:
    detail: dict[str, Any] = {"office": told.office, "role": told.role, "person": _name(told)}
    await audit.record(ctx, ACTIONS[state], f"support/{told.id}", **detail)


def _name(told: Access) -> str:
    return full_name(told.title, told.first_name, told.last_name)


async def take_use(
    ctx: Context,
    *,
    sender: str,
    id: str,
    access: str,
    at: str,
    method: str,
    path: str,
    person: str,
    name: str,
) -> None:
    """Keep at the operator's what was opened in an office, once; also in its trail."""
    async with db.transaction(ctx):
        mine = (
            SupportAccess.of(ctx),
            SupportAccess.id == UUID(access),
            SupportAccess.office == sender,
        )
        row = {
            "tenant_id": ctx.tenant.id,
            "id": UUID(id),
            "access": UUID(access),
            "at": datetime.fromisoformat(at),
            "method": method,
            "path": path,
        }
        if await SupportAccess.exists().where(*mine) and await db.add(
            SupportUse, row, unless=("tenant_id", "id")
        ):
            told: dict[str, Any] = {"office": sender, "method": method, "path": path}
            there = replace(ctx, actor=Actor(kind="officer", id=UUID(person), name=name))
            await audit.record(there, "core.support.used", f"support/{access}", **told)


JOBS = (Job(name=TAKE, run=take), Job(name=TAKE_USE, run=take_use))
