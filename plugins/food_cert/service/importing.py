"""Take over the office's present register from a file: looked at first, then all of it or the good.

Who takes a file over holds its row, then the numbers of papers, then those of the register, so that
of two at once the second sees what the first has entered. It is one transaction.
"""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from anyio import to_thread

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
    numbers,
    transaction,
)
from kit.documents import Fault, Store, csv_of, read_table
from kit.geo import subdistrict
from kit.thai import short_day
from plugins.food_cert.rules.places import INSTRUMENTS, State
from plugins.food_cert.rules.rows import Known, Parsed, Row, parse_rows
from plugins.food_cert.rules.sites import Home
from plugins.food_cert.service.known_rows import beyond, go_on_after, hold, last_numbers, quoted
from plugins.food_cert.service.limits import limits_on
from plugins.food_cert.service.places import SERIES, event_row, place_row
from plugins.food_cert.service.rights import CARRY
from plugins.food_cert.tables.imports import Imported
from plugins.food_cert.tables.register import Place, PlaceEvent

FIRST, NEWEST = 5, 20
_NO_FILE = Text("ไม่พบไฟล์ที่นำเข้านี้", "There is no such file.")
_NO_HOME = Text(
    "ยังไม่ได้ตั้งตำบลในเขตของหน่วยงาน ให้ผู้ดูแลระบบตั้งก่อน แล้วส่งไฟล์อีกครั้ง",
    "The sub-districts of the office are not set. Ask the administrator to set them, then send it.",
)
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
_WORDS = Text(
    "ลงทะเบียนจากทะเบียนเดิมของหน่วยงาน: {instrument}เลขที่ {number}",
    "Taken over from the office's register: {instrument} no. {number}",
)
_HEADS = (
    Text("แถว", "Row"),
    Text("คอลัมน์", "Column"),
    Text("ผล", "Result"),
    Text("รายละเอียด", "Details"),
)
_BAD, _KNOWN = Text("ต้องแก้", "To correct"), Text("มีในทะเบียนแล้ว", "Known already")


async def look_into(ctx: Context, data: bytes, name: str = "") -> UUID:
    """Read a file and keep what it holds; nothing is taken over yet.

    :param name: of the file, as it was sent.
    :returns: by which it is shown and taken over; that of before where the file was taken over.
    :raises NotTaken: it is no table, is too large, or has no rows.
    :raises Conflict: the office has not set its sub-districts.
    """
    need(ctx, CARRY)
    parsed = await to_thread.run_sync(_parsed, data, await _known(ctx))
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
            "seen": {},
            "looked_at": ctx.now,
            "taken_at": None,
            "actor_name": ctx.actor.name,
        }
        await add(Imported, fresh, unless=("tenant_id", "digest"))
        which = Imported.of(ctx) & (Imported.digest == digest)
        row = await Imported.select(Imported.id, Imported.state).where(which).first()
        if row is None:
            raise NotFound(_NO_FILE)
        if row["state"] == "looked":
            unissued = beyond(parsed.rows, await last_numbers(ctx, parsed.rows))
            _, found = await _sorted_out(ctx, parsed, unissued)
            await _write(ctx, row["id"], {**found, Imported.name: fresh["name"]})
    id: UUID = row["id"]
    return id


async def take_over(ctx: Context, id: UUID, *, only_good: bool) -> int:
    """Take over a file that was looked into, and return how many places were entered.

    :param only_good: leave what must be corrected in the report; else nothing may be wrong.
    :raises Conflict: it was taken over already; something is wrong in it; nothing is new.
    """
    need(ctx, CARRY)
    file = await read_imported(ctx, id)
    data = await _store(ctx).read_async(ctx.tenant.id, file["digest"])
    parsed = await to_thread.run_sync(_parsed, data, await _known(ctx))
    async with transaction(ctx):
        await _claim(ctx, id)
        last = await last_numbers(ctx, parsed.rows)
        unissued = beyond(parsed.rows, last)
        await go_on_after(ctx, parsed.rows, last)
        # Whoever else enters places waits here, and then sees these.
        await numbers.draw_some(ctx, SERIES, 0)
        new, found = await _sorted_out(ctx, parsed, unissued)
        if found[Imported.bad] and not only_good:
            raise Conflict(_FAULTY)
        if not new:
            raise Conflict(_NOTHING)
        await _enter(ctx, new)
        await _write(ctx, id, found)
        counts = {"entered": len(new), "left_out": found[Imported.bad]}
        await audit.record(ctx, "food_cert.register.imported", f"imported/{id}", **counts)
    return len(new)


