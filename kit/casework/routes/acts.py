"""From a posted form to an act on a case."""

from datetime import date
from uuid import UUID

from core.api import Context, InvalidInput, NotFound, Text
from kit.casework.service import correcting, examining, handling, late, returning, timing
from kit.casework.service.examining import Judging
from kit.casework.service.returning import Defect
from kit.casework.states import Act
from kit.forms import Posted, first, revision_of
from kit.thai import Unreadable, parse_day


async def _return(ctx: Context, case: UUID, posted: Posted, revision: int) -> None:
    # Of a notice the law sets the day, and nobody is asked for it.
    fix_by = _fix_by(posted) if "fix_by.day" in posted else None
    await returning.return_for_fix(
        ctx, case, defects=_defects(posted), fix_by=fix_by, revision=revision
    )


async def _correct(ctx: Context, case: UUID, posted: Posted, revision: int) -> None:
    await correcting.order_changes(
        ctx, case, defects=_defects(posted), fix_by=_fix_by(posted), revision=revision
    )


async def _send_back(ctx: Context, case: UUID, posted: Posted, revision: int) -> None:
    to, reason = first(posted, "to"), first(posted, "reason")
    await handling.send_back(ctx, case, to=to, reason=reason, revision=revision)


async def _refuse(ctx: Context, case: UUID, posted: Posted, revision: int) -> None:
    reasons = first(posted, "reasons").splitlines()
    await handling.refuse(ctx, case, reasons=reasons, revision=revision)


_SENT = {
    Act.RETURN: _return,
    Act.CORRECT: _correct,
    Act.SEND_BACK: _send_back,
    Act.REFUSE: _refuse,
}
_BARE = {
    Act.CHECK: handling.take_up,
    Act.ACCEPT: handling.accept,
    Act.RESUME: timing.resume,
}
_WITH_OPINION = {Act.FORWARD: handling.forward, Act.APPROVE: handling.approve}
_WITH_REASON = {Act.LAPSE: returning.lapse, Act.EXTEND: timing.extend}


async def carry_out(ctx: Context, case: UUID, act: str, posted: Posted) -> None:
    """Do what the officer pressed.

    :raises NotFound: there is no such act.
    """
    revision = revision_of(posted)
    if act in _SENT:
        await _SENT[Act(act)](ctx, case, posted, revision)
    elif act in _BARE:
        await _BARE[Act(act)](ctx, case, revision=revision)
    elif act in _WITH_OPINION:
        opinion = first(posted, "opinion")
        await _WITH_OPINION[Act(act)](ctx, case, opinion=opinion, revision=revision)
    elif act in _WITH_REASON:
        reason = first(posted, "reason")
        await _WITH_REASON[Act(act)](ctx, case, reason=reason, revision=revision)
    elif act == Act.PAUSE:
        await timing.pause(ctx, case, cause=first(posted, "cause"), revision=revision)
    elif act == "judge":
        await examining.judge(ctx, case, _judgings(posted))
        if first(posted, "then") == Act.FORWARD:
            await handling.forward(ctx, case, opinion="", revision=revision)
    elif act == "late":
        await late.send_late_letter(ctx, case, reason=first(posted, "reason"))
    else:
        raise NotFound(Text("ไม่มีการดำเนินการนี้", "There is no such act."))


_HOLDS = "holds."


def _judgings(posted: Posted) -> list[Judging]:
    """Return what was chosen of each rule; what was left alone is not judged."""
    rules = [name.removeprefix(_HOLDS) for name in posted if name.startswith(_HOLDS)]
    return [
        Judging(rule, first(posted, _HOLDS + rule) == "yes", first(posted, f"why.{rule}"))
        for rule in rules[:200]
    ]


_BY_THEN = Text("ส่งเพิ่มภายในกำหนด", "Send it by the day given")


def _defects(posted: Posted) -> list[Defect]:
    """Return one defect a line: what is missing, and after a dash how to mend it."""
    defects = []
    for line in first(posted, "what").splitlines()[:50]:
        what, _, fix = line.strip().partition(" - ")
        if what:
            defects.append(Defect(what=what[:500], fix=fix.strip()[:500] or _BY_THEN.th))
    return defects


def _fix_by(posted: Posted) -> date:
    parts = [first(posted, f"fix_by.{part}") for part in ("day", "month", "year")]
    try:
        return parse_day(*parts)
    except Unreadable as refusal:
        raise InvalidInput({"fix_by.day": refusal.sentence}) from refusal
