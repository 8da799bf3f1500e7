"""Take over the office's present register from a file: seen first, then all of it or nothing."""

from collections import Counter
from collections.abc import Sequence
from typing import Any
from uuid import UUID

import msgspec
from anyio import to_thread

from core.api import (
    Conflict,
    Context,
    Text,
    add_all,
    audit,
    need,
    new_id,
    numbers,
    transaction,
)
from kit.documents import NO_ROWS, Fault, NotTaken, Store, read_table
from kit.treasury import keep_payers
from plugins.waste_fees.rules.headings import COLUMNS
from plugins.waste_fees.rules.register import Facts
from plugins.waste_fees.rules.rows import Parsed, Row, parse_rows
from plugins.waste_fees.service.entries import change_row, point_row, who
from plugins.waste_fees.service.rights import REGISTER
from plugins.waste_fees.tables.register import Change, Imported, Point

_WHY = Text("นำเข้าจากทะเบียนเดิมของหน่วยงาน", "Taken over from the office's register")
_BEFORE = Text(
    "ไฟล์นี้นำเข้าแล้ว ข้อมูลไม่ถูกนำเข้าซ้ำ ดูได้ที่ทะเบียน",
    "This file was taken over already and is not taken twice. See the register.",
)
_KNOWN = Text(
    "รหัสเดิมนี้มีในทะเบียนแล้ว ลบแถวนี้ หรือแก้ที่จุดให้บริการเดิม",
    "This earlier code is in the register. Remove the row, or change the point that is there.",
)


class Preview(msgspec.Struct, frozen=True):
    """What a file holds.

    :ivar digest: by which it is taken over afterwards.
    :ivar uses: how many rows of each class.
    :ivar zones: how many rows of each zone.
    """

    digest: str
    rows: int
    uses: dict[str, int]
    zones: dict[str, int]
    faults: list[Fault]
    first: list[Row]


async def look_into(ctx: Context, data: bytes) -> Preview:
    """Read a file and say what it holds; nothing is taken over yet.

    :raises NotTaken: it is no table, or too large.
    :raises Conflict: it was taken over already.
    """
    need(ctx, REGISTER)
    parsed = await to_thread.run_sync(_parsed, data)
    faults = [*parsed.faults, *await _known(ctx, parsed.rows)]
    digest = await _store(ctx).put_async(ctx.tenant.id, data)
    async with transaction(ctx):
        if await Imported.exists().where(Imported.of(ctx), Imported.digest == digest):
            raise Conflict(_BEFORE)
    return Preview(
        digest,
        len(parsed.rows),
        dict(Counter(row.values["use"] for row in parsed.rows)),
        dict(Counter(row.values["zone"] for row in parsed.rows)),
        sorted(faults, key=lambda one: one.row),
        parsed.rows[:5],
    )


async def take_over(ctx: Context, digest: str) -> int:
    """Take over a file that was looked into, all of it, and return how many points it has.

    :raises NotTaken: by now something in it is wrong; look into it again.
    :raises Conflict: it was taken over already.
    """
    need(ctx, REGISTER)
    data = await _store(ctx).read_async(ctx.tenant.id, digest)
    parsed = await to_thread.run_sync(_parsed, data)
    if parsed.faults or await _known(ctx, parsed.rows):
        raise NotTaken(
            Text(
                "ข้อมูลในทะเบียนเปลี่ยนไประหว่างนี้ ส่งไฟล์อีกครั้งเพื่อตรวจใหม่ ยังไม่มีอะไรถูกนำเข้า",
                "The register has changed meanwhile. Send the file again; nothing was taken over.",
            )
        )
    row = {
        "tenant_id": ctx.tenant.id,
        "digest": digest,
        "points": len(parsed.rows),
        "at": ctx.now,
        "actor_name": ctx.actor.name,
    }
    async with transaction(ctx):
        if not await add_all(Imported, [row], unless=("tenant_id", "digest")):
            raise Conflict(_BEFORE)
        await _add(ctx, parsed.rows)
        await audit.record(
            ctx, "waste_fees.register.imported", f"file/{digest[:32]}", points=len(parsed.rows)
        )
    return len(parsed.rows)


def _store(ctx: Context) -> Store:
    return Store(ctx.settings.data / "files")


async def _add(ctx: Context, rows: Sequence[Row]) -> None:
    drawn = await numbers.draw_some(ctx, "waste_fees/point", len(rows))
    payers = await keep_payers(ctx, [who(new_id(), row.values) for row in rows])
    points: list[dict[str, Any]] = []
    changes: list[dict[str, Any]] = []
    for row, number, payer in zip(rows, drawn, payers, strict=True):
        id: UUID = new_id()
        facts = msgspec.convert({**row.values, "payer": payer.hex}, Facts)
        since = row.since or ctx.today.replace(day=1)
        points.append(point_row(ctx, id, number, facts, since) | {"mark": row.mark or None})
        changes.append(change_row(ctx, id, "opened", facts, since, _WHY.th))
    await add_all(Point, points)
    await add_all(Change, changes)


async def _known(ctx: Context, rows: Sequence[Row]) -> list[Fault]:
    """Return a fault for each row whose earlier code is in the register."""
    marks = {row.mark: row.number for row in rows if row.mark}
    async with transaction(ctx):
        found = (
            await Point.select(Point.mark).where(Point.of(ctx), Point.mark.is_in(list(marks)))
            if marks
            else []
        )
    return [Fault(marks[row["mark"]], COLUMNS["mark"][0], _KNOWN) for row in found]


def _parsed(data: bytes) -> Parsed:
    """Read a register.

    :raises NotTaken: it is no table, is too large, or has no rows.
    """
    parsed = parse_rows(read_table(data))
    if not parsed.rows and not parsed.faults:
        raise NotTaken(NO_ROWS)
    return parsed
