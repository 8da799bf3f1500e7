"""Take back a paper that the office has issued in a case."""

from typing import Any
from uuid import UUID

from core.api import Context, InvalidInput, NotAllowed, NotFound, Text, audit, transaction
from kit import documents
from kit.casework.messages import tell
from kit.casework.service.acting import Open, take
from kit.casework.service.moments import note_moment
from kit.casework.service.papers import subject_of

REVOKE = "casework.revoke"
LONGEST = 500


def may_revoke(ctx: Context, unit: str) -> bool:
    """Return whether the actor may take back papers of a division's cases."""
    return ctx.actor.may(REVOKE, unit)


async def paper_to_revoke(ctx: Context, case: UUID, paper: UUID) -> dict[str, Any]:
    """Return the paper as ``documents.papers_of`` does.

    :raises NotAllowed: the actor may not take back papers of this division.
    :raises NotFound: the case has no such paper.
    """
    async with transaction(ctx):
        _demand(ctx, await take(ctx, case))
        papers = await documents.papers_of(ctx, subject_of(case))
    for one in papers:
        if one["id"] == paper:
            return one
    raise NotFound(Text("ไม่พบเอกสารนี้ในเรื่อง", "This case has no such paper."))


async def revoke_paper(ctx: Context, case: UUID, paper: UUID, *, reason: str) -> None:
    """Take back a paper, tell the citizen, and note it on the timeline.

    :raises InvalidInput: no reason is given, or a longer one than the page of the paper shows.
    :raises Conflict: it was taken back before.

    Law: Administrative Procedure Act B.E. 2539, s. 49-53 (unverified; who may revoke and for
    which reason is for the office to judge).
    """
    why = " ".join(reason.split())
    if not 1 <= len(why) <= LONGEST:
        raise InvalidInput(
            {
                "reason": Text(
                    "เขียนเหตุผลที่เพิกถอน ไม่เกิน {most} ตัวอักษร ผู้ตรวจเอกสารจะเห็นข้อความนี้",
                    "Write why, in at most {most} characters. Who checks the paper reads it.",
                ).format(most=LONGEST)
            }
        )
    async with transaction(ctx):
        opened = await take(ctx, case)
        _demand(ctx, opened)
        await documents.revoke(ctx, paper, subject=subject_of(case), why=why)
        await note_moment(ctx, case, "revoke", public=True, reason=why, paper=str(paper))
        await audit.record(
            ctx, "casework.paper.revoked", f"case/{case}", owner=opened.case.applicant, reason=why
        )
        await tell(ctx, opened.case, "revoked", turn=paper)


def _demand(ctx: Context, opened: Open) -> None:
    if not may_revoke(ctx, opened.case.unit):
        raise NotAllowed(
            Text(
                "การเพิกถอนเอกสารทำได้เฉพาะผู้มีอำนาจลงนาม ถ้าต้องเพิกถอน เสนอผู้บังคับบัญชา",
                "Only who may sign can revoke a paper. If it must be, ask your superior.",
            )
        )
