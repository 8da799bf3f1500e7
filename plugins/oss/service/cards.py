"""What the pages of a case show of its visits: booked ones, and those that can be booked."""

from datetime import datetime
from uuid import UUID

from core.api import Card, Context, Text
from kit.casework import Status
from kit.thai import clock_time, full_day
from plugins.oss.rules.cases import CaseKind, Stand, stand
from plugins.oss.rules.slots import Visit
from plugins.oss.service.booked import Booked
from plugins.oss.service.cases import kinds_for_cases, visits_of

_BOOK = Text("จองเวลามาที่เคาน์เตอร์ {minutes} นาที", "Book {minutes} minutes at the counter")
_CHOOSE = Text("เลือกวันและเวลา", "Choose a day and a time")
_COMES = Text("นัดมาที่เคาน์เตอร์ {day} เวลา {time}", "At the counter on {day} at {time}")
_MOVE = Text("ดูนัดหรือเปลี่ยนเวลา", "See or move the visit")
_CAME = Text("มาตามนัดแล้ว {day} เวลา {time}", "Came as booked on {day} at {time}")
_PAST = Text("พ้นเวลานัดแล้ว {day} เวลา {time}", "The time of the visit has passed: {day} at {time}")
_NONE = Text("ผู้ยื่นยังไม่ได้จองเวลามาที่เคาน์เตอร์", "The applicant has booked no visit yet")
_TELL = Text(
    "{title} {minutes} นาที ผู้ยื่นจองได้ที่หน้าติดตามเรื่อง",
    "{title}, {minutes} minutes. The applicant can book on the page of the request.",
)
_FOR = Text("จองแทนผู้ยื่น", "Book for the applicant")
_DAY = Text("ดูนัดของวันนั้น", "See the visits of that day")


async def cards_of(
    ctx: Context, *, case: UUID, service: str, status: str, step: str | None, track: str, area: str
) -> list[Card]:
    """Return the cards of a case, for who follows it (``track``) or for the officer (``desk``)."""
    visits = await visits_of(ctx, case)
    has = {one.kind for one in visits if one.open or one.state is Visit.ARRIVED}
    ready = [
        kind
        for kind in await kinds_for_cases(ctx)
        if kind.service == service
        and kind.code not in has
        and stand(kind, order=(), status=Status(status), step=step) is Stand.READY
    ]
    if area == "track":
        booked = [_card_of_visit(one) for one in visits if one.open]
        return booked + [_card_to_book(kind, track) for kind in ready]
    missed = {one.kind for one in visits if one.kind not in has}
    told = [_card_for_officer(ctx, one) for one in visits]
    return told + [_card_of_none(ctx, kind, track) for kind in ready if kind.code not in missed]


def _card_of_visit(one: Booked) -> Card:
    return Card(_when(_COMES, one.starts_at), one.title, f"/appointments/{one.code}", _MOVE)


def _card_to_book(kind: CaseKind, track: str) -> Card:
    title = _BOOK.format(minutes=kind.minutes)
    return Card(title, kind.title, _address(kind, track), _CHOOSE, sign="day")


def _card_for_officer(ctx: Context, one: Booked) -> Card:
    words = _CAME if one.state is Visit.ARRIVED else _COMES if one.open else _PAST
    href = f"/desk/appointments?day={one.starts_at.date()}" if _at_counter(ctx) else ""
    return Card(_when(words, one.starts_at), one.title, href, _DAY)


def _card_of_none(ctx: Context, kind: CaseKind, track: str) -> Card:
    """Tell the officer that nothing is booked; at the counter it can be done by telephone."""
    body = _TELL.format(title=kind.title, minutes=kind.minutes)
    return Card(_NONE, body, _address(kind, track) if _at_counter(ctx) else "", _FOR)


def _at_counter(ctx: Context) -> bool:
    return ctx.actor.may("casework.counter")


def _address(kind: CaseKind, track: str) -> str:
    return f"/appointments?kind={kind.code}&case={track}"


def _when(words: Text, at: datetime) -> Text:
    day = Text(full_day(at.date(), "th"), full_day(at.date(), "en"))
    return words.format(day=day, time=Text(clock_time(at, "th"), clock_time(at, "en")))
