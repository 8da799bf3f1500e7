"""What curators and publishers do with a submission, each in one transaction."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any
from uuid import UUID

from contrib.catalog.rules.states import REASONED, Act, Side, State, acts_at, after, side_of
from contrib.catalog.service import proposing
from contrib.catalog.service.rights import CURATE, SUBMIT
from contrib.catalog.service.submissions import carry_on, read_submission
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
_ANOTHER = Text(
    "ผู้ตรวจคนที่สองต้องเป็นคนอื่น ให้ผู้ตรวจอีกคนอ่านแล้วตัดสิน",
    "The second curator is somebody else: let another one read it and decide.",
)
_WHOSE = Text("ถอนได้เฉพาะผู้เผยแพร่ที่ส่ง", "Only the publisher who handed it in withdraws it.")

Row = dict[str, Any]
Effect = Callable[[Context, Row], Awaitable[Row]]
"""Does what else belongs to an act, and returns what is other in the row after it."""


async def move(ctx: Context, id: UUID, act: Act, *, revision: int, words: str = "") -> None:
    """Do an act with a submission, as it was when the actor saw it.

    :param words: the reason, where the act needs one.
    :raises NotAllowed: it is for the other side, or of the actor's own.
    :raises InvalidInput: there is no reason.
    :raises Conflict: it stands elsewhere, is with another curator, or cannot be done.
    """
    why = read_reason(words) if act in REASONED else ""
    await _do(ctx, id, act, revision, why, _EFFECTS.get(act, _nothing))


async def propose_stop(ctx: Context, id: UUID, reason: Text, *, revision: int) -> None:
    """Have a stop of a published version signed.

    :param reason: which everybody reads.
    :raises Conflict: it is not published, or a stop waits to be signed already.
    """

    async def effect(ctx: Context, held: Row) -> Row:
        await proposing.stop(ctx, held, reason)
        return {}

    await _do(ctx, id, Act.STOP, revision, f"{reason.th} / {reason.en}", effect)


async def _do(ctx: Context, id: UUID, act: Act, revision: int, why: str, effect: Effect) -> None:
    need(ctx, SUBMIT if act == Act.WITHDRAW else CURATE)
    async with transaction(ctx):
        held = await read_submission(ctx, id, hold=True)
        _demand_side(ctx, held, side_of(State(held["state"]), act))
        _demand_seen(held, revision)
        after(State(held["state"]), act)
        await carry_on(ctx, held, act, why, **await effect(ctx, held))
        facts = {"act": act, "plugin": held["plugin"], "version": held["version"], "reason": why}
        await audit.record(ctx, "catalog.submission.moved", f"submission/{id}", **facts)


async def _nothing(_ctx: Context, _held: Row) -> Row:
    return {}


async def _take(ctx: Context, _held: Row) -> Row:
    return {"curator": ctx.actor.id, "curator_name": ctx.actor.name, "checklist": {}}


async def _give_back(_ctx: Context, _held: Row) -> Row:
    return {"curator": None, "curator_name": ""}


async def _check(ctx: Context, held: Row) -> Row:
    if held["unsourced"]:
        raise Conflict(_UNSOURCED)
    await defer(ctx, CHECK_JOB, lock=CHECK_JOB, submission=str(held["id"]))
    return {}


async def _propose(ctx: Context, held: Row) -> Row:
    await proposing.demand_complete(ctx, held)
    return {}


async def _agree(ctx: Context, held: Row) -> Row:
    await proposing.enter(ctx, held)
    return {"second": ctx.actor.id, "second_name": ctx.actor.name}


async def _retract(ctx: Context, held: Row) -> Row:
    await proposing.retract(ctx, held)
    return {"second": None, "second_name": ""}


async def _resume(ctx: Context, held: Row) -> Row:
    await proposing.resume(ctx, held)
    return {}


async def _renew(ctx: Context, held: Row) -> Row:
    await proposing.renew(ctx, held)
    return {}


_EFFECTS: Mapping[Act, Effect] = {
    Act.TAKE: _take,
    Act.GIVE_BACK: _give_back,
    Act.CHECK: _check,
    Act.PROPOSE: _propose,
    Act.AGREE: _agree,
    Act.RETRACT: _retract,
    Act.RESUME: _resume,
    Act.RENEW: _renew,
}


def demand_curator(ctx: Context, held: Row, revision: int) -> None:
    """Return where the actor is the curator of a submission, and saw it as it is.

    :raises NotAllowed: it is of the actor's own.
    :raises Conflict: another curator took it, or somebody changed it meanwhile.
    """
    _demand_side(ctx, held, "curator")
    _demand_seen(held, revision)


def _demand_seen(held: Row, revision: int) -> None:
    if held["revision"] != revision:
        raise Conflict(_CHANGED)


def _demand_side(ctx: Context, held: Row, side: Side) -> None:
    sides = _sides(ctx, held)
    if side in sides:
        return
    if side == "publisher":
        raise NotAllowed(_WHOSE)
    if "publisher" in sides or ctx.actor.id == held["sender"]:
        raise NotAllowed(_OWN)
    if side == "second":
        raise Conflict(_ANOTHER)
    raise Conflict(_NOT_HIS.format(name=held["curator_name"]))


def _sides(ctx: Context, held: Mapping[str, Any]) -> tuple[Side, ...]:
    """Return on which sides of a submission the actor is."""
    if held["publisher"]["account"] == ctx.actor.id:
        return ("publisher",)
    if held["sender"] == ctx.actor.id or not ctx.actor.may(CURATE):
        return ()
    if held["curator"] is None:
        return ("curator", "any")
    return ("curator" if held["curator"] == ctx.actor.id else "second", "any")


def acts_for(ctx: Context, held: Mapping[str, Any]) -> list[Act]:
    """Return what the actor may do now with a submission."""
    return acts_at(State(held["state"]), *_sides(ctx, held))
