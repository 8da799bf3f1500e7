"""Acts on the clock of a case: extend the limit, stop it, let it run again."""

from typing import Any
from uuid import UUID

from core.api import Conflict, Context, Text, transaction
from kit.casework.clock import extended, resumed
from kit.casework.service import papers
from kit.casework.service.acting import change, demand, take
from kit.casework.service.correcting import at_step
from kit.casework.service.passages import begin_step
from kit.casework.service.words import reason_of
from kit.casework.states import Act, Status
from kit.casework.tables import Case
from kit.thai import calendar_of


async def extend(ctx: Context, id: UUID, *, reason: str, revision: int) -> None:
    """Extend the limit by a letter where the law allows it, before it has passed.

    :raises Conflict: it does not allow it (any more), or the limit has passed.
    """
    async with transaction(ctx):
        opened = await take(ctx, id)
        demand(ctx, opened, Act.EXTEND, revision=revision)
        case, allowed, due_on = opened.case, opened.service.extensions, opened.due_on
        if case.extensions >= len(allowed) or due_on is None or ctx.today > due_on:
            raise Conflict(
                Text(
                    "กฎหมายของบริการนี้ไม่ให้ขยายเวลาแล้ว",
                    "The law of this service allows no (further) extension.",
                )
            )
        words = reason_of(reason)
        later = extended(due_on, allowed[case.extensions], calendar_of(ctx.tenant))
        letter = await papers.issue_extension(
            ctx, opened, turn=case.extensions + 1, reasons=(words,), until=later
        )
        values = {Case.due_on: later, Case.extensions: case.extensions + 1}
        told: dict[str, Any] = {
            "reason": words,
            "due_on": later.isoformat(),
            "paper": str(letter),
        }
        await change(ctx, opened, Act.EXTEND, values, **told)


async def pause(ctx: Context, id: UUID, *, cause: str, revision: int) -> None:
    """Stop the clock for a reason that the law of the service names.

    :param cause: code of the reason.
    """
    async with transaction(ctx):
        opened = await take(ctx, id)
        demand(ctx, opened, Act.PAUSE, revision=revision)
        known = {one.code: one for one in opened.service.pauses}
        if cause not in known or opened.paused_on is not None:
            raise Conflict(
                Text(
                    "กฎหมายของบริการนี้ไม่ให้หยุดนับเวลาด้วยเหตุนี้",
                    "The law of this service does not let the clock stop for this reason.",
                )
            )
        values = {Case.paused_on: ctx.today}
        await change(ctx, opened, Act.PAUSE, values, cause=cause, law=known[cause].law)


async def resume(ctx: Context, id: UUID, *, revision: int) -> None:
    """Let the clock run again; the last day moves by the days for which it stood still.

    So goes on what waited for changes that were ordered and do not come.
    """
    async with transaction(ctx):
        opened = await take(ctx, id)
        step = opened.step
        desk = step.by if step else None
        demand(ctx, opened, Act.RESUME, revision=revision, desk=desk)
        paused_on, due_on = opened.paused_on, opened.due_on
        if paused_on is None or due_on is None or step is None:
            raise Conflict(Text("เวลาเดินอยู่แล้ว", "The clock is running."))
        later = resumed(due_on, paused_on, ctx.today, calendar_of(ctx.tenant))
        await change(
            ctx, opened, Act.RESUME, at_step(step) | {Case.due_on: later}, due_on=later.isoformat()
        )
        if opened.status is Status.RETURNED:
            await begin_step(ctx, opened, step)
