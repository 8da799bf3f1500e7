"""Exports of a register and year: asked for, listed, read."""

from collections.abc import AsyncIterator
from typing import Any
from uuid import UUID

import asyncpg
from anyio import to_thread

from core.api import (
    Conflict,
    Context,
    InvalidInput,
    NotFound,
    Text,
    add,
    audit,
    defer,
    new_id,
    transaction,
)
from kit.documents import Store
from plugins.eoffice.rules.registers import book_of, registers
from plugins.eoffice.service.kept import demand_office, demand_unit, is_everywhere
from plugins.eoffice.service.registers import last_numbers
from plugins.eoffice.service.rights import KEEP
from plugins.eoffice.tables.keeping import Export

JOB = "eoffice.export"
PAGE = 50
_PIECE = 1 << 18
_REGISTER = Text("เลือกทะเบียนจากรายการ", "Choose a register from the list.")
_EMPTY = Text("ทะเบียนนี้ไม่มีเลขในปีที่เลือก", "This register has no number in that year.")
_WAITING = Text("ชุดนี้กำลังจัดทำอยู่แล้ว รอสักครู่", "It is being made already. Wait a little.")
_NONE = Text("ไม่พบชุดส่งออกนี้ หรือยังจัดทำไม่เสร็จ", "There is no such export, or it is not ready.")


def exportable(ctx: Context) -> list[str]:
    """Return the registers that the actor may export: none of secret documents."""
    known = registers(ctx.tenant)
    if is_everywhere(ctx, KEEP):
        return known
    return [key for key in known if (unit := book_of(key)[1]) and ctx.actor.may(KEEP, unit)]


async def ask(ctx: Context, register: str, year: int) -> UUID:
    """Have a register of a year exported with all its files, in the background.

    :raises InvalidInput: there is no such register for the actor, or no number of that year.
    :raises Conflict: it is being made.
    """
    if register not in exportable(ctx):
        raise InvalidInput({"register": _REGISTER})
    if register not in await last_numbers(ctx, year):
        raise InvalidInput({"year": _EMPTY})
    id = new_id()
    row = {
        "tenant_id": ctx.tenant.id,
        "id": id,
        "register": register,
        "year": year,
        "state": "waiting",
        "asked_at": ctx.now,
        "asked_by": ctx.actor.id,
        "asked_by_name": ctx.actor.name,
        "digest": "",
        **dict.fromkeys(("entries", "letters", "files", "secret", "size"), 0),
    }
    try:
        async with transaction(ctx):
            await add(Export, row)
            await defer(ctx, JOB, lock=f"{JOB}/{ctx.tenant.id}", export=str(id))
            await audit.record(
                ctx, "eoffice.export.asked", f"export/{id}", register=register, year=year
            )
    except asyncpg.UniqueViolationError as clash:
        raise Conflict(_WAITING) from clash
    return id


async def exports(ctx: Context) -> list[dict[str, Any]]:
    """Return the newest exports of the registers that the actor may export."""
    async with transaction(ctx):
        rows: list[dict[str, Any]] = (
            await Export.select()
            .where(Export.of(ctx), Export.register.is_in(exportable(ctx)))
            .order_by(Export.id, ascending=False)
            .limit(PAGE)
            .output(load_json=True)
        )
    return rows


async def get_export(ctx: Context, export: UUID) -> dict[str, Any]:
    """Return an export, whoever asks; who gives it out asks for the right.

    :raises NotFound: there is none.
    """
    async with transaction(ctx):
        row: dict[str, Any] | None = (
            await Export.select().where(Export.of(ctx), Export.id == export).first()
        )
    if row is None:
        raise NotFound(_NONE)
    return row


async def read(ctx: Context, export: UUID) -> tuple[str, AsyncIterator[bytes]]:
    """Return name and pieces of a package that is ready; who reads it is on record.

    :raises NotFound: there is none, or it is not ready.
    :raises NotAllowed: its register is not the actor's to export.
    """
    row = await get_export(ctx, export)
    unit = book_of(row["register"])[1]
    if unit:
        demand_unit(ctx, KEEP, unit)
    else:
        demand_office(ctx, KEEP)
    if row["state"] != "done":
        raise NotFound(_NONE)
    async with transaction(ctx):
        await audit.record(ctx, "eoffice.export.read", f"export/{export}")
    name = f"{row['register']}-{row['year']}.zip"
    return name, _pieces(ctx, row["digest"])


async def _pieces(ctx: Context, digest: str) -> AsyncIterator[bytes]:
    store = Store(ctx.settings.data / "files")
    with await to_thread.run_sync(store.open, ctx.tenant.id, digest) as file:
        while piece := await to_thread.run_sync(file.read, _PIECE):
            yield piece
