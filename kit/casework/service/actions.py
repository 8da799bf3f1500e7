"""What an officer can do with a case now, and what the law forbids, with the reason."""

from typing import Literal

import msgspec

from core.api import Context, Text
from kit.casework.service.acting import may_act
from kit.casework.service.correcting import NOT_HERE, may_order
from kit.casework.service.reading import View
from kit.casework.states import FROM, Act, Outcome, Post
from kit.thai import short_day

_WORDS = {
    Act.CHECK: Text("รับเรื่องไปตรวจ", "Take it up"),
    Act.ACCEPT: Text("รับคำขอ เอกสารครบ", "Accept, the file is complete"),
    Act.RETURN: Text("ขอเอกสารเพิ่ม", "Ask for documents"),
    Act.LAPSE: Text("คืนคำขอ", "Return the request"),
    Act.FORWARD: Text("เสนอความเห็นและส่งต่อ", "Give an opinion and pass on"),
    Act.SEND_BACK: Text("ส่งคืนขั้นก่อน", "Send back"),
    Act.APPROVE: Text("อนุมัติและลงนาม", "Approve and sign"),
    Act.REFUSE: Text("ไม่อนุมัติ", "Refuse"),
    Act.CORRECT: Text("สั่งให้แก้ไขก่อนอนุญาต", "Order changes"),
    Act.EXTEND: Text("ขยายเวลา", "Extend the time"),
    Act.PAUSE: Text("หยุดนับเวลา", "Stop the clock"),
    Act.RESUME: Text("นับเวลาต่อ", "Let the clock run"),
}


class Possible(msgspec.Struct, frozen=True, kw_only=True):
    """An act as a page offers it.

    :param main: it is the one step that is obvious now.
    :param why_not: the reason for which it cannot be done; None where it can.
    """

    act: Act
    label: str
    main: bool = False
    why_not: str | None = None


def possible(ctx: Context, view: View) -> list[Possible]:
    """Return the acts to show on a case: the main one first."""
    desk = _desk(view)
    if not may_act(ctx, view.case, desk):
        return []
    found = [
        _offer(ctx, view, act)
        for act in _WORDS
        if view.status in FROM[act] and _declared(view, act)
    ]
    return sorted(found, key=lambda one: not one.main)


def _desk(view: View) -> Post | None:
    """Return at whose desk a case can be acted on that waits for the applicant."""
    if view.status not in FROM[Act.LAPSE]:
        return None
    return view.service.step(view.case.step).by if view.case.step else Post.REGISTRY


def _declared(view: View, act: Act) -> bool:
    """Return whether the declaration knows the act at this step at all."""
    step = view.service.step(view.case.step) if view.case.step else None
    match act:
        case Act.FORWARD:
            return step is not None and view.service.after(step.code) is not None
        case Act.SEND_BACK:
            return step is not None and step is not view.service.steps[0]
        case Act.APPROVE:
            return step is not None and Outcome.APPROVED in step.ends
        case Act.REFUSE:
            return step is not None and Outcome.REFUSED in step.ends
        case Act.CORRECT:
            return view.service.correction is not None
        case Act.LAPSE:
            return step is None
        case Act.EXTEND:
            return bool(view.service.extensions)
        case Act.PAUSE:
            return bool(view.service.pauses) and view.case.paused_on is None
        case Act.RESUME:
            return view.case.paused_on is not None
        case _:
            return True


def _offer(ctx: Context, view: View, act: Act) -> Possible:
    why_not = _forbidden(view, act)
    return Possible(
        act=act,
        label=_WORDS[act].to(ctx.language),
        main=act is _main(view) and why_not is None,
        why_not=why_not.to(ctx.language) if why_not else None,
    )


def _main(view: View) -> Act | Literal[None]:
    # What rules have examined is ready to be accepted, by whoever opens it.
    first = Act.ACCEPT if view.case.examined else Act.CHECK
    for act in (first, Act.CHECK, Act.APPROVE, Act.FORWARD, Act.ACCEPT, Act.LAPSE):
        if view.status in FROM[act] and _declared(view, act):
            return act
    return None


def _forbidden(view: View, act: Act) -> Text | None:
    """Return what the law forbids now, in words with its day."""
    case = view.case
    if act is Act.RETURN and case.defects_on is not None:
        return Text(
            "ขอได้ครั้งเดียวตามกฎหมาย และขอไปแล้วเมื่อ {th}",
            "The law lets the office ask once; that was on {en}.",
        ).format(th=short_day(case.defects_on, "th"), en=short_day(case.defects_on, "en"))
    if act is Act.CORRECT and not may_order(view.service.correction, view.service.step(case.step)):
        return NOT_HERE
    if act is Act.EXTEND and case.extensions >= len(view.service.extensions):
        return Text("ขยายครบจำนวนครั้งที่กฎหมายให้แล้ว", "Extended as often as the law allows.")
    return None
