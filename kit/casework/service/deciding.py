"""What a decision will do, for who is about to sign it: looked at once more before it is done."""

from collections.abc import Sequence
from uuid import UUID

from core.api import Context, Text, audit, transaction
from kit.casework.service.acting import demand, take
from kit.casework.service.handling import check_decision, reasons_of
from kit.casework.service.reading import View
from kit.casework.service.trying import paper_before_signing
from kit.casework.states import Act, Outcome

DECISIONS = {Act.APPROVE: Outcome.APPROVED, Act.REFUSE: Outcome.REFUSED}
_DRAFT = Text("ร่าง", "Draft")


async def may_decide(ctx: Context, id: UUID, act: Act, *, revision: int) -> None:
    """Let through who may decide the case now.

    :raises Conflict: it does not stand where this decision is possible, or was changed since.
    :raises NotAllowed: it waits on another desk.
    """
    check_decision(ctx, await take(ctx, id), act, DECISIONS[act], revision)


def facts(ctx: Context, view: View, act: Act) -> list[tuple[str, str]]:
    """Return what is decided and who signs, label and text in the reader's language."""
    actor, service = ctx.actor, view.service
    approved = service.paper_title or service.title if service.paper else None
    paper = approved if act is Act.APPROVE and approved else _LETTER
    rows = [
        (Text("เลขรับ", "No."), view.number),
        (Text("เรื่อง", "Request"), f"{service.title.to(ctx.language)} {view.subject}".strip()),
        (Text("ผู้ยื่น", "Applicant"), view.case.applicant_name or _NOBODY.to(ctx.language)),
        (Text("เอกสารที่จะออก", "Paper to be issued"), paper.to(ctx.language)),
        (
            Text("ลงนามโดย", "Signed by"),
            " ".join(part for part in (actor.name, actor.post) if part),
        ),
    ]
    if actor.acting:
        words = f"{_HOW[actor.acting.how].to(ctx.language)} {actor.acting.post}"
        rows.append((Text("ทำการแทน", "Acting"), words))
        rows.append((Text("ตามคำสั่ง", "By order"), actor.acting.order or "-"))
    return [(label.to(ctx.language), value) for label, value in rows]


_LETTER = Text("หนังสือแจ้งผลการพิจารณา", "Letter with the decision")
_NOBODY = Text("ไม่ประสงค์ออกนาม", "Does not say")
_HOW = {
    "replacing": Text("รักษาราชการแทน", "in the place of"),
    "delegated": Text("ปฏิบัติราชการแทน", "on behalf of"),
    "filling": Text("รักษาการในตำแหน่ง", "filling the post of"),
}


def reasons(typed: str) -> Sequence[str]:
    """Return the reasons of a refusal, one for each line.

    :raises InvalidInput: none was written.
    """
    return reasons_of(typed.splitlines())


async def draft_paper(ctx: Context, id: UUID, *, revision: int) -> bytes:
    """Return the paper of an approval as a PDF file, marked as a draft and not signed."""
    async with transaction(ctx):
        opened = await take(ctx, id)
        demand(ctx, opened, Act.APPROVE, revision=revision)
        await audit.record(ctx, "casework.case.read", f"case/{id}", owner=opened.case.applicant)
    return await paper_before_signing(ctx, opened, _DRAFT)
