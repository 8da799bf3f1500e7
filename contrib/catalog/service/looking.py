"""The checklist of the curator who took a submission."""

from typing import Any
from uuid import UUID

from contrib.catalog.rules.checklist import unexplained
from contrib.catalog.rules.states import State
from contrib.catalog.service.moving import demand_curator
from contrib.catalog.service.rights import CURATE
from contrib.catalog.service.submissions import read_submission
from contrib.catalog.tables.submissions import Submission
from core.api import Conflict, Context, InvalidInput, Text, audit, need, transaction

_NOT_NOW = Text(
    "ตอบรายการตรวจได้ระหว่างที่กำลังตรวจเท่านั้น โหลดหน้าใหม่เพื่อดูล่าสุด",
    "The checklist is answered while it is looked through. Reload the page to see the latest.",
)


async def answer(ctx: Context, id: UUID, answers: dict[str, Any], *, revision: int) -> None:
    """Keep what the curator says of each point, as much as they have looked at.

    :raises InvalidInput: an answer that is not yes has no words.
    :raises NotAllowed: it is of the actor's own.
    :raises Conflict: another curator took it, it is not looked through, or was changed meanwhile.
    """
    need(ctx, CURATE)
    if problems := unexplained(answers):
        raise InvalidInput(problems)
    async with transaction(ctx):
        held = await read_submission(ctx, id, hold=True)
        demand_curator(ctx, held, revision)
        if held["state"] != State.REVIEW:
            raise Conflict(_NOT_NOW)
        changed: dict[Any, Any] = {
            "checklist": answers,
            "changed_at": ctx.now,
            "revision": revision + 1,
        }
        await Submission.update(changed).where(Submission.of(ctx), Submission.id == id)
        await audit.record(ctx, "catalog.submission.answered", f"submission/{id}", **answers)
