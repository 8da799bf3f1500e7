"""What curators and publishers do with a submission, each in one transaction."""

from typing import Any
from uuid import UUID

from contrib.catalog.rules.states import OF_PUBLISHERS, REASONED, Act, State, acts_at, after
from contrib.catalog.service.rights import CURATE, SUBMIT
from contrib.catalog.service.submissions import note, read_submission
from contrib.catalog.tables.submissions import Submission
from core.api import (
    Conflict,
    Context,
    NotAllowed,
    Text,
    audit,
    defer,
    need,
    read_reason,
    transaction,
)

CHECK_JOB = "catalog.check"
_UNSOURCED = Text(
    "ทดสอบไม่ได้ มีไฟล์ใน wheel ที่ไม่ตรงกับซอร์ส ไม่รับพร้อมบอกผู้เผยแพร่ให้แนบซอร์สที่ตรงกัน",
    "It cannot be tried: files of the wheel are not so in the source. Refuse it and say so.",
)
_CHANGED = Text(
    "มีผู้ดำเนินการเรื่องนี้ไปแล้ว โหลดหน้าใหม่ ดูล่าสุดก่อน แล้วทำอีกครั้ง",
    "Somebody has carried this on meanwhile. Reload the page, look at it, then do it again.",
)
_OWN = Text(
    "ผู้ส่งตรวจปลั๊กอินของตนเองไม่ได้ ให้ผู้ตรวจคนอื่นรับไป",
    "Nobody looks through what they handed in themselves. Another curator takes it.",
)
_NOT_HIS = Text(
    "{name} รับเรื่องนี้ไปตรวจ ให้ผู้นั้นดำเนินการ หรือคืนเรื่องก่อน",
    "{name} has taken this. They go on with it, or leave it to another first.",
)
_WHOSE = Text("ถอนได้เฉพาะผู้เผยแพร่ที่ส่ง", "Only the publisher who handed it in withdraws it.")


async def move(ctx: Context, id: UUID, act: Act, *, revision: int, words: str = "") -> None:
    """Do an act with a submission, as it was when the actor saw it.

    :param words: the reason, where the act needs one.
    :raises NotAllowed: it is for the other side, or of the actor's own.
    :raises InvalidInput: there is no reason.
    :raises Conflict: it stands elsewhere, is with another curator, or cannot be tried.
    """
    need(ctx, SUBMIT if act in OF_PUBLISHERS else CURATE)
    reason = read_reason(words) if act in REASONED else ""
    async with transaction(ctx):
        held = await read_submission(ctx, id, hold=True)
        _demand_allowed(ctx, held, act)
        if held["revision"] != revision:
            raise Conflict(_CHANGED)
        state = after(State(held["state"]), act)
        changed: dict[Any, Any] = {
            "state": state,
            "changed_at": ctx.now,
            "revision": revision + 1,
        }
        if act == Act.TAKE:
            changed |= {"curator": ctx.actor.id, "curator_name": ctx.actor.name}
        elif act == Act.CHECK:
            if held["unsourced"]:
                raise Conflict(_UNSOURCED)
            await defer(ctx, CHECK_JOB, lock=CHECK_JOB, submission=str(id))
        elif act == Act.GIVE_BACK:
            changed |= {"curator": None, "curator_name": ""}
        await Submission.update(changed).where(Submission.of(ctx), Submission.id == id)
        await note(ctx, id, act, state, reason)
        subject = f"submission/{id}"
        await audit.record(ctx, "catalog.submission.moved", subject, act=str(act), state=str(state))


def _demand_allowed(ctx: Context, held: dict[str, Any], act: Act) -> None:
    if act in OF_PUBLISHERS:
        if held["publisher"]["account"] != ctx.actor.id:
            raise NotAllowed(_WHOSE)
    elif ctx.actor.id in (held["sender"], held["publisher"]["account"]):
        raise NotAllowed(_OWN)
    elif held["curator"] not in (None, ctx.actor.id):
        raise Conflict(_NOT_HIS.format(name=held["curator_name"]))


def acts_for(ctx: Context, held: dict[str, Any]) -> list[Act]:
    """Return what the actor may do now with a submission."""
    state = State(held["state"])
    if held["publisher"]["account"] == ctx.actor.id:
        return acts_at(state, publisher=True)
    if ctx.actor.may(CURATE) and held["curator"] in (None, ctx.actor.id):
        return acts_at(state, publisher=False)
    return []
