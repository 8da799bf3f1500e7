"""What officers do with a case, from receiving it to the decision."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

import msgspec

from core.api import Conflict, Context, InvalidInput, Text, transaction
from kit.casework.service import fees, papers
from kit.casework.service.acting import Open, change, demand, take
from kit.casework.service.examining import demand_judged, found_in
from kit.casework.service.granting import issue_approval
from kit.casework.service.passages import begin_step, end_step
from kit.casework.service.tasks import finish_tasks
from kit.casework.service.words import reason_of, words_of
from kit.casework.states import Act, Outcome, Post, Status
from kit.casework.tables import Case
from kit.documents import signer
from kit.thai import calendar_of, due, short_day


class Defect(msgspec.Struct, frozen=True):
    """Something that is missing or wrong, and how to mend it.

    :param document: code of the document it is about; empty for the form.
    """

    what: str
    fix: str
    document: str = ""


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
        receipt = await papers.issue_receipt(ctx, opened, due_on=due_on)
        await change(ctx, opened, Act.ACCEPT, values, due_on=due_on.isoformat(), paper=str(receipt))
        await begin_step(ctx, opened, first)


async def return_for_fix(
    ctx: Context, id: UUID, *, defects: Sequence[Defect], fix_by: date, revision: int
) -> None:
    """Tell the citizen, once and in writing, everything that is missing.

    The clock has not started; it starts when the file is complete.

    :param fix_by: the last day for the citizen; after today.
    :raises Conflict: documents were asked for before; the law lets the office ask once.

    Law: Licensing Facilitation Act B.E. 2558, s. 8.
    """
    check_defects(ctx, defects, fix_by)
    async with transaction(ctx):
        opened = await take(ctx, id)
        demand(ctx, opened, Act.RETURN, revision=revision)
        if (asked := opened.defects_on) is not None:
            raise Conflict(
                Text(
                    "ขอเอกสารเพิ่มได้ครั้งเดียวตามกฎหมาย และขอไปแล้วเมื่อ {th}",
                    "The law lets the office ask for documents once; that was on {en}.",
                ).format(th=short_day(asked, "th"), en=short_day(asked, "en"))
            )
        record = await papers.issue_defects(ctx, opened, defects=defects, fix_by=fix_by)
        values = {
            Case.status: Status.RETURNED,
            Case.waits_for: Post.APPLICANT,
            Case.defects_on: ctx.today,
            Case.fix_by: fix_by,
        }
        told: dict[str, Any] = {
            "defects": [msgspec.to_builtins(one) for one in defects],
            "fix_by": fix_by.isoformat(),
            "paper": str(record),
        }
        await change(ctx, opened, Act.RETURN, values, **told)


def check_defects(ctx: Context, defects: Sequence[Defect], fix_by: date) -> None:
    """Let through what is asked of the citizen where it says what, and leaves time for it.

    :raises InvalidInput: it does not.
    """
    problems: dict[str, Text] = {}
    if not any(one.what.strip() for one in defects):
        problems["what"] = Text(
            "เขียนสิ่งที่ขาดหรือต้องแก้อย่างน้อย 1 ข้อ", "Name at least one thing to be put right."
        )
    if fix_by <= ctx.today:
        problems["fix_by"] = Text(
            "กำหนดวันแก้ไขหลังวันนี้ เพื่อให้ผู้ยื่นมีเวลา", "Give a day after today to mend it."
        )
    if problems:
        raise InvalidInput(problems)


async def lapse(ctx: Context, id: UUID, *, reason: str, revision: int) -> None:
    """Return a request that was not mended in time, with the reason and the way to appeal.

    :raises Conflict: the citizen still has time.

    Law: Licensing Facilitation Act B.E. 2558, s. 9 (unverified in its wording).
    """
    async with transaction(ctx):
        opened = await take(ctx, id)
        demand(ctx, opened, Act.LAPSE, revision=revision, desk=Post.REGISTRY)
        fix_by = opened.case.fix_by
        if opened.step is not None:
            raise Conflict(
                Text(
                    "เรื่องนี้รอการแก้ไขตามคำสั่ง คืนคำขอไม่ได้ พิจารณาต่อแล้วมีคำสั่ง",
                    "This case waits for changes that were ordered. Go on with it and decide.",
                )
            )
        if fix_by is None or ctx.today <= fix_by:
            raise Conflict(
                Text(
                    "ยังไม่พ้นกำหนดแก้ไขของผู้ยื่น คืนคำขอได้ตั้งแต่วันถัดจากวันครบกำหนด",
                    "The applicant still has time; the request can be returned after the last day.",
                )
            )
        paper = await papers.issue_refusal(ctx, opened, reasons=(reason_of(reason),), lapsed=True)
        values = _closing(ctx, Status.LAPSED) | {Case.paper: paper}
        await change(ctx, opened, Act.LAPSE, values, reason=reason, paper=str(paper))
        await finish_tasks(ctx, id)


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
        values = _closing(ctx, Status.ISSUED) | {Case.paper: paper, Case.decided_on: ctx.today}
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
        values = _closing(ctx, Status.REJECTED) | {Case.paper: paper, Case.decided_on: ctx.today}
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


def _closing(ctx: Context, status: Status) -> dict[Any, Any]:
    return {
        Case.status: status,
        Case.step: None,
        Case.waits_for: Post.APPLICANT,
        Case.closed_at: ctx.now,
    }
