"""Hand documents that were dealt with to storage, take them in, and enter them in its register.

Law: Regulation on Correspondence B.E. 2526, cl. 54 (list, form 19) and what follows it (stamp of
keeping and register of storage, form 20, unverified).
"""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from msgspec import Struct

from core.api import (
    Conflict,
    Context,
    InvalidInput,
    NotFound,
    Text,
    add,
    audit,
    new_id,
    numbers,
    read_reason,
    transaction,
)
from kit.thai import buddhist_year
from plugins.eoffice.rules.retention import WITH_OWNER, Stage, last_year, stamp_of
from plugins.eoffice.service.kept import (
    PAPER,
    RECEIVED,
    demand_office,
    demand_unit,
    ensure,
    is_everywhere,
    limits_today,
    move,
    units_kept,
)
from plugins.eoffice.service.rights import KEEP
from plugins.eoffice.tables.keeping import Handover, Kept

PAGE = 50
MOST = 200  # documents of one list, which is on a sheet or two

_SOME = Text(f"เลือกหนังสือ 1 ถึง {MOST} ฉบับ", f"Choose 1 to {MOST} documents.")
_MOVED = Text(
    "มีหนังสือที่ส่งเก็บไปแล้ว หรือไม่ใช่ของส่วนราชการนี้ เปิดหน้านี้ใหม่แล้วเลือกอีกครั้ง",
    "Some were handed over already, or are not this division's. Open the page again.",
)
_DECIDED = Text("บัญชีนี้รับหรือส่งคืนไปแล้ว", "This list was taken or sent back already.")
_NO_LIST = Text("ไม่พบบัญชีหนังสือส่งเก็บนี้", "There is no such list.")
_FILE_CODE = Text("กรอกรหัสแฟ้มไม่เกิน 40 ตัวอักษร", "Give the code of the file, at most 40 letters.")

# $1 tenant, $2 division, $3 how many. Secret documents are kept by their registrar.
_FINISHED = f"""
SELECT l.id, l.number, l.dated_on, l.subject, l.closed_on, l.retention, k.until,
  coalesce(k.stage, 'finished') AS stage, coalesce(k.paper, {PAPER}) AS paper
FROM eoffice.letter l LEFT JOIN eoffice.kept k ON k.tenant_id = $1 AND k.letter_id = l.id
WHERE l.tenant_id = $1 AND l.unit = $2 AND l.state = 'closed' AND l.secrecy = 'normal'
  AND (k.stage IS NULL OR k.stage IN ('finished', 'audit')) AND k.disposal IS NULL
"""  # noqa: S608 - our own words
_LIST = _FINISHED + " ORDER BY l.closed_on, l.id LIMIT $3"
_CHOSEN = _FINISHED + " AND l.id = ANY ($3) ORDER BY l.closed_on, l.id FOR UPDATE OF l"
_UNCLOSED = """
SELECT l.id, l.number, l.dated_on, l.subject FROM eoffice.letter l
WHERE l.tenant_id = $1 AND l.unit = $2 AND l.way = 'out' AND l.state = 'signed'
  AND l.secrecy = 'normal' AND NOT EXISTS (SELECT FROM eoffice.task t
    WHERE t.tenant_id = $1 AND t.letter_id = l.id AND t.state = 'waiting')
ORDER BY l.id LIMIT $3
"""
_STORE = """
UPDATE eoffice.kept k SET stage = 'stored', year = $2, number = n.number, stored_on = $3,
  file_code = $4, place = $5
FROM unnest($6::uuid[], $7::int[]) AS n(letter_id, number)
WHERE k.tenant_id = $1 AND k.letter_id = n.letter_id AND k.stage = 'handed'
"""
# $1 tenant, $2 year.
_STORED = f"""
SELECT k.number, k.year, k.stored_on, k.file_code, k.place, k.until, k.stage, k.paper,
  l.id, l.number AS letter_number, l.subject, l.retention, l.closed_on, {RECEIVED} AS received
FROM eoffice.kept k JOIN eoffice.letter l ON l.tenant_id = $1 AND l.id = k.letter_id
WHERE k.tenant_id = $1 AND k.year = $2
"""  # noqa: S608 - our own words
_STORED_PAGE = _STORED + " AND (k.number < $3 OR $3 = 0) ORDER BY k.number DESC LIMIT $4"
_STORED_SPAN = _STORED + " AND k.number BETWEEN $3 AND $4 ORDER BY k.number"
_STORED_YEARS = """
SELECT year, max(number) AS last FROM eoffice.kept
WHERE tenant_id = $1 AND year IS NOT NULL GROUP BY year ORDER BY year DESC
"""


