"""Letters that demand arrears: counted first, then made in slices that can be stopped.

The count keeps one draft for each payer and point, so that an officer sees whom a letter would
go to. Making looks again, under the locks of the bills: who has paid meanwhile, or was written
to a while ago, gets none. A slice is one transaction, as in a billing run (ADR 0019).
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import msgspec

from core.api import (
    Conflict,
    Context,
    NotFound,
    Text,
    add,
    add_all,
    audit,
    defer,
    need,
    new_id,
    transaction,
)
from kit.documents import signer
from kit.treasury import FIRST_OWING, arrears_by_subject
from plugins.waste_fees.service.chosen import dues
from plugins.waste_fees.service.demanding import go_on
from plugins.waste_fees.service.entries import SOURCE
from plugins.waste_fees.service.rights import BILL, DEMAND
from plugins.waste_fees.tables.dues import Demand, DemandRun

JOB = "waste_fees.demand"
PAGE = 1_000
# Slices in one request or one job; a job then leaves its place to others and comes again.
AT_ONCE, IN_A_JOB = 1, 40

STATES = {
    "counted": Text("รอตรวจและยืนยัน", "To be looked at and confirmed"),
    "running": Text("กำลังออกหนังสือ", "Making letters"),
    "stopped": Text("หยุดไว้", "Stopped"),
    "done": Text("ออกหนังสือครบแล้ว", "All letters are made"),
}
ODD = {
    "again": Text("มีหนังสือถึงผู้นี้ไปแล้วภายในระยะที่ตั้งไว้", "Written to within the set time"),
    "paid": Text("ชำระแล้วหลังการนับ", "Paid since the count"),
    "no_point": Text("ใบแจ้งที่ไม่ใช่ของจุดให้บริการ", "Bills that are of no service point"),
}
_MOVED = Text(
    "ชุดนี้เปลี่ยนสถานะไปแล้ว หรือมีชุดอื่นกำลังออกหนังสืออยู่ เปิดหน้านี้ใหม่เพื่อดู",
    "This set is in another state by now, or another one is being made. Open its page again.",
)
_POINTS = """
SELECT id, number, zone, route FROM waste_fees.point
WHERE tenant_id = $1 AND id = ANY($2) AND ($3 = '' OR zone = $3)
"""
_RECENT = """
SELECT DISTINCT point_id, payer_id FROM waste_fees.demand
WHERE tenant_id = $1 AND point_id = ANY($2) AND made_on > $3
"""
_START = """
UPDATE waste_fees.demand_run SET state = 'running', signer = coalesce($4::jsonb, signer),
  signed_by = coalesce($5, signed_by)
WHERE tenant_id = $1 AND id = $2 AND state = $3 AND NOT EXISTS (
  SELECT 1 FROM waste_fees.demand_run o WHERE o.tenant_id = $1 AND o.state = 'running')
