"""The same act on many cases: first what would happen, then each in a transaction of its own."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Literal
from uuid import UUID

import msgspec

from core.api import AppError, Context, Text, transaction
from kit.casework.declaration import Service, Step
from kit.casework.service import handling
from kit.casework.service.acting import may_act
from kit.casework.service.lines import declared
from kit.casework.states import FROM, LABELS, Act, Status
from kit.casework.tables import Case
from kit.documents import quoted_number

MOST = 200  # cases at a time

BulkAct = Literal["check", "forward"]

_OTHER_DESK = Text("รออยู่ที่โต๊ะอื่น", "It waits on another desk.")
_DECIDES = Text(
    "ขั้นนี้เป็นขั้นตัดสิน เปิดเรื่องแล้วตัดสินทีละเรื่อง", "This step decides: open the case and decide it."
)
_ELSEWHERE = Text(
    "อยู่ที่ขั้น “{status}” ทำอย่างนี้ไม่ได้", "It stands at “{status}”, where this cannot be done."
)
_OTHER_STEP = Text(
    "ขั้นถัดไปคือ “{step}” ซึ่งต่างจากเรื่องอื่น เลือกแยกแล้วส่งต่ออีกครั้ง",
    "Its next step is “{step}”, not that of the others. Select it apart and pass it on again.",
)


class Ticked(msgspec.Struct, frozen=True, kw_only=True):
    """A case that was ticked.

    :param revision: as the officer saw it; a case that was changed since is not acted on.
    :param why_not: why it is left out; None where it is not.
    """

    id: UUID
    revision: int
    number: str
    title: str
    why_not: Text | None = None


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """What an act would do to the ticked cases.

    :param step: to which step they would be passed on; None for taking up.
    :param unknown: how many of the ticked there are not, or may not be read.
    """

    act: BulkAct
    step: Text | None
    ready: tuple[Ticked, ...]
    left: tuple[Ticked, ...]
    unknown: int


async def plan(ctx: Context, act: BulkAct, cases: Sequence[str]) -> Plan:
    """Return which of the ticked cases an act can be done to, and why not to the others.

    Those that are passed on all go to the same step: to the one to which most of them go.

    :param cases: ids; what is none is unknown. No more than ``MOST`` are taken.
    """
    ids = _ids(cases)
    async with transaction(ctx):
        rows = await Case.objects().where(Case.of(ctx), Case.id.is_in(ids)) if ids else []
        services = await declared(ctx, {(row.service, row.version) for row in rows})
    rows = [row for row in rows if ctx.actor.may("casework.read", row.unit)]
    rows.sort(key=lambda row: (row.year, row.number))
    pairs = [(row, services[row.service, row.version]) for row in rows]
    following = {row.id: _following(row, service) for row, service in pairs}
    reasons = {row.id: _why_not(ctx, act, row, following[row.id]) for row, _ in pairs}
    step = _most(following[id] for id, reason in reasons.items() if reason is None)
    ticked = [
        _ticked(ctx, row, service, reasons[row.id] or _other(act, following[row.id], step))
        for row, service in pairs
    ]
    return Plan(
        act=act,
        step=step.title if step and act == "forward" else None,
        ready=tuple(one for one in ticked if one.why_not is None),
        left=tuple(one for one in ticked if one.why_not is not None),
        unknown=len(set(cases)) - len(rows),
    )


def _ids(cases: Sequence[str]) -> list[UUID]:
    ids = []
    for text in dict.fromkeys(cases):
        try:
            ids.append(UUID(text))
        except ValueError:
            continue
    return ids[:MOST]


def _following(case: Case, service: Service) -> Step | None:
    return service.after(case.step) if case.step else None


def _why_not(ctx: Context, act: BulkAct, case: Case, following: Step | None) -> Text | None:
    status = Status(case.status)
    if status not in FROM[Act(act)]:
        return _ELSEWHERE.format(status=LABELS[status])
    if not may_act(ctx, case):
        return _OTHER_DESK
    return _DECIDES if act == "forward" and following is None else None


def _most(steps: Iterable[Step | None]) -> Step | None:
    """Return the step to which most go, the first of equals."""
    counted: Counter[tuple[str, str]] = Counter()
    known: dict[tuple[str, str], Step] = {}
    for step in steps:
        if step is not None:
            known.setdefault(_same(step), step)
            counted[_same(step)] += 1
    return known[counted.most_common(1)[0][0]] if counted else None


def _same(step: Step) -> tuple[str, str]:
    """Return what two services' steps share when an officer would call them the same."""
    return step.by, step.title.th


def _other(act: BulkAct, following: Step | None, step: Step | None) -> Text | None:
    if act != "forward" or following is None or step is None or _same(following) == _same(step):
        return None
    return _OTHER_STEP.format(step=following.title)


def _ticked(ctx: Context, case: Case, service: Service, why_not: Text | None) -> Ticked:
    return Ticked(
        id=case.id,
        revision=case.revision,
        number=quoted_number(case.number, case.year),
        title=f"{service.title.to(ctx.language)} {case.subject}".strip(),
        why_not=why_not,
    )


async def carry_out_each(
    ctx: Context, act: BulkAct, cases: Sequence[Ticked], *, opinion: str
) -> list[Ticked]:
    """Do the act to each case that may still be acted on as it was seen.

    :param opinion: the same for all; for passing on.
    :returns: the cases in their order; ``why_not`` says for which it was not done.
    """
    done = []
    for one in cases[:MOST]:
        why_not: Text | None = None
        try:
            if act == "check":
                await handling.take_up(ctx, one.id, revision=one.revision)
            else:
                await handling.forward(ctx, one.id, opinion=opinion, revision=one.revision)
        except AppError as refusal:
            # One case that somebody else was faster with leaves the others to be done.
            why_not = refusal.sentence
        done.append(msgspec.structs.replace(one, why_not=why_not))
    return done
