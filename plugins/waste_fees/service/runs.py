"""Billing runs: counted first, then made in slices that can be stopped and gone on with.

A slice is one transaction: its bills, the place up to which the register was gone through, and
the counts. So a process that dies leaves whole slices, and who goes on begins behind them. That
nothing is billed twice does not hang on that: the treasury charges a point for a month of a
fee once (``charge_reference``).
"""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from core.api import (
    Conflict,
    Context,
    InvalidInput,
    NotFound,
    Text,
    add,
    audit,
    defer,
    need,
    new_id,
    transaction,
)
from plugins.waste_fees.rules.months import LENGTHS, month_of
from plugins.waste_fees.service.rights import BILL
from plugins.waste_fees.service.slices import go_on
from plugins.waste_fees.service.tariffs import get_kind
from plugins.waste_fees.tables.billing import Run

JOB = "waste_fees.bill"
# Slices in one request or one job; a job then leaves its place to others and comes again.
AT_ONCE, IN_A_JOB = 3, 60

STATES = {
    "counting": Text("กำลังนับ", "Counting"),
    "counted": Text("รอตรวจและยืนยัน", "To be looked at and confirmed"),
    "running": Text("กำลังออกใบแจ้ง", "Making bills"),
    "stopped": Text("หยุดไว้", "Stopped"),
    "done": Text("ออกใบแจ้งครบแล้ว", "All bills are made"),
}
_MOVED = Text(
    "รอบนี้เปลี่ยนสถานะไปแล้ว เปิดหน้านี้ใหม่เพื่อดูสถานะล่าสุด",
    "This run is in another state by now. Open its page again to see it.",
)


async def begin_run(
    ctx: Context, kind: str, *, first_month: date, months: int, due_on: date, zone: str = ""
) -> UUID:
    """Begin to count what a run would bill; nothing is charged yet.

    :param first_month: any day of it; later months may lie ahead (advance payment).
    :raises InvalidInput: another run of the fee is under way, or the months fit none.
    """
    need(ctx, BILL)
    if months not in LENGTHS:
        raise InvalidInput({"months": Text("เลือกจำนวนเดือน", "Choose how many months.")})
    await get_kind(ctx, kind)
    row: dict[str, Any] = {
        "tenant_id": ctx.tenant.id,
        "id": new_id(),
        "kind": kind,
        "first_month": month_of(first_month),
        "months": months,
        "zone": zone,
        "due_on": due_on,
        "state": "counting",
        **dict.fromkeys(("looked_at", "points", "bills", "amount"), 0),
        "odd": {},
        "samples": [],
        "begun_at": ctx.now,
        "begun_by": ctx.actor.id,
        "begun_by_name": ctx.actor.name,
    }
    id: UUID = row["id"]
    async with transaction(ctx) as connection:
        row["points"] = await connection.fetchval(
            "SELECT count(*) FROM waste_fees.point WHERE tenant_id = $1 AND ($2 = '' OR zone = $2)",
            ctx.tenant.id,
            zone,
        )
        await add(Run, row)
        await audit.record(
            ctx,
            "waste_fees.run.counted",
            f"run/{id}",
            kind=kind,
            first=row["first_month"].isoformat(),
            months=months,
        )
        await _later(ctx, id)
    await go_on(ctx, id, slices=AT_ONCE)
    return id


async def confirm_run(ctx: Context, run: UUID) -> None:
    """Make the bills that were counted.

    :raises Conflict: it is not counted, or was confirmed already.
    """
    fresh: dict[Any, Any] = {Run.state: "running", Run.cursor: None, Run.odd: {}, Run.samples: []}
    fresh |= dict.fromkeys((Run.looked_at, Run.bills, Run.amount), 0)
    fresh |= {Run.begun_by: ctx.actor.id, Run.begun_by_name: ctx.actor.name}
    await _move(ctx, run, "counted", fresh, "confirmed")
    await go_on(ctx, run, slices=AT_ONCE)


async def stop_run(ctx: Context, run: UUID) -> None:
    """Stop after the slice that is being made; what is billed stays.

    :raises Conflict: it is not running.
    """
    await _move(ctx, run, "running", {Run.state: "stopped"}, "stopped")


async def resume_run(ctx: Context, run: UUID) -> None:
    """Go on where a run was stopped.

    :raises Conflict: it is not stopped.
    """
    await _move(ctx, run, "stopped", {Run.state: "running"}, "resumed")


async def _move(ctx: Context, run: UUID, state: str, columns: Mapping[Any, Any], act: str) -> None:
    need(ctx, BILL)
    async with transaction(ctx):
        moved = (
            await Run.update(dict(columns))
            .where(Run.of(ctx), Run.id == run, Run.state == state)
            .returning(Run.id)
        )
        if not moved:
            raise Conflict(_MOVED)
        await audit.record(ctx, f"waste_fees.run.{act}", f"run/{run}")
        if columns[Run.state] == "running":
            await _later(ctx, run)


async def _later(ctx: Context, run: UUID) -> None:
    await defer(ctx, JOB, lock=f"{JOB}/{ctx.tenant.id}/{run}", run=str(run))


async def work(ctx: Context, run: str) -> None:
    """Go on with a run; the job of the worker. A second one of the same run does no harm."""
    if not await go_on(ctx, UUID(run), slices=IN_A_JOB):
        async with transaction(ctx):
            await _later(ctx, UUID(run))


async def read_run(ctx: Context, run: UUID) -> dict[str, Any]:
    """Return a run.

    :raises NotFound: there is none.
    """
    async with transaction(ctx):
        row = await Run.select().where(Run.of(ctx), Run.id == run).first().output(load_json=True)
    if row is None:
        raise NotFound(Text("ไม่พบรอบการออกใบแจ้งนี้", "There is no such run."))
    found: dict[str, Any] = row
    return found


async def newest_runs(ctx: Context) -> list[dict[str, Any]]:
    """Return the newest runs."""
    async with transaction(ctx):
        rows: list[dict[str, Any]] = (
            await Run.select().where(Run.of(ctx)).order_by(Run.id, ascending=False).limit(50)
        )
    return rows
