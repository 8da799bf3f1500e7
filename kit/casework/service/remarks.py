"""Words inside a case: notes of the office, questions and answers with the citizen."""

from typing import Literal
from uuid import UUID

from core.api import Context, InvalidInput, Text, audit, new_id, transaction
from kit.casework.messages import tell
from kit.casework.service.acting import take
from kit.casework.service.reading import may_open
from kit.casework.tables import Remark

LONGEST = 5000
Kind = Literal["note", "question", "answer", "asked"]


async def say(ctx: Context, id: UUID, *, kind: Kind, words: str, author: str = "") -> None:
    """Add words to a case.

    A ``note`` is for the office alone. A ``question`` goes to the citizen and is
    answered by an ``answer``; ``asked`` is the citizen's own question. None of them
    stops the legal clock.

    :param author: name of a citizen who has no account.
    :raises InvalidInput: nothing was written, or more than is taken.
    """
    said = words.replace("\r\n", "\n").strip()
    if not 1 <= len(said) <= LONGEST:
        raise InvalidInput(
            {
                "words": Text(
                    "เขียนข้อความ 1 ถึง {most} ตัวอักษร", "Write 1 to {most} characters."
                ).format(most=f"{LONGEST:,}")
            }
        )
    async with transaction(ctx):
        opened = await take(ctx, id)
        remark = new_id()
        await Remark.insert(
            Remark(
                tenant_id=ctx.tenant.id,
                id=remark,
                case_id=id,
                at=ctx.now,
                kind=kind,
                author=ctx.actor.id,
                author_name=ctx.actor.name or author,
                words=said,
            )
        )
        if kind == "question":
            await tell(ctx, opened.case, "asked", turn=remark)
        await audit.record(
            ctx, f"casework.remark.{_SAID[kind]}", f"case/{id}", owner=opened.case.applicant
        )


_SAID = {"note": "noted", "question": "asked", "answer": "answered", "asked": "received"}


async def say_as_citizen(ctx: Context, id: UUID, *, words: str) -> None:
    """Take a citizen's words: an answer where the office has asked, else a question."""
    async with transaction(ctx):
        opened = await take(ctx, id)
        last = (
            await Remark.select(Remark.kind)
            .where(Remark.of(ctx), Remark.case_id == id, Remark.kind != "note")
            .order_by(Remark.id, ascending=False)
            .first()
        )
        kind: Kind = "answer" if last and last["kind"] == "question" else "asked"
        await say(ctx, id, kind=kind, words=words, author=opened.case.applicant_name)


async def say_as_officer(ctx: Context, id: UUID, *, kind: Kind, words: str) -> None:
    """Add a note or a question of the office.

    :raises NotAllowed: the officer may not read the case.
    """
    await may_open(ctx, id)
    await say(ctx, id, kind=kind, words=words)
