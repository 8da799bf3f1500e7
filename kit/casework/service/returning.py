"""What is missing or wrong is told once; who does not put it right in time is sent away.

Of a request the clock has not started then. A notice lets its person begin, so that its clock
runs from the day of filing and stands still meanwhile; what is told of it has its time by law,
and in the end who decides may order that it is void.

Law: Licensing Facilitation Act B.E. 2558, s. 8 and 9 (unverified in its wording); of notices
that of the service, e.g. Public Health Act B.E. 2535, s. 48.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

import msgspec

from core.api import Conflict, Context, InvalidInput, Text, transaction
from kit.casework.declaration import Service
from kit.casework.service import papers
from kit.casework.service.acting import Open, change, demand, take
from kit.casework.service.handling import closing
from kit.casework.service.passages import end_step
from kit.casework.service.receipts import take_back_receipt
from kit.casework.service.tasks import finish_tasks
from kit.casework.service.words import reason_of
from kit.casework.states import IN_STEPS, Act, Post, Status
from kit.casework.tables import Case
from kit.thai import calendar_of, due, short_day

_ONCE = Text(
    "ขอเอกสารเพิ่มได้ครั้งเดียวตามกฎหมาย และขอไปแล้วเมื่อ {th}",
    "The law lets the office ask for documents once; that was on {en}.",
)
_PASSED = Text(
    "เรื่องนี้ผ่านการตรวจเอกสารแล้ว จึงขอเอกสารเพิ่มไม่ได้ ส่งคืนขั้นก่อนหรือพิจารณาต่อ",
    "This case has left the check of its papers: send it back a step, or go on with it.",
)
_ORDERED = Text(
    "เรื่องนี้รอการแก้ไขตามคำสั่ง คืนคำขอไม่ได้ พิจารณาต่อแล้วมีคำสั่ง",
    "This case waits for changes that were ordered. Go on with it and decide.",
)
_IN_TIME = Text(
    "ยังไม่พ้นกำหนดแก้ไขของผู้ยื่น คืนคำขอได้ตั้งแต่วันถัดจากวันครบกำหนด",
    "The applicant still has time; the request can be returned after the last day.",
)
_NOT_TOLD = Text(
    "ยังไม่ได้แจ้งให้แก้ไข จึงสั่งให้การแจ้งสิ้นผลไม่ได้ ส่งคืนเจ้าหน้าที่เพื่อแจ้งก่อน",
    "What is wrong was not told yet, so the notice cannot be void. Send it back, to be told first.",
)


class Defect(msgspec.Struct, frozen=True):
    """Something that is missing or wrong, and how to mend it.

    :param document: code of the document it is about; empty for the form.
    """

    what: str
    fix: str
    document: str = ""


def lapse_desk(service: Service) -> Post:
    """Return who ends what was not put right: of a notice, who decides."""
    return service.steps[-1].by if service.notice else Post.REGISTRY


def mend_by(ctx: Context, service: Service) -> date | None:
    """Return the last day that the law gives who filed, from today; None where officers set it."""
    if service.notice is None:
        return None
    return due(ctx.today, service.notice.mend, calendar_of(ctx.tenant))


async def return_for_fix(
    ctx: Context, id: UUID, *, defects: Sequence[Defect], fix_by: date | None, revision: int
) -> None:
    """Tell the citizen, once and in writing, everything that is missing.

    :param fix_by: the last day for the citizen; after today. Of a notice its law sets the day.
    :raises Conflict: documents were asked for before; the law lets the office ask once.
    """
    async with transaction(ctx):
        opened = await take(ctx, id)
        fix_by = check_defects(ctx, defects, mend_by(ctx, opened.service) or fix_by)
        demand(ctx, opened, Act.RETURN, revision=revision)
        _demand_first(opened)
        record = await papers.issue_defects(ctx, opened, defects=defects, fix_by=fix_by)
        values: dict[Any, Any] = {
            Case.status: Status.RETURNED,
            Case.waits_for: Post.APPLICANT,
            Case.defects_on: ctx.today,
            Case.fix_by: fix_by,
        }
        if opened.step is not None:
            values |= {Case.assignee: None, Case.paused_on: opened.paused_on or ctx.today}
            await end_step(ctx, id)
        told: dict[str, Any] = {
            "defects": [msgspec.to_builtins(one) for one in defects],
            "fix_by": fix_by.isoformat(),
            "paper": str(record),
        }
        await change(ctx, opened, Act.RETURN, values, **told)


def _demand_first(opened: Open) -> None:
    """Let through only what was not told before, of a case that is still being checked.

    :raises Conflict: it was, or the case has been accepted.
    """
    if (asked := opened.defects_on) is not None:
        raise Conflict(_ONCE.format(th=short_day(asked, "th"), en=short_day(asked, "en")))
    if opened.step is not None and not is_checked(opened):
        raise Conflict(_PASSED)


def is_checked(opened: Open) -> bool:
    """Return whether a notice stands at the step at which it is checked."""
    steps = opened.service.steps
    return opened.service.notice is not None and opened.case.step == steps[0].code


def check_defects(ctx: Context, defects: Sequence[Defect], fix_by: date | None) -> date:
    """Let through what is asked of the citizen where it says what, and leaves time for it.

    :returns: the last day.
    :raises InvalidInput: it does not.
    """
    problems: dict[str, Text] = {}
    if not any(one.what.strip() for one in defects):
        problems["what"] = Text(
            "เขียนสิ่งที่ขาดหรือต้องแก้อย่างน้อย 1 ข้อ", "Name at least one thing to be put right."
        )
    if fix_by is None or fix_by <= ctx.today:
        problems["fix_by"] = Text(
            "กำหนดวันแก้ไขหลังวันนี้ เพื่อให้ผู้ยื่นมีเวลา", "Give a day after today to mend it."
        )
    if problems or fix_by is None:
        raise InvalidInput(problems)
    return fix_by


async def lapse(ctx: Context, id: UUID, *, reason: str, revision: int) -> None:
    """Return a request that was not mended in time, with the reason and the way to appeal.

    Of a notice it is the order that it is void: when it was not put right in time, or what was
    sent does not put it right. Its receipt lets nobody go on.

    :raises Conflict: the citizen still has time, or was not told what is wrong.
    """
    async with transaction(ctx):
        opened = await take(ctx, id)
        demand(ctx, opened, Act.LAPSE, revision=revision, desk=lapse_desk(opened.service))
        refusal = may_lapse(ctx, opened)
        if refusal is not None:
            raise Conflict(refusal)
        paper = await papers.issue_refusal(ctx, opened, reasons=(reason_of(reason),), lapsed=True)
        await take_back_receipt(ctx, opened, why=reason)
        await end_step(ctx, id)
        values = closing(ctx, Status.LAPSED) | {Case.paper: paper}
        await change(ctx, opened, Act.LAPSE, values, reason=reason, paper=str(paper))
        await finish_tasks(ctx, id)


def may_lapse(ctx: Context, opened: Open) -> Text | None:
    """Return why a case cannot be ended for what is missing; None where it can."""
    notice, fix_by = opened.service.notice, opened.case.fix_by
    if opened.status in IN_STEPS:
        decides = notice is not None and opened.case.step == opened.service.steps[-1].code
        if not decides:
            return _PASSED
        return None if opened.defects_on else _NOT_TOLD
    if opened.step is not None and notice is None:
        return _ORDERED
    return None if fix_by is not None and ctx.today > fix_by else _IN_TIME
