"""Take over a register from a file: looked at first, then all of it or the good rows.

Who takes a file over holds its row, then whatever the register locks, so that of two at once the
second sees what the first has entered. It is one transaction.
"""

from typing import Any
from uuid import UUID

from anyio import to_thread

from core.api import Conflict, Context, NotFound, Text, add, audit, need, new_id, transaction
from kit.documents import Fault, Store, csv_of, read_table
from kit.registers.declaration import Held, Register
from kit.registers.rows import Parsed

NEWEST = 20
_NO_FILE = Text("ไม่พบไฟล์ที่นำเข้านี้", "There is no such file.")
_TAKEN = Text(
    "ไฟล์นี้นำเข้าแล้ว ข้อมูลไม่ถูกนำเข้าซ้ำ", "This file was taken over already and is not taken twice."
)
_FAULTY = Text(
    "ไฟล์นี้มีแถวที่ต้องแก้ เลือกนำเข้าเฉพาะแถวที่ถูกต้อง หรือแก้ไฟล์แล้วส่งใหม่ ยังไม่มีอะไรถูกนำเข้า",
    "Rows of this file must be corrected. Take over the others only, or correct it and send it "
    "again. Nothing was taken over.",
)
_NOTHING = Text(
    "ไม่มีแถวที่นำเข้าได้ ทุกแถวต้องแก้หรือมีในทะเบียนแล้ว",
    "There is no row to take over: all must be corrected, or the register has them already.",
)
_HEADS = (
    Text("แถว", "Row"),
    Text("คอลัมน์", "Column"),
    Text("ผล", "Result"),
    Text("รายละเอียด", "Details"),
)
_BAD, _KNOWN = Text("ต้องแก้", "To correct"), Text("มีในทะเบียนแล้ว", "Known already")


async def look_into(ctx: Context, register: Register[Any], data: bytes, name: str = "") -> UUID:
    """Read a file and keep what it holds; nothing is taken over yet.

    :param name: of the file, as it was sent.
    :returns: by which it is shown and taken over; that of before where the file was taken over.
    :raises NotTaken: it is no table, is too large, or has no rows.
    :raises AppError: what the register's reader refuses.
    """
    need(ctx, register.permission)
    parsed = await _parsed(ctx, register, data)
    digest = await _store(ctx).put_async(ctx.tenant.id, data)
    table = register.table
    fresh: dict[str, Any] = {
        "tenant_id": ctx.tenant.id,
        "id": new_id(),
        "digest": digest,
        "name": name[-200:],
        "state": "looked",
        **dict.fromkeys(("read", "good", "known", "bad"), 0),
        "report": [],
        "seen": {},
        "looked_at": ctx.now,
        "taken_at": None,
        "actor_name": ctx.actor.name,
    }
    async with transaction(ctx):
        await add(table, fresh, unless=("tenant_id", "digest"))
        which = table.of(ctx) & (table.digest == digest)
        row = await table.select(table.id, table.state).where(which).first()
        if row is None:
            raise NotFound(_NO_FILE)
        id: UUID = row["id"]
        if row["state"] == "looked":
            found = _found(register, parsed, await register.hold(ctx, parsed.rows))
            await _write(ctx, register, id, "looked", found | {"name": fresh["name"]})
    return id


async def take_over(ctx: Context, register: Register[Any], id: UUID, *, only_good: bool) -> int:
    """Take over a file that was looked into, and return how many rows were entered.

    :param only_good: leave what must be corrected in the report; else nothing may be wrong.
    :raises Conflict: it was taken over already; something is wrong in it; nothing is new.
    """
    need(ctx, register.permission)
    file = await read_imported(ctx, register, id)
    data = await _store(ctx).read_async(ctx.tenant.id, file["digest"])
    parsed = await _parsed(ctx, register, data)
    async with transaction(ctx):
        await _claim(ctx, register, id)
        if register.lock:
            await register.lock(ctx, parsed.rows)
        held = await register.hold(ctx, parsed.rows)
        found = _found(register, parsed, held)
        if found["bad"] and not only_good:
            raise Conflict(_FAULTY)
        entered = await register.enter(ctx, held.new) if held.new else 0
        if not entered:
            raise Conflict(_NOTHING)
        known = len(held.known) + len(held.new) - entered
        await _write(ctx, register, id, "taken", found | {"good": entered, "known": known})
        counts = {"entered": entered, "left_out": found["bad"]}
        await audit.record(ctx, register.action, f"imported/{id}", **counts)
    return entered


