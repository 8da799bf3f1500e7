"""What may be done with a report, each in one transaction: its state, its time, its history."""

from datetime import datetime
from typing import Any

from contrib.incidents.rules.states import Act, State, after
from contrib.incidents.service import periods, telling
from contrib.incidents.service.matters import note
from contrib.incidents.tables.reports import Report
from core.api import Conflict, Context, Text, audit, transaction

_CLOSING = frozenset({State.DONE, State.REFUSED, State.MERGED})
# What is to be screened anew is nobody's yet.
_NOBODYS = {"agency": "", "unit": "", "crew": None, "crew_name": ""}
_CHANGED = Text(
    "มีผู้ดำเนินการเรื่องนี้ไปแล้ว ดูล่าสุดก่อน แล้วทำอีกครั้ง สิ่งที่กรอกยังอยู่",
    "Somebody has carried this report on meanwhile. Look at it first, then do it again; what you "
    "filled in is still here.",
)


def check_revision(held: dict[str, Any], revision: int) -> None:
    """Return when a report is as the officer saw it.

    :raises Conflict: somebody has changed it meanwhile.
    """
    if held["revision"] != revision:
        raise Conflict(_CHANGED)


async def move(
    ctx: Context,
    held: dict[str, Any],
    act: Act,
    values: dict[str, Any] | None = None,
    *,
    words: str = "",
    for_all: bool = False,
    key: str | None = None,
    made_at: datetime | None = None,
) -> None:
    """Do an act with a report that is held, and tell who speaks of it.

    :param held: of :func:`hold`.
    :param values: further columns that change.
    :param words: why, or what came of it; the answer to everybody where they are for all.
    :param made_at: when it was done, where that was before now.
    :raises Conflict: it is not possible where the report stands.
    """
    state = after(State(held["state"]), act)
    moment = min(made_at or ctx.now, ctx.now)
    anew = state == State.REPORTED
    report = {**held, **(_NOBODYS if anew else {}), **(values or {})}
    changed: dict[Any, Any] = {k: value for k, value in report.items() if value != held[k]}
    changed |= {"state": state, "changed_at": ctx.now, "revision": held["revision"] + 1}
    changed["closed_at"] = moment if state in _CLOSING else None
    if for_all:
        changed["answer"] = words
    async with transaction(ctx):
        again = anew or act == Act.ASSIGN
        changed["due_at"] = await periods.follow(ctx, report, state, moment, anew=again)
        if act == Act.REOPEN:
            changed["reopened"] = held["reopened"] + 1
            *_, changed["expected_at"] = await periods.promises(ctx, report["category"], moment)
        await Report.update(changed).where(Report.of(ctx), Report.id == held["id"])
        await note(
            ctx, held["id"], act, state, words=words, for_all=for_all, key=key, made_at=moment
        )
        subject = f"report/{held['id']}"
        await audit.record(ctx, "incidents.report.moved", subject, act=str(act), state=str(state))
        await telling.tell(ctx, report, state)
