"""How long a case stays at each step: what the figures of on-time work are counted from."""

from uuid import UUID

from core.api import Context, add, new_id
from kit.casework.declaration import Step
from kit.casework.service.acting import Open
from kit.casework.tables import Passage
from kit.thai import calendar_of, due


async def begin_step(ctx: Context, opened: Open, step: Step) -> None:
    """Note that the case stands at a step from today."""
    row = {
        "tenant_id": ctx.tenant.id,
        "id": new_id(),
        "case_id": opened.case.id,
        "service": opened.case.service,
        "step": step.code,
        "unit": opened.case.unit,
        "began_on": ctx.today,
        "due_on": due(ctx.today, step.within, calendar_of(ctx.tenant)),
    }
    await add(Passage, row)


async def end_step(ctx: Context, case: UUID) -> None:
    """Note that the case leaves the step at which it stands."""
    await Passage.update(
        {
            Passage.ended_on: ctx.today,
            Passage.ended_by: ctx.actor.id,
            Passage.ended_by_name: ctx.actor.name,
        }
    ).where(Passage.of(ctx), Passage.case_id == case, Passage.ended_on.is_null())
