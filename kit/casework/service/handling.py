"""What officers do with a case, from receiving it to the decision."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import msgspec

from core.api import Conflict, Context, InvalidInput, Text, transaction
from kit.casework.service import fees, papers, receipts
from kit.casework.service.acting import Open, change, demand, take
from kit.casework.service.examining import demand_judged, found_in
from kit.casework.service.granting import issue_approval
from kit.casework.service.passages import begin_step, end_step
from kit.casework.service.tasks import finish_tasks
from kit.casework.service.words import reason_of, words_of
from kit.casework.states import Act, Outcome, Post, Status
from kit.casework.tables import Case
from kit.documents import signer
from kit.thai import calendar_of, due


async def take_up(ctx: Context, id: UUID, *, revision: int) -> None:
    """Begin to check a case that was filed: it is on this officer's desk now."""
    async with transaction(ctx):
        opened = await take(ctx, id)
        demand(ctx, opened, Act.CHECK, revision=revision)
        values = {Case.status: Status.CHECKING, Case.assignee: ctx.actor.id}
        await change(ctx, opened, Act.CHECK, values)


async def accept(ctx: Context, id: UUID, *, revision: int) -> None:
    """Find the file complete: the receipt is issued and the legal clock starts today.

    Law: Licensing Facilitation Act B.E. 2558, s. 8 and 10.
    """
    async with transaction(ctx):
        opened = await take(ctx, id)
        demand(ctx, opened, Act.ACCEPT, revision=revision)
        first = opened.service.steps[0]
        due_on = due(ctx.today, opened.service.within, calendar_of(ctx.tenant))
        values = {
            Case.status: Status(first.status),
            Case.step: first.code,
            Case.waits_for: first.by,
            Case.assignee: None,
            Case.complete_on: ctx.today,
            Case.due_on: due_on,
        }
        receipt = await receipts.issue_receipt(ctx, opened, due_on=due_on)
        await change(ctx, opened, Act.ACCEPT, values, due_on=due_on.isoformat(), paper=str(receipt))
        await begin_step(ctx, opened, first)


async def forward(ctx: Context, id: UUID, *, opinion: str, revision: int) -> None:
    """Finish a step with an opinion and pass the case to the next desk.

    :raises Conflict: this is the step that decides, or something of it is not judged.
    """
    async with transaction(ctx):
        opened = await take(ctx, id)
        demand(ctx, opened, Act.FORWARD, revision=revision)
        following = opened.service.after(str(opened.case.step))
        if following is None:
            raise Conflict(Text("ขั้นนี้เป็นขั้นตัดสิน ให้อนุมัติหรือไม่อนุมัติ", "This is the step that decides."))
        values = {
            Case.status: Status(following.status),
            Case.step: following.code,
            Case.waits_for: following.by,
            Case.assignee: None,
        }
        if opened.step and opened.step.judged:
            await demand_judged(ctx, opened)
        await end_step(ctx, id)
        await change(
            ctx, opened, Act.FORWARD, values, step=opened.case.step, opinion=words_of(opinion)
        )
        await begin_step(ctx, opened, following)


async def send_back(ctx: Context, id: UUID, *, to: str, reason: str, revision: int) -> None:
    """Give the case back to an earlier desk of the office; the clock goes on.

    :param to: code of an earlier step.
    """
    async with transaction(ctx):
        opened = await take(ctx, id)
        demand(ctx, opened, Act.SEND_BACK, revision=revision)
        codes = [step.code for step in opened.service.steps]
        if to not in codes[: codes.index(str(opened.case.step))]:
            raise InvalidInput({"to": Text("เลือกขั้นก่อนหน้าที่จะส่งคืน", "Choose an earlier step.")})
        target = opened.service.step(to)
        values = {
            Case.status: Status(target.status),
            Case.step: target.code,
            Case.waits_for: target.by,
            Case.assignee: None,
        }
        await end_step(ctx, id)
        await change(
            ctx, opened, Act.SEND_BACK, values, public=False, step=to, reason=reason_of(reason)
        )
        await begin_step(ctx, opened, target)


async def approve(ctx: Context, id: UUID, *, opinion: str, revision: int) -> None:
    """Approve and sign: the paper is issued, or the fee is asked for first.

    The signature on the paper is the actor's, with the words of acting for another.

    :raises Conflict: what the rules doubt is not judged.
    """
    async with transaction(ctx):
        opened = await take(ctx, id)
        check_decision(ctx, opened, Act.APPROVE, Outcome.APPROVED, revision)
        await end_step(ctx, id)
        await demand_judged(ctx, opened)
        if found_in(opened).fee:
            values: dict[Any, Any] = {
                Case.status: Status.WAITING_FEE,
                Case.waits_for: Post.TREASURY,
                Case.decided_on: ctx.today,
                # What is left to do is the applicant's; the office is not late meanwhile.
                Case.paused_on: ctx.today,
                Case.signer: msgspec.to_builtins(signer(ctx)),
                Case.bill: await fees.ask(ctx, opened),
            }
            await change(ctx, opened, Act.APPROVE, values, opinion=words_of(opinion))
            return
        paper = await issue_approval(ctx, opened)
        values = closing(ctx, Status.ISSUED) | {Case.paper: paper, Case.decided_on: ctx.today}
        await change(ctx, opened, Act.APPROVE, values, opinion=words_of(opinion), paper=str(paper))
        await finish_tasks(ctx, id)


async def refuse(ctx: Context, id: UUID, *, reasons: Sequence[str], revision: int) -> None:
    """Refuse with reasons; the letter tells how to appeal.

    Law: Administrative Procedure Act B.E. 2539, s. 37 and 40.
    """
    given = reasons_of(reasons)
    async with transaction(ctx):
        opened = await take(ctx, id)
        check_decision(ctx, opened, Act.REFUSE, Outcome.REFUSED, revision)
        await end_step(ctx, id)
        paper = await papers.issue_refusal(ctx, opened, reasons=given)
        values = closing(ctx, Status.REJECTED) | {Case.paper: paper, Case.decided_on: ctx.today}
        await change(ctx, opened, Act.REFUSE, values, reasons=list(given), paper=str(paper))
        await finish_tasks(ctx, id)


def reasons_of(lines: Sequence[str]) -> tuple[str, ...]:
    """Return the reasons of a refusal as the letter gives them.

    :raises InvalidInput: none was written.
    """
    given = tuple(reason_of(one) for one in lines if one.strip())
    if not given:
        raise InvalidInput(
            {"reasons": Text("เขียนเหตุผลที่ไม่อนุมัติ", "Write the reasons for the refusal.")}
        )
    return given


def check_decision(ctx: Context, opened: Open, act: Act, outcome: Outcome, revision: int) -> None:
    """Let through who may end the case in this way, at a step that can.

    :raises Conflict: it cannot be decided where it stands, or was changed since.
    :raises NotAllowed: it waits on another desk.
    """
    demand(ctx, opened, act, revision=revision)
    if opened.step is None or outcome not in opened.step.ends:
        raise Conflict(
            Text(
                "ขั้นนี้ยังตัดสินไม่ได้ ให้เสนอความเห็นแล้วส่งต่อ",
                "This step cannot decide. Give an opinion and pass the case on.",
            )
        )


def closing(ctx: Context, status: Status) -> dict[Any, Any]:
    """Return the columns of a case that ends."""
    return {
        Case.status: status,
        Case.step: None,
        Case.waits_for: Post.APPLICANT,
        Case.closed_at: ctx.now,
    }
