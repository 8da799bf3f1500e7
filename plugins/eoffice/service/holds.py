"""Orders not to destroy a document: they stop everything by which its paper would leave.

Law: National Archives Act B.E. 2556, s. 8 (complete and auditable while they are kept).
"""

from typing import Any
from uuid import UUID

from core.api import (
    Conflict,
    Context,
    InvalidInput,
    NotFound,
    Text,
    add_later,
    into,
    new_id,
    read_reason,
    transaction,
)
from plugins.eoffice.rules.retention import WITH_OFFICE
from plugins.eoffice.service.access import lock_letter, record
from plugins.eoffice.service.kept import demand_unit, kept_of, units_kept
from plugins.eoffice.service.rights import KEEP
from plugins.eoffice.tables.keeping import Hold

MOST = 200  # on one page
_HOLDS = into(Hold)
_WHO = Text("กรอกชื่อหน่วยงานหรือผู้สั่งให้ระงับ", "Say who orders the hold.")
_GONE = Text("ต้นฉบับกระดาษทำลายหรือส่งมอบไปแล้ว", "The paper was destroyed or handed over.")
_NO_HOLD = Text("ไม่พบคำสั่งระงับนี้", "There is no such hold.")
_LIFTED = Text("คำสั่งระงับนี้ยกเลิกไปแล้ว", "This hold was lifted already.")
_HELD_NOW = """
SELECT l.id, l.subject, l.number, h.ordered_by, h.why, h.placed_at
FROM eoffice.hold h JOIN eoffice.letter l ON l.tenant_id = $1 AND l.id = h.letter_id
WHERE h.tenant_id = $1 AND h.lifted_at IS NULL AND l.secrecy = 'normal'
  AND l.unit = ANY ($2)
ORDER BY h.id DESC LIMIT $3
"""


async def hold(ctx: Context, letter: UUID, *, ordered_by: str, why: str) -> UUID:
    """Hold a document until it is lifted; several may hold it.

    :raises Conflict: the paper is gone.
    """
    reason = read_reason(why)
    if not 1 <= len(ordered_by) <= 200:
        raise InvalidInput({"ordered_by": _WHO})
    async with transaction(ctx):
        row = await lock_letter(ctx, letter)
        demand_unit(ctx, KEEP, row["unit"])
        kept = await kept_of(ctx, letter)
        if kept is not None and kept["stage"] not in WITH_OFFICE:
            raise Conflict(_GONE)
        id = new_id()
        add_later(
            _HOLDS,
            {
                "tenant_id": ctx.tenant.id,
                "id": id,
                "letter_id": letter,
                "ordered_by": ordered_by,
                "why": reason,
                "placed_at": ctx.now,
                "placed_by": ctx.actor.id,
                "placed_by_name": ctx.actor.name,
                "lifted_by_name": "",
                "lifted_why": "",
            },
        )
        await record(ctx, "eoffice.hold.placed", row, by=ordered_by, why=reason)
    return id


async def lift(ctx: Context, letter: UUID, hold: UUID, *, why: str) -> None:
    """Lift a hold; others of the same document stay.

    :raises Conflict: it was lifted before.
    """
    reason = read_reason(why)
    async with transaction(ctx):
        row = await lock_letter(ctx, letter)
        demand_unit(ctx, KEEP, row["unit"])
        lifted = (
            await Hold.update(
                {
                    Hold.lifted_at: ctx.now,
                    Hold.lifted_by_name: ctx.actor.name,
                    Hold.lifted_why: reason,
                }
            )
            .where(
                Hold.of(ctx),
                Hold.letter_id == letter,
                Hold.id == hold,
                Hold.lifted_at.is_null(),
            )
            .returning(Hold.id)
        )
        if not lifted:
            await demand_hold(ctx, letter, hold)
            raise Conflict(_LIFTED)
        await record(ctx, "eoffice.hold.lifted", row, why=reason)


async def demand_hold(ctx: Context, letter: UUID, hold: UUID) -> None:
    """Let through who asks for a hold of this document, lifted or not.

    :raises NotFound: it has no such hold.
    """
    async with transaction(ctx):
        known = await Hold.exists().where(Hold.of(ctx), Hold.letter_id == letter, Hold.id == hold)
    if not known:
        raise NotFound(_NO_HOLD)


async def holds_of(ctx: Context, letter: UUID) -> list[dict[str, Any]]:
    """Return the holds of a document, the first first."""
    async with transaction(ctx):
        rows: list[dict[str, Any]] = (
            await Hold.select().where(Hold.of(ctx), Hold.letter_id == letter).order_by(Hold.id)
        )
    return rows


async def held_now(ctx: Context) -> list[Any]:
    """Return the documents that are held, with the order, the latest first."""
    async with transaction(ctx) as connection:
        return list(await connection.fetch(_HELD_NOW, ctx.tenant.id, units_kept(ctx), MOST))
