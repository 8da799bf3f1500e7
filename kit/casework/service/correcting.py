"""The order to change what was filed, which some laws let the office make before it decides.

It is not the one record of what is missing: the file is complete and the clock runs. It stands
still while the applicant changes what was ordered; then the time begins that the law gives.

Law: that of the service, e.g. Building Control Act B.E. 2522, s. 27.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

import msgspec

from core.api import Conflict, Context, Text, transaction
from kit.casework.declaration import Correction, Service, Step
from kit.casework.service import papers
from kit.casework.service.acting import Open, change, demand, take
from kit.casework.service.passages import end_step
from kit.casework.service.returning import Defect, check_defects
from kit.casework.states import Act, Outcome, Post, Status
from kit.casework.tables import Case
from kit.thai import Limit, calendar_of, due

NOT_HERE = Text(
    "สั่งให้แก้ไขได้ที่ขั้นผู้มีอำนาจสั่งการเท่านั้น เสนอความเห็นแล้วส่งต่อ",
    "Only who decides can order changes. Give an opinion and pass the case on.",
)


def may_order(correction: Correction | None, step: Step | None) -> bool:
    """Return whether changes can be ordered at a step: where the request could be refused."""
    return correction is not None and step is not None and Outcome.REFUSED in step.ends


async def order_changes(
    ctx: Context, id: UUID, *, defects: Sequence[Defect], fix_by: date, revision: int
) -> None:
    """Order in writing what must be changed before the request can be granted.

    It comes back to the first step, whose officer looks at what was changed.

    :param fix_by: the last day for the citizen; after today.
    :raises Conflict: the law of the service knows no such order, or it cannot be made here.
    """
    check_defects(ctx, defects, fix_by)
    async with transaction(ctx):
        opened = await take(ctx, id)
        demand(ctx, opened, Act.CORRECT, revision=revision)
        correction = opened.service.correction
        if correction is None or not may_order(correction, opened.step):
            raise Conflict(NOT_HERE)
        order = await papers.issue_correction(
            ctx, opened, correction=correction, defects=defects, fix_by=fix_by
        )
        values = {
            Case.status: Status.RETURNED,
            Case.step: opened.service.steps[0].code,
            Case.waits_for: Post.APPLICANT,
            Case.assignee: None,
            Case.fix_by: fix_by,
            Case.paused_on: opened.paused_on or ctx.today,
        }
        told: dict[str, Any] = {
            "defects": [msgspec.to_builtins(one) for one in defects],
            "fix_by": fix_by.isoformat(),
            "paper": str(order),
        }
        await end_step(ctx, id)
        await change(ctx, opened, Act.CORRECT, values, **told)


def changed(ctx: Context, opened: Open, step: Step) -> dict[Any, Any]:
    """Return the columns of a case that was put right: it is decided in the new time.

    :param step: at which it stands.
    """
    due_on = due(ctx.today, within_after(opened.service), calendar_of(ctx.tenant))
    return at_step(step) | {Case.due_on: due_on}


def within_after(service: Service) -> Limit:
    """Return within what is decided what was put right: a notice in the whole limit anew.

    :raises ValueError: neither its law nor an order lets it be put right once the clock runs.
    """
    if service.notice:
        return service.within
    if service.correction is None:
        raise ValueError("a service that orders no changes gets none")
    return service.correction.within


def at_step(step: Step) -> dict[Any, Any]:
    """Return the columns of a case that stands at a step, with its clock running."""
    return {
        Case.status: Status(step.status),
        Case.waits_for: step.by,
        Case.fix_by: None,
        Case.paused_on: None,
    }