async def _claim(ctx: Context, id: UUID) -> None:
    """Hold the row of a file until the end; who takes the same file over waits here."""
    taken: dict[Any, Any] = {
        Imported.state: "taken",
        Imported.taken_at: ctx.now,
        Imported.actor_name: ctx.actor.name,
    }
    claimed = (
        await Imported.update(taken)
        .where(Imported.of(ctx), Imported.id == id, Imported.state == "looked")
        .returning(Imported.id)
    )
    if not claimed:
        raise Conflict(_TAKEN)


async def _sorted_out(
    ctx: Context, parsed: Parsed, unissued: Sequence[Fault]
) -> tuple[list[Row], dict[Any, Any]]:
    """Return the rows that can be entered, and what is kept about the file."""
    faults = [*parsed.faults, *unissued]
    bad = {one.row for one in faults}
    held = await hold(ctx, [row for row in parsed.rows if row.at not in bad])
    report = [_line(one, fault=True) for one in faults]
    report += [_line(one, fault=False) for one in held.known]
    return held.new, {
        Imported.read: parsed.read,
        Imported.good: len(held.new),
        Imported.known: len(held.known),
        Imported.bad: len(bad),
        Imported.report: sorted(report, key=lambda one: one["row"]),
        Imported.seen: _seen(held.new),
    }


def _line(one: Fault, *, fault: bool) -> dict[str, Any]:
    said = {"th": one.sentence.th, "en": one.sentence.en}
    return {"row": one.row, "column": one.column, "fault": fault, **said}


def _seen(rows: Sequence[Row]) -> dict[str, Any]:
    shown = ("name", "holder", "kind", "instrument", "address")
    return {
        "kinds": Counter(row.facts["kind"] for row in rows),
        "instruments": Counter(row.facts["instrument"] for row in rows),
        "first": [
            {
                "at": row.at,
                "number": quoted(row),
                "area": f"{row.facts['area']:,}",
                "until": _day(row.facts["until"]),
                **{name: row.facts[name] for name in shown},
            }
            for row in rows[:FIRST]
        ],
    }


def _day(day: date | None) -> dict[str, str] | None:
    return {"th": short_day(day, "th"), "en": short_day(day, "en")} if day else None


async def _write(ctx: Context, id: UUID, values: dict[Any, Any]) -> None:
    await Imported.update({**values, Imported.looked_at: ctx.now}).where(
        Imported.of(ctx), Imported.id == id
    )


async def _enter(ctx: Context, rows: Sequence[Row]) -> None:
    drawn = await numbers.draw_some(ctx, SERIES, len(rows))
    places: list[dict[str, Any]] = []
    events: list[dict[str, Any]] = []
    for row, number in zip(rows, drawn, strict=True):
        paper = quoted(row)
        facts = {**row.facts, "number": number, "paper_number": paper, "state": State.VALID}
        place = place_row(ctx, facts, opened_on=row.opened_on)
        words = _WORDS.format(instrument=INSTRUMENTS[row.facts["instrument"]], number=paper)
        places.append(place)
        events.append(event_row(ctx, place["id"], what="entered", words=words))
    await add_all(Place, places)
    await add_all(PlaceEvent, events)


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


async def newest_imported(ctx: Context) -> list[dict[str, Any]]:
    """Return the newest files, without their reports."""
    columns = [one for one in Imported.all_columns() if one not in (Imported.report, Imported.seen)]
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
    need(ctx, CARRY)
    file = await read_imported(ctx, id)
    way = ctx.language
    lines = [
        (one["row"], one["column"], (_BAD if one["fault"] else _KNOWN).to(way), one[way])
        for one in file["report"]
    ]
    return csv_of([head.to(way) for head in _HEADS], lines)


async def _known(ctx: Context) -> Known:
    """Return what rows are held against.

    :raises Conflict: the office has not set its sub-districts.
    """
    own = tuple(one for code in ctx.tenant.subdistricts if (one := subdistrict(code)))
    if not own:
        raise Conflict(_NO_HOME)
    return Known(limits=await limits_on(ctx, ctx.today), today=ctx.today, home=Home(own))


def _store(ctx: Context) -> Store:
    return Store(ctx.settings.data / "files")


def _parsed(data: bytes, known: Known) -> Parsed:
    return parse_rows(read_table(data), known)