RETURNING id
"""


async def begin(ctx: Context, *, zone: str = "") -> UUID:
    """Count whom letters would go to; none is made yet.

    :param zone: only this one; empty for all.
    """
    need(ctx, BILL)
    days = dues(ctx)
    row: dict[str, Any] = {
        "tenant_id": ctx.tenant.id,
        "id": new_id(),
        "due_by": ctx.today - timedelta(days=days.letter_after),
        "zone": zone,
        "again_days": days.letter_again,
        "pay_by": ctx.today + timedelta(days=days.pay_within),
        "state": "counted",
        "begun_at": ctx.now,
        "begun_by_name": ctx.actor.name,
        "signer": None,
        "signed_by": None,
        "ended_at": None,
    }
    id: UUID = row["id"]
    since = ctx.today - timedelta(days=days.letter_again)
    async with transaction(ctx):
        drafts, odd = await _drafts(ctx, id, row["due_by"], zone, since)
        row |= {"letters": len(drafts), "amount": sum(one["amount"] for one in drafts)}
        await add(DemandRun, row | {"odd": dict(odd)})
        for at in range(0, len(drafts), PAGE):
            await add_all(Demand, drafts[at : at + PAGE])
        await audit.record(ctx, "waste_fees.demands.counted", f"demands/{id}", count=len(drafts))
    return id


async def _drafts(
    ctx: Context, run: UUID, due_by: date, zone: str, since: date
) -> tuple[list[dict[str, Any]], "Counter[str]"]:
    """Return a draft for each payer and point in the order of the rounds, and who gets none."""
    found: list[tuple[tuple[Any, ...], dict[str, Any]]] = []
    odd: Counter[str] = Counter()
    after = FIRST_OWING
    while True:
        groups = await arrears_by_subject(ctx, SOURCE, due_by, after=after, limit=PAGE)
        found += await _some_drafts(ctx, run, groups, zone, since, odd)
        if len(groups) < PAGE:
            break
        after = (groups[-1]["subject"], groups[-1]["payer_id"])
    found.sort(key=lambda one: one[0])
    return [draft | {"place": place} for place, (_, draft) in enumerate(found, start=1)], odd


async def _some_drafts(
    ctx: Context,
    run: UUID,
    groups: Sequence[Mapping[str, Any]],
    zone: str,
    since: date,
    odd: "Counter[str]",
) -> list[tuple[tuple[Any, ...], dict[str, Any]]]:
    of_points = [one for one in groups if one["subject"].startswith("point/")]
    odd["no_point"] += len(groups) - len(of_points)
    ids = [UUID(one["subject"].removeprefix("point/")) for one in of_points]
    async with transaction(ctx) as connection:
        rows = await connection.fetch(_POINTS, ctx.tenant.id, ids, zone)
        points = {row["id"]: row for row in rows}
        rows = await connection.fetch(_RECENT, ctx.tenant.id, list(points), since)
        recent = {(row["point_id"], row["payer_id"]) for row in rows}
    drafts = []
    for id, group in zip(ids, of_points, strict=True):
        point = points.get(id)
        if point is None:
            continue
        if (id, group["payer_id"]) in recent:
            odd["again"] += 1
            continue
        order = (point["zone"], point["route"], point["number"], group["since"])
        drafts.append((order, _draft(ctx, run, point, group)))
    return drafts


def _draft(
    ctx: Context, run: UUID, point: Mapping[str, Any], group: Mapping[str, Any]
) -> dict[str, Any]:
    return {
        "tenant_id": ctx.tenant.id,
        "id": new_id(),
        "run_id": run,
        "point_id": point["id"],
        "point_number": point["number"],
        "payer_id": group["payer_id"],
        "name": group["name"],
        "bills": [one.hex for one in group["bills"]],
        "amount": group["owed"],
        "since": group["since"],
        "state": "drafted",
        "why": "",
        "turn": 0,
        "paper": None,
        "number": "",
        **dict.fromkeys(("made_on", "pay_by", "sent_on", "returned_on")),
    }


async def confirm(ctx: Context, run: UUID) -> None:
    """Make the letters that were counted, signed by the actor.

    :raises Conflict: it is not counted, was confirmed already, or another set is being made.
    """
    await _start(ctx, run, "counted", "confirmed", msgspec.json.encode(signer(ctx)).decode())


async def resume(ctx: Context, run: UUID) -> None:
    """Go on where it was stopped; the letters are signed as those before.

    :raises Conflict: it is not stopped, or another set is being made.
    """
    await _start(ctx, run, "stopped", "resumed", None)


async def _start(ctx: Context, run: UUID, state: str, act: str, signs: str | None) -> None:
    need(ctx, DEMAND)
    who = ctx.actor.id if signs else None
    async with transaction(ctx) as connection:
        if not await connection.fetch(_START, ctx.tenant.id, run, state, signs, who):
            raise Conflict(_MOVED)
        await audit.record(ctx, f"waste_fees.demands.{act}", f"demands/{run}")
        await _later(ctx, run)
    await go_on(ctx, run, slices=AT_ONCE)


async def stop(ctx: Context, run: UUID) -> None:
    """Stop after the slice that is being made; letters that were made stay.

    :raises Conflict: it is not running.
    """
    need(ctx, DEMAND)
    async with transaction(ctx):
        moved = (
            await DemandRun.update({DemandRun.state: "stopped"})
            .where(DemandRun.of(ctx), DemandRun.id == run, DemandRun.state == "running")
            .returning(DemandRun.id)
        )
        if not moved:
            raise Conflict(_MOVED)
        await audit.record(ctx, "waste_fees.demands.stopped", f"demands/{run}")


async def _later(ctx: Context, run: UUID) -> None:
    await defer(ctx, JOB, lock=f"{JOB}/{ctx.tenant.id}", run=str(run))


async def work(ctx: Context, run: str) -> None:
    """Go on with a set; the job of the worker. A second one of the same set does no harm."""
    if not await go_on(ctx, UUID(run), slices=IN_A_JOB):
        async with transaction(ctx):
            await _later(ctx, UUID(run))


async def read_run(ctx: Context, run: UUID) -> dict[str, Any]:
    """Return a set of letters, with how many are in each state as ``counts``.

    :raises NotFound: there is none.
    """
    async with transaction(ctx) as connection:
        row = (
            await DemandRun.select()
            .where(DemandRun.of(ctx), DemandRun.id == run)
            .first()
            .output(load_json=True)
        )
        if row is None:
            raise NotFound(Text("ไม่พบชุดหนังสือนี้", "There is no such set of letters."))
        counts = await connection.fetch(
            "SELECT state, why, count(*) AS count FROM waste_fees.demand"
            " WHERE tenant_id = $1 AND run_id = $2 GROUP BY state, why",
            ctx.tenant.id,
            run,
        )
    states: Counter[str] = Counter()
    odd = Counter(row["odd"])
    for one in counts:
        states[one["state"]] += one["count"]
        if one["state"] == "skipped":
            odd[one["why"]] += one["count"]
    found: dict[str, Any] = row
    return found | {"counts": states, "odd": +odd}


async def newest_runs(ctx: Context) -> list[dict[str, Any]]:
    """Return the newest sets of letters."""
    async with transaction(ctx):
        rows: list[dict[str, Any]] = (
            await DemandRun.select()
            .where(DemandRun.of(ctx))
            .order_by(DemandRun.id, ascending=False)
            .limit(50)
        )
    return rows
