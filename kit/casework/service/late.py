"""Letters about delay.

Law: Licensing Facilitation Act B.E. 2558, s. 10.
"""

from uuid import UUID

from core.api import Conflict, Context, InvalidInput, NotAllowed, Text, audit, transaction
from kit.casework.messages import tell
from kit.casework.service import papers
from kit.casework.service.acting import may_act, take
from kit.casework.service.moments import note_moment
from kit.casework.tables import Task


async def send_late_letter(ctx: Context, id: UUID, *, reason: str) -> None:
    """Write the letter that is owed, with a copy to the OPDC; the oldest one first.

    :raises Conflict: none is owed.
    """
    words = " ".join(reason.split())[:3000]
    if not words:
        raise InvalidInput({"reason": Text("เขียนเหตุแห่งความล่าช้า", "Write why it is late.")})
    async with transaction(ctx):
        opened = await take(ctx, id)
        if not may_act(ctx, opened.case):
            raise NotAllowed(Text("เรื่องนี้รออยู่ที่โต๊ะอื่น", "This case waits on another desk."))
        owed = (
            await Task.select(Task.id, Task.turn)
            .where(
                Task.of(ctx), Task.case_id == id, Task.kind == "late_letter", Task.done_at.is_null()
            )
            .order_by(Task.turn)
            .first()
        )
        if owed is None:
            raise Conflict(Text("ยังไม่ถึงกำหนดออกหนังสือ", "No letter is owed now."))
        paper = await papers.issue_late_letter(
            ctx, opened, turn=owed["turn"], reasons=(words,), expected=None
        )
        done = (
            await Task.update({Task.done_at: ctx.now, Task.done_by: ctx.actor.id})
            .where(Task.of(ctx), Task.id == owed["id"], Task.done_at.is_null())
            .returning(Task.id)
        )
        if not done:
            raise Conflict(Text("มีผู้ออกหนังสือนี้แล้ว", "Somebody has written this letter."))
        await tell(ctx, opened.case, "late", turn=owed["turn"])
        await note_moment(ctx, id, "late", public=True, reason=words, paper=str(paper))
        await audit.record(
            ctx, "casework.late_letter.sent", f"case/{id}", owner=opened.case.applicant
        )
