"""Take over the office's present register of assets from a file: looked at first, then taken.

Who takes a file over holds its row; a code that somebody else entered meanwhile is left alone.
"""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from anyio import to_thread

from contrib.incidents.rules.headings import COLUMNS
from contrib.incidents.rules.rows import Parsed, Row, parse_rows
from contrib.incidents.service.assets import asset_row
from contrib.incidents.service.rights import ASSETS
from contrib.incidents.tables.assets import Asset, Imported
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
from kit.documents import Fault, Store, csv_of, read_table
from kit.geo import area_of

NEWEST = 20
_NO_FILE = Text("ไม่พบไฟล์ที่นำเข้านี้", "There is no such file.")
_TAKEN = Text(
    "ไฟล์นี้นำเข้าแล้ว ข้อมูลไม่ถูกนำเข้าซ้ำ", "This file was taken over already and is not taken twice."
)
_NOTHING = Text(
    "ไม่มีแถวที่นำเข้าได้ ทุกแถวต้องแก้หรือมีในทะเบียนแล้ว",
    "There is no row to take over: all must be corrected, or the register has them already.",
)
_THERE = Text("มีรหัส {code} ในทะเบียนแล้ว ไม่นำเข้าซ้ำ", "The register has {code} already.")
_HEADS = (
    Text("แถว", "Row"),
    Text("คอลัมน์", "Column"),
    Text("ผล", "Result"),
    Text("รายละเอียด", "Details"),
)
BAD, KNOWN = Text("ต้องแก้", "To correct"), Text("มีในทะเบียนแล้ว", "Known already")


async def look_into(ctx: Context, data: bytes, name: str = "") -> UUID:
    """Read a file and keep what it holds; nothing is taken over yet.

    :param name: of the file, as it was sent.
    :returns: by which it is shown and taken over; that of before where it was taken over.
    :raises NotTaken: it is no table, is too large, or has no rows.
    """
    need(ctx, ASSETS)
    parsed = await _parsed(ctx, data)
    digest = await _store(ctx).put_async(ctx.tenant.id, data)
    async with transaction(ctx):
        _, found = await _sorted_out(ctx, parsed)
        fresh: dict[str, Any] = {
            "tenant_id": ctx.tenant.id,
            "id": new_id(),
            "digest": digest,
            "name": name[-200:],
            "state": "looked",
            **found,
            "looked_at": ctx.now,
            "actor_name": ctx.actor.name,
        }
        await add(Imported, fresh, unless=("tenant_id", "digest"))
        which = Imported.of(ctx) & (Imported.digest == digest)
        kept: dict[Any, Any] = found
        await Imported.update(kept).where(which & (Imported.state == "looked"))
        row = await Imported.select(Imported.id).where(which).first()
    if row is None:
        raise NotFound(_NO_FILE)
    id: UUID = row["id"]
    return id


async def take_over(ctx: Context, id: UUID) -> int:
    """Take over the rows of a file that are right, and return how many assets were entered.

    :raises Conflict: it was taken over already, or nothing in it is right and new.
    """
    need(ctx, ASSETS)
    file = await read_imported(ctx, id)
    parsed = await _parsed(ctx, await _store(ctx).read_async(ctx.tenant.id, file["digest"]))
    taken: dict[Any, Any] = {Imported.state: "taken", Imported.actor_name: ctx.actor.name}
    async with transaction(ctx):
        claimed = (
            await Imported.update(taken)
            .where(Imported.of(ctx), Imported.id == id, Imported.state == "looked")
            .returning(Imported.id)
        )
        if not claimed:
            raise Conflict(_TAKEN)
        new, found = await _sorted_out(ctx, parsed)
        rows = [asset_row(ctx, row.facts) for row in new]
        entered = await add_all(Asset, rows, unless=("tenant_id", "code")) if rows else 0
        if not entered:
            raise Conflict(_NOTHING)
        values: dict[Any, Any] = {**found, "looked_at": ctx.now}
        await Imported.update(values).where(Imported.of(ctx), Imported.id == id)
        counts = {"entered": entered, "left_out": found["bad"]}
        await audit.record(ctx, "incidents.register.imported", f"imported/{id}", **counts)
    return entered


async def _sorted_out(ctx: Context, parsed: Parsed) -> tuple[list[Row], dict[str, Any]]:
    """Return the rows that can be entered, and what is kept about the file."""
    codes = [row.facts["code"] for row in parsed.rows]
    async with transaction(ctx):
        there = (
            await Asset.select(Asset.code).where(Asset.of(ctx), Asset.code.is_in(codes))
            if codes
            else []
        )
    held = {row["code"] for row in there}
    new = [row for row in parsed.rows if row.facts["code"] not in held]
    known = [
        Fault(row.at, COLUMNS["code"][0], _THERE.format(code=row.facts["code"]))
        for row in parsed.rows
        if row.facts["code"] in held
    ]
    report = [_line(one, fault=True) for one in parsed.faults]
    report += [_line(one, fault=False) for one in known]
    return new, {
        "read": parsed.read,
        "good": len(new),
        "known": len(known),
        "bad": len({one.row for one in parsed.faults}),
        "report": sorted(report, key=lambda one: int(one["row"])),
    }


def _line(one: Fault, *, fault: bool) -> dict[str, Any]:
    said = {"th": one.sentence.th, "en": one.sentence.en}
    return {"row": one.row, "column": one.column, "fault": fault, **said}


async def read_imported(ctx: Context, id: UUID) -> dict[str, Any]:
    """Return a file with what it held.

    :raises NotFound: there is none.
    """
    async with transaction(ctx):
        row: dict[str, Any] | None = (
            await Imported.select()
            .where(Imported.of(ctx), Imported.id == id)
            .first()
            .output(load_json=True)
        )
    if row is None:
        raise NotFound(_NO_FILE)
    return row


async def newest_imported(ctx: Context) -> Sequence[Mapping[str, Any]]:
    """Return the newest files, without their reports."""
    columns = [one for one in Imported.all_columns() if one is not Imported.report]
    async with transaction(ctx):
        rows: list[dict[str, Any]] = (
            await Imported.select(*columns)
            .where(Imported.of(ctx))
            .order_by(Imported.id, ascending=False)
            .limit(NEWEST)
        )
    return rows


async def report_csv(ctx: Context, id: UUID) -> bytes:
    """Return as CSV what must be corrected in a file, and what the register has already."""
    need(ctx, ASSETS)
    file = await read_imported(ctx, id)
    way = ctx.language
    lines = [
        (one["row"], one["column"], (BAD if one["fault"] else KNOWN).to(way), one[way])
        for one in file["report"]
    ]
    return csv_of([head.to(way) for head in _HEADS], lines)


def _store(ctx: Context) -> Store:
    return Store(ctx.settings.data / "files")


async def _parsed(ctx: Context, data: bytes) -> Parsed:
    area = area_of(ctx.tenant)
    return await to_thread.run_sync(lambda: parse_rows(read_table(data), area, ctx.today))