class Shelf(Struct, frozen=True, kw_only=True):
    """Where the documents of a list are put."""

    file_code: str
    place: str = ""


async def finished(ctx: Context, unit: str) -> list[dict[str, Any]]:
    """Return what a division dealt with and still has, the oldest first, with ``last`` year."""
    demand_unit(ctx, KEEP, unit)
    async with transaction(ctx) as connection:
        rows = await connection.fetch(_LIST, ctx.tenant.id, unit, MOST)
    return await _with_last(ctx, rows)


async def unclosed(ctx: Context, unit: str) -> list[Any]:
    """Return documents of a division that are signed, wait for nobody and are not closed."""
    demand_unit(ctx, KEEP, unit)
    async with transaction(ctx) as connection:
        return list(await connection.fetch(_UNCLOSED, ctx.tenant.id, unit, MOST))


async def _with_last(ctx: Context, rows: Sequence[Any]) -> list[dict[str, Any]]:
    limits = await limits_today(ctx)
    return [
        {
            **row,
            "last": (last := last_year(row["retention"], row["closed_on"], limits, row["until"])),
            "stamp": stamp_of(row["retention"], last),
        }
        for row in rows
    ]


async def hand_over(ctx: Context, unit: str, letters: Sequence[UUID]) -> UUID:
    """Hand documents of a division to storage: draw the list that goes with them.

    :raises InvalidInput: for ``letters``: none, or more than are on one list.
    :raises Conflict: one of them is not with this division any more.
    """
    demand_unit(ctx, KEEP, unit)
    wanted = list(dict.fromkeys(letters))
    if not 1 <= len(wanted) <= MOST:
        raise InvalidInput({"letters": _SOME})
    id = new_id()
    async with transaction(ctx) as connection:
        found = await connection.fetch(_CHOSEN, ctx.tenant.id, unit, wanted)
        lines = [_line(row) for row in await _with_last(ctx, found)]
        await add(Handover, _row(ctx, id, unit, lines))
        await ensure(ctx, wanted)
        change = {Kept.stage: Stage.HANDED, Kept.handover: id}
        moved = await move(ctx, wanted, WITH_OWNER, change)
        if len(found) < len(wanted) or len(moved) < len(wanted):
            raise Conflict(_MOVED)
        await audit.record(ctx, "eoffice.handover.made", f"handover/{id}", count=len(lines))
    return id


def _line(row: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "letter": row["id"],
        "number": row["number"],
        "dated_on": row["dated_on"],
        "subject": row["subject"],
        "stamp": row["stamp"],
        "paper": row["paper"],
    }


def _row(ctx: Context, id: UUID, unit: str, lines: Sequence[Any]) -> dict[str, Any]:
    blank = ("taken_by_name", "taken_by_post", "why")
    return {
        "tenant_id": ctx.tenant.id,
        "id": id,
        "unit": unit,
        "state": "waiting",
        "lines": lines,
        "made_on": ctx.today,
        "made_by": ctx.actor.id,
        "made_by_name": ctx.actor.name,
        "made_by_post": ctx.actor.post,
        **dict.fromkeys(blank, ""),
    }


