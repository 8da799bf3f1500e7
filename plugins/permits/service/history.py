"""What became of a permit after it was issued, kept for good."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from core.api import Context, Text, add, new_id, transaction
from plugins.permits.tables.after import PermitEvent

LONGEST = 500


async def note_event(
    ctx: Context, permit: UUID, *, what: str, day: date, words: Text, case: UUID | None = None
) -> None:
    """Note what became of a permit, in the transaction that does it.

    :param permit: the case in which it was issued.
    :param what: one word, up to 20 characters, e.g. ``renewed``.
    :param words: one sentence for who reads the register.
    :param case: that asked for it; None where nobody did.
    """
    row = {
        "tenant_id": ctx.tenant.id,
        "id": new_id(),
        "permit_id": permit,
        "what": what,
        "day": day,
        "case_id": case,
        "words_th": words.th[:LONGEST],
        "words_en": words.en[:LONGEST],
        "at": ctx.now,
        "actor_name": ctx.actor.name,
    }
    await add(PermitEvent, row)


async def history_of(ctx: Context, case: UUID) -> Sequence[dict[str, Any]]:
    """Return what became of the permit that was issued in a case, the oldest first.

    Each row: ``what``, ``day``, ``case_id`` that asked for it or None, ``words_th``,
    ``words_en``, ``at``, ``actor_name``.
    """
    async with transaction(ctx):
        rows: list[dict[str, Any]] = (
            await PermitEvent.select()
            .where(PermitEvent.of(ctx), PermitEvent.permit_id == case)
            .order_by(PermitEvent.id)
        )
    return rows
