"""The fee of a case: a bill of the treasury once it is approved, the paper once it is paid."""

import dataclasses
from datetime import timedelta
from typing import Any
from uuid import UUID

from core.api import Actor, Context, Text, transaction
from kit.casework.service.acting import Open, change, take
from kit.casework.service.examining import REVENUE, found_in
from kit.casework.service.granting import issue_approval
from kit.casework.service.moments import note_moment
from kit.casework.service.papers import NOT_NAMED, subject_of
from kit.casework.service.tasks import finish_tasks
from kit.casework.states import Act, Post, Status
from kit.casework.tables import Case
from kit.treasury import (
    Due,
    Revenue,
    Who,
    cancel_bill,
    get_revenue,
    keep_payer,
    make_bill,
    raise_charges,
    read_bill,
)

SOURCE = "casework"
REVENUES = (
    Revenue(
        code=REVENUE,
        title=Text("ค่าธรรมเนียมคำขอ", "Fees of requests"),
        kind="20",
    ),
)
_TITLE = Text("ค่าธรรมเนียม {title}", "Fee: {title}")
_TAKEN_BACK = Text("ผู้ยื่นขอยกเลิกคำขอ", "The applicant took the request back.")


async def ask(ctx: Context, opened: Open) -> UUID:
    """Ask for the fee that was found when the case was filed, and return the bill.

    What was asked for before is asked for once.
    """
    case, service = opened.case, opened.service
    lines = found_in(opened).fees
    due_on = ctx.today + timedelta(days=service.fee.days)
    who = Who(
        source=SOURCE,
        subject=subject_of(case.id),
        name=case.applicant_name or NOT_NAMED,
        account=case.applicant,
        phone=case.phone,
        email=case.email,
        language=case.language,
    )
    dues = [
        Due(
            reference=f"{case.id}/{line.code}",
            revenue=line.revenue,
            title=line.title,
            amount=line.amount,
            due_on=due_on,
        )
        for line in lines
    ]
    async with transaction(ctx):
        payer = await keep_payer(ctx, who)
        charges = await raise_charges(ctx, source=SOURCE, payer=payer, dues=dues)
        asked = await make_bill(
            ctx,
            source=SOURCE,
            subject=subject_of(case.id),
            kind=get_revenue(ctx, lines[0].revenue).kind,
            title=_TITLE.format(title=service.title),
            charges=[charges[due.reference] for due in dues],
            due_on=due_on,
        )
    return asked.id


async def follow_settled(ctx: Context, bill: UUID) -> None:
    """Issue what waited for a bill that is settled, with the signature of who approved it."""
    case = await _case_of(ctx, bill, state="settled")
    if case is None:
        return
    async with transaction(ctx):
        opened = await take(ctx, case)
        if opened.status is not Status.WAITING_FEE or opened.bill != bill:
            return
        paper = await issue_approval(ctx, opened)
        values: dict[Any, Any] = {
            Case.status: Status.ISSUED,
            Case.step: None,
            Case.waits_for: Post.APPLICANT,
            Case.closed_at: ctx.now,
            Case.paper: paper,
        }
        await change(ctx, opened, Act.ISSUE, values, paper=str(paper))
        await finish_tasks(ctx, case)


async def follow_reopened(ctx: Context, bill: UUID) -> None:
    """Note on a case that was issued that its fee is owed again, as when a cheque comes back."""
    case = await _case_of(ctx, bill, state="open")
    if case is None:
        return
    async with transaction(ctx):
        opened = await take(ctx, case)
        if opened.status is Status.ISSUED and opened.bill == bill:
            await note_moment(ctx, case, "unpaid", public=True)


async def _case_of(ctx: Context, bill: UUID, *, state: str) -> UUID | None:
    """Return the case that a bill is for; None for other bills, or when it stands otherwise."""
    known = await read_bill(ctx, bill)
    if known["source"] != SOURCE or known["state"] != state:
        return None
    return UUID(known["subject"].partition("/")[2])


async def take_back(ctx: Context, opened: Open) -> None:
    """Take the bill of a case back that its applicant gives up."""
    if opened.bill is not None:
        office = dataclasses.replace(ctx, actor=Actor(kind="system", name=ctx.actor.name))
        await cancel_bill(office, opened.bill, why=_TAKEN_BACK.th)


async def bill_of(ctx: Context, opened: Open) -> dict[str, Any] | None:
    """Return the bill of a case as ``treasury.read_bill`` does; None while there is none."""
    return await read_bill(ctx, opened.bill) if opened.bill else None
