"""One slice of letters after another: who still owes is written to, the others are left out."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

import msgspec

from core.api import Context, transaction
from kit import documents
from kit.documents import Signer
from kit.treasury import still_owed
from plugins.waste_fees.service.letters import Facts, demand_paper
from plugins.waste_fees.tables.dues import Demand, DemandRun

SLICE = 20

_LOCK = """
SELECT due_by, again_days, pay_by, begun_at, state, signer, signed_by FROM waste_fees.demand_run
WHERE tenant_id = $1 AND id = $2 FOR UPDATE
"""
# The point is held too: of two sets the second sees the letter of the first.
_NEXT = """
SELECT d.id, d.point_id, d.payer_id, d.bills, p.number, p.code, p.address
FROM waste_fees.demand d
JOIN waste_fees.point p ON p.tenant_id = d.tenant_id AND p.id = d.point_id
WHERE d.tenant_id = $1 AND d.run_id = $2 AND d.state = 'drafted'
ORDER BY d.place LIMIT $3 FOR UPDATE OF d, p
"""
_BEFORE = """
SELECT point_id, payer_id, count(*) AS turns, max(made_on) AS made_on FROM waste_fees.demand
WHERE tenant_id = $1 AND point_id = ANY($2) AND made_on IS NOT NULL GROUP BY point_id, payer_id
"""


async def go_on(ctx: Context, run: UUID, *, slices: int) -> bool:
    """Make some more slices; return whether nothing is left to do now."""
    for _ in range(slices):
        if await _slice(ctx, run):
            return True
    return False


async def _slice(ctx: Context, run: UUID) -> bool:
    async with transaction(ctx) as connection:
        row = await connection.fetchrow(_LOCK, ctx.tenant.id, run)
        if row is None or row["state"] != "running":
            return True
        drafts = await connection.fetch(_NEXT, ctx.tenant.id, run, SLICE)
        signs = msgspec.json.decode(row["signer"], type=Signer)
        here = replace(ctx, actor=replace(ctx.actor, id=row["signed_by"], name=signs.name))
        points = [one["point_id"] for one in drafts]
        before = {
            (one["point_id"], one["payer_id"]): one
            for one in await connection.fetch(_BEFORE, ctx.tenant.id, points)
        }
        ids = [UUID(id) for one in drafts for id in msgspec.json.decode(one["bills"])]
        owed = {bill["id"]: bill for bill in await still_owed(ctx, ids)}
        for one in drafts:
            last = before.get((one["point_id"], one["payer_id"]))
            await _make(here, row, one, last, owed, signs)
        over = len(drafts) < SLICE
        if over:
            await DemandRun.update({DemandRun.state: "done", DemandRun.ended_at: ctx.now}).where(
                DemandRun.of(ctx), DemandRun.id == run
            )
    return over


async def _make(
    ctx: Context,
    run: Mapping[str, Any],
    draft: Mapping[str, Any],
    last: Mapping[str, Any] | None,
    owed: Mapping[UUID, Mapping[str, Any]],
    signs: Signer,
) -> None:
    """Make the letter of a draft, or say why there is none."""
    ids = [UUID(one) for one in msgspec.json.decode(draft["bills"])]
    bills = [owed[id] for id in ids if id in owed and owed[id]["due_on"] <= run["due_by"]]
    recent = ctx.today - timedelta(days=run["again_days"])
    if not bills:
        await _skip(ctx, draft["id"], "paid")
    elif last is not None and last["made_on"] > recent:
        await _skip(ctx, draft["id"], "again")
    else:
        await _issue(ctx, run, draft, bills, (last["turns"] if last else 0) + 1, signs)


async def _skip(ctx: Context, demand: UUID, why: str) -> None:
    await Demand.update({Demand.state: "skipped", Demand.why: why}).where(
        Demand.of(ctx), Demand.id == demand
    )


async def _issue(
    ctx: Context,
    run: Mapping[str, Any],
    draft: Mapping[str, Any],
    bills: Sequence[Mapping[str, Any]],
    turn: int,
    signs: Signer,
) -> None:
    # What was set at the count counts from the day on which the letter is made.
    counted_on = run["begun_at"].astimezone(ctx.tenant.zone).date()
    pay_by = ctx.today + (run["pay_by"] - counted_on)
    facts = Facts(
        number=draft["number"],
        code=draft["code"],
        address=draft["address"],
        bills=bills,
        turn=turn,
        pay_by=pay_by,
        signer=signs,
    )
    issued = await documents.issue(
        ctx,
        "waste_fees/demand.typ",
        subject=subject_of(draft["id"]),
        series="demand",
        make=lambda stamp: demand_paper(ctx, facts, stamp),
    )
    made: dict[Any, Any] = {
        Demand.state: "made",
        Demand.turn: turn,
        Demand.paper: issued.id,
        Demand.number: issued.number,
        Demand.made_on: ctx.today,
        Demand.pay_by: pay_by,
        Demand.amount: sum(one["owed"] for one in bills),
        Demand.since: bills[0]["due_on"],
        Demand.name: bills[0]["name"],
        Demand.bills: [one["id"].hex for one in bills],
    }
    await Demand.update(made).where(Demand.of(ctx), Demand.id == draft["id"])


def subject_of(demand: UUID) -> str:
    """Return by what the paper of a letter is found."""
    return f"demand/{demand}"