async def _claim(ctx: Context, register: Register[Any], id: UUID) -> None:
    """Hold the row of a file until the end; who takes the same file over waits here."""
    table = register.table
    taken: dict[Any, Any] = {
        table.state: "taken",
        table.taken_at: ctx.now,
        table.actor_name: ctx.actor.name,
    }
    claimed = (
        await table.update(taken)
        .where(table.of(ctx), table.id == id, table.state == "looked")
        .returning(table.id)
    )
    if not claimed:
        raise Conflict(_TAKEN)


def _found(register: Register[Any], parsed: Parsed[Any], held: Held[Any]) -> dict[str, Any]:
    """Return what is kept about a file, by column."""
    faults = [*parsed.faults, *held.faults]
    report = [_line(one, fault=True) for one in faults]
    report += [_line(one, fault=False) for one in held.known]
    return {
        "read": parsed.read,
        "good": len(held.new),
        "known": len(held.known),
        "bad": len({one.row for one in faults}),
        "report": sorted(report, key=lambda one: int(one["row"])),
        "seen": register.seen(held.new),
    }


def _line(one: Fault, *, fault: bool) -> dict[str, Any]:
    said = {"th": one.sentence.th, "en": one.sentence.en}
    return {"row": one.row, "column": one.column, "fault": fault, **said}


async def _write(
    ctx: Context, register: Register[Any], id: UUID, state: str, found: dict[str, Any]
) -> None:
    """Keep what was found in a file, unless somebody has taken it over meanwhile."""
    table = register.table
    values: dict[Any, Any] = {**found, "looked_at": ctx.now}
    await table.update(values).where(table.of(ctx), table.id == id, table.state == state)


async def read_imported(ctx: Context, register: Register[Any], id: UUID) -> dict[str, Any]:
    """Return a file with what it held.

    :raises NotFound: there is none.
    """
    table = register.table
    async with transaction(ctx):
        row: dict[str, Any] | None = (
            await table.select().where(table.of(ctx), table.id == id).first().output(load_json=True)
        )
    if row is None:
        raise NotFound(_NO_FILE)
    return row


async def newest_imported(ctx: Context, register: Register[Any]) -> list[dict[str, Any]]:
    """Return the newest files, without their reports."""
    table = register.table
    columns = [one for one in table.all_columns() if one not in (table.report, table.seen)]
    async with transaction(ctx):
        rows: list[dict[str, Any]] = (
            await table.select(*columns)
            .where(table.of(ctx))
            .order_by(table.id, ascending=False)
            .limit(NEWEST)
        )
    return rows


async def report_csv(ctx: Context, register: Register[Any], id: UUID) -> bytes:
    """Return as CSV what must be corrected in a file, and what the register has already."""
    need(ctx, register.permission)
    file, way = await read_imported(ctx, register, id), ctx.language
    lines = [
        (one["row"], one["column"], (_BAD if one["fault"] else _KNOWN).to(way), one[way])
        for one in file["report"]
    ]
    return csv_of([head.to(way) for head in _HEADS], lines)


def _store(ctx: Context) -> Store:
    return Store(ctx.settings.data / "files")


async def _parsed(ctx: Context, register: Register[Any], data: bytes) -> Parsed[Any]:
    read = await register.reader(ctx)
    return await to_thread.run_sync(lambda: read(read_table(data)))