async def take_in(ctx: Context, handover: UUID, shelf: Shelf) -> None:
    """Take the documents of a list into storage: each gets its number in the register.

    :raises Conflict: the list was taken or sent back before.
    """
    demand_office(ctx, KEEP)
    if not 1 <= len(shelf.file_code) <= 40:
        raise InvalidInput({"file_code": _FILE_CODE})
    year = buddhist_year(ctx.today)
    async with transaction(ctx) as connection:
        ids = [UUID(one["letter"]) for one in (await _decide(ctx, handover, "taken"))["lines"]]
        drawn = list(await numbers.draw_some(ctx, f"eoffice/stored/{year}", len(ids)))
        where = (shelf.file_code, shelf.place[:200])
        await connection.execute(_STORE, ctx.tenant.id, year, ctx.today, *where, ids, drawn)
        await audit.record(ctx, "eoffice.handover.taken", f"handover/{handover}", count=len(ids))


async def send_back(ctx: Context, handover: UUID, why: str) -> None:
    """Send a list with its documents back to the division.

    :raises Conflict: it was taken or sent back before.
    """
    demand_office(ctx, KEEP)
    reason = read_reason(why)
    async with transaction(ctx):
        await _decide(ctx, handover, "back", reason)
        await Kept.update({Kept.stage: Stage.FINISHED, Kept.handover: None}).where(
            Kept.of(ctx), Kept.handover == handover, Kept.stage == Stage.HANDED
        )
        await audit.record(ctx, "eoffice.handover.refused", f"handover/{handover}", why=reason)


async def _decide(ctx: Context, handover: UUID, state: str, why: str = "") -> dict[str, Any]:
    change: dict[Any, Any] = {
        Handover.state: state,
        Handover.taken_on: ctx.today,
        Handover.taken_by_name: ctx.actor.name,
        Handover.taken_by_post: ctx.actor.post,
        Handover.why: why,
    }
    moved = (
        await Handover.update(change)
        .where(Handover.of(ctx), Handover.id == handover, Handover.state == "waiting")
        .returning(Handover.id)
    )
    row = await get_handover(ctx, handover)
    if not moved:
        raise Conflict(_DECIDED)
    return row


async def get_handover(ctx: Context, handover: UUID) -> dict[str, Any]:
    """Return a list by which documents were handed to storage.

    :raises NotFound: there is none, or it is of a division that the actor does not keep.
    """
    async with transaction(ctx):
        row: dict[str, Any] | None = (
            await Handover.select()
            .where(Handover.of(ctx), Handover.id == handover, Handover.unit.is_in(units_kept(ctx)))
            .first()
            .output(load_json=True)
        )
    if row is None:
        raise NotFound(_NO_LIST)
    return row


async def handovers(ctx: Context) -> list[dict[str, Any]]:
    """Return the newest lists of the divisions that the actor keeps."""
    async with transaction(ctx):
        rows: list[dict[str, Any]] = (
            await Handover.select()
            .where(Handover.of(ctx), Handover.unit.is_in(units_kept(ctx)))
            .order_by(Handover.id, ascending=False)
            .limit(PAGE)
            .output(load_json=True)
        )
    return rows


async def stored(ctx: Context, year: int, *, before: int = 0) -> list[dict[str, Any]]:
    """Return the register of storage of a year, the last number first.

    :param before: only those under a smaller number; 0: from the last.
    """
    demand_office(ctx, KEEP)
    async with transaction(ctx) as connection:
        rows = await connection.fetch(_STORED_PAGE, ctx.tenant.id, year, before, PAGE)
    return await _with_last(ctx, rows)


async def stored_span(ctx: Context, year: int, first: int, last: int) -> list[dict[str, Any]]:
    """Return the register of storage between two numbers, both included, in their order."""
    demand_office(ctx, KEEP)
    async with transaction(ctx) as connection:
        rows = await connection.fetch(_STORED_SPAN, ctx.tenant.id, year, first, last)
    return await _with_last(ctx, rows)


async def stored_years(ctx: Context) -> dict[int, int]:
    """Return the last number of each year of the register of storage, the last year first."""
    async with transaction(ctx) as connection:
        rows = await connection.fetch(_STORED_YEARS, ctx.tenant.id)
    return {row["year"]: row["last"] for row in rows}


def may_take_in(ctx: Context) -> bool:
    """Return whether the actor takes documents into storage."""
    return is_everywhere(ctx, KEEP)
