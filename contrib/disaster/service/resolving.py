"""What a committee resolves: a list of claims, all of them or none."""

from collections.abc import Collection
from datetime import date
from typing import Any
from uuid import UUID

from contrib.disaster.service.rights import CLAIMS, RESOLVE
from contrib.disaster.tables.claims import Claim, Resolution
from core.api import Conflict, Context, InvalidInput, Text, add, audit, need, new_id, transaction

_NOBODY = Text("เลือกคำขอที่คณะกรรมการอนุมัติอย่างน้อย 1 เรื่อง", "Tick one claim at least.")
_MOVED = Text(
    "คำขอบางเรื่องที่เลือกไม่รอคณะกรรมการแล้ว เปิดรายการใหม่ ยังไม่มีอะไรถูกบันทึก",
    "Some of the claims do not wait for the committee any more. Open the list again. Nothing was "
    "recorded.",
)
_LATE = Text("วันที่มีมติต้องไม่เกินวันนี้", "The day of the resolution has not come yet.")


async def resolve(
    ctx: Context,
    event: UUID,
    claims: Collection[UUID],
    *,
    committee: str,
    number: str,
    resolved_on: date,
) -> UUID:
    """Enter the resolution by which claims of a disaster are approved, and return its id.

    :raises Conflict: one of them does not wait for the committee; then none is approved.
    """
    need(ctx, RESOLVE)
    if not claims:
        raise InvalidInput({"claims": _NOBODY})
    if resolved_on > ctx.today:
        raise InvalidInput({"resolved_on.day": _LATE})
    id = new_id()
    async with transaction(ctx):
        waiting = await _held(ctx, event, set(claims))
        amount = sum(one["amount"] for one in waiting)
        row: dict[str, Any] = {
            "tenant_id": ctx.tenant.id,
            "id": id,
            "event_id": event,
            "committee": committee,
            "number": number,
            "resolved_on": resolved_on,
            "approved": len(waiting),
            "total": amount,
            "noted_at": ctx.now,
            "noted_by_name": ctx.actor.name,
        }
        await add(Resolution, row)
        approved: dict[Any, Any] = {
            Claim.state: "approved",
            Claim.resolution_id: id,
            Claim.revision: Claim.revision + 1,
            Claim.changed_at: ctx.now,
        }
        await Claim.update(approved).where(
            Claim.of(ctx), Claim.id.is_in([one["id"] for one in waiting])
        )
        subject = f"resolution/{id}"
        await audit.record(ctx, "disaster.claims.resolved", subject, number=number, total=amount)
    return id


async def _held(ctx: Context, event: UUID, claims: set[UUID]) -> list[dict[str, Any]]:
    """Return claims that all wait for the committee, and hold them."""
    waiting: list[dict[str, Any]] = (
        await Claim.select(Claim.id, Claim.amount)
        .where(
            Claim.of(ctx),
            Claim.event_id == event,
            Claim.id.is_in(list(claims)),
            Claim.state == "valued",
            Claim.amount > 0,
        )
        .order_by(Claim.id)
        .lock_rows("UPDATE")
    )
    if len(waiting) != len(claims):
        raise Conflict(_MOVED)
    return waiting


async def get_resolution(ctx: Context, id: UUID | None) -> dict[str, Any] | None:
    """Return a resolution; None for none."""
    if id is None:
        return None
    async with transaction(ctx):
        row: dict[str, Any] | None = (
            await Resolution.select().where(Resolution.of(ctx), Resolution.id == id).first()
        )
    return row


async def read_resolutions(ctx: Context, event: UUID) -> list[dict[str, Any]]:
    """Return the resolutions about a disaster, the newest first."""
    need(ctx, CLAIMS)
    async with transaction(ctx):
        rows: list[dict[str, Any]] = (
            await Resolution.select()
            .where(Resolution.of(ctx), Resolution.event_id == event)
            .order_by(Resolution.id, ascending=False)
            .limit(100)
        )
    return rows
