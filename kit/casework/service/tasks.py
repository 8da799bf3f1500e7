"""Duties that the calendar puts on the office: letters about delay, requests to return.

Law: Licensing Facilitation Act B.E. 2558, s. 9 and 10.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from core.api import Context, new_id, transaction
from kit.casework.clock import letters_owed
from kit.casework.service.catalogue import pinned
from kit.casework.states import Status
from kit.casework.tables import Case, Task


async def finish_tasks(ctx: Context, case: UUID) -> None:
    """Strike out what is left to do for a case that is closed."""
    await Task.update({Task.done_at: ctx.now, Task.done_by: ctx.actor.id}).where(
        Task.of(ctx), Task.case_id == case, Task.done_at.is_null()
    )


async def set_tasks(ctx: Context) -> None:
    """Put on the list what fell due up to today; done every morning, harmless to repeat."""
    async with transaction(ctx):
        late = await Case.select(Case.id, Case.unit, Case.due_on).where(
            Case.of(ctx),
            Case.closed_at.is_null(),
            Case.paused_on.is_null(),
            Case.due_on <= ctx.today - timedelta(days=7),
        )
        for one in late:
            for turn in range(1, letters_owed(one["due_on"], ctx.today) + 1):
                await _set(ctx, one, "late_letter", turn, one["due_on"] + timedelta(days=7 * turn))
        unmended = await Case.select(
            Case.id, Case.unit, Case.fix_by, Case.step, Case.service, Case.version
        ).where(Case.of(ctx), Case.status == Status.RETURNED, Case.fix_by < ctx.today)
        for one in unmended:
            if one["step"] and not (await pinned(ctx, one["service"], one["version"])).notice:
                continue  # what was ordered is decided, it does not lapse
            await _set(ctx, one, "lapse", 1, one["fix_by"] + timedelta(days=1))


async def _set(ctx: Context, case: Mapping[str, Any], kind: str, turn: int, due_on: date) -> None:
    await Task.insert(
        Task(
            tenant_id=ctx.tenant.id,
            id=new_id(),
            case_id=case["id"],
            kind=kind,
            turn=turn,
            unit=case["unit"],
            due_on=due_on,
        )
    ).on_conflict(action="DO NOTHING", target=(Task.tenant_id, Task.case_id, Task.kind, Task.turn))
