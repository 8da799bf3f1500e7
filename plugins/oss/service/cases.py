"""Visits that stand on the way of a case: the kinds that plugins name, and who may book them."""

from collections.abc import Mapping, Sequence
from uuid import UUID

import msgspec

from core.api import Context, InvalidInput, Text, transaction
from kit.casework import Status, case_visits, find_tracked, view_as_citizen
from plugins.oss.rules.cases import CaseKind, Stand, is_for_cases, stand
from plugins.oss.rules.slots import Kind, Visit
from plugins.oss.service import offering
from plugins.oss.service.booked import Booked, booked_of
from plugins.oss.tables.counter import Appointment

_CLOSED = Text(
    "ตอนนี้ยังจองเวลาสำหรับเรื่องนี้ทางออนไลน์ไม่ได้ ติดต่อสำนักงานได้ เรื่องที่ยื่นไว้ยังอยู่ครบ",
    "A visit for this cannot be booked online at present. Ask the office; your request is kept.",
)
_NO_CASE = Text(
    "การจองเวลานี้ต้องเริ่มจากหน้าติดตามเรื่อง เปิดเรื่องด้วยเลขรับและเบอร์โทรศัพท์ แล้วกดเลือกวันและเวลา",
    "This visit is booked from the page of your request. Open it by its number and your phone, "
    "then choose a day and a time.",
)
_OTHER = Text(
    "เวลานี้จองได้สำหรับอีกบริการหนึ่ง เรื่องของท่านไม่ต้องใช้ ดูสิ่งที่ต้องทำต่อที่หน้าติดตามเรื่อง",
    "This visit is for another service; your request does not need it. What to do next is on the "
    "page of the request.",
)
_REFUSED: Mapping[Stand, Text] = {
    Stand.EARLY: Text(
        "เจ้าหน้าที่ยังตรวจเรื่องนี้ไม่เสร็จ จึงยังจองเวลาไม่ได้ เมื่อตรวจแล้วจะมีปุ่มจองเวลาที่หน้าติดตามเรื่อง",
        "The office is still checking this request, so no visit can be booked yet. When it is "
        "checked, the page of the request offers the times.",
    ),
    Stand.OVER: Text(
        "เรื่องนี้ตัดสินแล้วหรือผ่านขั้นที่ต้องมาที่เคาน์เตอร์แล้ว จึงไม่ต้องจองเวลา ดูผลที่หน้าติดตามเรื่อง",
        "This request is decided, or past the step that needs a visit. See the page of the "
        "request for the outcome.",
    ),
}


class About(msgspec.Struct, frozen=True, kw_only=True):
    """The case for which somebody comes.

    :param order: codes of the steps of its service.
    :param name: of the applicant; empty where the case has none. So is ``phone``, E.164.
    :param account: of the applicant.
    """

    id: UUID
    number: str
    track: str
    service: str
    order: tuple[str, ...]
    status: Status
    step: str | None
    name: str
    phone: str
    account: UUID | None


async def read_about(ctx: Context, track: str) -> About | None:
    """Return the case of a tracking code, as typed; None without one.

    :raises NotFound: no case has this code.
    """
    if not track:
        return None
    view = await view_as_citizen(ctx, await find_tracked(ctx, track))
    case = view.case
    return About(
        id=view.id,
        number=view.number,
        track=case.track,
        service=view.service.code,
        order=tuple(step.code for step in view.service.steps),
        status=view.status,
        step=case.step,
        name=case.applicant_name,
        phone=case.phone or "",
        account=case.applicant,
    )


async def kinds_for_cases(ctx: Context) -> Sequence[CaseKind]:
    """Return the kinds of visits that the plugins name for their cases."""
    return [
        CaseKind(
            code=one.code,
            title=one.title,
            minutes=one.minutes,
            places=one.places,
            service=one.service,
            steps=one.steps,
            bring=one.bring,
        )
        for one in await case_visits(ctx)
    ]


async def find_any(ctx: Context, code: str) -> Kind | None:
    """Return a kind of the office or of a plugin that is switched on; None without one."""
    if not is_for_cases(code):
        return offering.find_kind(ctx, code)
    return next((one for one in await kinds_for_cases(ctx) if one.code == code), None)


async def kinds_of(ctx: Context, about: About | None) -> Sequence[CaseKind]:
    """Return the kinds that can be booked for a case now."""
    if about is None:
        return []
    return [
        kind for kind in await kinds_for_cases(ctx) if kind.service == about.service
        and _stand(kind, about) is Stand.READY
    ]  # fmt: skip


async def choose(ctx: Context, code: str, about: About | None) -> CaseKind:
    """Return a kind for cases to who may book it.

    :raises InvalidInput: under ``kind`` why this case has no such visit now.
    """
    kind = await find_any(ctx, code)
    if not isinstance(kind, CaseKind):
        raise InvalidInput({"kind": _CLOSED})
    if about is None:
        raise InvalidInput({"kind": _NO_CASE})
    if kind.service != about.service:
        raise InvalidInput({"kind": _OTHER})
    refused = _REFUSED.get(_stand(kind, about))
    if refused is not None:
        raise InvalidInput({"kind": refused})
    return kind


def _stand(kind: CaseKind, about: About) -> Stand:
    return stand(kind, order=about.order, status=about.status, step=about.step)


async def visits_of(ctx: Context, case: UUID) -> Sequence[Booked]:
    """Return the visits for a case of today and later that were booked or came, by their time."""
    async with transaction(ctx):
        rows = (
            await Appointment.select()
            .where(
                Appointment.of(ctx),
                Appointment.case_id == case,
                Appointment.service.is_not_null(),
                Appointment.visit_on >= ctx.today,
                Appointment.state.is_in([Visit.BOOKED, Visit.ARRIVED]),
            )
            .order_by(Appointment.starts_at)
            .limit(20)
        )
    return [booked_of(ctx, row) for row in rows]
