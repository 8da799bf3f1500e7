"""What an officer can do with a case now, and what the law forbids, with the reason."""

from typing import Literal

import msgspec

from core.api import Context, Text
from kit.casework.service.acting import Open, may_act
from kit.casework.service.correcting import NOT_HERE, may_order
from kit.casework.service.reading import View
from kit.casework.service.returning import is_checked, lapse_desk, may_lapse
from kit.casework.states import FROM, Act, Outcome, Post, Status
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
    if view.status is not Status.RETURNED:
        return None
    if view.service.notice:
        return lapse_desk(view.service)
    return view.service.step(view.case.step).by if view.case.step else Post.REGISTRY


def _declared(view: View, act: Act) -> bool:
    """Return whether the declaration knows the act at this step at all."""
    step = view.service.step(view.case.step) if view.case.step else None
    match act:
        case Act.FORWARD:
            return step is not None and view.service.after(step.code) is not None
        case Act.SEND_BACK:
            return step is not None and step is not view.service.steps[0]
        case Act.APPROVE | Act.REFUSE:
            return step is not None and _ENDS[act] in step.ends
        case Act.RETURN:
            return step is None or is_checked(Open(view.case, view.service))
        case Act.LAPSE:
            return step is None or _may_be_void(view)
        case _:
            return _by_law(view, act)


_ENDS = {Act.APPROVE: Outcome.APPROVED, Act.REFUSE: Outcome.REFUSED}


def _by_law(view: View, act: Act) -> bool:
    """Return whether the law of the service knows the act, as far as it depends on that."""
    service, paused = view.service, view.case.paused_on is not None
    match act:
        case Act.CORRECT:
            return service.correction is not None
        case Act.EXTEND:
            return bool(service.extensions)
        case Act.PAUSE:
            return bool(service.pauses) and not paused
        case Act.RESUME:
            return paused and service.notice is None
        case _:
            return True


def _may_be_void(view: View) -> bool:
    """Return whether a notice stands where it can be declared void: told, and not put right."""
    last = view.service.steps[-1].code
    waits = view.status is Status.RETURNED or view.case.step == last
    return view.service.notice is not None and view.case.defects_on is not None and waits


def _offer(ctx: Context, view: View, act: Act) -> Possible:
    why_not = _forbidden(ctx, view, act)
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


def _forbidden(ctx: Context, view: View, act: Act) -> Text | None:
    """Return what the law forbids now, in words with its day."""
    case = view.case
    if act is Act.RETURN and case.defects_on is not None:
        return Text(
            "ขอได้ครั้งเดียวตามกฎหมาย และขอไปแล้วเมื่อ {th}",
            "The law lets the office ask once; that was on {en}.",
        ).format(th=short_day(case.defects_on, "th"), en=short_day(case.defects_on, "en"))
    if act is Act.CORRECT and not may_order(view.service.correction, view.service.step(case.step)):
        return NOT_HERE
    if act is Act.LAPSE:
        return may_lapse(ctx, Open(view.case, view.service))
    if act is Act.EXTEND and case.extensions >= len(view.service.extensions):
        return Text("ขยายครบจำนวนครั้งที่กฎหมายให้แล้ว", "Extended as often as the law allows.")
    return None
