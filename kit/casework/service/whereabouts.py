"""Where cases stand, for the plugin whose services they are, to work away from a desk."""

from collections.abc import Collection
from datetime import date
from typing import Any
from uuid import UUID

import msgspec

from core.api import Context, transaction
from kit.casework.service.acting import take
from kit.casework.tables import Case, Passage
from kit.documents import quoted_number


class Whereabouts(msgspec.Struct, frozen=True, kw_only=True):
    """A case as far as it matters where it stands.

    :ivar number: what the citizen quotes.
    :ivar unit: the division whose case it is; rights hold there.
    :ivar step: code of the declared step; None before the file was complete.
    :ivar open: it was neither ended nor taken back.
    :ivar due_on: the last day by law; None while the clock does not run.
    """

    id: UUID
    number: str
    service: str
    subject: str
    unit: str
    step: str | None
    open: bool
    due_on: date | None


async def whereabouts(ctx: Context, case: UUID) -> Whereabouts:
    """Return where a case stands.

    :raises NotFound: there is none.
    """
    return _whereabouts((await take(ctx, case)).case.to_dict())


async def cases_at(
    ctx: Context, service: str, step: str, *, units: Collection[str] | None, limit: int
) -> list[Whereabouts]:
    """Return the open cases of a service that stand at a step, the earliest due first.

    :param units: only of these divisions; None for all.
    """
    within = [] if units is None else [Case.unit.is_in(sorted(units))]
    async with transaction(ctx):
        rows = (
            await Case.select()
            .where(
                Case.of(ctx),
                Case.service == service,
                Case.step == step,
                Case.closed_at.is_null(),
                *within,
            )
            .order_by(Case.due_on)
            .order_by(Case.id)
            .limit(limit)
        )
    return [_whereabouts(row) for row in rows]


async def left_step_on(ctx: Context, case: UUID, step: str) -> date | None:
    """Return the day on which a case last left a step; None where it never did."""
    async with transaction(ctx):
        row = (
            await Passage.select(Passage.ended_on)
            .where(Passage.of(ctx), Passage.case_id == case, Passage.step == step)
            .order_by(Passage.id, ascending=False)
            .first()
        )
    left: date | None = row["ended_on"] if row else None
    return left


def _whereabouts(row: dict[str, Any]) -> Whereabouts:
    return Whereabouts(
        id=row["id"],
        number=quoted_number(row["number"], row["year"]),
        service=row["service"],
        subject=row["subject"],
        unit=row["unit"],
        step=row["step"],
        open=row["closed_at"] is None,
        due_on=row["due_on"],
    )
