"""Take over the office's list of households from a file: looked at first, then the good rows.

Who takes a file over holds its row, so that of two at once the second is told. It is one
transaction, and a row that somebody else enters at that moment is left as it is there.
"""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from anyio import to_thread

from contrib.disaster.rules.rows import Parsed, Row, parse_rows
from contrib.disaster.service.households import household_row
from contrib.disaster.service.rights import HOUSEHOLDS
from contrib.disaster.tables.households import Household, ImportedList
from core.api import (
    Conflict,
    Context,
    NotFound,
    Text,
    add,
    add_all,
    audit,
    need,
    new_id,
    transaction,
)
from kit.documents import Store, csv_of, read_table
from kit.geo import Subdistrict, subdistrict

NEWEST = 20
_NO_FILE = Text("ไม่พบไฟล์ที่นำเข้านี้", "There is no such file.")
_NO_HOME = Text(
    "ยังไม่ได้ตั้งตำบลในเขตของหน่วยงาน ให้ผู้ดูแลระบบตั้งก่อน แล้วส่งไฟล์อีกครั้ง",
    "The sub-districts of the office are not set. Ask the administrator to set them, then send it.",
)
_TAKEN = Text(
    "ไฟล์นี้นำเข้าแล้ว ข้อมูลไม่ถูกนำเข้าซ้ำ", "This file was taken over already and is not taken twice."
)
_NOTHING = Text(
    "ไม่มีแถวที่นำเข้าได้ ทุกแถวต้องแก้หรือมีในทะเบียนแล้ว",
    "There is no row to take over: all must be corrected, or the register has them already.",
)
_HEADS = (Text("แถว", "Row"), Text("คอลัมน์", "Column"), Text("สิ่งที่ต้องแก้", "To correct"))


async def look_into(ctx: Context, data: bytes, name: str = "") -> UUID:
    """Read a file and keep what it holds; nothing is taken over yet.

    :param name: of the file, as it was sent.
    :returns: by which it is shown and taken over; the same file is known by the same.
    :raises NotTaken: it is no table, is too large, or has no rows.
    :raises Conflict: the office has not set its sub-districts.
    """
    need(ctx, HOUSEHOLDS)
    parsed = await _parse(ctx, data)
    digest = await _store(ctx).put_async(ctx.tenant.id, data)
    async with transaction(ctx):
        fresh: dict[str, Any] = {
            "tenant_id": ctx.tenant.id,
            "id": new_id(),
            "digest": digest,
            "name": name[-200:],
            "state": "looked",
            **dict.fromkeys(("read", "good", "known", "bad"), 0),
            "report": [],
            "looked_at": ctx.now,
            "taken_at": None,
            "actor_name": ctx.actor.name,
        }
        await add(ImportedList, fresh, unless=("tenant_id", "digest"))
        which = ImportedList.of(ctx) & (ImportedList.digest == digest)
        row = await ImportedList.select(ImportedList.id, ImportedList.state).where(which).first()
        if row is None:
            raise NotFound(_NO_FILE)
        if row["state"] == "looked":
            await _write(ctx, row["id"], await _sorted_out(ctx, parsed))
    id: UUID = row["id"]
    return id


async def take_over(ctx: Context, id: UUID) -> int:
    """Take over the good rows of a file, and return how many households were entered.

    :raises Conflict: it was taken over already, or nothing in it is new.
    """
    need(ctx, HOUSEHOLDS)
    file = await read_imported(ctx, id)
    parsed = await _parse(ctx, await _store(ctx).read_async(ctx.tenant.id, file["digest"]))
    async with transaction(ctx):
        await _claim(ctx, id)
        found = await _sorted_out(ctx, parsed)
        rows = [household_row(ctx, row.facts) for row in parsed.rows]
        entered = await add_all(Household, rows, unless=("tenant_id", "sameness"))
        if not entered:
            raise Conflict(_NOTHING)
        await _write(ctx, id, {**found, ImportedList.good: entered})
        counts = {"entered": entered, "left_out": found[ImportedList.bad]}
        await audit.record(ctx, "disaster.households.imported", f"imported/{id}", **counts)
    return entered


async def _claim(ctx: Context, id: UUID) -> None:
    """Hold the row of a file until the end; who takes the same file over waits here."""
    taken: dict[Any, Any] = {
        ImportedList.state: "taken",
        ImportedList.taken_at: ctx.now,
        ImportedList.actor_name: ctx.actor.name,
    }
    claimed = (
        await ImportedList.update(taken)
        .where(ImportedList.of(ctx), ImportedList.id == id, ImportedList.state == "looked")
        .returning(ImportedList.id)
    )
    if not claimed:
        raise Conflict(_TAKEN)


async def _sorted_out(ctx: Context, parsed: Parsed) -> dict[Any, Any]:
    """Return what is kept about a file."""
    known = await _known(ctx, parsed.rows)
    report = [
        {"row": one.row, "column": one.column, "th": one.sentence.th, "en": one.sentence.en}
        for one in parsed.faults
    ]
    return {
        ImportedList.read: parsed.read,
        ImportedList.good: len(parsed.rows) - known,
        ImportedList.known: known,
        ImportedList.bad: len({one.row for one in parsed.faults}),
        ImportedList.report: report,
    }


async def _known(ctx: Context, rows: Sequence[Row]) -> int:
    """Return of how many rows the register has the household already."""
    same = [row.facts["sameness"] for row in rows]
    if not same:
        return 0
    return int(await Household.count().where(Household.of(ctx), Household.sameness.is_in(same)))


async def _write(ctx: Context, id: UUID, values: dict[Any, Any]) -> None:
    await ImportedList.update({**values, ImportedList.looked_at: ctx.now}).where(
        ImportedList.of(ctx), ImportedList.id == id
    )


async def read_imported(ctx: Context, id: UUID) -> dict[str, Any]:
    """Return a file with what it held.

    :raises NotFound: there is none.
    """
    async with transaction(ctx):
        row: dict[str, Any] | None = (
            await ImportedList.select()
            .where(ImportedList.of(ctx), ImportedList.id == id)
            .first()
            .output(load_json=True)
        )
    if row is None:
        raise NotFound(_NO_FILE)
    return row


async def newest_imported(ctx: Context) -> list[dict[str, Any]]:
    """Return the newest files, without their reports."""
    columns = [one for one in ImportedList.all_columns() if one != ImportedList.report]
    async with transaction(ctx):
        rows: list[dict[str, Any]] = (
            await ImportedList.select(*columns)
            .where(ImportedList.of(ctx))
            .order_by(ImportedList.id, ascending=False)
            .limit(NEWEST)
        )
    return rows


async def report_csv(ctx: Context, id: UUID) -> bytes:
    """Return as CSV what must be corrected in a file."""
    need(ctx, HOUSEHOLDS)
    file, way = await read_imported(ctx, id), ctx.language
    lines = [(one["row"], one["column"], one[way]) for one in file["report"]]
    return csv_of([head.to(way) for head in _HEADS], lines)


async def _parse(ctx: Context, data: bytes) -> Parsed:
    own = own_subdistricts(ctx)
    if not own:
        raise Conflict(_NO_HOME)
    return await to_thread.run_sync(lambda: parse_rows(read_table(data), own))


def own_subdistricts(ctx: Context) -> tuple[Subdistrict, ...]:
    """Return the sub-districts of the office."""
    return tuple(one for code in ctx.tenant.subdistricts if (one := subdistrict(code)))


def _store(ctx: Context) -> Store:
    return Store(ctx.settings.data / "files")
