"""What every act on a case has in common: the case as it stands, the right, the change.

A change is a conditional update: it happens only while the case still is as the
officer saw it. Of two who act at once, the second is told who was first.
"""

import dataclasses
from datetime import date
from typing import Any, cast
from uuid import UUID

from core.api import Conflict, Context, NotAllowed, NotFound, Text, audit, publish, transaction
from kit.casework.declaration import Service, Step
from kit.casework.messages import tell_of_act
from kit.casework.service.catalogue import pinned
from kit.casework.service.moments import note_moment
from kit.casework.states import FROM, LABELS, Act, Post, Status
from kit.casework.tables import Case
from kit.thai import clock_time, local

PERMISSIONS = {str(post): f"casework.as_{post}" for post in Post if post is not Post.APPLICANT}


@dataclasses.dataclass(frozen=True, slots=True)
class Open:
    """A case in the hands of somebody who acts on it."""

    case: Case
    service: Service

    @property
    def status(self) -> Status:
        """Where the case stands."""
        return Status(self.case.status)

    @property
    def defects_on(self) -> date | None:
        """When documents were asked for; None while they were not."""
        return self.case.defects_on

    @property
    def paused_on(self) -> date | None:
        """Since when the clock stands still; None while it runs."""
        return self.case.paused_on

    @property
    def due_on(self) -> date | None:
        """The last day by law; None while the file is not complete."""
        return self.case.due_on

    @property
    def bill(self) -> UUID | None:
        """The treasury's bill of the fee; None while there is none."""
        return self.case.bill

    @property
    def answers(self) -> dict[str, Any]:
        """The answers as they are kept."""
        return cast(dict[str, Any], self.case.answers)

    @property
    def step(self) -> Step | None:
        """The declared step it stands at; None before it is complete."""
        return self.service.step(self.case.step) if self.case.step else None


async def take(ctx: Context, id: UUID) -> Open:
    """Return a case with the declaration it is pinned to.

    :raises NotFound: the municipality has no such case.
    """
    async with transaction(ctx):
        case = (
            await Case.objects().where(Case.of(ctx), Case.id == id).first().output(load_json=True)
        )
        if case is None:
            raise NotFound(
                Text(
                    "ไม่พบเรื่องนี้ ตรวจเลขรับอีกครั้ง",
                    "There is no such case. Check the number.",
                )
            )
        return Open(case, await pinned(ctx, case.service, case.version))


def demand(
    ctx: Context, opened: Open, act: Act, *, revision: int, desk: Post | None = None
) -> None:
    """Let through only what may be done, by this person, to the case as it was shown.

    :param revision: of the page on which the person decided to act.
    :param desk: at which this act is done; None for the one on which the case waits. The
        applicant's own acts ask for no right in the office: who holds the case's code acts.
    :raises Conflict: the case was changed since, or does not stand where the act is possible.
    :raises NotAllowed: the case waits on another desk.
    """
    case = opened.case
    if case.revision != revision:
        raise Conflict(
            Text(
                "{who} แก้เรื่องนี้เมื่อ {th} ดูที่เปลี่ยนก่อน แล้วบันทึกอีกครั้ง",
                "{who} changed this case at {en}. Look at what changed, then save again.",
            ).format(
                who=case.changed_by,
                th=clock_time(local(case.changed_at), "th"),
                en=clock_time(local(case.changed_at), "en"),
            )
        )
    if opened.status not in FROM[act]:
        raise Conflict(
            Text(
                "ทำไม่ได้ในขั้นนี้ เรื่องอยู่ที่ขั้น “{status}”",
                "This cannot be done now: the case stands at “{status}”.",
            ).format(status=LABELS[opened.status])
        )
    if not may_act(ctx, case, desk):
        raise NotAllowed(
            Text(
                "เรื่องนี้รออยู่ที่โต๊ะอื่น ท่านดูได้ แต่ยังดำเนินการแทนไม่ได้",
                "This case waits on another desk. You can read it, not act on it.",
            )
        )


def may_act(ctx: Context, case: Case, desk: Post | None = None) -> bool:
    """Return whether the actor sits at a desk, by default at that on which the case waits."""
    if desk is Post.APPLICANT:
        return True
    asked = PERMISSIONS.get(str(desk or case.waits_for))
    return asked is not None and ctx.actor.may(asked, case.unit)


async def change(
    ctx: Context,
    opened: Open,
    act: Act,
    values: dict[Any, Any],
    *,
    public: bool = True,
    **detail: Any,
) -> None:
    """Carry an act out, with its point on the timeline, its audit entry and its event.

    :param values: columns and what they become.
    :param detail: JSON values for the timeline.
    :raises Conflict: somebody else was faster.
    """
    case = opened.case
    async with transaction(ctx):
        changed = (
            await Case.update(
                values
                | {
                    Case.revision: case.revision + 1,
                    Case.changed_at: ctx.now,
                    Case.changed_by: ctx.actor.name or case.applicant_name,
                }
            )
            .where(Case.of(ctx), Case.id == case.id, Case.revision == case.revision)
            .returning(Case.status)
        )
        if not changed:
            raise Conflict(
                Text(
                    "มีผู้แก้เรื่องนี้ก่อนท่านเพียงครู่เดียว เปิดดูอีกครั้งแล้วบันทึกใหม่",
                    "Somebody changed this case just before you. Open it again, then save.",
                )
            )
        status = changed[0]["status"]
        await note_moment(ctx, case.id, act, public=public, status=status, **detail)
        await audit.record(
            ctx, f"casework.case.{_PAST[act]}", f"case/{case.id}", owner=case.applicant, **detail
        )
        await tell_of_act(ctx, case, act, status)
        await publish(
            ctx, "on_case_moved", case=case.id, service=case.service, status=status, act=act
        )


_PAST = {
    Act.CHECK: "taken_up",
    Act.ACCEPT: "accepted",
    Act.RETURN: "returned",
    Act.RESUBMIT: "resubmitted",
    Act.LAPSE: "lapsed",
    Act.FORWARD: "forwarded",
    Act.SEND_BACK: "sent_back",
    Act.CORRECT: "correction_ordered",
    Act.APPROVE: "approved",
    Act.REFUSE: "refused",
    Act.ISSUE: "issued",
    Act.EXTEND: "extended",
    Act.PAUSE: "paused",
    Act.RESUME: "resumed",
    Act.CANCEL: "cancelled",
}
